"""The spec that `init` suggests: which views suit which experiment, whatever its names are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import a_log, a_run, a_score, an_experiment, some_facts
from vizspec.experiment.model import MatrixRow
from vizspec.init.suggest import Shape, flow, shape_of_design, shape_of_facts, starter, suggest
from vizspec.parsing.yaml_source import parse
from vizspec.spec.model import Spec

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = TEXTS | st.booleans() | st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)


def views(shape: Shape) -> list[str]:
    return [suggestion.view for suggestion in suggest(shape)]


def spec_of(shape: Shape, **named: Any) -> Spec:
    given: dict[str, Any] = {"name": "caps", "experiment": None, "logs": None, "schema": "s.json", **named}
    return Spec.model_validate(parse(starter(suggest(shape), **given), one_dialect=True).data)


@given(VALUES | st.lists(VALUES | st.lists(VALUES, max_size=2), max_size=3))
def test_flow_style_gives_back_the_same_value_on_one_line(value: Any) -> None:
    text = flow(value)
    assert yaml.safe_load(f"key: {text}") == {"key": value}
    assert len(text.splitlines()) <= 1


@given(TEXTS)
def test_a_text_in_flow_style_is_a_text_to_every_reader(text: str) -> None:
    assert parse(f"- [{flow(text)}, end]", one_dialect=True, mapping=False).data == [[text, "end"]]


@pytest.mark.parametrize("text", ["yes", "1e-5", "12:30", "0o7", "null", "", " a", "a: b", "# no", "{run}"])
def test_texts_that_could_be_something_else_are_quoted(text: str) -> None:
    assert flow(text) == f'"{text}"'


def test_plain_words_stay_plain() -> None:
    assert flow(["accuracy", 10, True]) == "[accuracy, 10, true]"


def test_several_models_and_tasks_get_bars_a_heatmap_and_a_radar() -> None:
    assert views(Shape(3, 3)) == ["scores_by_task", "scores_heatmap", "scores_radar_by_task"]


def test_several_checkpoints_get_a_learning_curve_and_a_sweep_its_lines() -> None:
    entries = [dict(s.fields) for s in suggest(Shape(2, 1, has_checkpoints=True, sweeps=("size",)))]
    curve, sweep = [entry for entry in entries if entry["view"] == "scores_by_variable"]
    assert (curve["x"], curve["epochs"]) == ("epoch", "all")
    assert sweep["x"] == "size"


def test_checkpoints_and_sweeps_are_seen_in_the_design_and_in_the_logs() -> None:
    design = an_experiment(epochs=(0, 1), variables={"size": [10, 20, 40], "kind": ["a", "b", "c"]})
    assert shape_of_design(design, has_compute=False).has_checkpoints
    assert shape_of_design(design, has_compute=False).sweeps == ("size",)
    logs = [
        a_log("a", epoch=at, generate={"temperature": heat}, location=f"a/{at}{heat}.eval")
        for at in (0, 1)
        for heat in (0.0, 0.5, 1.0)
    ]
    shape = shape_of_facts(some_facts(logs), has_compute=False)
    assert shape.has_checkpoints
    assert [name for name in shape.sweeps if "temperature" in name]


def test_evaluations_with_limits_get_success_by_limit() -> None:
    shape = shape_of_facts(some_facts([a_log("a", limits={"message_limit": 30})]), has_compute=False)
    assert {"scores_by_limit", "sample_tool_calls"} <= set(views(shape))
    assert "scores_by_limit" not in views(shape_of_facts(some_facts([a_log("a")]), has_compute=False))


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


def test_the_design_tells_models_tasks_factors_and_scorers() -> None:
    design = an_experiment(
        [a_run("r4"), a_run("r8")], ["a", "b"], variables={"balanced": [True, False]}, scorers=["risk_scorer"]
    )
    told = Shape(2, 2, ("balanced",), True, True, True, True, switches=("balanced",), base_models=1)
    assert shape_of_design(design, has_compute=True) == told


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


def test_fine_tuned_runs_of_one_model_are_models_of_their_own() -> None:
    design = an_experiment([a_run("r4"), a_run("r8"), a_run("base", kind="control")])
    assert shape_of_design(design, has_compute=False).models == 3


def test_a_factor_that_is_true_or_false_says_what_its_levels_mean() -> None:
    shape = Shape(2, 1, ("task_args.is_balanced", "size"), switches=("task_args.is_balanced",))
    lines = [s.line for s in suggest(shape) if s.view == "scores_by_factor"]
    assert ['labels: ["not balanced", balanced]' in line for line in lines] == [True, False]
    spec_of(shape)


def test_a_design_that_names_no_model_counts_none() -> None:
    assert suggest(Shape(0, 0))[0].why == "the scores of each model in each task"


def test_a_design_with_a_regression_scorer_only_has_no_accuracy() -> None:
    shape = shape_of_design(an_experiment(scorers=["continuous_scorer"]), has_compute=False)
    assert (shape.has_accuracy, shape.has_supplementary, shape.has_risk) == (False, True, False)


def test_the_logs_tell_the_metrics() -> None:
    logs = [a_log("r4", scores=[a_score("risk_scorer", metrics={"auc_score": 0.9})])]
    assert shape_of_facts(some_facts(logs), has_compute=False) == Shape(
        1, 1, (), False, True, True, base_models=1
    )


def test_logs_that_are_still_to_come_count_as_planned() -> None:
    design = an_experiment(["r4", "r8"], ["a", "b", "c"])
    shape = shape_of_facts(some_facts([a_log("r4", task="a")], design), has_compute=False)
    assert (shape.models, shape.tasks) == (2, 3)


def test_without_a_design_a_task_argument_that_is_on_or_off_is_a_factor() -> None:
    logs = [
        a_log("a", task_args={"hint": True, "shots": 1, "seed": "x"}),
        a_log("b", task_args={"hint": False, "shots": 5, "seed": "x"}),
    ]
    assert shape_of_facts(some_facts(logs), has_compute=False).factors == ()
    logs = [replace(log, model="hf/1B") for log in logs]
    assert shape_of_facts(some_facts(logs), has_compute=False).factors == ("task_args.hint",)
    assert shape_of_facts(some_facts(logs, an_experiment(["a", "b"])), has_compute=False).factors == ()


def test_a_task_argument_that_some_logs_lack_is_no_factor() -> None:
    logs = [a_log("a", "hf/1B", task_args={"epochs": 1}), a_log("b", "hf/1B", task="rivers")]
    assert shape_of_facts(some_facts(logs), has_compute=False).factors == ()


@settings(max_examples=25)
@given(st.lists(TEXTS, max_size=2, unique=True), TEXTS, st.lists(TEXTS, min_size=1, max_size=2))
def test_any_names_give_a_spec_that_means_them(factors: list[str], experiment: str, logs: list[str]) -> None:
    shape = Shape(2, 1, tuple(factors), has_risk=True, has_compute=True)
    spec = spec_of(shape, experiment=experiment or "x", logs=logs)
    assert (spec.experiment, spec.data.logs) == (experiment or "x", tuple(logs))
    assert [entry.factor for entry in spec.views if hasattr(entry, "factor")] == factors


def test_the_text_is_commented_and_names_its_schema() -> None:
    text = starter(suggest(Shape(2, 1)), name="caps", experiment="e.yaml", logs=None, schema="schemas/a.json")
    assert text.startswith("# yaml-language-server: $schema=schemas/a.json\n")
    assert "  # 2 models × 1 task\n  - {view: scores_by_task, metrics: accuracy}\n" in text
    assert text.endswith("\n")
