"""Which evaluations a difference in a text means."""

from __future__ import annotations

from typing import Any

from tests.make import a_catalogue, a_log, a_run, a_score, an_experiment
from vizspec.cells.cell import Cell, make_cells
from vizspec.comparisons.in_texts import InText, pairs_in_texts

DESIGN = an_experiment([a_run("r4"), a_run("r8", "3B"), a_run("r16", "3B")])
SCORES = [a_score(), a_score("risk_scorer", metrics={"auc_score": 0.9, "ece": 0.1})]
CELLS = make_cells(
    [a_log(run, task=task, scores=SCORES) for run in ("r4", "r8", "r16") for task in ("capitals", "rivers")],
    DESIGN,
)


def pairs(
    metric: str, of: Any, than: Any, cells: tuple[Cell, ...] = CELLS, **levels: Any
) -> list[tuple[str | None, str | None, str]]:
    labels = {"model": {"1B": "Small"}}
    asked = [InText(metric, of, than, levels)]
    found = pairs_in_texts(asked, a_catalogue(CELLS), cells, CELLS, labels)
    return [(a.run, b.run, of_metric.id) for a, b, of_metric in found]


def test_a_side_is_the_name_of_a_model_or_a_run_or_levels() -> None:
    expected = [("r4", "r8", "match/accuracy")]
    assert pairs("match", "1B", "r8", task="rivers") == expected
    assert pairs("match", "small", {"run": "r8"}, task="rivers") == expected
    assert pairs("match", {"model": "1B"}, {"model": "3B", "run": "r8"}, task="rivers") == expected


def test_nothing_is_compared_where_a_side_means_several_or_none() -> None:
    assert pairs("match", "1B", "3B", task="rivers") == []
    assert pairs("match", "r4", "r8") == []
    assert pairs("match", "r4", "r32", task="rivers") == []
    assert pairs("match", "r4", "r4", task="rivers") == []


def test_nothing_is_compared_across_tasks_or_where_nothing_is_judged() -> None:
    assert pairs("match", {"run": "r4", "task": "rivers"}, {"run": "r8", "task": "capitals"}) == []
    assert pairs("ece", "r4", "r8", task="rivers") == []
    assert pairs("auc_score", "r4", "r8", task="rivers") == [("r4", "r8", "risk_scorer/auc_score")]


def test_evaluations_that_are_not_shown_are_meant_where_no_other_is() -> None:
    shown = tuple(cell for cell in CELLS if cell.run != "r8")
    assert pairs("match", "r4", "r8", shown, task="rivers") == [("r4", "r8", "match/accuracy")]
    assert pairs("match", "r4", "3B", shown, task="rivers") == [("r4", "r16", "match/accuracy")]
