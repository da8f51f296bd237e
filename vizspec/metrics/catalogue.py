"""Metrics as records made once: what a scorer's number is called, which way is better, where it can lie.

A metric is named `scorer/metric`. Registry prefixes (`cruijff_kit/auc_score`) are no part of the name.
Nothing after this module takes a metric's name or column apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, FiniteFloat, Strict

from vizspec.metrics.score import Score

Family = Literal["accuracy", "risk", "regression", "other"]
Better = Literal["higher", "lower"]
Bound = Annotated[FiniteFloat, Strict()] | None

FAMILIES: tuple[Family, ...] = ("accuracy", "risk", "regression", "other")

GROUPS = ("accuracy", "supplementary", "all")
"""The names that select several metrics: the accuracies, everything else, both."""

HEADLINE = "headline"
"""The scorer of the value that all evaluations of a frame have, whatever scored them."""

SUPPORTING = frozenset({"stderr", "bootstrap_stderr"})
"""Logged beside a metric to tell its uncertainty; no metrics of their own."""


@dataclass(frozen=True)
class Metric:
    """One number that a scorer gives for an evaluation.

    `better` is None where neither direction is (a mean risk). `lowest` and `highest` bound the range;
    None: unbounded or not known. `order` places the metric in every chart and table.
    """

    scorer: str
    name: str
    label: str
    family: Family
    better: Better | None = None
    lowest: float | None = None
    highest: float | None = None
    order: int = 0

    @property
    def id(self) -> str:
        """The metric's name everywhere: `scorer/metric`."""
        return f"{self.scorer}/{self.name}"

    @property
    def is_accuracy(self) -> bool:
        return self.family == "accuracy"

    @property
    def is_unit(self) -> bool:
        """Whether the metric lies between 0 and 1."""
        return self.lowest == 0 and self.highest == 1

    def admits(self, value: float) -> bool:
        """Whether the value lies in the metric's range."""
        above = self.lowest is None or value >= self.lowest
        return above and (self.highest is None or value <= self.highest)


class Definition(BaseModel):
    """What a user says of a metric; what is left out stays as vizspec knows it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    label: str | None = None
    """The name in charts and tables."""
    better: Better | None = None
    """Which direction is better: `higher` or `lower`."""
    range: tuple[Bound, Bound] | None = None
    """The lowest and the highest possible value; null: unbounded."""
    family: Family | None = None
    """The table the metric stands in: `accuracy`, `risk`, `regression` or `other`."""


@dataclass(frozen=True)
class _Known:
    label: str
    family: Family
    better: Better | None
    lowest: float | None = None
    highest: float | None = None


REGISTRIES = ("cruijff_kit", "inspect_ai", "inspect_evals")
"""Packages whose name some readers of logs put before a metric's own."""

_KNOWN: dict[str, _Known] = {
    "auc_score": _Known("AUC", "risk", "higher", 0, 1),
    "brier_score": _Known("Brier Score", "risk", "lower", 0, 1),
    "expected_calibration_error": _Known("C-ECE", "risk", "lower", 0, 1),
    "ece": _Known("C-ECE", "risk", "lower", 0, 1),
    "risk_calibration_error": _Known("R-ECE", "risk", "lower", 0, 1),
    "mean_risk_score": _Known("Mean Risk Score", "risk", None, 0, 1),
    "mae": _Known("MAE", "regression", "lower", 0),
    "mse": _Known("MSE", "regression", "lower", 0),
    "rmse": _Known("RMSE", "regression", "lower", 0),
    "r_squared": _Known("R²", "regression", "higher", None, 1),
    "parse_rate": _Known("Parse Rate", "regression", "higher", 0, 1),
}
"""The metrics vizspec knows by name, in the order in which they are shown."""

_ORDER = {name: place for place, name in enumerate(_KNOWN)}
KNOWN_METRICS = ("accuracy", "mean", *_KNOWN)
"""The names of metrics that vizspec can tell something of."""
RISK_METRICS = tuple(name for name, known in _KNOWN.items() if known.family == "risk")


@dataclass(frozen=True)
class Catalogue:
    """The metrics that the logs hold, in their order."""

    metrics: tuple[Metric, ...] = ()

    @property
    def accuracy(self) -> tuple[Metric, ...]:
        return tuple(metric for metric in self.metrics if metric.is_accuracy)

    @property
    def supplementary(self) -> tuple[Metric, ...]:
        return tuple(metric for metric in self.metrics if not metric.is_accuracy)

    @property
    def has_risk_scorer(self) -> bool:
        return any(metric.family == "risk" for metric in self.metrics)

    def select(self, patterns: Sequence[str]) -> tuple[Metric, ...]:
        """The metrics that at least one pattern means, in the catalogue's order."""
        return tuple(m for m in self.metrics if any(matches(pattern, m) for pattern in patterns))

    def primary(self, wanted: str | None) -> Metric | None:
        """The metric that a summary speaks of: the wanted one, else the first accuracy, else the first."""
        if wanted is not None:
            return next(iter(self.select([wanted])), None)
        return next(iter(self.accuracy + self.supplementary), None)


def catalogue(
    scores: Iterable[Score],
    include: Sequence[str] = ("*",),
    define: Mapping[str, Definition] | None = None,
) -> Catalogue:
    """The catalogue of what the logs' scores hold: accuracies first, then by kind, then as logged."""
    found: dict[tuple[str, str], Metric] = {}
    for score in scores:
        scorer = scorer_name(score)
        for name in score.metrics:
            if name not in SUPPORTING and (scorer, name) not in found:
                found[scorer, name] = _record(scorer, name)
    definitions = {without_prefix(name): definition for name, definition in (define or {}).items()}
    metrics = [_defined(metric, definitions.get(metric.id)) for metric in found.values()]
    metrics = [metric for metric in metrics if any(matches(pattern, metric) for pattern in include)]
    metrics.sort(key=_place)
    return Catalogue(tuple(replace(m, order=i) for i, m in enumerate(_distinct_labels(metrics))))


def scorer_name(score: Score) -> str:
    """The scorer as it is named in metrics: a reducer other than the mean is part of it."""
    plain = score.reducer in (None, "mean") or score.scorer.endswith(f"_{score.reducer}")
    return score.scorer if plain else f"{score.scorer}_{score.reducer}"


def matches(pattern: str, metric: Metric) -> bool:
    """Whether a pattern of the spec means the metric.

    A pattern is a group (`accuracy`, `supplementary`, `all`), `scorer/metric` with `*` and `?`, a bare
    scorer (its accuracy) or a bare metric (of every scorer). A registry prefix is passed over.
    """
    if pattern in GROUPS:
        return pattern == "all" or (pattern == "accuracy") == metric.is_accuracy
    pattern = without_prefix(pattern)
    if "/" in pattern:
        return _is_like(metric.id, pattern)
    return _is_like(metric.name, pattern) or (metric.is_accuracy and _is_like(metric.scorer, pattern))


def without_prefix(name: str) -> str:
    """The name without the package that registered the metric.

    `cruijff_kit/auc_score` is `auc_score`; `risk_scorer_cruijff_kit/auc_score`, as in the columns of some
    frames, is `risk_scorer/auc_score`.
    """
    for package in REGISTRIES:
        name = name.replace(f"_{package}/", "/")
    return "/".join(part for part in name.split("/") if part not in REGISTRIES) or name


def display_name(name: str) -> str:
    """The name as people read it: "AUC" for `risk_scorer/auc_score`, "Exact Match" for `exact_match`."""
    known = risk_metric(name)
    if known is not None:
        return _KNOWN[known].label
    return name.rpartition("/")[2].replace("_", " ").title()


def risk_metric(name: str) -> str | None:
    """The risk metric that a name of any form ends in (`risk_scorer_cruijff_kit/auc_score`), or None."""
    return next(
        (known for known in RISK_METRICS if name == known or name.endswith((f"/{known}", f"_{known}"))), None
    )


def _is_like(name: str, pattern: str) -> bool:
    return name == pattern or fnmatchcase(name, pattern)


def _record(scorer: str, name: str) -> Metric:
    known = _KNOWN.get(without_prefix(name))
    if known is not None:
        return Metric(scorer, name, known.label, known.family, known.better, known.lowest, known.highest)
    if name == "accuracy":
        return Metric(scorer, name, f"{display_name(scorer)} Accuracy", "accuracy", "higher", 0, 1)
    label = display_name(scorer) if name == "mean" else f"{display_name(scorer)} {display_name(name)}"
    return Metric(scorer, name, label, "other")


def _defined(metric: Metric, definition: Definition | None) -> Metric:
    if definition is None:
        return metric
    lowest, highest = definition.range or (metric.lowest, metric.highest)
    return replace(
        metric,
        label=definition.label or metric.label,
        better=definition.better or metric.better,
        family=definition.family or metric.family,
        lowest=lowest,
        highest=highest,
    )


def _place(metric: Metric) -> tuple[int, int]:
    """Accuracies first, then the other families; inside one, the known metrics' order, then the logs'."""
    return (FAMILIES.index(metric.family), _ORDER.get(without_prefix(metric.name), len(_ORDER)))


def _distinct_labels(metrics: Sequence[Metric]) -> Iterable[Metric]:
    """Metrics that would be called alike carry their scorer's name, or all of their own."""
    labels = Counter(metric.label for metric in metrics)
    with_scorer = Counter((metric.label, metric.scorer) for metric in metrics)
    for metric in metrics:
        if labels[metric.label] == 1:
            yield metric
        elif with_scorer[metric.label, metric.scorer] == 1:
            yield replace(metric, label=f"{metric.label} ({metric.scorer})")
        else:
            yield replace(metric, label=f"{metric.label} ({metric.id})")
