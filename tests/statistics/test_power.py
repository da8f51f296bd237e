"""Numbers of samples, as published tables and exact distributions have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.statistics.power import (
    detectable_difference,
    detectable_mean,
    pairs_needed,
    pairs_needed_not_worse,
    pairs_needed_same,
    samples_needed,
    share_needed,
)


@pytest.mark.parametrize(
    ("difference", "discordance", "n"),
    [(0.05, 0.1, 312), (0.05, 0.2, 626), (0.02, 0.1, 1960), (0.02, 0.2, 3923), (-0.05, 0.1, 312)],
)
def test_pairs_that_show_a_difference(difference: float, discordance: float, n: int) -> None:
    assert pairs_needed(difference, discordance) == n


@pytest.mark.parametrize(("difference", "discordance"), [(0.0, 0.1), (0.2, 0.1)])
def test_no_number_of_pairs_shows_what_is_not_there(difference: float, discordance: float) -> None:
    assert pairs_needed(difference, discordance) is None


def test_pairs_that_show_no_loss_and_pairs_that_show_no_difference() -> None:
    assert [pairs_needed_not_worse(0.03, discordance) for discordance in (0.1, 0.2)] == [873, 1745]
    assert [pairs_needed_same(0.05, discordance) for discordance in (0.1, 0.2)] == [421, 841]
    assert pairs_needed_not_worse(0.03, 0.1, difference=-0.03) is None


def test_what_a_number_of_pairs_can_show() -> None:
    found = [detectable_difference(n, 0.1) for n in (100, 500, 2000)]
    assert found == pytest.approx([0.088, 0.040, 0.020], abs=5e-4)
    assert detectable_difference(40, 0.1) is None
    assert detectable_difference(40, 0.0) is None


@given(st.integers(50, 5000), st.floats(0.05, 0.9))
def test_the_detectable_difference_needs_just_so_many_pairs(n: int, discordance: float) -> None:
    difference = detectable_difference(n, discordance)
    if difference is not None:
        needed = pairs_needed(difference, discordance)
        assert needed is not None
        assert abs(needed - n) <= 1


def test_a_share_is_shown_to_be_above_a_boundary_as_often_as_the_binomial_says() -> None:
    assert share_needed(0.8, 0.9) == 100
    assert share_needed(0.2, 0.1) == 100
    assert share_needed(0.8, 0.8) is None


def test_a_mean_beside_a_boundary() -> None:
    needed = samples_needed(0.1, 0.5)
    assert needed == 197
    assert detectable_mean(needed, 0.5) == pytest.approx(0.1, abs=1e-3)
    assert samples_needed(0.0, 0.5) is None


def test_more_power_needs_more_samples() -> None:
    needed = [samples_needed(0.1, 0.5, power=power) or 0 for power in (0.3, 0.5, 0.8, 0.95)]
    assert needed == sorted(needed)
    assert len(set(needed)) == 4


@pytest.mark.parametrize("power", [0.0, 1.0])
def test_certainty_is_no_power(power: float) -> None:
    with pytest.raises(ValueError, match="lies between 0 and 1"):
        pairs_needed(0.1, 0.2, power=power)
