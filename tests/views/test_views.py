"""What each score view plans and draws, and when it is skipped."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.make import a_log, a_score, an_experiment, some_facts
from vizspec.estimates.table import Estimates
from vizspec.logs.record import Dataset
from vizspec.plan.plan import Skipped, Step, plan
from vizspec.spec.model import Spec
from vizspec.statistics.method import Method
from vizspec.views import KINDS
from vizspec.views._score_notes import METHODS
from vizspec.views.base import Chart

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def planned(entry: dict[str, Any], *logs: Any, **spec: Any) -> list[Step | Skipped]:
    """The outputs of one entry over these logs."""
    read = Spec.model_validate({"vizspec": 1, "data": {"epochs": "all"}, "views": [entry], **spec})
    return list(plan(read, some_facts(logs)).outputs)


def drawn(entry: dict[str, Any], *logs: Any) -> dict[str, Any]:
    """What inspect-viz was told to draw for the one output of an entry."""
    (step,) = planned(entry, *logs)
    assert isinstance(step, Step)
    picture = KINDS[step.view].draw(step.content)
    assert isinstance(picture, Chart)
    specification: dict[str, Any] = json.loads(picture.component._create_spec())
    return specification


def reason(entry: dict[str, Any], *logs: Any) -> str:
    """Why the one output of an entry is skipped."""
    (skip,) = planned(entry, *logs)
    assert isinstance(skip, Skipped)
    return skip.reason


TWO_MODELS = (
    a_log("a", "hf/1B", accuracy=0.25),
    a_log("b", "hf/3B", accuracy=0.75),
)
THREE_TASKS = tuple(
    a_log(run, f"hf/{model}", task, accuracy=accuracy)
    for run, model in (("a", "1B"), ("b", "3B"))
    for task, accuracy in (("capitals", 0.5), ("rivers", 0.25), ("lakes", 1.0))
)


def test_bars_by_task_show_the_interval_of_the_estimates_and_not_a_stderr() -> None:
    specification = json.dumps(drawn({"view": "scores_by_task"}, *TWO_MODELS))
    assert "interval_lower" in specification
    assert "score_headline_stderr" not in specification


def test_bars_by_task_keep_models_and_tasks_in_the_order_of_the_cells() -> None:
    specification = drawn({"view": "scores_by_task", "metrics": "match"}, *THREE_TASKS)
    text = json.dumps(specification)
    assert '"xDomain": ["1B", "3B"]' in text
    assert '"fxDomain": ["capitals", "lakes", "rivers"]' in text


def test_a_view_without_a_metric_that_it_wants_names_what_the_logs_hold() -> None:
    why = reason({"view": "scores_by_task", "metrics": "supplementary"}, *TWO_MODELS)
    assert why == ("no log has a metric for 'supplementary' (missing columns; the logs hold: match/accuracy)")


def test_a_metric_without_any_value_skips_its_output() -> None:
    assert reason({"view": "scores_by_task"}, a_log("a", accuracy=None)) == (
        "no evaluation has a value of match/accuracy"
    )


def test_cells_without_a_value_are_told_of_beside_the_chart() -> None:
    (step,) = planned({"view": "scores_by_task"}, a_log("a", "hf/1B"), a_log("b", "hf/3B", accuracy=None))
    assert isinstance(step, Step)
    assert step.notes == ("no value of Match Accuracy: 3B · capitals",)


def test_a_task_that_wholly_lacks_a_value_is_named_instead_of_its_cells() -> None:
    logs = [a_log(run, f"hf/{run}", "capitals") for run in ("1B", "3B", "7B")]
    without = [a_log(run, f"hf/{run}", "rivers", accuracy=None) for run in ("1B", "3B", "7B")]
    (step,) = planned({"view": "scores_by_task"}, *logs, *without)
    assert isinstance(step, Step)
    assert step.notes == ("no value of Match Accuracy: all of rivers",)


def test_a_heatmap_of_one_model_per_task_is_skipped_with_the_reason() -> None:
    why = reason({"view": "scores_heatmap"}, a_log("a", "hf/1B", "capitals"), a_log("b", "hf/3B", "rivers"))
    assert why == "no two models share a task (a diagonal matrix)"


def test_a_heatmap_stands_upright_where_the_spec_says_so() -> None:
    text = json.dumps(drawn({"view": "scores_heatmap", "orientation": "vertical"}, *THREE_TASKS))
    assert '"xDomain": ["1B", "3B"]' in text
    assert '"yDomain": ["capitals", "lakes", "rivers"]' in text


def test_models_are_ranked_by_their_score_with_the_best_first() -> None:
    assert '"yDomain": ["3B", "1B"]' in json.dumps(drawn({"view": "scores_by_model"}, *TWO_MODELS))


def test_models_are_not_ranked_over_several_tasks() -> None:
    why = reason({"view": "scores_by_model"}, *THREE_TASKS)
    assert why == "it takes exactly one task, and there are 3: capitals, lakes, rivers"


def test_a_radar_of_two_tasks_is_skipped() -> None:
    two = (a_log("a", "hf/1B", "capitals"), a_log("a", "hf/1B", "rivers"))
    assert (
        reason({"view": "scores_radar_by_task"}, *two)
        == "a radar needs three axes, and this view has 2 tasks"
    )


def test_a_radar_leaves_out_a_model_that_lacks_a_task_and_says_so() -> None:
    (step,) = planned({"view": "scores_radar_by_task"}, *THREE_TASKS[:5])
    assert isinstance(step, Step)
    assert {row.model for row in step.content.rows} == {"1B"}
    assert step.notes == ("has not every task: 3B",)


def test_a_radar_turns_an_axis_round_where_lower_is_better() -> None:
    logs = [
        a_log("a", "hf/1B", task, scores=[a_score("risk", metrics={"brier_score": 0.1})])
        for task in ("capitals", "rivers", "lakes")
    ]
    (step,) = planned({"view": "scores_radar_by_task", "metrics": "all"}, *logs)
    assert isinstance(step, Step)
    assert [row.position for row in step.content.rows] == [0.9] * 3
    assert step.caption.endswith("Axes from 0 to 1; axes of metrics where lower is better are reversed.")


def test_a_radar_of_metrics_has_one_output_a_task() -> None:
    values = {"auc_score": 0.9, "brier_score": 0.1, "ece": 0.2, "mean_risk_score": 0.4}
    scores = [a_score("risk", metrics=values)]
    logs = [a_log("a", "hf/1B", task, scores=scores) for task in ("capitals", "rivers")]
    steps = planned({"view": "scores_radar_by_metric"}, *logs)
    assert [step.files[0] for step in steps if isinstance(step, Step)] == [
        "scores_radar_by_metric_ranks_capitals.html",
        "scores_radar_by_metric_ranks_rivers.html",
    ]


def test_a_metric_without_a_better_direction_is_no_axis() -> None:
    values = {"auc_score": 0.9, "brier_score": 0.1, "ece": 0.2, "mean_risk_score": 0.4}
    (step,) = planned(
        {"view": "scores_radar_by_metric"}, a_log("a", scores=[a_score("risk", metrics=values)])
    )
    assert isinstance(step, Step)
    assert step.notes == ("No axis, as no better direction is known: Mean Risk Score.",)
    del values["ece"]
    assert reason(
        {"view": "scores_radar_by_metric"}, a_log("a", scores=[a_score("risk", metrics=values)])
    ) == (
        "a radar needs three axes, and this view has 2 metrics: AUC, Brier Score; no better direction is "
        "known of Mean Risk Score"
    )


def test_a_radar_of_two_metrics_is_skipped_and_names_them() -> None:
    logs = [a_log("a", scores=[a_score("match"), a_score("includes")])]
    assert reason({"view": "scores_radar_by_metric"}, *logs) == (
        "a radar needs three axes, and this view has 2 metrics: Match Accuracy, Includes Accuracy"
    )


def test_a_factor_with_one_level_among_the_logs_is_skipped() -> None:
    why = reason({"view": "scores_by_factor", "factor": "hint"}, a_log("a", columns={"hint": True}))
    assert why == "the factor 'hint' needs both its levels, and the evaluations have 1: True"


def test_a_factor_that_no_log_has_is_a_missing_column() -> None:
    assert reason({"view": "scores_by_factor", "factor": "hint"}, a_log("a")) == (
        "no evaluation has the column 'hint' (missing column)"
    )


def test_a_factor_that_only_evaluations_with_another_metric_have_is_told_so() -> None:
    other = a_log("b", columns={"hint": True}, scores=[a_score("judge", metrics={"f1": 0.5})])
    assert reason({"view": "scores_by_factor", "factor": "hint"}, a_log("a"), other) == (
        "no evaluation with a value of match/accuracy has the column 'hint' (missing column)"
    )


def test_the_labels_of_a_factor_reach_sql_escaped_and_the_legend_as_they_are() -> None:
    entry = {"view": "scores_by_factor", "factor": "hint", "labels": ["don't", "do"]}
    logs = (a_log("a", "hf/1B", columns={"hint": False}), a_log("b", "hf/1B", columns={"hint": True}))
    text = json.dumps(drawn(entry, *logs))
    assert "'don''t'" in text
    assert '"colorDomain": ["don\'t", "do"]' in text


def test_two_cells_at_one_level_of_a_factor_are_told_apart_by_a_variable() -> None:
    experiment = an_experiment(
        ["a", "b", "c", "d"], variables={"hint": [True, False], "size": [1, 5]}, matrix=()
    )
    logs = [
        a_log(run, "hf/1B", columns={"hint": hint, "size": size})
        for run, hint, size in (("a", True, 1), ("b", False, 1), ("c", True, 5), ("d", False, 5))
    ]
    read = Spec.model_validate({"vizspec": 1, "views": [{"view": "scores_by_factor", "factor": "hint"}]})
    (step,) = plan(read, some_facts(logs, experiment)).outputs
    assert isinstance(step, Step)
    assert [(row.model, row.factor) for row in step.content.rows] == [
        ("1B (size 1)", True),
        ("1B (size 1)", False),
        ("1B (size 5)", True),
        ("1B (size 5)", False),
    ]


def test_a_factor_calls_tasks_by_their_labels_and_tells_which_models_lack_a_level() -> None:
    logs = [
        a_log(f"{run}_{task}", "hf/1B", task, label, columns={"tuned": run == "tuned"})
        for task, label in (("tumour_size", "Size"), ("tumour_shape", "Shape"), ("tumour_age", "Age"))
        for run in ("base", "tuned")
        if (run, label) not in (("base", "Size"), ("tuned", "Age"))
    ]
    (step,) = planned({"view": "scores_by_factor", "factor": "tuned", "labels": ["Base", "Tuned"]}, *logs)
    assert isinstance(step, Step)
    assert [(row.model, row.factor) for row in step.content.rows] == [
        ("1B (Age)", False),
        ("1B (Shape)", False),
        ("1B (Shape)", True),
        ("1B (Size)", True),
    ]
    assert step.notes == ("no evaluation at 'Tuned': 1B (Age)", "no evaluation at 'Base': 1B (Size)")


def test_a_factor_that_no_task_has_both_levels_of_is_skipped() -> None:
    logs = [
        a_log(None, model, task, task_args={"cot": cot}, location=f"{model}{task}")
        for model in ("one", "two")
        for task, cot in (("easy", False), ("hard", True))
    ]
    (skip,) = planned({"view": "scores_by_factor", "factor": "task_args.cot"}, *logs)
    assert isinstance(skip, Skipped)
    assert skip.reason == (
        "no task has both levels of the factor 'task_args.cot' (false in 'easy', true in 'hard'): "
        "its effect cannot be told from that of the tasks"
    )


def test_two_data_sets_of_one_task_are_no_pair_of_a_factor() -> None:
    logs = [
        a_log(None, "one", location=name, task_args={"cot": cot}, dataset=Dataset(name))
        for name, cot in (("old", False), ("new", True))
    ]
    (skip,) = planned({"view": "scores_by_factor", "factor": "task_args.cot"}, *logs)
    assert isinstance(skip, Skipped)
    assert "(true in 'capitals (new)', false in 'capitals (old)')" in skip.reason


def test_the_conditions_of_one_task_are_ranked_together() -> None:
    labels = ("1B balanced", "1B skewed", "3B balanced")
    logs = [a_log(f"r{at}", f"hf/{label[:2]}", "capitals", label) for at, label in enumerate(labels)]
    (step,) = planned({"view": "scores_by_model"}, *logs)
    assert isinstance(step, Step)
    assert [row.model for row in step.content.rows] == ["1B (balanced)", "1B (skewed)", "3B"]
    assert isinstance(KINDS[step.view].draw(step.content), Chart)


@pytest.mark.parametrize("view", KINDS)
def test_every_kind_tells_what_its_entry_is_and_when_it_is_skipped(view: str) -> None:
    kind = KINDS[view]
    assert kind.entry.__doc__
    assert kind.skips
    assert kind.entry.model_fields["view"].annotation.__args__ == (view,)


def test_points_link_to_their_log_in_the_log_viewer() -> None:
    (step,) = planned(
        {"view": "scores_by_task"},
        a_log("a", location="a b/x.eval"),
        data={"log_viewer": "http://localhost:7575/"},
    )
    assert isinstance(step, Step)
    assert step.content.rows[0].log_viewer == "http://localhost:7575/#/logs/a%20b/x.eval"


BRIER = tuple(
    a_log(run, f"hf/{run}", scores=[a_score("risk", metrics={"brier_score": value})])
    for run, value in (("a", 0.1), ("b", 0.4))
)


@pytest.mark.parametrize(
    ("view", "arrow", "label"),
    [
        ("scores_by_task", "yLabelArrow", "lower is better"),
        ("scores_by_model", "xLabelArrow", "Brier Score (lower is better)"),
    ],
)
def test_an_axis_has_no_arrow_and_says_where_lower_is_better(view: str, arrow: str, label: str) -> None:
    text = json.dumps(drawn({"view": view, "metrics": "risk/brier_score"}, *BRIER))
    assert f'"{arrow}": "none"' in text
    assert f'"{label}"' in text
    assert "lower is better" not in json.dumps(drawn({"view": view}, *TWO_MODELS))


def test_the_better_end_of_a_heatmap_is_the_darker() -> None:
    lower = drawn({"view": "scores_heatmap", "metrics": "risk/brier_score"}, *BRIER)
    higher = drawn({"view": "scores_heatmap"}, *TWO_MODELS)
    assert '"colorRange": [0.65, 0.05]' in json.dumps(lower)
    assert '"colorRange": [0.05, 0.65]' in json.dumps(higher)


def test_a_caption_calls_the_intervals_by_the_names_of_their_methods() -> None:
    (step,) = planned({"view": "scores_by_task"}, *TWO_MODELS)
    assert isinstance(step, Step)
    assert step.caption == "Intervals: 95% CI (Wilson)."


@pytest.mark.parametrize("view", ["scores_by_task", "scores_by_model"])
def test_errors_that_noise_may_make_are_marked_and_the_caption_says_so(view: str) -> None:
    score = a_score("risk", metrics={"risk_calibration_error": 0.1})
    facts = some_facts([a_log("a", "hf/1B", scores=[score]), a_log("b", "hf/3B", scores=[score])])
    rows = [
        replace(row, lower=0.0, upper=0.2, noise=0.15, method=Method.TEST_INVERSION)
        for row in facts.table.rows
    ]
    known = replace(facts, estimates={0.95: Estimates(0.95, tuple(rows))})
    entry = {"view": view, "metrics": "risk/risk_calibration_error"}
    spec = Spec.model_validate({"vizspec": 1, "data": {"epochs": "all"}, "views": [entry]})
    (step,) = plan(spec, known).outputs
    assert isinstance(step, Step)
    assert step.caption.endswith(
        "errors up to a red line are no larger than calibrated predictions may show by chance."
    )
    picture = KINDS[step.view].draw(step.content)
    assert isinstance(picture, Chart)
    assert "noise_limit" in picture.component._create_spec()


def test_every_method_has_a_name_in_captions() -> None:
    assert set(METHODS) == set(Method)


@pytest.mark.parametrize(
    ("view", "title"),
    [
        ("scores_by_task", "Match Accuracy by condition"),
        ("scores_heatmap", "Match Accuracy of models and conditions"),
        ("scores_radar_by_task", "Match Accuracy over conditions"),
    ],
)
def test_labels_of_one_task_are_conditions(view: str, title: str) -> None:
    logs = [a_log(run, f"hf/{run}", vis_label=label) for run in "ab" for label in ("calm", "loud", "odd")]
    (step,) = planned({"view": view}, *logs)
    assert isinstance(step, Step)
    assert step.title == title


def test_a_radar_of_one_task_is_told_of_in_the_singular() -> None:
    assert reason({"view": "scores_radar_by_task"}, *TWO_MODELS) == (
        "a radar needs three axes, and this view has 1 task"
    )
