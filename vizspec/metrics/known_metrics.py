"""What names of metrics tell: labels, directions, ranges, and the name without a package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from vizspec.text.registry_names import without_package

Family = Literal["accuracy", "risk", "regression", "classification", "other"]

Better = Literal["higher", "lower"]

FAMILIES: tuple[Family, ...] = ("accuracy", "risk", "regression", "classification", "other")

HEADLINE = "headline"
"""The scorer of the value that all evaluations have, whatever scored them: of a frame, or of a suite."""

MIXED = "value"
"""What a headline is called whose values are of metrics of several names."""

CLASSIFICATION = "classification"
"""The scorer of what the answers are worth as a classification, worked out from the samples."""


RISK_SCORERS = ("risk_scorer", "numeric_risk_scorer", "reasoning_risk_scorer")
"""Scorers known to give risk scores, most wanted first. Others are known by what they give."""


@dataclass(frozen=True)
class KnownMetric:
    """What vizspec knows of a metric by its name."""

    label: str
    family: Family
    better: Better | None
    lowest: float | None = None
    highest: float | None = None


REGISTRIES = ("cruijff_kit", "inspect_ai", "inspect_evals")
"""Packages whose name some readers of logs put before a metric's own."""

STDERR_METRICS = ("stderr", "bootstrap_stderr")
"""The standard error of a scorer's accuracy or mean, the preferred one first; no metrics of their own."""

ACCURACY = "accuracy"
AUC = "auc_score"

KNOWN: dict[str, KnownMetric] = {
    AUC: KnownMetric("AUC", "risk", "higher", 0, 1),
    "brier_score": KnownMetric("Brier Score", "risk", "lower", 0, 1),
    "expected_calibration_error": KnownMetric("C-ECE", "risk", "lower", 0, 1),
    "ece": KnownMetric("C-ECE", "risk", "lower", 0, 1),
    "risk_calibration_error": KnownMetric("R-ECE", "risk", "lower", 0, 1),
    "mean_risk_score": KnownMetric("Mean Risk Score", "risk", None, 0, 1),
    "mae": KnownMetric("MAE", "regression", "lower", 0),
    "mse": KnownMetric("MSE", "regression", "lower", 0),
    "rmse": KnownMetric("RMSE", "regression", "lower", 0),
    "r_squared": KnownMetric("R²", "regression", "higher", None, 1),
    "parse_rate": KnownMetric("Parse rate", "regression", "higher", 0, 1),
}
"""The metrics vizspec knows by name, in the order in which they are shown."""

_OF_CLASSIFICATION: dict[str, KnownMetric] = {
    "balanced_accuracy": KnownMetric("Balanced Accuracy", "classification", "higher", 0, 1),
    "f1": KnownMetric("F1", "classification", "higher", 0, 1),
    "precision": KnownMetric("Precision", "classification", "higher", 0, 1),
    "recall": KnownMetric("Recall", "classification", "higher", 0, 1),
    "specificity": KnownMetric("Specificity", "classification", "higher", 0, 1),
    "base_rate": KnownMetric("Base Rate", "classification", None, 0, 1),
    "class_balance": KnownMetric("Class Balance", "classification", None, 0, 1),
}
"""The metrics of the scorer `CLASSIFICATION`; under other scorers such names may mean anything."""

KNOWN_METRICS = (ACCURACY, "mean", *KNOWN)
"""The names of metrics that vizspec can tell something of."""

CALIBRATION_ERRORS = frozenset({"expected_calibration_error", "risk_calibration_error", "ece"})
"""Metrics of which no difference is judged: no interval of it is sound."""

RISK_METRICS = tuple(name for name, known in KNOWN.items() if known.family == "risk")


def without_prefix(name: str) -> str:
    """The name without the package that registered the metric.

    `cruijff_kit/auc_score` is `auc_score`; `risk_scorer_cruijff_kit/auc_score`, as in the columns of some
    frames, is `risk_scorer/auc_score`.
    """
    for package in REGISTRIES:
        name = name.replace(f"_{package}/", "/")
    return "/".join(part for part in name.split("/") if part not in REGISTRIES) or name


def display_name(name: str) -> str:
    """The name as people read it: "AUC" for `risk_scorer/auc_score`, "R²" for `r_squared`, "Exact Match"
    for `exact_match`.
    """
    known = _named_in(name, KNOWN)
    if known is not None:
        return KNOWN[known].label
    return without_package(name).replace("_", " ").title()


def risk_metric(name: str) -> str | None:
    """The risk metric that a name of any form ends in (`risk_scorer_cruijff_kit/auc_score`), or None."""
    return _named_in(name, RISK_METRICS)


def _named_in(name: str, metrics: Iterable[str]) -> str | None:
    return next((each for each in metrics if name == each or name.endswith((f"/{each}", f"_{each}"))), None)


def of_name(scorer: str, name: str) -> KnownMetric:
    """What a metric's name tells."""
    known = _OF_CLASSIFICATION.get(name) if scorer == CLASSIFICATION else KNOWN.get(without_prefix(name))
    if known is not None:
        return known
    of = display_name(scorer)
    if scorer == HEADLINE:
        return _of_headline(name)
    if name == ACCURACY:
        return KnownMetric(f"{of} Accuracy", "accuracy", "higher", 0, 1)
    shown_name = display_name(name)
    if name == "mean" or shown_name == of:
        return KnownMetric(of, "other", None)
    return KnownMetric(shown_name if _begins_with(shown_name, of) else f"{of} {shown_name}", "other", None)


def _of_headline(name: str) -> KnownMetric:
    """What stands for tasks in common, be it an accuracy or not: of other names no direction is known."""
    if name == ACCURACY:
        return KnownMetric("Accuracy", "accuracy", "higher", 0, 1)
    return KnownMetric("Headline Score" if name == MIXED else f"{display_name(name)} Score", "accuracy", None)


def _begins_with(text: str, start: str) -> bool:
    """Whether the text's first words are those of the start."""
    return text.casefold().split()[: len(start.split())] == start.casefold().split()
