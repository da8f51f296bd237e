"""What a view kind is made of: the common part of an entry, what planning yields, what drawing returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.draw.shapes.model import Shapes
from vizspec.errors import Loc, Problem
from vizspec.metrics.catalogue import Metric
from vizspec.views.program import Program
from vizspec.views.selection import Selection

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment


def as_list(value: object) -> object:
    """One text as the list of it."""
    return [value] if isinstance(value, str) else value


LONGEST_LINE = 4_000
Line = Annotated[str, Field(max_length=LONGEST_LINE)]
"""A text that stands in a line, such as a title; the search for placeholders in a longer one has no end."""

Texts = Annotated[tuple[str, ...], BeforeValidator(as_list, json_schema_input_type=str | tuple[str, ...])]
"""One text or a list of them."""

Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
"""A number; a text that spells one is none."""

Whole = Annotated[int, Strict()]
"""A whole number; a text that spells one is none."""

Truth = Annotated[bool, Strict()]
"""True or false; a text or number that stands for one is none."""

Level = Annotated[Number, Field(gt=0, lt=1)]
"""A confidence level, such as 0.95."""

Pixels = Annotated[Number, Field(gt=0, le=20000)]
"""A length on the screen."""

Color = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
"""A colour as `#416AD0`."""


def _as_epochs(value: object) -> object:
    return [value] if isinstance(value, int) and not isinstance(value, bool) else value


Epoch = Annotated[Whole, Field(ge=0)]
Epochs = Annotated[
    Literal["latest", "all"] | tuple[Epoch, ...],
    BeforeValidator(_as_epochs, json_schema_input_type=Literal["latest", "all"] | Epoch | tuple[Epoch, ...]),
]
"""Which checkpoints to show: the latest of each run and task, all, or those of these epochs."""


class Model(BaseModel):
    """The base of all models of the spec: frozen, no unknown keys, docstrings as descriptions."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
    )


class Entry(Model):
    """What every entry of `views` may have."""

    instead_of: ClassVar[Mapping[str, str]] = {
        "name_pattern": "write name: …",
        "output_path": "write name: …; the folder is output.directory",
        "model": "leave it out: models come from the logs, and data.labels.model renames them",
        "model_name": "leave it out: models come from the logs, and data.labels.model renames them",
        "task": "leave it out: tasks come from the logs, and data.labels.task renames them",
        "task_name": "leave it out: tasks come from the logs, and data.labels.task renames them",
        "score_value": "write metrics: SCORER/METRIC, such as metrics: match/accuracy",
        "score_stderr": "leave it out: the charts show the intervals of the table",
        "score_label": "write metrics: {define: {SCORER/METRIC: {label: …}}} at the top level",
        "model_label": "leave it out",
        "task_label": "leave it out",
        "factor_labels": "write labels: [first, second]",
        "invert": "leave it out: whether lower is better is known of each metric, or told by metrics.define",
        "n_bins": "write bins: …",
        "data": "leave it out: every view shows the logs of data.logs, and where narrows them",
        "risk_data": "leave it out: every view shows the logs of data.logs, and where narrows them",
    }
    """Arguments of inspect-viz's functions that people know -> what to write in a spec."""

    if TYPE_CHECKING:  # each kind's entry has its own literal, after the keys that all share
        view: str
    id: Line | None = None
    """A name for `--only` and messages; by default the view's, numbered where it comes again."""
    name: Line | None = None
    """The file name's pattern instead of `output.name`."""
    title: Line | None = None
    """The chart's title; `{metric}` and the other placeholders are filled in."""
    ci: Level | None = None
    """The confidence level of this view's intervals, instead of `metrics.ci`."""
    where: str | None = None
    """Only cells of which this expression over their columns is true."""
    skip_if: Texts = ()
    """Conditions that skip the view: named ones, expressions over the facts, or a list of both."""
    caption: Line | None = None
    """The sentence under the figure in the report."""

    def caption_or(self, default: str) -> str:
        """The caption that the user gave, which may be empty, else the default one."""
        return default if self.caption is None else self.caption

    @property
    def checkpoints(self) -> Epochs | None:
        """The checkpoints that it shows; None: those of `data.epochs`."""
        return None

    @property
    def filters_rows(self) -> bool:
        """Whether its `where` is about rows of a frame, and not about evaluations."""
        return False

    @property
    def needs(self) -> frozenset[Need]:
        """What is read for this entry beyond what its kind needs."""
        return frozenset()

    @property
    def sample_metadata(self) -> frozenset[str]:
        """The keys of the samples' metadata that it shows."""
        return frozenset()

    @property
    def own_file(self) -> str | None:
        """The file of numbers that it shows, relative to the spec."""
        return None

    @property
    def jobs_file(self) -> str | None:
        """The file of jobs that it shows, relative to the spec."""
        return None

    @property
    def factor_name(self) -> str | None:
        """The factor that it shows, as names of files have it: `hint` for `task_args.hint`."""
        return None

    @property
    def program(self) -> str | None:
        """The program of the user's that it runs, relative to the spec."""
        return None


class ChartEntry(Entry):
    """What entries drawn by inspect-viz may have besides."""

    metrics: Texts = ("accuracy",)
    """The metrics to draw, one output each: `accuracy`, `supplementary`, `all`, or patterns."""
    width: Pixels | None = None
    """The chart's width in pixels."""
    height: Pixels | None = None
    """The chart's height in pixels."""
    options: dict[str, Any] = Field(default_factory=dict)
    """Further arguments of inspect-viz's function, checked against the installed version."""


def as_options(*names: str) -> dict[str, str]:
    """`Entry.instead_of` of a kind whose inspect-viz function takes these arguments."""
    return {**Entry.instead_of, **{name: f"write options: {{{name}: …}}" for name in names}}


class Need(Enum):
    """What a kind needs beyond the logs' results; read only if some entry needs it."""

    SAMPLES = "samples"
    SCORES = "scores"
    COMPUTE = "compute"
    EVERY_SAMPLE = "every sample"
    RELEASES = "releases"
    TOOL_CALLS = "tool calls"


@dataclass(frozen=True)
class Grid:
    """A figure's numbers as a table of texts; rows are as long as `headers`."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


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


def check_range(loc: Loc, ends: tuple[float | None, float | None] | None) -> Iterator[Problem]:
    """The problem of a range that ends before it begins."""
    lowest, highest = ends or (None, None)
    if lowest is not None and highest is not None and lowest >= highest:
        message = f"it ends at {highest:g}, and begins at {lowest:g}"
        yield Problem(loc, message, "give the lower end first, and two different ones")


class HasMetrics(Protocol):
    """An entry that is drawn once a metric."""

    metrics: tuple[str, ...]


def metrics_of(entry: HasMetrics, selection: Selection) -> Sequence[Metric]:
    """The metrics an entry means, of those that the logs hold."""
    return selection.catalogue.select(entry.metrics)
