"""The evaluations that may be compared, and their samples."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.disk import write_evaluation
from tests.gather.test_comparisons import LOGS
from tests.make import a_catalogue, a_cell, a_log, a_metric, a_score, some_estimates
from vizspec.cells.cell import Cell
from vizspec.cells.select_logs import select_logs
from vizspec.comparisons.measure import Measured
from vizspec.gather.options import Reading
from vizspec.gather.pool import KeptScores, Pool, cluster_of, with_scores
from vizspec.logs.record import Log
from vizspec.samples.scored import SampleScores
from vizspec.spec.model import Spec
from vizspec.statistics.arrays import UNIT

SPEC = Spec.model_validate({"vizspec": 1, **LOGS})


def a_pool(*logs: Log) -> Pool:
    selected = select_logs(logs)
    table = some_estimates(selected.cells)
    return Pool(selected, a_catalogue(selected.cells), {table.level: table}, table.level)


def test_checkpoints_that_are_not_shown_are_among_them_in_the_order_of_their_epochs() -> None:
    pool = a_pool(*(a_log("r4", epoch=epoch) for epoch in (2, 10, 0)))
    assert [cell.epoch for cell in pool.shown] == [10]
    assert [cell.epoch for cell in pool.every_checkpoint] == [0, 2, 10]


def test_a_summary_speaks_of_the_metric_that_stands_for_each_task() -> None:
    scores = [a_score("match"), a_score("includes")]
    pool = a_pool(a_log("r4", task="capitals", scores=scores), a_log("r4", task="rivers", scores=scores))
    assert pool.summed_up == {a_metric("match/accuracy"): {"capitals", "rivers"}}
    named = replace(pool, primary="includes").summed_up
    assert [metric.id for metric in named] == ["includes/accuracy"]


def test_an_estimate_at_a_level_that_has_no_table_is_worked_out() -> None:
    pool = a_pool(a_log("r4"))
    (cell,) = pool.shown
    known, wider = (pool.row(cell, a_metric(), level) for level in (0.95, 0.99))
    assert known is not None
    assert wider is not None
    assert (wider.level, wider.value) == (0.99, known.value)


def test_clusters_are_those_of_the_logged_standard_error() -> None:
    (cell,) = a_pool(a_log("r4", scores=[a_score("match", clustered=True), a_score("includes")])).shown
    assert cluster_of(cell, a_metric("match/accuracy")) == "school"
    assert cluster_of(cell, a_metric("includes/accuracy")) is None


def test_samples_that_were_read_are_not_read_again(tmp_path: Path) -> None:
    asked: list[tuple[str, int]] = []
    reading = Reading(lambda what, done, total: asked.append((what, total)), use_cache=False)
    pool = a_pool(*(a_log(run, location=f"{run}.eval") for run in ("r4", "r8")))
    for cell in pool.shown:
        write_evaluation(tmp_path / cell.log.location, [1, 0])
    first, _ = pool.shown
    one = with_scores(SPEC, pool, [first], [None], tmp_path, reading)
    both = with_scores(SPEC, one, pool.shown, [None], tmp_path, reading)
    assert asked == [("reading scores", 1), ("reading scores", 1)]
    assert all(isinstance(both.scores[cell], SampleScores) for cell in pool.shown)
    assert pool.scores == {}


def test_scores_are_worked_out_once_as_long_as_there_is_room_for_them() -> None:
    scores = Measured(("1", "2"), (1.0, 0.0), ("", ""), UNIT)
    asked: list[str | None] = []

    def work_out(cell: Cell) -> Measured:
        asked.append(cell.run)
        return scores

    kept = KeptScores(most_samples=3)
    cells = [a_cell(run) for run in ("r4", "r8")]
    found = [kept.get((cell, a_metric(), None), partial(work_out, cell)) for cell in (*cells, *cells)]
    assert found == [scores] * 4
    assert asked == ["r4", "r8", "r8"]
