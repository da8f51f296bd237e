"""What a factor does, all else equal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.comparisons.make import ACCURACY, a_side
from tests.make import a_log, a_run, an_estimate, an_experiment
from vizspec.cells.cell import Cell, make_cells
from vizspec.comparisons.effects import LoggedRow, checkpoints, effect, factors
from vizspec.comparisons.measure import Measured, NotReadable
from vizspec.comparisons.record import Effect
from vizspec.estimates.table import Estimate
from vizspec.statistics.method import Method
from vizspec.statistics.newcombe import newcombe_unpaired
from vizspec.statistics.wilson import wilson

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


def nothing(cell: Cell) -> Estimate | None:
    return None


def found(*tasks: str) -> Effect:
    value = effect("prompt", ("direct", "cot"), ACCURACY, cells(*tasks), measure, nothing, 0.95)
    assert isinstance(value, Effect)
    assert value.unpaired is None
    return value


def of_headers(logged: LoggedRow, *tasks: str) -> Effect | str:
    """The effect where no log holds samples."""

    def lacks(cell: Cell) -> NotReadable:
        return NotReadable("holds no samples")

    return effect("prompt", ("direct", "cot"), ACCURACY, cells(*tasks), lacks, logged, 0.95)


def stored(cell: Cell) -> Estimate:
    """34 or 20 of 40, as a log stores it."""
    value = RIGHT[cell.columns["prompt"]] / 40
    lower, upper = wilson(value, 40, 0.95)
    return an_estimate(cell, ACCURACY, value=value, lower=lower, upper=upper, n=40, method=Method.WILSON)


def test_gains_in_several_pairs_are_averaged_within_their_samples() -> None:
    one = found("capitals")
    assert (one.high, one.low, one.pairs, one.tasks, one.n) == ("cot", "direct", 2, 1, 40)
    assert one.value == pytest.approx(14 / 40)
    assert one.lower < one.value < one.upper
    assert one.is_shown


def test_a_pair_of_few_samples_takes_no_samples_from_the_others() -> None:
    def of_part(cell: Cell) -> Measured | str:
        whole = measure(cell)
        assert isinstance(whole, Measured)
        few = {name: value for name, value in whole.known.items() if name in ("capitals0", "capitals39")}
        return a_side(few) if cell.run == "small_direct" else whole

    one = effect("prompt", ("direct", "cot"), ACCURACY, cells("capitals"), of_part, nothing, 0.95)
    assert isinstance(one, Effect)
    assert (one.pairs, one.n) == (2, 40)
    assert one.value == pytest.approx(14 / 40)


def test_tasks_are_independent_samples() -> None:
    one, two = found("capitals"), found("capitals", "rivers")
    assert (two.tasks, two.pairs, two.n) == (2, 4, 80)
    assert two.value == pytest.approx(one.value)
    assert two.upper - two.lower == pytest.approx((one.upper - one.lower) / 2**0.5)


def test_tasks_that_ask_the_same_samples_are_no_further_samples() -> None:
    def asks_alike(cell: Cell) -> Measured | str:
        right = RIGHT[cell.columns["prompt"]]
        return a_side({str(n): float(n < right) for n in range(40)})

    one = found("capitals")
    both = effect(
        "prompt", ("direct", "cot"), ACCURACY, cells("capitals", "in words"), asks_alike, nothing, 0.95
    )
    assert isinstance(both, Effect)
    assert (both.tasks, both.pairs, both.n) == (2, 4, 40)
    assert (both.lower, both.upper) == pytest.approx((one.lower, one.upper))


def test_without_a_pair_there_is_no_effect() -> None:
    alone = [cell for cell in cells("capitals") if cell.columns["prompt"] == "cot"]
    reason = effect("prompt", ("direct", "cot"), ACCURACY, alone, measure, nothing, 0.95)
    assert reason == "no two evaluations on one task differ in it and are alike in all else"


def test_what_a_factor_is_derived_from_differs_with_it() -> None:
    conditions = [("capitals", "plain"), ("capitals", "with leaflet"), ("rivers", "Rivers")]
    logs = [
        a_log(run, "hf/small", task, vis_label=label, location=f"{run}/{label}")
        for run in ("a", "b")
        for task, label in conditions
    ]
    derived = [
        replace(cell, columns={**cell.columns, "leaflet": has, "prompt": "cot" if has else "direct"})
        for cell in make_cells(logs, None)
        for has in [cell.log.vis_label == "with leaflet"]
    ]

    def of(*sources: str) -> Effect | str:
        return effect("leaflet", (False, True), ACCURACY, derived, measure, nothing, 0.95, None, sources)

    assert isinstance(of(), str)
    one = of("vis_label")
    assert isinstance(one, Effect)
    assert (one.pairs, one.value) == (2, pytest.approx(14 / 40))


def test_samples_that_deny_what_the_log_stores_leave_no_effect() -> None:
    reason = effect(
        "prompt", ("direct", "cot"), ACCURACY, cells("capitals"), lambda cell: "is odd", stored, 0.95
    )
    assert reason == "large_cot/eval/capitals/logs/a.eval is odd"


def test_without_samples_the_effect_is_of_what_the_logs_store() -> None:
    one, two = of_headers(stored, "capitals"), of_headers(stored, "capitals", "rivers")
    assert isinstance(one, Effect)
    assert isinstance(two, Effect)
    assert one.unpaired == "large_cot/eval/capitals/logs/a.eval holds no samples"
    assert (one.value, one.pairs, one.tasks, one.n) == (pytest.approx(14 / 40), 2, 1, 40)
    lower, upper = newcombe_unpaired(34, 40, 20, 40, 0.95)
    assert (one.lower, one.upper) == (pytest.approx(lower), pytest.approx(upper))
    assert two.upper - two.lower == pytest.approx((one.upper - one.lower) / 2**0.5), "tasks are independent"


def test_without_samples_and_intervals_the_reason_is_told() -> None:
    reason = of_headers(
        lambda cell: an_estimate(cell, ACCURACY, value=0.5, lower=None, upper=None, note="no interval"),
        "capitals",
    )
    place = "large_cot/eval/capitals/logs/a.eval"
    assert reason == f"{place} holds no samples, and {place}: no interval"


def test_factors_have_two_levels_or_an_order() -> None:
    runs = [a_run(f"r{n}", rank=n) for n in (4, 8, 16)]
    design = an_experiment(runs, variables={"rank": [4, 8, 16], "seed": ["a", "b", "c"]})
    pool = make_cells([a_log(run.name, "x") for run in runs], design)
    assert factors(design.variables, pool) == {"rank": (4, 8, 16)}


def test_checkpoints_are_in_order() -> None:
    assert checkpoints(make_cells([a_log("r", epoch=epoch) for epoch in (2, 0, None)])) == (0, 2)
