"""How the intervals of a table came about, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from vizspec.estimates import Estimate, Method
from vizspec.report.numbers import level_text

_SENTENCES = {
    Method.WILSON: "Wilson's score interval of a proportion (Wilson 1927)",
    Method.STUDENT: "value ± t · standard error, cut off at the metric's range",
    Method.NORMAL: "value ± z · standard error, cut off at the metric's range (n not known)",
    Method.DELONG: "DeLong's variance on the logit scale (DeLong et al. 1988)",
    Method.NEWCOMBE: "Newcombe's method 5 for an area of 0 or 1 (Newcombe 2006)",
    Method.BOOTSTRAP: "seeded bootstrap over the samples",
}


def method_notes(rows: Iterable[Estimate]) -> tuple[str, ...]:
    """A sentence for each method among the rows, with its metrics where there are several methods."""
    metrics: dict[Method, dict[str, None]] = {}
    levels: dict[float, None] = {}
    for row in rows:
        if row.has_interval:
            metrics.setdefault(row.method, {})[row.metric.label] = None
            levels[row.level] = None
    name = ", ".join(level_text(level) for level in levels)
    if len(metrics) == 1:
        return tuple(f"{name}: {_told(method)}." for method in metrics)
    times = Counter(label for labels in metrics.values() for label in labels)
    return tuple(
        f"{name} of {', '.join(_label(label, times) for label in labels)}: {_told(method)}."
        for method, labels in metrics.items()
    )


def _label(label: str, times: Counter[str]) -> str:
    """The metric; some rows of it may have another method."""
    return f"{label} (in part)" if times[label] > 1 else label


def _told(method: Method) -> str:
    return _SENTENCES.get(method, method.value)
