"""What a header tells of how its evaluation was set up."""

from __future__ import annotations

from typing import Any

import msgspec

from vizspec.logs.header import Header
from vizspec.logs.record import Dataset, Setup
from vizspec.logs.setup import hash_of_ids, setup_of

NEEDED = {"created": "2026-01-29T10:00:00Z", "task": "income", "model": "hf/1B"}


def setup(plan: dict[str, Any] | None = None, **spec: Any) -> Setup:
    return setup_of(msgspec.convert({"version": 2, "eval": NEEDED | spec, "plan": plan}, Header))


def test_a_header_tells_all_that_may_change_a_score() -> None:
    found = setup(
        task="evals/income_Plain",
        task_registry_name="evals/income",
        task_file="tasks/income.py",
        task_version=2,
        task_args={"hint": True, "style": "terse"},
        task_args_passed={"hint": True},
        dataset={"name": "acs", "location": "org/acs", "samples": 500, "sample_ids": [2, 1]},
        solver="basic_agent",
        solver_args={"max_attempts": 3, "tools": None},
        model_args={"revision": "a"},
        model_generate_config={"reasoning_effort": "low", "seed": None},
        model_roles={"grader": {"model": "openai/gpt"}},
        config={"epochs": 2, "epochs_reducer": ["max"], "limit": 10},
        tags=["final"],
    )
    assert found == Setup(
        registered="income",
        package="evals",
        task_name="evals/income_Plain",
        task_file="tasks/income.py",
        task_version="2",
        passed=frozenset({"hint"}),
        dataset=Dataset("acs", "org/acs", 500, hash_of_ids([1, 2])),
        solver="basic_agent",
        solver_args={"max_attempts": 3},
        model_args={"revision": "a"},
        generate={"reasoning_effort": "low"},
        model_roles={"grader": {"model": "openai/gpt"}},
        limits={"limit": 10},
        reducers=("max",),
        tags=("final",),
    )


def test_a_header_that_tells_nothing_is_no_error() -> None:
    assert setup() == Setup(task_name="income")


def test_a_package_before_the_name_is_that_of_the_task() -> None:
    assert (setup(task="inspect_evals/mmlu").package, setup(task="mmlu").package) == ("inspect_evals", None)


def test_shapes_that_are_not_known_count_as_not_told() -> None:
    odd = setup(solver=["a"], model_args="x", model_generate_config=[], tags={"a": 1}, task_version=True)
    assert odd == Setup(task_name="income")


def test_the_tasks_own_solvers_stand_where_none_was_chosen() -> None:
    chain = {"steps": [{"solver": "inspect_ai/system_message"}, {"solver": "generate"}, {}]}
    assert setup(chain).solver == "system_message, generate"
    assert setup(chain, solver="react").solver == "react"


def test_the_arguments_of_the_tasks_own_solvers_and_scorers_are_told() -> None:
    steps = [
        {"solver": "inspect_ai/system_message", "params": {"template": "Be brief."}},
        {"solver": "generate", "params": {"tool_calls": "loop", "cache": None}, "params_passed": {}},
        {"solver": "system_message", "params": {"template": "Think."}},
    ]
    scorers = [{"name": "match", "options": {"location": "begin"}}, {"name": "includes", "options": {}}]
    found = setup({"steps": steps}, scorers=scorers)
    assert found.step_args == {"system_message.template": "Be brief.", "system_message2.template": "Think."}
    assert found.scorer_args == {"match.location": "begin"}
    assert setup({"steps": steps}, solver="react").step_args == {}


def test_older_logs_tell_the_arguments_of_scorers_beside_their_results() -> None:
    scores = [{"name": "match", "scorer": "match", "params": {"location": "begin"}, "metrics": {}}]
    header = msgspec.convert({"version": 2, "eval": NEEDED, "results": {"scores": scores}}, Header)
    assert setup_of(header).scorer_args == {"match.location": "begin"}


def test_the_plans_generation_settings_stand_where_the_models_say_nothing() -> None:
    plan = {"config": {"temperature": 0.5, "top_p": 0.9}}
    assert setup(plan, model_generate_config={"temperature": 1.0}).generate == {
        "temperature": 1.0,
        "top_p": 0.9,
    }


def test_a_reducer_counts_only_where_samples_were_repeated() -> None:
    assert setup(config={"epochs": 1, "epochs_reducer": ["max"]}).reducers == ()
    assert setup(config={"epochs": 3}).reducers == ("mean",)


def test_ids_in_another_order_are_the_same_samples() -> None:
    assert hash_of_ids([1, "b"]) == hash_of_ids(["b", "1"])
    assert hash_of_ids(["a"]) != hash_of_ids(["b"])
    assert hash_of_ids([]) is hash_of_ids(None) is None
