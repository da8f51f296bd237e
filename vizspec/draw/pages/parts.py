"""What pages are made of, as values: charts, pictures, tables, and the sections of the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from inspect_viz import Component

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
    itself, so that its own page does not repeat it. A chart that was drawn before may be given by its state.
    `picture` is the file beside the page that shows it where scripts may not run.
    """

    stem: str
    title: str
    component: Component | ChartState
    caption: str | None = None
    shows_title: bool = False
    picture: str | None = None


@dataclass(frozen=True)
class Image:
    """A picture in a file: its path from the index, what it shows in words, and the width in CSS pixels that
    it is shown with (None: its own). With its `content` it stands in the page itself.
    """

    href: str
    alt: str
    width: int | None = None
    content: bytes | None = None


@dataclass(frozen=True)
class IndexTable:
    """A table of text; every row as long as the headers, and as `align`, the side of each column."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[Literal["left", "right"], ...]


@dataclass(frozen=True)
class Link:
    """A file below the index's folder, by its relative path, and the words that lead to it."""

    href: str
    text: str


@dataclass(frozen=True)
class IndexSection:
    """One part of the index: a heading, sentences and a body below it, links to the files that hold it."""

    heading: str
    body: ChartPage | Image | IndexTable | None = None
    caption: str | None = None
    links: tuple[Link, ...] = ()
    lines: tuple[str, ...] = ()
    prose: str = ""
    """HTML that can do no harm, as `text.html` makes it of a user's Markdown."""
