"""What pages are made of, as values: charts, pictures, tables, and the sections of the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.estimates.bars import Bar

if TYPE_CHECKING:
    from inspect_viz import Component

    from vizspec.draw.charts.mosaic import Specification
    from vizspec.draw.pages.state import ChartState


@dataclass(frozen=True)
class Page:
    """A page's text, and the files that it loads: their contents by path below the output folder."""

    text: str
    loads: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class ChartPage:
    """A chart to be put on pages and into a picture.

    `stem` is its file name without ending, alone in its render. `shows_title`: the chart draws its title
    itself, so that its own page does not repeat it. A chart that was drawn before may be given by its
    state; one that is still to be drawn has no component.
    `picture` is the file beside the page that shows it where scripts may not run.
    """

    stem: str
    title: str
    component: Component | Specification | ChartState | None
    caption: str | None = None
    shows_title: bool = False
    picture: str | None = None


@dataclass(frozen=True)
class EmbeddedTable:
    """A chart's table as a page holds it: a JSON string of base64."""

    name: str
    json: Markup


@dataclass(frozen=True)
class Drawing:
    """A chart as the templates see it; `tables` are those that no earlier chart of the page holds, `picture`
    is the name of the one beside the page.
    """

    id: str
    label: str
    state_json: Markup
    tables: tuple[EmbeddedTable, ...]
    picture: str | None


@dataclass(frozen=True)
class Image:
    """A picture in a file: its path from the index, what it shows in words, and the width in CSS pixels that
    it is shown with (None: its own). With its `content` it stands in the page itself. `table` has its
    numbers.
    """

    href: str
    alt: str
    width: int | None = None
    content: bytes | None = None
    table: IndexTable | None = None


@dataclass(frozen=True)
class Facet:
    """One choice of the page's filter: a name of `Facets`, and the values that there are."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class IndexRow:
    """What a row of a table has besides its texts: an anchor, a bar for each cell, and of what it tells."""

    anchor: str | None = None
    bars: tuple[Bar | None, ...] = ()
    facets: Facets = NO_FACETS
    links: Mapping[int, str] = field(default_factory=dict)
    """Where cells lead to, by their place in the row."""
    other: Facets = NO_FACETS
    """Of which other evaluation it tells, where it tells of two."""


@dataclass(frozen=True)
class IndexTable:
    """A table of text; every row as long as the headers, and as `align`, the side of each column.

    `details` are what the rows have besides; empty, or one a row.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[Literal["left", "right"], ...]
    details: tuple[IndexRow, ...] = ()


@dataclass(frozen=True)
class GridCell:
    """A cell of a grid: its text, what it means in words, and where it leads.

    `heat` from 0 to 1 is how good it is, `mark` a word that the style sheet has a colour for.
    """

    text: str
    note: str = ""
    href: str | None = None
    heat: float | None = None
    mark: str | None = None
    is_best: bool = False
    facets: Facets = NO_FACETS


@dataclass(frozen=True)
class IndexGrid:
    """Cells by row and column; None where there is none. `keys` explain the marks, by mark."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GridCell | None, ...]], ...]
    keys: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Card:
    """What is to be seen first: a heading, the main words, and sentences. `tone` is that of a verdict."""

    heading: str
    lead: str = ""
    lines: tuple[str, ...] = ()
    tone: Literal["plain", "good", "bad", "open"] = "plain"
    href: str | None = None


@dataclass(frozen=True)
class Link:
    """A file below the index's folder, by its relative path, and the words that lead to it."""

    href: str
    text: str


@dataclass(frozen=True)
class IndexSection:
    """One part of the index: a heading, sentences and a body below it, links to the files that hold it.

    `cards` stand before the sentences. `is_folded`: it is long, and is opened by who wants it.
    """

    heading: str
    body: ChartPage | Image | IndexTable | IndexGrid | None = None
    caption: str | None = None
    links: tuple[Link, ...] = ()
    lines: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    facets: Facets = NO_FACETS
    is_folded: bool = False
    prose: str = ""
    """HTML that can do no harm, as `text.html` makes it of a user's Markdown."""


@dataclass(frozen=True)
class IndexGroup:
    """Sections under one heading: one at a time behind tabs, or beside each other."""

    heading: str
    sections: tuple[IndexSection, ...]
    layout: Literal["tabs", "grid"] = "tabs"


@dataclass(frozen=True)
class Chapter:
    """Sections and groups under one heading."""

    heading: str
    parts: tuple[IndexSection | IndexGroup, ...]


IndexPart = Chapter | IndexGroup | IndexSection


def with_sections(
    parts: Sequence[IndexPart], change: Callable[[IndexSection], IndexSection]
) -> tuple[IndexPart, ...]:
    """The parts with every section changed."""
    return tuple(_changed(part, change) for part in parts)


def _changed(part: IndexPart, change: Callable[[IndexSection], IndexSection]) -> IndexPart:
    if isinstance(part, Chapter):
        return replace(part, parts=tuple(_member(one, change) for one in part.parts))
    return _member(part, change)


def _member(
    part: IndexSection | IndexGroup, change: Callable[[IndexSection], IndexSection]
) -> IndexSection | IndexGroup:
    if isinstance(part, IndexGroup):
        return replace(part, sections=tuple(change(section) for section in part.sections))
    return change(part)
