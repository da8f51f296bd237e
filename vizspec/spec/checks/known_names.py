"""The names that a spec may speak of, as far as they are known before any log is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.cells.columns import PREFIXES, SETUP, STANDARD
from vizspec.errors import Loc, Problem
from vizspec.logs.location import FRAMES
from vizspec.metrics.catalogue import GROUPS
from vizspec.metrics.known_metrics import CLASSIFICATION, HEADLINE, KNOWN_METRICS, without_prefix
from vizspec.text.messages import did_you_mean, shown, suggestion
from vizspec.text.registry_names import without_package

if TYPE_CHECKING:
    from collections.abc import Set

    from vizspec.experiment.model import Experiment
    from vizspec.spec.model import Spec

RUN_COLUMNS = ("run.type", "run.model")
"""What a run tells beside its parameters."""

WORKED_OUT = (HEADLINE, CLASSIFICATION)
"""What stands in the place of a scorer where vizspec works out the metric: no design names it."""


@dataclass(frozen=True)
class Surroundings:
    """What lies around a spec: its own folder (absolute), and which paths relative to it are files, or are
    there at all.

    `text_of` raises OSError or ValueError where the file cannot be read as text.
    """

    folder: Path
    is_file: Callable[[str], bool]
    is_there: Callable[[str], bool]
    text_of: Callable[[str], str]


@dataclass(frozen=True)
class KnownNames:
    """Names, in the order in which to list them. None: nothing is known, and everything is accepted."""

    columns: tuple[str, ...] | None
    of_runs: tuple[str, ...] | None
    """`run.type`, `run.parameters.lora_rank`: none where there is no design to tell of the runs."""
    scorers: tuple[str, ...] | None
    metrics: tuple[str, ...]

    @staticmethod
    def of(spec: Spec, experiment: Experiment | None, left_out: Set[Loc] = frozenset()) -> KnownNames:
        """What the spec and the experiment name. Frames may hold any column, so with one all are accepted.

        `left_out` are places of the spec that could not be read; names given there are known all the same.
        """
        defined = (*spec.metrics.define, *_names_below(("metrics", "define"), left_out))
        metrics = (*KNOWN_METRICS, *(without_package(name) for name in defined))
        scorers = (name.partition("/")[0] for name in defined if "/" in name)
        own = experiment.scorers if experiment is not None else ()
        return KnownNames(
            _columns(spec, experiment, left_out),
            _of_runs(spec, experiment),
            tuple(dict.fromkeys((*(without_package(name) for name in own), *scorers))) if own else None,
            tuple(dict.fromkeys(metrics)),
        )

    def column(self, loc: Loc, name: str) -> Iterator[Problem]:
        """A problem where no cell can have a column of this name."""
        if name.startswith("run."):
            if self.of_runs == ():
                hint = "name the experiment's design under `experiment`: it tells of runs"
                yield Problem(loc, f"there is no column {shown(name)} without a design", hint)
            elif self.of_runs is not None:
                yield from unknown(loc, name, self.of_runs, "column")
        elif self.columns is not None and not name.startswith(PREFIXES):
            yield from unknown(loc, name, self.columns, "column")

    def metric(self, loc: Loc, pattern: str) -> Iterator[Problem]:
        """A problem where a metric pattern can mean nothing that the experiment's scorers give."""
        if pattern in GROUPS or self.scorers is None:
            return
        scorer, slash, metric = without_prefix(pattern).partition("/")
        if any(_is_of(name, scorer) for name in (*self.scorers, *WORKED_OUT)):
            yield from self._of_scorer(loc, scorer, metric)
        elif slash or not any(fnmatchcase(name, scorer) for name in self.metrics):
            known = (*self.scorers, *(() if slash else GROUPS))
            yield from unknown(loc, scorer, known, "scorer" if slash else "metric or scorer")

    def _of_scorer(self, loc: Loc, scorer: str, metric: str) -> Iterator[Problem]:
        """A warning where a metric is spelled much like a known one; scorers may have some of their own."""
        meant = did_you_mean(metric, self.metrics)
        if metric and meant is not None and not any(fnmatchcase(name, metric) for name in self.metrics):
            message = f"vizspec knows no metric {shown(metric)} of the scorer {shown(scorer)}"
            yield Problem(loc, message, meant, "warning")


def unknown(loc: Loc, name: str, allowed: Iterable[str], what: str) -> Iterator[Problem]:
    """An error where `name` is not among the allowed ones; says which are, and which may be meant."""
    names = tuple(allowed)
    if name not in names:
        yield Problem(loc, f"there is no {what} {shown(name)}", suggestion(name, names))


def _columns(spec: Spec, experiment: Experiment | None, left_out: Set[Loc]) -> tuple[str, ...] | None:
    has_frame = any(pattern.lower().endswith(FRAMES) for pattern in spec.data.logs)
    if experiment is None or has_frame or {("data",), ("data", "columns"), ("data", "logs")} & left_out:
        return None
    variables = (variable.name for variable in experiment.variables)
    derived = (*spec.data.columns, *_names_below(("data", "columns"), left_out))
    return tuple(dict.fromkeys((*STANDARD, *SETUP, *variables, *experiment.parameter_names, *derived)))


def _of_runs(spec: Spec, experiment: Experiment | None) -> tuple[str, ...] | None:
    if experiment is None:
        return None if spec.experiment is not None else ()
    return (*RUN_COLUMNS, *(f"run.parameters.{name}" for name in experiment.parameter_names))


def _names_below(section: Loc, places: Iterable[Loc]) -> tuple[str, ...]:
    return tuple(str(loc[-1]) for loc in places if loc[:-1] == section)


def _is_of(name: str, pattern: str) -> bool:
    """Whether a pattern means this scorer, or it under a reducer (`match_max`)."""
    return fnmatchcase(name, pattern) or pattern.startswith(f"{name}_")
