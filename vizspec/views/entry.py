"""What an entry of `views` may say: the types of its values, and the keys that all entries share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict

from vizspec.errors import Loc, Problem


def as_list(value: object) -> object:
    """One text as the list of it."""
    return [value] if isinstance(value, str) else value


LONGEST_LINE = 4_000
OneLine = Annotated[str, Field(max_length=LONGEST_LINE)]
"""A text that stands in a line, such as a title; the search for placeholders in a longer one has no end."""

Texts = Annotated[tuple[str, ...], BeforeValidator(as_list, json_schema_input_type=str | tuple[str, ...])]
"""One text or a list of them."""

FiniteNumber = Annotated[float, Strict(), Field(allow_inf_nan=False)]
"""A number; a text that spells one is none."""

Whole = Annotated[int, Strict()]
"""A whole number; a text that spells one is none."""

Truth = Annotated[bool, Strict()]
"""True or false; a text or number that stands for one is none."""

Level = Annotated[FiniteNumber, Field(gt=0, lt=1)]
"""A confidence level, such as 0.95."""

Pixels = Annotated[FiniteNumber, Field(gt=0, le=20000)]
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
    id: OneLine | None = None
    """A name for `--only` and messages; by default the view's, numbered where it comes again."""
    name: OneLine | None = None
    """The file name's pattern instead of `output.name`."""
    title: OneLine | None = None
    """The chart's title; `{metric}` and the other placeholders are filled in."""
    ci: Level | None = None
    """The confidence level of this view's intervals, instead of `metrics.ci`."""
    where: str | None = None
    """Only cells of which this expression over their columns is true."""
    skip_if: Texts = ()
    """Conditions that skip the view: named ones, expressions over the facts, or a list of both."""
    caption: OneLine | None = None
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


def check_range(loc: Loc, ends: tuple[float | None, float | None] | None) -> Iterator[Problem]:
    """The problem of a range that ends before it begins."""
    lowest, highest = ends or (None, None)
    if lowest is not None and highest is not None and lowest >= highest:
        message = f"it ends at {highest:g}, and begins at {lowest:g}"
        yield Problem(loc, message, "give the lower end first, and two different ones")
