"""How the intervals of a table came about, in sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from vizspec.cells.cell import Cell
from vizspec.estimates.table import Estimate
from vizspec.report.footnotes import Footnotes
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


def marked_by_method(
    intervals: Sequence[str], methods: Sequence[str | None], notes: Footnotes
) -> tuple[tuple[str, ...], str]:
    """The intervals of rows of several methods, and a sentence: all but those of the commonest are marked."""
    commonest = Counter(method for method in methods if method is not None).most_common(1)[0][0]
    marked = (
        notes.marked(text, None if method in (None, commonest) else f"by {method}")
        for text, method in zip(intervals, methods, strict=True)
    )
    return tuple(marked), f"Intervals are by {commonest} where no note says otherwise."


class RowName(NamedTuple):
    """What a table calls an evaluation; `task` is None where all are on one."""

    model: str
    task: str | None = None

    @property
    def whole(self) -> str:
        """Model and task."""
        return self.model if self.task is None else f"{self.model} on {self.task}"


def method_notes(rows: Iterable[Estimate], names: Mapping[Cell, RowName]) -> tuple[str, ...]:
    """A sentence for each method among the rows, with its metrics where there are several methods.

    Where a metric's rows have several methods, it says which have which: on which tasks, or of which cells.
    """
    with_interval = [row for row in rows if row.has_interval]
    named: defaultdict[str, dict[RowName, Method]] = defaultdict(dict)
    for row in with_interval:
        named[row.metric.label][names[row.cell]] = row.method
    level = ", ".join(dict.fromkeys(level_text(row.level) for row in with_interval))
    methods = dict.fromkeys(row.method for row in with_interval)
    if len(methods) == 1:
        return tuple(f"{level}: {_sentence(method)}." for method in methods)
    return tuple(
        f"{level} of {', '.join(_labels(method, named))}: {_sentence(method)}." for method in methods
    )


def which_rows(having: Sequence[RowName], others: Sequence[RowName]) -> str:
    """`on Size, Shape; of forest on Surface`: the tasks all of whose rows are meant, and the rest by name."""
    mixed = {one.task for one in others}
    tasks = dict.fromkeys(one.task for one in having if one.task is not None and one.task not in mixed)
    rest = [one.whole for one in having if one.task not in tasks]
    parts = (("on", list(tasks)), ("of", rest))
    return "; ".join(f"{word} {listed(texts, _MOST_NAMED)}" for word, texts in parts if texts)


def _labels(method: Method, named: Mapping[str, Mapping[RowName, Method]]) -> Iterator[str]:
    """The metrics with the method, and of which rows where other rows of them have another one."""
    for label, methods in named.items():
        having = [one for one, each in methods.items() if each is method]
        if having:
            others = [one for one, each in methods.items() if each is not method]
            yield f"{label} ({which_rows(having, others)})" if others else label


def _sentence(method: Method) -> str:
    return _SENTENCES.get(method, method.value)
