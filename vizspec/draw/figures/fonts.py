"""Fonts for characters that the house font lacks, from those that are installed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HOUSE_FONT = "DejaVu Sans"
_COARSE = "Unifont"


def use_fonts_that_have_all(figure: Figure) -> None:
    """Lets each text of the figure fall back to installed fonts for characters that the house font lacks."""
    from matplotlib.text import Text

    texts = figure.findobj(Text)
    wanted = {character for text in texts for character in text.get_text() if character.isprintable()}
    missing = {each for each in wanted if not each.isspace()} - _house_characters()
    found = covering(missing, _installed()) if missing else ()
    for text in texts if found else ():
        if missing.intersection(text.get_text()):
            text.set_fontfamily([*text.get_fontfamily(), *found])


def covering(missing: Collection[str], fonts: Mapping[str, Collection[int]]) -> tuple[str, ...]:
    """The fewest of the fonts, by name, that have the missing characters, as far as any has them.

    `fonts` have the numbers of their characters. Of fonts that have as many the first by name is taken; those
    that are drawn in coarse pixels come last.
    """
    left = {ord(character) for character in missing}
    chosen: list[str] = []
    while left and fonts:
        covered = {name: len(left.intersection(characters)) for name, characters in fonts.items()}
        useful = [name for name, number in covered.items() if number]
        if not useful:
            break
        best = min(useful, key=lambda name: (name.startswith(_COARSE), -covered[name], name))
        chosen.append(best)
        left.difference_update(fonts[best])
    return tuple(chosen)


def installed_fonts_have(character: str) -> bool:
    """Whether some installed font has the character."""
    return bool(covering({character}, _installed()))


@cache
def _house_characters() -> frozenset[str]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties(family=HOUSE_FONT)))
    return frozenset(map(chr, font.get_charmap()))


@cache
def _installed() -> Mapping[str, frozenset[int]]:
    return dict(_characters_of_fonts())


def _characters_of_fonts() -> Iterator[tuple[str, frozenset[int]]]:
    """The upright fonts of common weight that can be read, with the characters of each."""
    from matplotlib.font_manager import fontManager, get_font

    files = {font.name: font.fname for font in fontManager.ttflist if font.style == "normal"}
    for name, file in sorted(files.items()):
        if name.startswith("Last Resort"):
            continue  # has a sign in the place of every character
        try:
            characters = frozenset(get_font(file).get_charmap())
        except (OSError, RuntimeError):
            continue
        yield name, characters
