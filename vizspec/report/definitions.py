"""What metrics are whose names do not say it, for the footnotes of a table."""

from __future__ import annotations

from collections.abc import Iterable

from vizspec.metrics.catalogue import Metric, without_prefix
from vizspec.risk.bins import DEFAULT_BINS
from vizspec.risk.statistics import CONFIDENCE_ERROR, RISK_ERROR

_BINNED = (
    f"in {DEFAULT_BINS} bins of equal width, the mean distance of the two in a bin, weighted by its samples"
)
_CONFIDENCE = (
    "expected calibration error of the confidence (the probability of the likelier option) against "
    "whether the "
    f"answer given was right: {_BINNED}"
)
_DEFINITIONS = {
    CONFIDENCE_ERROR: _CONFIDENCE,
    "ece": _CONFIDENCE,
    RISK_ERROR: (
        "calibration error of the risk score (the probability of the positive class) against whether "
        "that class "
        f"was right: {_BINNED}"
    ),
}


def definitions(metrics: Iterable[Metric]) -> tuple[str, ...]:
    """A sentence on each of the metrics that needs one, once for metrics of one label."""
    told = {
        metric.label: _DEFINITIONS[name]
        for metric in metrics
        if (name := without_prefix(metric.name)) in _DEFINITIONS
    }
    return tuple(f"{label}: {definition}." for label, definition in told.items())
