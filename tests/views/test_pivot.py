"""A heatmap of any two columns: what stands in which cell, and the same numbers as a table."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.make import a_log, a_run, an_experiment, some_facts
from tests.views.test_views import drawn, planned, reason
from vizspec.plan.plan import Step, plan
from vizspec.spec.model import Spec
from vizspec.views.base import Grid

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

ENTRY = {"view": "scores_heatmap", "rows": "metadata.rank", "columns": "metadata.size"}


def swept(**named: Any) -> list[Any]:
    return [
        a_log(f"r{rank}s{size}", "hf/1B", metadata={"rank": rank, "size": size}, accuracy=rank * size / 1000)
        for size in (100, 20)
        for rank in (8, 4)
    ]


def only(entry: dict[str, Any], *logs: Any) -> Step:
    (step,) = planned(entry, *logs)
    assert isinstance(step, Step), step
    return step


def test_numbers_stand_in_order_of_size_in_rows_and_columns() -> None:
    step = only(ENTRY, *swept())
    assert (step.content.models, step.content.tasks) == (("4", "8"), ("20", "100"))
    assert {(row.model, row.task): row.value for row in step.content.rows}["8", "100"] == 0.8
    assert step.title == "Match Accuracy by rank and size"


def test_the_report_has_the_same_numbers_as_a_table() -> None:
    grid = only(ENTRY, *swept()).grid
    assert grid == Grid(("rank \\ size", "20", "100"), (("4", "0.080", "0.400"), ("8", "0.160", "0.800")))


def test_a_combination_without_an_evaluation_is_a_dash() -> None:
    grid = only(ENTRY, *swept()[:3]).grid
    assert grid is not None
    assert grid.rows[0] == ("4", "-", "0.400")


def test_two_evaluations_of_one_place_are_in_rows_of_their_own() -> None:
    again = a_log("again", "hf/1B", metadata={"rank": 4, "size": 20}, accuracy=0.5)
    step = only(ENTRY, *swept(), again)
    assert len(step.content.rows) == 5
    assert len(step.content.models) > 2


def test_levels_stand_in_the_design_s_order() -> None:
    runs = [a_run(f"{kind}{n}", kind_of=kind, n=n) for kind in ("z", "a", "m") for n in (1, 2)]
    design = an_experiment(runs, variables={"kind_of": ["z", "a", "m"], "n": [1, 2]})
    entry = {"view": "scores_heatmap", "rows": "kind_of", "columns": "n"}
    spec = Spec.model_validate({"vizspec": 1, "views": [entry]})
    (step,) = plan(spec, some_facts([a_log(run.name, "hf/1B") for run in runs], design)).outputs
    assert isinstance(step, Step)
    assert step.content.models == ("z", "a", "m")


def test_one_column_alone_stands_against_the_model_or_the_task() -> None:
    logs = [a_log(f"r{n}", "hf/1B", task, metadata={"n": n}) for n in (1, 2) for task in ("a", "b")]
    step = only({"view": "scores_heatmap", "rows": "metadata.n"}, *logs)
    assert (step.content.models, step.content.tasks) == (("1", "2"), ("a", "b"))


def test_a_diagonal_and_a_column_without_values_are_skipped() -> None:
    logs = swept()
    assert reason(ENTRY, logs[0], logs[3]) == (
        "no two values of 'metadata.rank' share one of 'metadata.size' (a diagonal matrix)"
    )
    assert reason({**ENTRY, "rows": "epoch"}, *logs) == (
        "no evaluation has a value of both 'epoch' and 'metadata.size'"
    )


def test_axes_and_tips_are_called_as_the_columns_are() -> None:
    text = json.dumps(drawn(ENTRY, *swept()))
    assert '"xLabel": "size"' in text
    assert '"yLabel": "rank"' in text
    assert '"Row"' in text
    assert '"Model"' not in text
