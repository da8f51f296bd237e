"""What a factor does, all else equal."""

from __future__ import annotations

import pytest

from tests.comparisons.make import ACCURACY, a_side
from tests.make import a_log, a_run, an_experiment
from vizspec.cells.cell import Cell, make_cells
from vizspec.comparisons.effects import checkpoints, effect, factors
from vizspec.comparisons.measure import Measured
from vizspec.comparisons.record import Effect

DESIGN = an_experiment(
    [
        a_run(f"{model}_{prompt}", model, prompt=prompt)
        for model in ("small", "large")
        for prompt in ("cot", "direct")
    ],
    tasks=("capitals", "rivers"),
    variables={"prompt": ["direct", "cot"]},
)
RIGHT = {"cot": 34, "direct": 20}


def cells(*tasks: str) -> tuple[Cell, ...]:
    return make_cells([a_log(run.name, "x", task) for task in tasks for run in DESIGN.runs], DESIGN)


def measure(cell: Cell) -> Measured | str:
    right = RIGHT[cell.columns["prompt"]]
    return a_side({f"{cell.task}{n}": float(n < right) for n in range(40)})


def found(*tasks: str) -> Effect:
    told = effect("prompt", ("direct", "cot"), ACCURACY, cells(*tasks), measure, 0.95)
    assert told is not None
    return told


def test_gains_in_several_pairs_are_averaged_within_their_samples() -> None:
    one = found("capitals")
    assert (one.high, one.low, one.pairs, one.tasks, one.n) == ("cot", "direct", 2, 1, 40)
    assert one.value == pytest.approx(14 / 40)
    assert one.lower < one.value < one.upper
    assert one.is_shown


def test_tasks_are_independent_samples() -> None:
    one, two = found("capitals"), found("capitals", "rivers")
    assert (two.tasks, two.pairs, two.n) == (2, 4, 80)
    assert two.value == pytest.approx(one.value)
    assert two.upper - two.lower == pytest.approx((one.upper - one.lower) / 2**0.5)


def test_without_a_pair_there_is_no_effect() -> None:
    alone = [cell for cell in cells("capitals") if cell.columns["prompt"] == "cot"]
    assert effect("prompt", ("direct", "cot"), ACCURACY, alone, measure, 0.95) is None
    told = effect("prompt", ("direct", "cot"), ACCURACY, cells("capitals"), lambda cell: "is empty", 0.95)
    assert told is None


def test_factors_have_two_levels_or_an_order() -> None:
    runs = [a_run(f"r{n}", rank=n) for n in (4, 8, 16)]
    design = an_experiment(runs, variables={"rank": [4, 8, 16], "seed": ["a", "b", "c"]})
    pool = make_cells([a_log(run.name, "x") for run in runs], design)
    assert factors(design.variables, pool) == {"rank": (4, 8, 16)}


def test_checkpoints_are_in_order() -> None:
    assert checkpoints(make_cells([a_log("r", epoch=epoch) for epoch in (2, 0, None)])) == (0, 2)
