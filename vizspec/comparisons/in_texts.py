"""The differences that texts ask for (`difference("match", of="forest", than="logistic")`). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vizspec.cells.benchmarks import benchmarks
from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import Labels
from vizspec.comparisons.measure import never_judged
from vizspec.comparisons.questions import is_level
from vizspec.metrics.catalogue import Catalogue, Metric

NamedSide = str | Mapping[str, Any]
"""The name of a model or a run, or levels of columns."""


@dataclass(frozen=True)
class InText:
    """One difference: in a metric (a pattern), of one side less another, with levels that both have."""

    metric: str
    of: NamedSide
    than: NamedSide
    levels: Mapping[str, Any] = field(default_factory=dict)


def pairs_in_texts(
    asked: Sequence[InText],
    catalogue: Catalogue,
    shown: Sequence[Cell],
    every: Sequence[Cell],
    labels: Labels | None = None,
) -> Iterator[tuple[Cell, Cell, Metric]]:
    """The evaluations to compare: where each side means one, both on one benchmark, in one metric.

    `shown` are the evaluations that are meant first, `every` those of other checkpoints too.
    """
    on = benchmarks(every)
    for one in asked:
        metrics = catalogue.select([one.metric])
        a, b = (_meant(side, one.levels, shown, every, labels or {}) for side in (one.of, one.than))
        if len(metrics) != 1 or a is None or b is None or a == b:
            continue
        if on[a] == on[b] and never_judged(metrics[0]) is None:
            yield a, b, metrics[0]


def _meant(
    side: NamedSide, levels: Mapping[str, Any], shown: Sequence[Cell], every: Sequence[Cell], labels: Labels
) -> Cell | None:
    """The one evaluation that a side means; None where it means several, or none."""
    for cells in (shown, every):
        found = [cell for cell in cells if _is_meant(cell, side, levels, labels)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _is_meant(cell: Cell, side: NamedSide, levels: Mapping[str, Any], labels: Labels) -> bool:
    if not isinstance(side, str):
        return is_level(cell, {**levels, **side})
    own = {"model": cell.model, "run": cell.run or ""}
    names = (*own.values(), *(labels.get(column, {}).get(name) for column, name in own.items()))
    return side.casefold() in {name.casefold() for name in names if name} and is_level(cell, levels)
