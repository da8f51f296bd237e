"""From questions and samples' scores to the tables of comparisons. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import Labels
from vizspec.comparisons.differences import Side, compare
from vizspec.comparisons.measure import Measured
from vizspec.comparisons.questions import Asked, Group, Pairing, groups_of
from vizspec.comparisons.record import Comparison, ComparisonTable, Ranked
from vizspec.comparisons.several import ranked, together
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric

Measure = Callable[[Cell, Metric, str | None], Measured | str]
"""The scores of a cell's samples in a metric, with the clusters that a metadata key tells."""


@dataclass
class Comparer:
    """Compares cells, each pair once however often it is asked for."""

    measure: Measure
    estimate: Callable[[Cell, Metric, float], Estimate | None] = lambda cell, metric, level: None
    """What a log stores, for evaluations whose samples cannot be had."""
    _known: dict[tuple[object, ...], Comparison] = field(default_factory=dict)

    def compare(
        self,
        a: Cell,
        b: Cell,
        metric: Metric,
        level: float,
        pair: Pairing = "id_and_input",
        cluster: str | None = None,
    ) -> Comparison:
        """The comparison, its sides named as their runs."""
        key = (a, b, metric.id, level, pair, cluster)
        if key not in self._known:
            sides = [self._side(cell, metric, cluster) for cell in (a, b)]
            self._known[key] = compare(sides[0], sides[1], metric, level, by=pair)
        return self._known[key]

    def _side(self, cell: Cell, metric: Metric, cluster: str | None) -> Side:
        measured = self.measure(cell, metric, cluster)
        return Side(cell, cell.run or cell.model, measured, partial(self.estimate, cell, metric))


def table_of(
    asked: Asked,
    metric: Metric,
    cells: Sequence[Cell],
    comparer: Comparer,
    value: Callable[[Cell, Metric], float | None],
    labels: Labels | None = None,
) -> ComparisonTable:
    """The answer to one question over these cells; `value` is a cell's estimate, by which ranks are given.

    Raises:
        ExpressionError: the question's `where` cannot be worked out over a cell.
    """
    found = groups_of(asked, cells, labels)
    rows: list[Comparison] = []
    ranks: list[Ranked] = []
    for group in found.groups:
        own = _group(asked, metric, group, comparer)
        rows += own
        ranking = None if asked.to else ranked(own, lambda cell: value(cell, metric))
        ranks += [ranking] if ranking is not None else []
    return ComparisonTable(asked, metric, tuple(rows), tuple(ranks), found.left_out)


def _group(asked: Asked, metric: Metric, group: Group, comparer: Comparer) -> tuple[Comparison, ...]:
    def at(a: Cell, b: Cell, level: float) -> Comparison:
        found = comparer.compare(a, b, metric, level, asked.pair, asked.cluster)
        return replace(found, group=group.name, name_a=group.names[a], name_b=group.names[b])

    rows = [at(a, b, asked.level) for a, b in group.pairs]
    return together(rows, lambda row, level: at(row.a, row.b, level), asked.adjust)
