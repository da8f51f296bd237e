"""What vizspec knows of one log, whatever it was read from: `.eval`, `.json`, or a row of a frame."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from vizspec.logs.location import Location
from vizspec.metrics.score import MetricName, Score

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Status(StrEnum):
    """How a log ended. Only `SUCCESS` logs carry results; the others are kept to be told of."""

    SUCCESS = "success"
    ERROR = "error"
    CANCELLED = "cancelled"
    UNFINISHED = "unfinished"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Dataset:
    """What an evaluation was run on. `size` counts the whole data set, before any limit.

    `sample_ids` is a hash of the ids of the samples that were evaluated, in any order: equal ones tell that
    two evaluations had the same samples.
    """

    name: str | None = None
    location: str | None = None
    size: int | None = None
    sample_ids: str | None = None


SAMPLE_LIMITS = ("limit", "sample_id")
"""Limits that change which samples are evaluated, as `EvalConfig` calls them."""

ENDING_LIMITS = ("message_limit", "token_limit", "turn_limit", "time_limit", "working_limit", "cost_limit")
"""Limits that may end a sample before it is solved."""


@dataclass(frozen=True)
class Setup:
    """How an evaluation was set up; what its log does not tell is None or empty.

    `registered` is the name of the task's function, without its `package`; `task_name` is the name that the
    task gave itself, package and label included. `generate` has the settings of generation that were chosen,
    `limits` those of `SAMPLE_LIMITS` and `ENDING_LIMITS` that were set, `reducers` how repeats of a sample
    became one score, where samples were repeated. `passed` are the task arguments that were given, the others
    being the task's defaults; None where the log does not tell them apart. `step_args` are the arguments of
    the task's own solvers, where none was chosen (`system_message.template`), `scorer_args` those of its
    scorers (`match.location`).
    """

    registered: str | None = None
    package: str | None = None
    task_name: str | None = None
    task_file: str | None = None
    task_version: str | None = None
    passed: frozenset[str] | None = None
    dataset: Dataset = Dataset()
    solver: str | None = None
    solver_args: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    step_args: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    scorer_args: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    model_args: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    generate: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    model_roles: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    limits: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    reducers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Log:
    """One log, whatever it was read from.

    `epochs` is Inspect's number of repeats of each sample; `metadata["epoch"]` (see `checkpoint`) is the
    training epoch of the evaluated checkpoint: the two have nothing to do with each other.
    `reason` says in one sentence why a log that is not `SUCCESS` is not used. `columns` are the further
    columns of a row that came from a data frame.
    """

    place: Location
    status: Status
    reason: str | None = None
    created: datetime | None = None
    """When the evaluation began, always with its zone."""
    eval_id: str | None = None
    task: str | None = None
    task_args: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    model: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    samples: int | None = None
    """Samples in the data set as evaluated, each counted once."""
    completed: int | None = None
    """Samples that were completed, each counted once a repeat."""
    stopped: int = 0
    """Samples that a rule for stopping early left out, each counted once a repeat."""
    invalidated: bool = False
    """Whether somebody has declared samples of the log invalid."""
    invalid: int | None = None
    """How many samples were declared invalid, each counted once, where that is so."""
    epochs: int = 1
    scores: tuple[Score, ...] = ()
    headline: MetricName | None = None
    """The metric that stands for the log: the one that its task declares, or that its suite gives it."""
    version: str | None = None
    """The version of inspect-ai that wrote the log."""
    run: str | None = None
    """The run whose folder holds the log, where a pattern with `{run}` matched."""
    named_beside: str | None = None
    """The task that the settings beside the log's folder name (`task_name` of `eval.yaml`)."""
    sha256: str | None = None
    setup: Setup = Setup()
    tokens: int | None = None
    """The tokens of the evaluated model, read and written."""
    seconds: float | None = None
    """How long the evaluation took."""
    is_here: bool = True
    """False where the content could not be had: no access, no network, a Git LFS pointer."""
    columns: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    mark: str | None = field(default=None, compare=False, repr=False)
    """What told its content from any other when its header was read, as far as anything does."""

    @property
    def location(self) -> str:
        """The log's place as text: what people see, and what tells one log from another."""
        return str(self.place)

    @property
    def scored(self) -> int | None:
        """Samples with a score of some scorer, each counted once; all, where the log does not tell."""
        return max((score.scored for score in self.scores if score.scored is not None), default=self.samples)

    @property
    def vis_label(self) -> str | None:
        """The task argument `vis_label`, as text (the command line turns `16` into a number)."""
        label = self.task_args.get("vis_label")
        return None if label is None or label == "" else str(label)

    @property
    def checkpoint(self) -> int | None:
        """The training epoch of the evaluated checkpoint: `epoch` of the log's metadata."""
        epoch = self.metadata.get("epoch")
        if isinstance(epoch, bool):
            return None
        if isinstance(epoch, int) or (isinstance(epoch, float) and epoch.is_integer()):
            return int(epoch)
        if isinstance(epoch, str) and epoch.strip().isdecimal():
            return int(epoch)
        return None


def content_id(log: Log) -> str:
    """What tells the content of a log from any other: its hash; of one behind a URL that of what was read."""
    if log.sha256 is not None:
        return log.sha256
    # A set has another order in each process.
    passed = None if log.setup.passed is None else tuple(sorted(log.setup.passed))
    ordered = replace(log.setup, passed=passed)  # type: ignore[arg-type]  # to be written alone
    return hashlib.sha256(repr(replace(log, setup=ordered)).encode("utf-8", "backslashreplace")).hexdigest()
