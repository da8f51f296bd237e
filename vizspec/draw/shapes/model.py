"""A figure as one frozen value: panels with axes, the marks on them, and the legend.

Numbers, colours, order and labels are decided here, so that whoever draws it shows the same. Sizes are CSS
pixels, as those of charts are; lines and points are measured in points of print (1/72 inch).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vizspec.draw.palette import CIRCLE, Dash, Symbol

INK = "#262626"
"""Text, axes and whiskers."""
FAINT = "#b3b3b3"
"""Reference lines: chance, perfect calibration, no difference."""

AxisPlace = float | str
"""Where something stands on an axis: a number, or one of the axis' categories."""
Direction = Literal["x", "y"]
Slot = tuple[int, int]
"""Of marks side by side at one category: which one this is, from 0, and of how many."""
ALONE: Slot = (0, 1)
Tips = tuple[tuple[str, tuple[str, ...]], ...]
"""What a tip says of each place, by what it is called."""
Anchor = Literal["left", "middle", "right"]


@dataclass(frozen=True)
class Axis:
    """One axis of a panel.

    `categories` stand from left to right, or from top to bottom; without any the axis is one of numbers, from
    and to the ends of `domain` (None: as the marks need). `ticks` are (value, text), of categories (rank,
    text), none where it is empty; None: all categories, or chosen by who draws. `is_count`: only whole
    numbers are marked. `format`: how numbers are written, in d3's language.
    """

    label: str = ""
    categories: tuple[str, ...] = ()
    domain: tuple[float, float] | None = None
    ticks: tuple[tuple[float, str], ...] | None = None
    scale: Literal["linear", "log"] = "linear"
    has_grid: bool = True
    is_count: bool = False
    is_hidden: bool = False
    format: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars from 0 to each value, which run along one axis and stand at places of the other.

    `thickness` None: a bar fills its slot of the category.
    """

    at: tuple[AxisPlace, ...]
    values: tuple[float, ...]
    colour: str
    along: Direction = "y"
    slot: Slot = ALONE
    thickness: float | None = None


@dataclass(frozen=True)
class Whiskers:
    """Intervals along one axis at places of the other; with a `halo` of this colour on both sides."""

    at: tuple[AxisPlace, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    colour: str = INK
    along: Direction = "y"
    slot: Slot = ALONE
    thickness: float = 1.0
    opacity: float = 1.0
    has_caps: bool = False
    halo: str | None = None
    series: str | None = None


@dataclass(frozen=True)
class Ticks:
    """A short line across at each value along one axis."""

    at: tuple[AxisPlace, ...]
    values: tuple[float, ...]
    colour: str
    along: Direction = "y"
    slot: Slot = ALONE
    thickness: float = 1.5


@dataclass(frozen=True)
class Points:
    """Symbols; `size` is their width, or `sizes` those of each. With the colour `none` they are not filled.

    `series`: what the legend calls them, where it filters.
    """

    x: tuple[AxisPlace, ...]
    y: tuple[AxisPlace, ...]
    colour: str
    size: float = 6.0
    symbol: Symbol = CIRCLE
    edge: str | None = None
    slot: Slot = ALONE
    opacity: float = 1.0
    series: str | None = None
    tips: Tips = ()
    sizes: tuple[float, ...] = ()
    edge_width: float = 0.7


@dataclass(frozen=True)
class Line:
    """A line through places in their order; nothing is drawn to or from a place whose y is None.

    `series`: what the legend calls it, where it filters.
    """

    x: tuple[AxisPlace, ...]
    y: tuple[AxisPlace | None, ...]
    colour: str
    dash: Dash = ()
    thickness: float = 1.8
    opacity: float = 1.0
    series: str | None = None
    tips: Tips = ()


@dataclass(frozen=True)
class Band:
    """The area between two lines over x; there is a gap where an end is None. `series` as a line's."""

    x: tuple[AxisPlace, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    colour: str
    opacity: float = 0.15
    series: str | None = None


@dataclass(frozen=True)
class Area:
    """A filled polygon through the places."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    colour: str
    opacity: float = 0.1


@dataclass(frozen=True)
class Steps:
    """A value between each two neighbouring edges, as an outline or filled down to 0."""

    edges: tuple[float, ...]
    values: tuple[float, ...]
    colour: str
    is_filled: bool = False
    opacity: float = 1.0
    dash: Dash = ()
    thickness: float = 1.0
    series: str | None = None
    tips: Tips = ()


@dataclass(frozen=True)
class Rule:
    """A line through the whole panel at one value of `axis`."""

    axis: Direction
    at: float
    colour: str = FAINT
    dash: Dash = ()
    thickness: float = 1.0
    opacity: float = 1.0


@dataclass(frozen=True)
class Boxes:
    """Rectangles between two places of x and two of y, each in its colour; a category is a step of 1."""

    x1: tuple[float, ...]
    x2: tuple[float, ...]
    y1: tuple[float, ...]
    y2: tuple[float, ...]
    colours: tuple[str, ...]
    opacity: float = 1.0
    edge: str | None = None
    edge_width: float = 0.7


@dataclass(frozen=True)
class Cells:
    """Rectangles of a matrix at pairs of categories, each with its colour and a text (empty: none)."""

    x: tuple[str, ...]
    y: tuple[str, ...]
    colours: tuple[str, ...]
    texts: tuple[str, ...]
    ink: str = INK


@dataclass(frozen=True)
class TextMarks:
    """Words at places, `size` times as large as those of the axes; `anchor`: the side that stands there.

    `offset`: points to the right and up.
    """

    x: tuple[AxisPlace, ...]
    y: tuple[AxisPlace, ...]
    texts: tuple[str, ...]
    colour: str = INK
    size: float = 1.0
    anchor: Anchor = "middle"
    has_halo: bool = False
    offset: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class DrawnColumn:
    """A column of a drawn table: what stands over it, and its texts; `pixels`: its width, if it is given."""

    head: str
    texts: tuple[str, ...]
    is_number: bool = False
    pixels: float | None = None


@dataclass(frozen=True)
class DrawnTable:
    """Rows of texts in columns, which fill the panel; what has no room in its column ends in an ellipsis."""

    columns: tuple[DrawnColumn, ...]

    @property
    def rows(self) -> int:
        return len(self.columns[0].texts) if self.columns else 0


DrawnMark = (
    Bars
    | Whiskers
    | Ticks
    | Points
    | Line
    | Band
    | Area
    | Steps
    | Rule
    | Boxes
    | Cells
    | TextMarks
    | DrawnTable
)
OfSeries = Whiskers | Points | Line | Band | Steps
"""Marks that the legend may name, and filter."""
InSlots = Bars | Whiskers | Ticks | Points
"""Marks that may stand side by side at one category."""


@dataclass(frozen=True)
class Panel:
    """Marks on two axes; the later lie above the earlier.

    `weight` is its share of the height among the rows of panels. `note` stands in its corner. `is_layered`:
    their order alone tells what lies above; otherwise rules lie below, whiskers and points above the rest.
    """

    marks: tuple[DrawnMark, ...]
    x: Axis = Axis()
    y: Axis = Axis()
    title: str = ""
    note: str = ""
    note_corner: Literal["top left", "top right", "bottom right"] = "top right"
    is_square: bool = False
    weight: float = 1.0
    is_layered: bool = False


@dataclass(frozen=True)
class Key:
    """What the legend says of a colour: with a patch, a line, or a point of it."""

    label: str
    colour: str
    sign: Literal["patch", "line", "point"] = "patch"
    dash: Dash = ()
    opacity: float = 1.0
    symbol: Symbol = CIRCLE


@dataclass(frozen=True)
class ColourScale:
    """What a run of colours means, from the lower to the upper end of the domain.

    `format`: how numbers are written, in d3's language.
    """

    label: str
    domain: tuple[float, float]
    colours: tuple[str, ...]
    format: str = ""
    scale: Literal["linear", "log"] = "linear"


@dataclass(frozen=True)
class Shapes:
    """A whole figure: panels row by row, `columns` of them beside each other, under one title.

    `width` and `height` are those of the chart on the screen, the height without the legend; None: as the
    panels need. `x_label` and `y_label` are said once for all panels, which have the axes of the first one
    where they share them; `note` stands below the former, and in the caption of a page.
    """

    panels: tuple[Panel, ...]
    title: str = ""
    columns: int = 1
    width: float = 700
    height: float | None = None
    x_label: str = ""
    y_label: str = ""
    note: str = ""
    shares_x: bool = False
    shares_y: bool = False
    legend: tuple[Key, ...] = ()
    legend_title: str = ""
    colour_scale: ColourScale | None = None

    @property
    def rows(self) -> int:
        return -(-len(self.panels) // self.columns)
