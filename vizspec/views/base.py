"""What a kind of view is made of: what its planning yields, its drawing returns, and it tells of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.draw.shapes.model import Shapes
from vizspec.errors import Loc, Problem
from vizspec.metrics.catalogue import Metric
from vizspec.views.entry import Entry, Need
from vizspec.views.program import Program
from vizspec.views.selection import Selection

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment


@dataclass(frozen=True)
class Grid:
    """A figure's numbers as a table of texts; rows are as long as `headers`."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ChartLook(Protocol):
    """What an entry says of the looks of its chart."""

    @property
    def width(self) -> float | None:
        """The chart's width in pixels."""

    @property
    def height(self) -> float | None:
        """The chart's height in pixels."""

    @property
    def options(self) -> dict[str, Any]:
        """Further arguments."""


class Titled(Protocol):
    """A frozen dataclass with a title: the draft's, unless the spec gives the entry one of its own."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def title(self) -> str: ...


Content = TypeVar("Content", bound=Titled)
"""What a kind plans and draws: its own frozen value."""


@dataclass(frozen=True)
class Draft(Generic[Content]):
    """One output that an entry wants: what it shows, before its file name is settled.

    `content` is the kind's own frozen value with everything drawing needs: numbers are decided here.
    `page` is the number of this page, from 1, and of all of them, where the figure has several.
    `notes` tell what the output leaves out, and why. `parts` are further placeholders of its name.
    """

    content: Content
    title: str
    caption: str
    metric: Metric | None = None
    notes: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    page: tuple[int, int] | None = None
    suffix: str | None = None
    """The one file ending, where the output is not written in the spec's formats."""
    stem: str | None = None
    """The file name without its ending, where it is fixed."""
    facets: Facets = NO_FACETS
    """What all evaluations of the output have in common, where it is an output for each task or model."""
    files: tuple[str, ...] = ()
    """The names of its files, where it says them itself."""
    grid: Grid | None = None
    """Its numbers as a table that the report has below it."""
    browser_alone: tuple[str, ...] = ()
    """What of it shapes do not say, so that it has neither SVG nor PDF, and a PNG by a browser alone."""


@dataclass(frozen=True)
class Skip:
    """An output that an entry does not make, with the reason."""

    reason: str
    metric: Metric | None = None
    is_chosen: bool = False
    """Whether the spec's own `skip_if` says so."""


@dataclass(frozen=True)
class Chart:
    """An inspect-viz component."""

    component: Any


@dataclass(frozen=True)
class Data:
    """Bytes to be written as they are."""

    content: bytes


Picture = Chart | Data | Program


class Lookups(Protocol):
    """What the check of an entry may ask: which names and files there are, before any log is read.

    Each answer is the problem at `loc`, if there is one.
    """

    def column(self, loc: Loc, name: str) -> Iterator[Problem]:
        """Whether some evaluation can have this column."""

    def metric(self, loc: Loc, pattern: str) -> Iterator[Problem]:
        """Whether the pattern can mean a metric of the experiment's scorers."""

    def file(self, loc: Loc, path: str) -> Iterator[Problem]:
        """Whether there is such a file; `path` is relative to the spec."""

    def header(self, path: str) -> tuple[str, ...] | None:
        """The columns that the first line of a file names; None where it cannot be read as text."""


EntryOf = TypeVar("EntryOf", bound=Entry)
"""The entry of one kind of view."""


def no_outlook(entry: Entry, experiment: Experiment) -> Iterator[str]:
    """Of a kind whose skips cannot be foreseen from the design."""
    yield from ()


def nothing_of_its_own(entry: Entry, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    """Of a kind whose entries name nothing but what every entry may."""
    yield from ()


@dataclass(frozen=True)
class Kind(Generic[EntryOf, Content]):
    """One kind of view. A module of `views` defines it as `KIND`; the registry is `views.KINDS`."""

    entry: type[EntryOf]
    """The model of its entries; its docstring says what the view shows."""
    plan: Callable[[EntryOf, Selection], Iterator[Draft[Content] | Skip]]
    """Pure: a `Draft` for each output, with every number that is drawn, or a `Skip` with its reason.

    It may raise `Problems` at places below the entry's.
    """
    draw: Callable[[Content], Picture]
    """Makes the picture of a draft's content in memory; decides nothing."""
    skips: str
    """The built-in skip rule, in a sentence for the documentation."""
    many: str = ""
    """How many it shows in one picture, and what becomes of more, for the documentation."""
    shapes: Callable[[Content], Shapes] | None = None
    """The content as values that matplotlib draws: SVG, PDF, and PNG where no browser takes it. None: it
    cannot be drawn without a browser, and has neither SVG nor PDF.
    """
    chart_of: Callable[[Content, Shapes], Any] | None = None
    """The chart, where that shows the shapes too: it is made with the images, many in several processes."""
    formats: tuple[str, ...] = ("html", "png")
    """The formats that it can be written in, its own first."""
    needs: frozenset[Need] = frozenset()
    """What is read for it beyond the logs' results."""
    outlook: Callable[[EntryOf, Experiment], Iterator[str]] = no_outlook
    """The reasons for which an entry will certainly be skipped, as far as the design alone tells."""
    check: Callable[[EntryOf, Loc, Lookups], Iterator[Problem]] = nothing_of_its_own
    """The problems of what only its entries name: columns, ranges, files; `loc` is the entry's place."""
    name: str | None = None
    """The naming pattern, where the kind's files have names of their own."""
    needs_no_cells: bool = False
    """Whether the kind has something to show without any evaluation."""
    numbers: Callable[[Any], Grid] | None = None
    """The numbers that a picture was made of, where no page draws it: the index shows them beside it."""
    runs_program: bool = False
    """Whether it runs a program of the user's, which is done only where a render allows it."""
    comes_once: bool = False
    """Whether a spec may have one entry of the kind only."""
    draws_title: bool = True
    """Whether its picture shows the title; a page tells it where not."""
    function: str | None = None
    """The inspect-viz function that draws it."""
    reserved: tuple[str, ...] = ()
    """The arguments of that function that vizspec gives itself."""


DRAWN_FORMATS = ("html", "png", "svg", "pdf")
"""The formats of a kind of charts that has shapes."""
DRAWN_ALONE = ("svg", "pdf")
"""The formats of charts that are always drawn of shapes."""
FIGURE_FORMATS = ("png", "svg", "pdf", "html")
"""The formats of a kind of figures: matplotlib draws its images, and a page shows the same shapes."""
IMAGE_FORMATS = ("png", "svg", "pdf")
"""The formats of a kind that is no page."""


class HasMetrics(Protocol):
    """An entry that is drawn once a metric."""

    metrics: tuple[str, ...]


def metrics_of(entry: HasMetrics, selection: Selection) -> Sequence[Metric]:
    """The metrics an entry means, of those that the logs hold."""
    return selection.catalogue.select(entry.metrics)
