"""Which colour a model has: one for all figures, told apart by colour-blind readers too.

Unordered models take the colours of Okabe and Ito (2008, Color Universal Design) without the yellow, which
white paper swallows, then lighter and darker shades of them; when those are used up they come again. Each
round of seven has another dash, and another symbol where there are points. Ordered ones (sizes, sample
counts) go along viridis from dark to light, short of its yellow end; where several models have each of them
(families), a colour each, from light to dark.
"""

from __future__ import annotations

import colorsys
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

OKABE_ITO = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
VIRIDIS = ("#440154", "#482878", "#3e4a89", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b")
"""Viridis at 0, 1/8 … 1; the last entry stands short of the yellow end."""
BLUES = (
    *("#f7fbff", "#deebf7", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b"),
)
"""The nine blues of ColorBrewer (Brewer, Harrower), from light to dark."""
WHITE = "#ffffff"
BLACK = "#000000"
FINEST_SHADES = 64
"""Into how many steps the way to white and to black is parted at most."""
Dash = tuple[float, ...]
DASHES: tuple[Dash, ...] = (
    (),
    (5.0, 2.0),
    (1.5, 1.5),
    (7.0, 2.0, 1.5, 2.0),
    (9.0, 4.0),
    (5.0, 1.5, 1.5, 1.5, 1.5, 1.5),
)
"""Lengths of line and gap in units of the line's width; the empty one is a solid line. There are as many as
models that are laid over each other."""
Symbol = Literal[
    "circle",
    "square",
    "triangle",
    "diamond",
    "star",
    "cross",
    "wye",
    "plus",
    "asterisk",
    "times",
    "hexagon",
]
CIRCLE: Symbol = "circle"
SYMBOLS: tuple[Symbol, ...] = (CIRCLE, "square", "triangle", "diamond", "star", "cross")
"""What points are drawn as, in the order of `DASHES`: lines of one dash have points of one symbol."""

LIGHTER = 0.5
DARKER = 0.45
"""How far a shade is from its colour on the way to white, and to black."""

FAMILIES = OKABE_ITO[:5]
"""Colours whose shades are told apart: sky blue is a light blue, and black has no darker one."""
LIGHTEST, DARKEST = -0.5, 0.6
"""The ends of a family's shades: to white where negative, else to black."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Style:
    """How a model is drawn. `dash` is empty for a solid line."""

    colour: str
    dash: Dash = ()

    @property
    def symbol(self) -> Symbol:
        """What its points are drawn as."""
        return SYMBOLS[DASHES.index(self.dash)]


def categorical(models: Sequence[K]) -> dict[K, Style]:
    """A style for each model, in the order given.

    Hand in all models of the experiment, not those of one figure: a model's style hangs on its place.
    """
    names = list(dict.fromkeys(models))
    return {
        name: Style(PALETTE[i % len(PALETTE)], DASHES[i // len(OKABE_ITO) % len(DASHES)])
        for i, name in enumerate(names)
    }


def symbol_at(place: int) -> Symbol:
    """What the points of the model, or the category, at a place are drawn as: circles up to the palette."""
    return SYMBOLS[place // len(OKABE_ITO) % len(SYMBOLS)]


def ordinal(ranks: Mapping[K, int]) -> dict[K, Style]:
    """A style for each model by its place on an ordered scale; models of one rank differ in their dash."""
    places = sorted(set(ranks.values()))
    seen = dict.fromkeys(places, 0)
    styles = {}
    for model, rank in ranks.items():
        styles[model] = Style(sequential(places.index(rank), len(places)), DASHES[seen[rank] % len(DASHES)])
        seen[rank] += 1
    return styles


def families(models: Mapping[K, tuple[Hashable, int]]) -> dict[K, Style]:
    """A style for each model by its family and its place on an ordered scale: from light to dark along it.

    The families have the colours of `FAMILIES` in their order; models of one family and place are alike.
    """
    colours = {family: at for at, family in enumerate(dict.fromkeys(family for family, _ in models.values()))}
    places = sorted({place for _, place in models.values()})
    return {
        model: Style(
            _shade(FAMILIES[colours[family] % len(FAMILIES)], places.index(place) / max(len(places) - 1, 1)),
            DASHES[colours[family] % len(DASHES)],
        )
        for model, (family, place) in models.items()
    }


def _shade(colour: str, position: float) -> str:
    """The colour from its lightest shade, at 0, to its darkest, at 1."""
    share = LIGHTEST + position * (DARKEST - LIGHTEST)
    return _mixed(colour, WHITE, -share) if share < 0 else _mixed(colour, BLACK, share)


def shaded(colours: Sequence[str]) -> tuple[str, ...]:
    """The colours in their order, each that comes again lighter, then darker, then as it is."""
    seen = dict.fromkeys(colours, 0)
    made = []
    for colour in colours:
        made.append((colour, _mixed(colour, WHITE, LIGHTER), _mixed(colour, BLACK, DARKER))[seen[colour] % 3])
        seen[colour] += 1
    return tuple(made)


def distinct(colours: Sequence[str]) -> tuple[str, ...]:
    """The colours in their order, each that stood there before made lighter or darker until it is new."""
    taken = set(colours)
    seen: set[str] = set()
    made = []
    for colour in colours:
        new = colour if colour not in seen else next(one for one in _shades(colour) if one not in taken)
        seen.add(colour)
        taken.add(new)
        made.append(new)
    return tuple(made)


def sequential(place: int, places: int) -> str:
    """The colour of one of `places` places on an ordered scale, from 0, as #rrggbb."""
    position = place / max(places - 1, 1) * (len(VIRIDIS) - 1)
    before = min(int(position), len(VIRIDIS) - 2)
    return _mixed(VIRIDIS[before], VIRIDIS[before + 1], position - before)


def blue(position: float) -> str:
    """The colour at a position from 0 (light) to 1 (dark), as d3's scheme of that name has it."""
    return spline(BLUES, position)


def spline(colours: Sequence[str], position: float) -> str:
    """The colour at a position from 0 to 1 of a run through colours, as d3 makes it of ColorBrewer's schemes.

    A uniform B-spline, a channel each.
    """
    parts = len(colours) - 1
    position = min(max(position, 0.0), 1.0)
    before = min(int(position * parts), parts - 1)
    share = position * parts - before
    one, other = _channels(colours[before]), _channels(colours[before + 1])
    first = _channels(colours[before - 1]) if before > 0 else _beyond(one, other)
    last = _channels(colours[before + 2]) if before < parts - 1 else _beyond(other, one)
    weights = (
        (1 - share) ** 3,
        4 - 6 * share**2 + 3 * share**3,
        1 + 3 * share + 3 * share**2 - 3 * share**3,
        share**3,
    )
    channels = zip(first, one, other, last, strict=True)
    mixed = (sum(w * c for w, c in zip(weights, each, strict=True)) / 6 for each in channels)
    return "#" + "".join(f"{round(min(max(value, 0), 255)):02x}" for value in mixed)


def lighter(colour: str, share: float) -> str:
    """The colour with its lightness (in HSL) that share nearer to white, as inspect-viz makes it."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    made = colorsys.hls_to_rgb(hue, min(1.0, lightness + (1 - lightness) * share), saturation)
    return "#" + "".join(f"{int(channel * 255):02x}" for channel in made)


def _beyond(end: tuple[int, int, int], before: tuple[int, int, int]) -> tuple[int, int, int]:
    """What follows the end where the way goes on as it came."""
    red, green, blue_ = (2 * one - other for one, other in zip(end, before, strict=True))
    return red, green, blue_


def _shades(colour: str) -> Iterator[str]:
    """Lighter and darker variants, the most different first, then any grey: there are more than models."""
    steps = 2
    while steps <= FINEST_SHADES:
        for step in range(1, steps, 2):
            yield _mixed(colour, WHITE, step / steps)
            yield _mixed(colour, BLACK, step / steps)
        steps *= 2
    yield from (f"#{number:06x}" for number in range(256**3))


def _mixed(one: str, other: str, share: float) -> str:
    """The colour `share` of the way from one to the other."""
    parts = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


PALETTE = (*OKABE_ITO, *shaded(OKABE_ITO * 3)[len(OKABE_ITO) : -1])
"""The colours of unordered models: those of Okabe and Ito, then their lighter and their darker shades."""
