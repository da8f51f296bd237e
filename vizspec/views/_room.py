"""How much room labels take in a chart, and how a chart is sized so that they can be read. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from vizspec.text.widths import letters_of

CHARACTER_PIXELS = 6.2
"""The width of an average character of the axes' font (10 pixels high)."""
TITLE_CHARACTER_PIXELS = 9.6
"""The same of the title's font (16 pixels high)."""

DEFAULT_WIDTH = 700
WIDEST = 1240
"""As wide as pictures are taken."""
NARROWEST_BAR = 16
"""How wide a bar is where there is room for it."""
THINNEST_BAR = 9
"""How wide it must be."""
LONGEST_FACET_PIXELS = 120
"""The most that the label over a facet may ask for; a longer one loses its middle."""
ACROSS_LIMIT = 24
"""Characters that a facet's label keeps however many facets there are."""
LEGEND_SIGN_PIXELS = 36
"""What an entry of a legend takes besides its text."""
SLANT = 0.7071
"""Of a label turned by 45 degrees, the part that is height, and the part that is width."""


def label_pixels(labels: Iterable[str]) -> int:
    """How wide the longest label is."""
    return ceil(CHARACTER_PIXELS * max((letters_of(text) for text in labels), default=0))


def margin_for(labels: Iterable[str], least: int = 60, most: int = 280) -> int:
    """Pixels beside an axis so that its labels fit, as far as a chart can give them room."""
    return max(least, min(most, 20 + label_pixels(labels)))


def facets_width(facets: Sequence[str], bars: int) -> int:
    """The width of a chart with a facet a label side by side, and so many bars in each."""
    needed = max(label_pixels(facets) + 14, (bars + 1) * NARROWEST_BAR)
    return max(DEFAULT_WIDTH, min(WIDEST, 60 + len(facets) * needed))


def facets_beside(facets: Sequence[str], bars: int, width: float) -> int:
    """How many facets of so many bars can stand side by side, with labels that can be told apart."""
    needed = max(min(label_pixels(facets), LONGEST_FACET_PIXELS) + 14, (bars + 1) * THINNEST_BAR)
    return max(1, int((width - 60) / needed))


def facet_limit(facets: int, width: float) -> int:
    """The characters that fit over each facet."""
    return max(ACROSS_LIMIT // 3, int((width - 60) / max(facets, 1) / CHARACTER_PIXELS) - 2)


def title_limit(width: float) -> int:
    """The characters of a title that fit over a chart."""
    return max(20, int(width / TITLE_CHARACTER_PIXELS))


def legend_columns(labels: Sequence[str], width: float) -> int:
    """How many columns of a legend stand side by side below a chart; 0 where all entries fit in one line."""
    if sum(label_pixels([text]) + LEGEND_SIGN_PIXELS for text in labels) <= width:
        return 0
    return max(1, int(width / (label_pixels(labels) + LEGEND_SIGN_PIXELS)))


def words_pixels(labels: Iterable[str], line: int) -> int:
    """How wide labels are that are broken between words into lines of so many pixels."""
    texts = list(labels)
    return max(min(label_pixels(texts), line), label_pixels(word for text in texts for word in text.split()))


def fits_level(labels: Sequence[str], width: float) -> bool:
    """Whether the labels of an axis can stand side by side without being turned."""
    return label_pixels(labels) + 8 <= width / max(len(labels), 1)
