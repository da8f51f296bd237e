"""The index as its template sees it: headings that nest, each with an anchor of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote

from markupsafe import Markup

from vizspec.cells.facets import Facets
from vizspec.draw.pages.parts import (
    Card,
    Chapter,
    ChartPage,
    Drawing,
    Image,
    IndexGrid,
    IndexGroup,
    IndexPart,
    IndexRow,
    IndexSection,
    IndexTable,
    Link,
)
from vizspec.text.html import data_address

SectionLayout = Literal["chapter", "tabs", "grid", "section"]
NO_ROW = IndexRow()
NO_TEXT = Markup("")


@dataclass(frozen=True)
class RowView:
    """A row of a table: its texts, and what it has besides."""

    cells: tuple[str, ...]
    detail: IndexRow


@dataclass(frozen=True)
class TableView:
    """A table; `name` is that of the file that it is saved as."""

    name: str
    headers: tuple[str, ...]
    align: tuple[str, ...]
    rows: tuple[RowView, ...]


@dataclass(frozen=True)
class Node:
    """A heading with what stands below it; `level` is the heading's, from 2."""

    anchor: str
    heading: str
    level: int
    layout: SectionLayout
    children: tuple[Node, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    caption: str | None = None
    drawing: Drawing | None = None
    image: Image | None = None
    table: TableView | None = None
    data: TableView | None = None
    """The numbers of the image."""
    grid: IndexGrid | None = None
    cards: tuple[Card, ...] = ()
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    prose: Markup = NO_TEXT
    is_folded: bool = False


def sections_of(parts: Sequence[IndexPart]) -> Iterator[IndexSection]:
    """Every section, in the order of the page."""
    for part in parts:
        if isinstance(part, IndexSection):
            yield part
        else:
            yield from sections_of(part.sections if isinstance(part, IndexGroup) else part.parts)


def nodes_of(parts: Sequence[IndexPart], drawings: Mapping[str, Drawing]) -> tuple[Node, ...]:
    """The parts as nested headings, from the second level; drawings are known by their charts' stems."""
    return _Anchors(drawings).nodes(parts, level=2)


class _Anchors:
    """Gives each heading of one page an anchor of its own."""

    def __init__(self, drawings: Mapping[str, Drawing]) -> None:
        self._drawings = drawings
        self._taken: dict[str, int] = {}

    def nodes(self, parts: Sequence[IndexPart], level: int) -> tuple[Node, ...]:
        """The parts, numbered where several beside each other have one heading."""
        number = Counter(part.heading for part in parts)
        seen: Counter[str] = Counter()
        found = []
        for part in parts:
            name = part.heading
            seen[name] += 1
            apart = name if number[name] == 1 else f"{name} ({seen[name]} of {number[name]})"
            found.append(self._node(replace(part, heading=apart), level))
        return tuple(found)

    def _node(self, part: IndexPart, level: int) -> Node:
        anchor = self._anchor(part.heading)
        if isinstance(part, IndexSection):
            return _section(part, anchor, level, self._drawings)
        if isinstance(part, Chapter):
            children = self.nodes(part.parts, level + 1)
            return Node(anchor, part.heading, level, "chapter", children)
        return Node(anchor, part.heading, level, part.layout, self.nodes(part.sections, level + 1))

    def _anchor(self, heading: str) -> str:
        """Its letters and digits, numbered where another heading has the same."""
        words = "".join(c if c.isascii() and c.isalnum() else " " for c in heading.lower()).split()
        base = "-".join(words) or "section"
        self._taken[base] = number = self._taken.get(base, 0) + 1
        return base if number == 1 else f"{base}--{number}"


def _section(section: IndexSection, anchor: str, level: int, drawings: Mapping[str, Drawing]) -> Node:
    body = section.body
    return Node(
        anchor,
        section.heading,
        level,
        "section",
        facets=facet_pairs(section.facets),
        caption=section.caption or (body.caption if isinstance(body, ChartPage) else None),
        drawing=drawings[body.stem] if isinstance(body, ChartPage) else None,
        image=replace(body, href=_address(body)) if isinstance(body, Image) else None,
        table=_table(body, anchor) if isinstance(body, IndexTable) else None,
        data=_table(body.table, anchor) if isinstance(body, Image) and body.table is not None else None,
        grid=body if isinstance(body, IndexGrid) else None,
        cards=section.cards,
        lines=section.lines,
        links=quoted(section.links),
        prose=Markup(section.prose),
        is_folded=section.is_folded,
    )


def facet_pairs(facets: Facets) -> tuple[tuple[str, str], ...]:
    """The facets that are known, by name."""
    return tuple((name, value) for name, value in vars(facets).items() if value is not None)


def quoted(links: Sequence[Link]) -> tuple[Link, ...]:
    """The links with addresses that a browser can follow."""
    return tuple(Link(quote(link.href), link.text) for link in links)


def _table(table: IndexTable, anchor: str) -> TableView:
    details = table.details or (NO_ROW,) * len(table.rows)
    rows = tuple(RowView(cells, detail) for cells, detail in zip(table.rows, details, strict=True))
    return TableView(anchor, table.headers, table.align, rows)


def _address(image: Image) -> str:
    if image.content is None:
        return quote(image.href)
    return data_address(image.href, image.content)
