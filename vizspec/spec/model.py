"""`analysis.yaml` as frozen models: the language. `specs/full.yaml` shows every key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from vizspec.cells.cell import IDENTITY
from vizspec.cells.columns import Column
from vizspec.claims.model import Claim, ClaimsSection
from vizspec.logs.find import DEFAULT_PATTERNS
from vizspec.metrics.catalogue import Definition
from vizspec.spec.comparison_entry import ComparisonEntry
from vizspec.text.messages import shown, suggestion
from vizspec.views import AnyEntry
from vizspec.views.entry import (
    Epochs,
    FiniteNumber,
    Level,
    Model,
    OneLine,
    Texts,
    Truth,
    Whole,
    as_list,
)

SECTIONS = (
    "summary",
    "claims",
    "research_question",
    "model_comparison",
    "comparisons",
    "calibration",
    "per_task",
    "visualizations",
    "interpretation",
    "compute",
    "coverage",
    "provenance",
)
"""The report's own sections, in their default order."""

_OF_SCRIPTS: Mapping[str, str] = {
    "config": "write at the top level: experiment: experiment_summary.yaml",
    "eval_files": "write at the top level: data: {logs: […]}",
    "eval_log_paths": "write at the top level: data: {logs: […]}",
    "generated_pngs": "leave it out: the report shows the figures of its own render",
    "compute_section": "write among the views: {view: compute_utilization}",
}
"""Arguments that scripts know, of no place in a spec -> what to write instead."""

JSON_LOGS = tuple(pattern.replace(".eval", ".json") for pattern in DEFAULT_PATTERNS)
"""The same places for logs of the older format."""

DEFAULT_NAME = "{view}_{experiment}_{metric}"
PLACEHOLDERS = ("view", "experiment", "type", "metric", "scorer", "epoch", "id", "task", "factor")
"""What a naming pattern may hold between braces."""


OWN_KEYS = "x-"
"""How top-level keys begin that vizspec passes over."""

OWN_FILES = frozenset(
    {
        "results.csv",
        "coverage.csv",
        "results.json",
        "comparisons.csv",
        "disagreements.csv",
        "manifest.json",
        "index.html",
        ".vizspec.output.lock",
    }
)
"""What vizspec writes beside the views and the report: no other output may have such a name."""


OutputFormat = Literal["html", "png", "svg", "pdf"]


class DataSpec(Model):
    """Where the results are and what makes a cell of them."""

    logs: Texts = Field(default=DEFAULT_PATTERNS, min_length=1)
    """Patterns, folders, files or URLs of logs (`.eval`, `.json`) or frames (parquet, csv)."""
    identity: Texts = Field(default=IDENTITY, min_length=1)
    """The columns that make a cell; of logs alike in all of them the newest successful one is kept."""
    epochs: Epochs = "latest"
    """The checkpoints to show: `latest` of each run and task, `all`, or a list of epochs."""
    where: str | None = None
    """Only cells of which this expression over their columns is true."""
    columns: dict[str, Column] = Field(default_factory=dict)
    """Derived columns, usable wherever a column is."""
    labels: dict[str, dict[str, str]] = Field(default_factory=dict)
    """For a column (`model`, `task`, `run`, …): what people read instead of a value."""
    log_viewer: str | None = None
    """The address of a running `inspect view`, to which points in charts link."""


class MetricsSpec(Model):
    """Which metrics there are and how sure they must be."""

    primary: str | None = None
    """The metric of the summary and the comparison; by default the first accuracy that is on all tasks, else
    that which stands for each task."""
    include: Texts = Field(default=("*",), min_length=1)
    """Patterns over `scorer/metric`: the metrics to take up at all."""
    positive: str | Whole | FiniteNumber | Truth | None = None
    """The positive class of risks and classifications; by default the last option, or the greater target."""
    define: dict[str, Definition] = Field(default_factory=dict)
    """What vizspec cannot know of a metric: `scorer/metric` to its label, direction, range and family."""
    ci: Level = 0.95
    """The confidence level of every interval."""


class OutputSpec(Model):
    """Where outputs go and what they are."""

    directory: str = Field(default="analysis", min_length=1)
    """The folder, relative to the spec's."""
    name: OneLine = DEFAULT_NAME
    """The file name's pattern: placeholders between braces."""
    formats: Annotated[
        tuple[OutputFormat, ...],
        BeforeValidator(as_list, json_schema_input_type=OutputFormat | tuple[OutputFormat, ...]),
    ] = Field(default=("html", "png"), min_length=1)
    """The formats to write; a view is written in those it has."""
    html: Literal["linked", "inline", "cdn"] = "linked"
    """`linked`: small pages beside `assets/`; `inline`: whole pages; `cdn`: pages that need the net."""
    scale: Whole = Field(default=2, ge=1, le=8)
    """Device pixels a CSS pixel in PNGs."""
    pictures: Literal["auto", "browser", "matplotlib"] = "auto"
    """What makes the PNGs of charts: a browser, matplotlib, or matplotlib where no browser is found."""
    style: Literal["screen", "paper"] = "screen"
    """`paper`: SVG, PDF and PNG as wide as a journal's column or page (3.3 or 6.9 in), in small type."""
    timeout: FiniteNumber = Field(default=30, gt=0)
    """Seconds that one view may take to draw in the browser."""


def _entry(value: object) -> object:
    if isinstance(value, str):
        message = "expected a mapping, found the text '{text}'"
        raise PydanticCustomError("entry_text", message, {"text": value, "hint": f"write: {{view: {value}}}"})
    return value


def _entries(value: object) -> object:
    if isinstance(value, str | dict):
        message = "expected a list of entries, each of which begins with '- view:'"
        raise PydanticCustomError("entries", message)
    return value


def _section(value: object) -> object:
    if isinstance(value, str) and value not in SECTIONS:
        context = {"name": shown(value), "hint": suggestion(value, SECTIONS)}
        raise PydanticCustomError("section", "there is no section {name}", context)
    return value


class OwnSection(Model):
    """A section of the user's own: Markdown as text or from a file."""

    title: str = Field(min_length=1)
    """The section's heading."""
    text: str | None = None
    """Its Markdown."""
    file: str | None = None
    """A file with its Markdown, relative to the spec."""


ListedSection = Annotated[
    Literal[SECTIONS] | OwnSection,  # type: ignore[valid-type] # the names are those of the one list
    BeforeValidator(_section),
]


class ReportSpec(Model):
    """What the report says."""

    instead_of: ClassVar[Mapping[str, str]] = {
        "future_directions": "write interpretation: …",
        "experiment_name": "write title: …",
        "output_path": "write path: …",
        **_OF_SCRIPTS,
    }
    """Arguments of `generate_report` -> what to write in a spec."""

    path: str = Field(default="report.md", min_length=1)
    """Its file, inside the output folder."""
    title: OneLine | None = None
    """Its title; by default the experiment's name."""
    generated_by: str | None = None
    """Who made the analysis, for the provenance."""
    interpretation: Literal[False] | str | None = None
    """A file (`….md`) or a text, which may hold live numbers; `false`: left out on purpose."""
    template: str | None = None
    """A Jinja template of your own, relative to the spec."""
    sections: tuple[ListedSection, ...] = SECTIONS
    """The sections and their order; a mapping with `title` and `text` or `file` is one of your own."""


class Spec(Model):
    """An `analysis.yaml`: what is to be made of an experiment's results.

    Keys that begin with `x-` are the author's own: a place for YAML anchors.
    """

    model_config = ConfigDict(json_schema_extra={"patternProperties": {f"^{OWN_KEYS}": {}}})

    instead_of: ClassVar[Mapping[str, str]] = {
        "experiment_name": "write name: …",
        "experiment_dir": "leave it out: logs and paths are looked for from this file's folder",
        "output_dir": "write output: {directory: …}",
        "output_path": "write output: {directory: …}, and report: {path: …}",
        "future_directions": "write report: {interpretation: …}",
        "generated_by": "write report: {generated_by: …}",
        **_OF_SCRIPTS,
    }
    """Arguments that scripts know -> what to write in a spec."""

    vizspec: Literal[1]
    """The version of the language."""
    name: OneLine | None = Field(default=None, min_length=1)
    """What the analysis is called; by default the experiment's name, without one that of the folder."""
    experiment: str | None = None
    """The experiment's design, `experiment_summary.yaml`, relative to this file."""
    data: DataSpec = Field(default_factory=DataSpec)
    """Where the results are and what makes a cell of them."""
    metrics: MetricsSpec = Field(default_factory=MetricsSpec)
    """Which metrics there are and how sure they must be."""
    output: OutputSpec = Field(default_factory=OutputSpec)
    """Where outputs go and what they are."""
    views: Annotated[tuple[Annotated[AnyEntry, BeforeValidator(_entry)], ...], BeforeValidator(_entries)] = ()
    """What to draw, in the report's order."""
    comparisons: tuple[ComparisonEntry, ...] = ()
    """Evaluations to compare with each other, on the samples that they share."""
    claims: tuple[Claim, ...] | ClaimsSection = ()
    """What is expected of the results, written before them: a list, or a mapping of `fail` and `list`."""
    report: ReportSpec | Literal[False] = Field(default_factory=ReportSpec)
    """The report; `false`: none."""

    @model_validator(mode="before")
    @classmethod
    def _without_own_keys(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        return {key: value for key, value in data.items() if not str(key).startswith(OWN_KEYS)}

    @property
    def stated_claims(self) -> tuple[Claim, ...]:
        """The claims, however they are written."""
        return self.claims.list if isinstance(self.claims, ClaimsSection) else self.claims

    @property
    def fails_on_violation(self) -> bool:
        """Whether a violated claim makes a render fail."""
        return isinstance(self.claims, ClaimsSection) and self.claims.fail == "violated"

    def levels(self) -> tuple[float, ...]:
        """Every confidence level that something asks for, the tables' first."""
        own = [entry.ci for entry in self.views if entry.ci is not None]
        claimed = [claim.level for claim in self.stated_claims if claim.level is not None]
        return tuple(dict.fromkeys((self.metrics.ci, *own, *claimed)))
