"""The shape of an experiment: what its design and its logs tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.make import a_log, a_run, a_score, an_experiment, some_facts
from vizspec.init.shape import Shape, shape_of_design, shape_of_facts
from vizspec.init.suggest import suggest


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


def test_the_design_tells_models_tasks_factors_and_scorers() -> None:
    design = an_experiment(
        [a_run("r4"), a_run("r8")], ["a", "b"], variables={"balanced": [True, False]}, scorers=["risk_scorer"]
    )
    shape = Shape(2, 2, ("balanced",), True, True, True, True, switches=("balanced",), base_models=1)
    assert shape_of_design(design, has_compute=True) == shape


def test_fine_tuned_runs_of_one_model_are_models_of_their_own() -> None:
    design = an_experiment([a_run("r4"), a_run("r8"), a_run("base", kind="control")])
    assert shape_of_design(design, has_compute=False).models == 3


def test_a_design_that_names_no_model_counts_none() -> None:
    assert suggest(Shape(0, 0))[0].why == "the scores of each model in each task"


def test_a_design_with_a_regression_scorer_only_has_no_accuracy() -> None:
    shape = shape_of_design(an_experiment(scorers=["continuous_scorer"]), has_compute=False)
    assert (shape.has_accuracy, shape.has_supplementary, shape.has_risk) == (False, True, False)


@pytest.mark.parametrize("scorer", ["risk_scorer", "numeric_risk_scorer", "reasoning_risk_scorer"])
def test_a_design_with_a_scorer_of_risk_wants_the_views_of_risk(scorer: str) -> None:
    shape = shape_of_design(an_experiment(scorers=[scorer]), has_compute=False)
    assert (shape.has_supplementary, shape.has_risk) == (True, True)


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
