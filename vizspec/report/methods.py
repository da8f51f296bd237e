"""How the intervals of a table came about, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from vizspec.cells.cell import Cell
from vizspec.estimates.table import Estimate
from vizspec.statistics.intervals import level_text
from vizspec.statistics.method import Method
from vizspec.text.messages import listed

_MOST_NAMED = 3

_SENTENCES = {
    Method.WILSON: "Wilson's score interval for a proportion (Wilson 1927)",
    Method.WILSON_EFFECTIVE: (
        "Wilson's score interval with the number of independent samples that the standard error tells, and t "
        "for z (Korn and Graubard 1998)"
    ),
    Method.HALF_OBSERVATION: (
        "Bayesian bootstrap with half an observation at each end of the range (Rubin 1981), exact"
    ),
    Method.STUDENT: "value ± t · standard error, cut off at the metric's range",
    Method.NORMAL: "value ± z · standard error, cut off at the metric's range (n not known)",
    Method.CLUSTERED: "value ± t · CR2 standard error over clusters (Bell and McCaffrey 2002)",
    Method.DELONG: "DeLong's variance on the logit scale, with t (DeLong et al. 1988)",
    Method.NEWCOMBE: "Newcombe's method 5 for an area of 0 or 1 (Newcombe 2006)",
    Method.TEST_INVERSION: (
        "the true errors under which the observed one is plausible, noise included; it starts at 0 where "
        "calibrated predictions would often show an error as large (Bröcker and Smith 2007)"
    ),
    Method.LOGGED: "the interval that the log gives",
    Method.TANGO: "Tango's score interval of shares on the same samples (Tango 1998)",
    Method.MOVER: "from the intervals of both parts (Zou and Donner 2008)",
    Method.NEWCOMBE_HYBRID: "Newcombe's hybrid of both shares' score intervals (Newcombe 1998)",
    Method.AGRESTI_CAFFO: "a success and a failure added to each side (Agresti and Caffo 2000)",
    Method.WELCH: "difference ± Welch's t · standard error (Welch 1947)",
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
        return tuple(f"{name}: {_sentence(method)}." for method in metrics)
    times = Counter(label for labels in metrics.values() for label in labels)
    return tuple(
        f"{name} of {', '.join(_label(*one, times) for one in labels.items())}: {_sentence(method)}."
        for method, labels in metrics.items()
    )


def _label(label: str, having: Iterable[str], times: Counter[str]) -> str:
    """The metric, with the names of its rows where some of them have another method."""
    if times[label] == 1:
        return label
    return f"{label} (of {listed(list(having), _MOST_NAMED)})"


def _sentence(method: Method) -> str:
    return _SENTENCES.get(method, method.value)
