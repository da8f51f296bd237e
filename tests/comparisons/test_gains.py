"""Contrasts of more than two evaluations."""

from __future__ import annotations

import pytest

from tests.comparisons.make import a_side
from vizspec.comparisons.gains import NO_AREAS, TOO_FEW, of_gains, slope
from vizspec.statistics.contrasts import Difference

HIGH, MIDDLE, LOW = [1] * 30 + [0] * 10, [1] * 20 + [0] * 20, [1] * 10 + [0] * 30


def difference(found: Difference | str) -> Difference:
    assert isinstance(found, Difference), found
    return found


def test_gains_on_the_same_samples() -> None:
    found = difference(of_gains([a_side(HIGH), a_side(LOW), a_side(HIGH), a_side(MIDDLE)], 0.95))
    assert (found.value, found.method, found.n) == (pytest.approx(0.25), "half-observation", 40)


def test_gains_on_two_sets_of_samples() -> None:
    other = {f"x{n}": value for n, value in enumerate(HIGH)}
    fourth = {f"x{n}": value for n, value in enumerate(MIDDLE)}
    found = difference(of_gains([a_side(HIGH), a_side(LOW), a_side(other), a_side(fourth)], 0.95))
    assert (found.value, found.method, found.n) == (pytest.approx(0.25), "welch", 80)


def test_pairs_that_share_too_few_samples_have_no_gain() -> None:
    found = of_gains([a_side({"a": 1.0}), a_side({"b": 1.0}), a_side({"c": 1.0}), a_side({"d": 1.0})], 0.95)
    assert found == TOO_FEW


def test_a_slope_is_per_unit_of_numbers_and_of_places_else() -> None:
    sides = [a_side(LOW), a_side(MIDDLE), a_side(HIGH)]
    assert difference(slope(sides, [100, 200, 300], 0.95)).value == pytest.approx(0.0025)
    assert difference(slope(sides, ["low", "medium", "high"], 0.95)).value == pytest.approx(0.25)


def test_a_slope_over_different_samples() -> None:
    sides = [a_side({f"{name}{n}": value for n, value in enumerate(HIGH)}) for name in "ab"]
    assert difference(slope(sides, [0, 1], 0.95)).method == "welch"


def test_what_cannot_be_told() -> None:
    assert of_gains([a_side(HIGH), "holds no samples", a_side(HIGH), a_side(LOW)], 0.95) == (
        "a log holds no samples"
    )
    area = a_side([0.1, 0.9], truth={"1": 0, "2": 1})
    assert slope([area, area], [0, 1], 0.95) == NO_AREAS
