"""The names that a spec may speak of, as far as they are known before any log is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from vizspec.columns import PREFIXES, STANDARD
from vizspec.errors import Loc, Problem
from vizspec.metrics import GROUPS, KNOWN_METRICS, without_prefix
from vizspec.names import nearest, shown

if TYPE_CHECKING:
    from vizspec.experiment import Experiment
    from vizspec.spec import Spec


@dataclass(frozen=True)
class Known:
    """Names, in the order in which to list them. None: nothing is known, and everything is accepted."""

    columns: tuple[str, ...] | None
    parameters: tuple[str, ...] | None
    scorers: tuple[str, ...] | None
    metrics: tuple[str, ...]

    @staticmethod
    def of(spec: Spec, experiment: Experiment | None) -> Known:
        """What the spec and the experiment name. Frames may hold any column, so with one all are accepted."""
        defined = tuple(name.rpartition("/")[2] for name in spec.metrics.define)
        metrics = tuple(dict.fromkeys((*KNOWN_METRICS, *defined)))
        if experiment is None:
            return Known(None, None, None, metrics)
        variables = tuple(variable.name for variable in experiment.variables)
        parameters = tuple(dict.fromkeys(name for run in experiment.runs for name in run.parameters))
        columns = tuple(dict.fromkeys((*STANDARD, *variables, *parameters, *spec.data.columns)))
        has_frame = any(pattern.endswith((".parquet", ".csv")) for pattern in spec.data.logs)
        defined_scorers = tuple(name.partition("/")[0] for name in spec.metrics.define)
        scorers = tuple(dict.fromkeys((*experiment.scorers, *defined_scorers)))
        return Known(
            None if has_frame else columns,
            parameters or None,
            scorers if experiment.scorers else None,
            metrics,
        )

    def column(self, loc: Loc, name: str) -> Iterator[Problem]:
        """A problem where no cell can have a column of this name."""
        if name.startswith("run.parameters.") and self.parameters is not None:
            own = name.removeprefix("run.parameters.")
            yield from unknown(loc, own, self.parameters, "run parameter")
        elif self.columns is not None and not name.startswith(PREFIXES):
            yield from unknown(loc, name, self.columns, "column")

    def metric(self, loc: Loc, pattern: str) -> Iterator[Problem]:
        """A problem where a metric pattern can mean nothing that the experiment's scorers give."""
        if pattern in GROUPS or self.scorers is None:
            return
        scorer, slash, metric = without_prefix(pattern).partition("/")
        if any(fnmatchcase(name, scorer) for name in self.scorers):
            if slash and not any(fnmatchcase(name, metric) for name in self.metrics):
                hint = _did_you_mean(metric, self.metrics)
                if hint is not None:
                    message = f"vizspec knows no metric {shown(metric)} of the scorer {shown(scorer)}"
                    yield Problem(loc, message, hint, "warning")
            return
        if not slash and any(fnmatchcase(name, scorer) for name in self.metrics):
            return
        yield from unknown(loc, scorer, (*self.scorers, *GROUPS), "scorer")


def unknown(loc: Loc, name: str, allowed: Iterable[str], what: str) -> Iterator[Problem]:
    """An error where `name` is not among the allowed ones; says which are, and which may be meant."""
    names = tuple(allowed)
    if name not in names:
        listed = ", ".join(names) or "there are none"
        yield Problem(
            loc, f"there is no {what} {shown(name)}", _did_you_mean(name, names) or f"known: {listed}"
        )


def _did_you_mean(name: str, names: tuple[str, ...]) -> str | None:
    near = nearest(name, names)
    return f"did you mean '{near}'?" if near is not None else None
