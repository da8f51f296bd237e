"""From a question and samples' scores to a table."""

from __future__ import annotations

from tests.comparisons.make import ACCURACY, an_evaluation
from vizspec.cells.cell import Cell
from vizspec.comparisons.answer import Comparer, table_of
from vizspec.comparisons.measure import Measured, measure
from vizspec.comparisons.questions import Asked
from vizspec.comparisons.record import ComparisonTable
from vizspec.metrics.catalogue import Metric

SCORES = dict(
    an_evaluation(run, values)
    for run, values in (("a", [1] * 40), ("b", [1] * 38 + [0] * 2), ("c", [1] * 10 + [0] * 30))
)


def answered(asked: Asked) -> ComparisonTable:
    comparer = Comparer(lambda cell, metric, cluster: measure(cell, metric, SCORES[cell], None, cluster))
    return table_of(
        asked, ACCURACY, tuple(SCORES), comparer, lambda cell, metric: cell.log.scores[0].metrics["accuracy"]
    )


def test_a_table_has_every_pair_adjusted_and_ranked() -> None:
    table = answered(Asked("match/accuracy", ("run",)))
    assert [(row.name_a, row.name_b, row.is_separate()) for row in table.rows] == [
        ("a", "b", False),
        ("a", "c", True),
        ("b", "c", True),
    ]
    assert all(row.together is not None for row in table.rows)
    (ranking,) = table.ranked
    assert [(name, ranks) for name, ranks in zip(ranking.names, ranking.ranks, strict=True)] == [
        ("a", (1, 2)),
        ("b", (1, 2)),
        ("c", (3, 3)),
    ]


def test_against_a_baseline_there_are_no_ranks() -> None:
    table = answered(Asked("match/accuracy", ("run",), (("run", "c"),)))
    assert [(row.name_a, row.name_b) for row in table.rows] == [("a", "c"), ("b", "c")]
    assert table.ranked == ()


def test_the_same_pair_is_compared_once() -> None:
    asked: list[str] = []

    def count(cell: Cell, metric: Metric, cluster: str | None) -> Measured | str:
        asked.append(cell.run or "")
        return measure(cell, metric, SCORES[cell], None, cluster)

    comparer = Comparer(count)
    first, second = tuple(SCORES)[:2]
    for _ in range(3):
        comparer.compare(first, second, ACCURACY, 0.95)
    assert asked == ["a", "b"]
