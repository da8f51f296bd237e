"""How the intervals of a table came about, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from vizspec.cells.cell import Cell
from vizspec.estimates.table import Estimate, Method
from vizspec.risk.calibration import RESAMPLES
from vizspec.statistics.intervals import level_text
from vizspec.text.messages import listed

_MOST_NAMED = 3

_SENTENCES = {
    Method.WILSON: "Wilson's score interval of a proportion (Wilson 1927)",
    Method.STUDENT: "value ± t · standard error, cut off at the metric's range",
    Method.NORMAL: "value ± z · standard error, cut off at the metric's range (n not known)",
    Method.DELONG: "DeLong's variance on the logit scale (DeLong et al. 1988)",
    Method.NEWCOMBE: "Newcombe's method 5 for an area of 0 or 1 (Newcombe 2006)",
    Method.BOOTSTRAP: (
        f"basic bootstrap, seeded, with {RESAMPLES} resamples of the samples (Davison and Hinkley 1997); "
        "it begins "
        "at 0 where calibrated predictions may well show as large an error"
    ),
    Method.LOGGED: "the interval that the log gives",
}


def method_notes(rows: Iterable[Estimate], names: Mapping[Cell, str]) -> tuple[str, ...]:
    """A sentence for each method among the rows, with its metrics where there are several methods.

    Where a metric's rows have several methods, it says which have which, by the `names` of their cells.
    """
    metrics: dict[Method, dict[str, dict[str, None]]] = {}
    levels: dict[float, None] = {}
    for row in rows:
        if row.has_interval:
            metrics.setdefault(row.method, {}).setdefault(row.metric.label, {})[names[row.cell]] = None
            levels[row.level] = None
    name = ", ".join(level_text(level) for level in levels)
    if len(metrics) == 1:
        return tuple(f"{name}: {_told(method)}." for method in metrics)
    times = Counter(label for labels in metrics.values() for label in labels)
    return tuple(
        f"{name} of {', '.join(_label(*one, times) for one in labels.items())}: {_told(method)}."
        for method, labels in metrics.items()
    )


def _label(label: str, having: Iterable[str], times: Counter[str]) -> str:
    """The metric, with the names of its rows where some of them have another method."""
    if times[label] == 1:
        return label
    return f"{label} (of {listed(list(having), _MOST_NAMED)})"


def _told(method: Method) -> str:
    return _SENTENCES.get(method, method.value)
