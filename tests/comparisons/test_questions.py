"""What is compared with what: evaluations that differ in one thing, all else held equal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.make import a_log, a_run, an_experiment
from vizspec.cells.cell import Cell, make_cells
from vizspec.comparisons.questions import MOST_PAIRS, Asked, Pairs, groups_of, held_equal, is_level
from vizspec.expressions import ExpressionError
from vizspec.logs.record import Dataset

DESIGN = an_experiment(
    [
        a_run("small_cot", "small", prompt="cot"),
        a_run("small_direct", "small", prompt="direct"),
        a_run("large_cot", "large", prompt="cot"),
        a_run("large_direct", "large", prompt="direct"),
    ],
    tasks=("capitals", "rivers"),
    variables={"prompt": ["cot", "direct"]},
)


def cells(
    *runs: str, tasks: tuple[str, ...] = ("capitals",), epochs: tuple[Any, ...] = (None,)
) -> tuple[Cell, ...]:
    names = runs or tuple(run.name for run in DESIGN.runs)
    logs = [a_log(run, "x", task, epoch=epoch) for task in tasks for run in names for epoch in epochs]
    return make_cells(logs, DESIGN)


def names_of(found: Pairs) -> dict[str, list[str]]:
    return {
        group.name: [f"{group.names[a]} - {group.names[b]}" for a, b in group.pairs] for group in found.groups
    }


def asked(*among: str, **named: Any) -> Asked:
    return Asked("match/accuracy", among, **named)


def test_everything_else_is_held_equal() -> None:
    found = groups_of(asked("prompt"), cells(tasks=("capitals", "rivers")))
    assert names_of(found) == {
        "capitals, small": ["cot - direct"],
        "capitals, large": ["cot - direct"],
        "rivers, small": ["cot - direct"],
        "rivers, large": ["cot - direct"],
    }


def test_what_the_compared_column_determines_is_not_held() -> None:
    assert held_equal(cells(), ["run"]) == ("task",)
    assert set(held_equal(cells(), ["prompt"])) == {"task", "model", "run.model"}


def test_a_label_that_only_names_the_run_is_not_held() -> None:
    pool = make_cells([a_log(run.name, "x", vis_label=f"{run.name}!") for run in DESIGN.runs], DESIGN)
    pairs = [pair for group in groups_of(asked("prompt"), pool).groups for pair in group.pairs]
    assert [(a.run, b.run) for a, b in pairs] == [
        ("small_cot", "small_direct"),
        ("large_cot", "large_direct"),
    ]


def test_a_label_that_names_the_task_names_the_group() -> None:
    logs = [a_log(run.name, "x", task, vis_label=f"The {task}") for run in DESIGN.runs for task in ("a", "b")]
    groups = groups_of(asked("model"), make_cells(logs, DESIGN)).groups
    assert {group.name.split(",")[0] for group in groups} == {"The a", "The b"}


def test_a_label_of_a_condition_is_held() -> None:
    labels = ("plain", "hinted")
    pool = make_cells(
        [a_log(run.name, "x", vis_label=label) for run in DESIGN.runs for label in labels], DESIGN
    )
    pairs = [pair for group in groups_of(asked("prompt"), pool).groups for pair in group.pairs]
    assert len(pairs) == 4
    assert all(a.vis_label == b.vis_label for a, b in pairs)


def test_runs_on_different_tasks_are_not_compared() -> None:
    pool = (*cells("small_cot"), *cells("large_cot", tasks=("rivers",)))
    assert groups_of(asked("run"), pool).groups == ()


def test_runs_are_compared_with_all_that_makes_them() -> None:
    assert names_of(groups_of(asked("run"), cells("small_cot", "large_direct"))) == {
        "": ["small_cot - large_direct"]
    }


def test_models_are_compared_within_each_level_of_the_other_variables() -> None:
    assert names_of(groups_of(asked("model"), cells())) == {
        "prompt cot": ["small - large"],
        "prompt direct": ["small - large"],
    }


def test_checkpoints_are_compared_within_their_run_the_later_less_the_earlier() -> None:
    found = groups_of(asked("epoch"), cells("small_cot", "large_cot", epochs=(0, 1)))
    assert names_of(found) == {"small_cot": ["epoch 1 - epoch 0"], "large_cot": ["epoch 1 - epoch 0"]}


def test_checkpoints_of_runs_are_held_equal_where_there_are_several() -> None:
    found = groups_of(asked("model"), cells("small_cot", "large_cot", epochs=(0, 1)))
    assert names_of(found) == {"epoch 0": ["small - large"], "epoch 1": ["small - large"]}


def test_a_baseline_is_compared_with_all_others() -> None:
    found = groups_of(asked("run", to=(("run", "small_cot"),)), cells())
    assert names_of(found) == {
        "": ["small_direct - small_cot", "large_cot - small_cot", "large_direct - small_cot"]
    }


def test_a_group_without_the_baseline_is_told() -> None:
    pool = (*cells(), *cells("large_cot", "large_direct", tasks=("rivers",)))
    found = groups_of(asked("run", to=(("run", "small_cot"),)), pool)
    assert found.left_out == ("rivers: no evaluation is the baseline (run small_cot)",)


def test_two_baselines_are_told() -> None:
    found = groups_of(asked("run", "prompt", to=(("prompt", "cot"),)), cells())
    assert found.groups == ()
    assert found.left_out[0].startswith("2 evaluations are the baseline (small_cot/eval/")


def test_what_is_held_equal_may_be_named() -> None:
    found = groups_of(asked("model", within=("task",)), cells())
    assert names_of(found) == {
        "": [
            "small (cot) - large (cot)",
            "small (cot) - large (direct)",
            "small (direct) - large (cot)",
            "small (direct) - large (direct)",
        ]
    }


def test_a_filter_leaves_out_evaluations() -> None:
    found = groups_of(asked("run", where="prompt == 'cot'"), cells())
    assert names_of(found) == {"": ["small_cot - large_cot"]}
    with pytest.raises(ExpressionError):
        groups_of(asked("run", where="prompt +"), cells())


def test_without_a_pair_the_reason_is_told() -> None:
    assert groups_of(asked("run"), cells("small_cot")).left_out == (
        "no two evaluations differ in run and are alike in task",
    )


def test_too_many_pairs_ask_for_a_baseline() -> None:
    pool = make_cells([a_log(f"r{n}") for n in range(21)])
    assert MOST_PAIRS == 190
    assert groups_of(asked("run"), pool).left_out == ("21 evaluations make 210 pairs: name a baseline",)


def test_a_level_is_found_however_it_is_spelled() -> None:
    (cell,) = make_cells([a_log("r4", vis_label="16", epoch=1)])
    assert is_level(cell, {"epoch": "1", "vis_label": 16, "task": "16", "run": ("r8", "r4")})
    assert not is_level(cell, {"epoch": 0})
    assert not is_level(cell, {"lora_rank": 4})


def test_evaluations_on_different_data_sets_are_not_compared_unless_these_are() -> None:
    logs = [
        a_log("small_cot", "x", dataset=Dataset("old")),
        a_log("large_cot", "x", dataset=Dataset("old")),
        a_log("small_direct", "x", dataset=Dataset("new")),
        a_log("large_direct", "x", dataset=Dataset("new")),
    ]
    pool = make_cells(logs, DESIGN)
    assert names_of(groups_of(asked("run", within=("task",)), pool)) == {
        "capitals (old)": ["small_cot - large_cot"],
        "capitals (new)": ["small_direct - large_direct"],
    }
    (group,) = groups_of(asked("dataset", within=("task",)), pool).groups
    assert len(group.pairs) == 4


def test_evaluations_on_different_tasks_are_not_compared_whatever_is_held_equal() -> None:
    pool = (*cells("small_cot"), *cells("large_cot", tasks=("rivers",)))
    assert groups_of(asked("run", within=("prompt",)), pool).groups == ()
