"""What a reader of a metric table must know of its metrics: what they are, and of which samples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vizspec.estimates.counts import PARSE_RATE
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.metrics.known_metrics import ACCURACY, HEADLINE, without_prefix
from vizspec.risk.bins import DEFAULT_BINS
from vizspec.risk.statistics import CONFIDENCE_ERROR, RISK_ERROR
from vizspec.text.messages import listed

_BINNED = (
    f"in {DEFAULT_BINS} bins of equal width, the mean distance of the two in a bin, weighted by its samples"
)
_CONFIDENCE = (
    "expected calibration error of the confidence (the probability of the likelier option) against "
    f"whether the answer given was right: {_BINNED}"
)
HEADLINE_DEFINITION = "of each task by the scorer that it has"
MIXED_DEFINITION = "of each task by the metric that stands for it"
NO_SHARE = "its values are not shares between 0 and 1, so nothing is ranked by it: see Warnings"
_DEFINITIONS = {
    CONFIDENCE_ERROR: _CONFIDENCE,
    "ece": _CONFIDENCE,
    RISK_ERROR: (
        "calibration error of the risk score (the probability of the positive class) against whether "
        f"that class was right: {_BINNED}"
    ),
}

PARSED_NOTE = (
    "The n of a parse rate counts all scored samples, that of the other metrics the samples that could "
    "be parsed."
)


def definitions(metrics: Iterable[Metric]) -> tuple[str, ...]:
    """A sentence on each of the metrics that needs one, once for metrics of one label."""
    by_label = {
        metric.label: _DEFINITIONS[name]
        for metric in metrics
        if (name := without_prefix(metric.name)) in _DEFINITIONS
    }
    by_label |= {
        metric.label: HEADLINE_DEFINITION if metric.name == ACCURACY else MIXED_DEFINITION
        for metric in metrics
        if metric.scorer == HEADLINE
    }
    by_label |= {metric.label: NO_SHARE for metric in metrics if metric.is_doubtful}
    return tuple(f"{label}: {definition}." for label, definition in by_label.items())


def class_notes(positive_of: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence on the positive class of classifications, by the evaluations' names."""
    named: dict[str, list[str]] = {}
    for name, positive in positive_of.items():
        named.setdefault(positive, []).append(name)
    if not named:
        return ()
    classes = "; ".join(
        f"'{positive}'" if len(named) == 1 else f"'{positive}' of {listed(names)}"
        for positive, names in named.items()
    )
    return (f"The positive class is {classes}. An answer that is wrong counts as the other class.",)


def parsed_notes(rows: Sequence[Estimate]) -> tuple[str, ...]:
    """A sentence where a parse rate below 1 stands beside regression metrics of the same scorer."""
    beside = {
        (row.cell, row.metric.scorer)
        for row in rows
        if row.metric.family == "regression" and not _is_parse_rate(row)
    }
    rates = [row.value for row in rows if _is_parse_rate(row) and (row.cell, row.metric.scorer) in beside]
    return (PARSED_NOTE,) if any(rate is not None and rate < 1 for rate in rates) else ()


def _is_parse_rate(row: Estimate) -> bool:
    return row.metric.name == PARSE_RATE
