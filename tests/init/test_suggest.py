"""The spec that `init` suggests: which views suit which experiment, whatever its names are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.init.test_starter import spec_of
from tests.make import a_log, a_run, an_experiment, some_facts
from vizspec.experiment.model import MatrixRow
from vizspec.init.shape import Shape, shape_of_design, shape_of_facts
from vizspec.init.suggest import Stated, suggest


def views(shape: Shape) -> list[str]:
    return [suggestion.view for suggestion in suggest(shape)]


def test_several_models_and_tasks_get_bars_a_heatmap_and_a_radar() -> None:
    assert views(Shape(3, 3)) == ["scores_by_task", "scores_heatmap", "scores_radar_by_task"]


def test_several_checkpoints_get_a_learning_curve_and_a_sweep_its_lines() -> None:
    entries = [dict(s.fields) for s in suggest(Shape(2, 1, has_checkpoints=True, sweeps=("size",)))]
    curve, sweep = [entry for entry in entries if entry["view"] == "scores_by_variable"]
    assert (curve["x"], curve["epochs"]) == ("epoch", "all")
    assert sweep["x"] == "size"


@pytest.mark.parametrize(
    ("values", "scale"), [(("1e-5", "1e-3"), "log"), ((4, 8, 64), None), ((0, 100), None)]
)
def test_a_sweep_over_orders_of_magnitude_has_a_log_scale(
    values: tuple[str | int, ...], scale: str | None
) -> None:
    design = an_experiment(variables={"lr": values})
    entries = [dict(s.fields) for s in suggest(shape_of_design(design, has_compute=False))]
    (sweep,) = [entry for entry in entries if entry["view"] == "scores_by_variable"]
    assert sweep.get("scale") == scale


def test_evaluations_with_limits_get_success_by_limit() -> None:
    shape = shape_of_facts(some_facts([a_log("a", limits={"message_limit": 30})]), has_compute=False)
    assert {"scores_by_limit", "sample_tool_calls"} <= set(views(shape))
    assert "scores_by_limit" not in views(shape_of_facts(some_facts([a_log("a")]), has_compute=False))


@pytest.mark.parametrize("solver", ["use_tools, generate", "react", "system_message, basic_agent"])
def test_agents_get_what_their_samples_tell(solver: str) -> None:
    logs = [
        replace(log, setup=replace(log.setup, solver=solver)) for log in (a_log("a"), a_log("b", "hf/3B"))
    ]
    found = views(shape_of_facts(some_facts(logs), has_compute=False))
    assert {"scores_by_limit", "sample_tool_calls", "sample_heatmap"} <= set(found)


def test_models_with_different_dates_of_release_get_a_timeline() -> None:
    assert "scores_timeline" in views(Shape(2, 1, release_dates=2))
    assert "scores_timeline" not in views(Shape(2, 1, release_dates=1))


def test_comparisons_that_are_asked_for_get_the_samples_that_turn() -> None:
    entries = [dict(s.fields) for s in suggest(Shape(2, 1), Stated(({"id": "a", "among": ["run"]},)))]
    assert {"view": "table", "id": "flips", "data": "disagreements"} in entries


def test_one_task_gets_its_models_ranked() -> None:
    assert views(Shape(2, 1)) == ["scores_by_task", "scores_by_model"]


def test_one_model_in_one_task_gets_bars_only() -> None:
    assert views(Shape(1, 1)) == ["scores_by_task"]


def test_every_factor_gets_a_view_of_its_own() -> None:
    entries = [dict(s.fields) for s in suggest(Shape(2, 1, factors=("balanced", "hint")))]
    assert [entry["factor"] for entry in entries if "factor" in entry] == ["balanced", "hint"]


def test_risk_scores_get_their_plots_and_jobs_their_table() -> None:
    shape = Shape(1, 1, has_supplementary=True, has_risk=True, has_compute=True)
    assert views(shape)[1:] == [
        "scores_by_task",
        "roc_curves",
        "calibration_curves",
        "prediction_histogram",
        "compute_utilization",
    ]


def test_without_an_accuracy_every_metric_is_drawn() -> None:
    (bars,) = [s for s in suggest(Shape(1, 1, has_accuracy=False)) if s.view == "scores_by_task"]
    assert dict(bars.fields)["metrics"] == "all"


def test_each_view_says_why_it_is_there() -> None:
    assert [s.why for s in suggest(Shape(3, 2))] == [
        "3 models × 2 tasks",
        "3 models × 2 tasks; left out where no two models share a task",
    ]
    assert suggest(Shape(1, 1))[0].why == "1 model × 1 task"


CONDITIONS = an_experiment(
    [a_run(f"r{at}", kind="eval-only") for at in range(4)],
    matrix=[MatrixRow(f"r{at}", ("capitals",), f"prompt {at}") for at in range(4)],
)


def test_one_model_under_several_conditions_is_one_model_of_one_task() -> None:
    logs = [a_log(f"r{at}", "hf/1B", vis_label=f"prompt {at}") for at in range(4)]
    shapes = shape_of_design(CONDITIONS, False), shape_of_facts(some_facts(logs, CONDITIONS), False)
    for shape in shapes:
        assert (shape.models, shape.tasks) == (1, 4)
        assert [(s.view, s.why) for s in suggest(shape)] == [("scores_by_task", "1 model × 4 conditions")]


TWO_UNDER_ONE_LABEL = an_experiment(
    ["r4", "r8"], matrix=[MatrixRow(run, ("capitals", "rivers"), "geography") for run in ("r4", "r8")]
)


def test_two_tasks_under_one_label_are_two_as_views_show_them() -> None:
    logs = [
        a_log(run, task=task, vis_label="geography")
        for run in ("r4", "r8")
        for task in ("capitals", "rivers")
    ]
    shapes = (
        shape_of_design(TWO_UNDER_ONE_LABEL, False),
        shape_of_facts(some_facts(logs, TWO_UNDER_ONE_LABEL), False),
        shape_of_facts(some_facts(logs), False),
    )
    for shape in shapes:
        assert (shape.models, shape.tasks) == (2, 2)
        assert views(shape) == ["scores_by_task", "scores_heatmap"]


def test_no_radar_is_suggested_where_no_model_has_every_task() -> None:
    matrix = [MatrixRow(run, ("capitals", "rivers"), run) for run in ("r4", "r8")]
    shape = shape_of_design(an_experiment(["r4", "r8"], matrix=matrix), has_compute=False)
    assert (shape.models, shape.tasks) == (2, 4)
    assert views(shape) == ["scores_by_task", "scores_heatmap"]


def test_a_factor_that_is_true_or_false_says_what_its_levels_mean() -> None:
    shape = Shape(2, 1, ("task_args.is_balanced", "size"), switches=("task_args.is_balanced",))
    lines = [s.line for s in suggest(shape) if s.view == "scores_by_factor"]
    assert ['labels: ["not balanced", balanced]' in line for line in lines] == [True, False]
    spec_of(shape)
