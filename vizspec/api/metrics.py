"""The metrics that a frame of evaluations holds, by its columns: for scripts; the pipeline reads logs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vizspec.metrics.known_metrics import RISK_METRICS, display_name, risk_metric

if TYPE_CHECKING:
    import pandas as pd

_PREFIX = "score_"
_ACCURACY = "_accuracy"
_NO_METRICS = ("score_headline_",)
_STDERR = "_stderr"


@dataclass(frozen=True)
class DetectedMetrics:
    """Names of metrics: `score_{name}_accuracy` is an accuracy's column, `score_{name}` another metric's."""

    accuracy: list[str] = field(default_factory=list)
    supplementary: list[str] = field(default_factory=list)

    @property
    def has_risk_scorer(self) -> bool:
        """Whether some metric is one of a risk scorer's, whatever package its name begins with."""
        return any(risk_metric(name) is not None for name in self.supplementary)


def detect_metrics(df: pd.DataFrame) -> DetectedMetrics:
    """The metrics of a frame from `evals_df()`: accuracies in the frame's order, then the others.

    The others stand as AUC, Brier score, C-ECE, R-ECE, mean risk, then the rest in the frame's order.
    """
    names = list(_score_names(str(column) for column in df.columns))
    accuracy = [name.removesuffix(_ACCURACY) for name in names if _is_accuracy(name)]
    supplementary = [name for name in names if not _is_accuracy(name)]
    return DetectedMetrics(accuracy, sorted(supplementary, key=_place))


def _score_names(columns: Iterator[str]) -> Iterator[str]:
    for column in columns:
        if column.startswith(_PREFIX) and not column.startswith(_NO_METRICS) and not column.endswith(_STDERR):
            name = column.removeprefix(_PREFIX)
            if name:
                yield name


def _is_accuracy(name: str) -> bool:
    return name.endswith(_ACCURACY) and name != _ACCURACY


def _place(name: str) -> int:
    known = risk_metric(name)
    if known is None:
        return len(RISK_METRICS)
    labels = list(dict.fromkeys(display_name(each) for each in RISK_METRICS))
    return labels.index(display_name(known))
