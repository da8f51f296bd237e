"""A model has one colour in all figures, and colours can be told apart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.draw.palette import OKABE_ITO, VIRIDIS, categorical, distinct, ordinal, sequential


def test_a_model_s_colour_hangs_on_its_place_among_all_models() -> None:
    styles = categorical(["a", "b", "c"])
    assert [styles[name].colour for name in "abc"] == list(OKABE_ITO[:3])
    assert categorical(["a", "b", "c", "d"])["c"] == styles["c"]


def test_a_model_named_twice_has_one_colour() -> None:
    assert list(categorical(["a", "b", "a"])) == ["a", "b"]


def test_models_beyond_the_palette_differ_by_their_dash() -> None:
    styles = categorical([str(number) for number in range(28)])
    assert len(set(styles.values())) == 28


def test_an_ordered_variable_goes_from_dark_to_light() -> None:
    styles = ordinal({"8B": 2, "1B": 0, "3B": 1})
    brightness = [
        sum(int(styles[name].colour[i : i + 2], 16) for i in (1, 3, 5)) for name in ("1B", "3B", "8B")
    ]
    assert brightness == sorted(brightness)
    assert styles["1B"].colour == VIRIDIS[0]


def test_models_of_one_rank_share_the_colour_and_differ_by_their_dash() -> None:
    styles = ordinal({"base 1B": 0, "tuned 1B": 0, "tuned 3B": 1})
    assert styles["base 1B"].colour == styles["tuned 1B"].colour
    assert styles["base 1B"].dash != styles["tuned 1B"].dash


def test_a_single_place_has_a_colour() -> None:
    assert sequential(0, 1) == VIRIDIS[0]


@given(st.integers(1, 60).flatmap(lambda places: st.tuples(st.integers(0, places - 1), st.just(places))))
def test_every_place_has_a_colour(place_of: tuple[int, int]) -> None:
    colour = sequential(*place_of)
    assert len(colour) == 7
    assert int(colour[1:], 16) >= 0


@pytest.mark.parametrize("matrix", ["deuteranopia", "protanopia"])
def test_the_palette_is_told_apart_by_colour_blind_readers(matrix: str) -> None:
    """Simulated in linear light by Viénot, Brettel and Mollon (1999), Color Research 24:243."""
    rows = {
        "protanopia": ((0.1121, 0.8853, -0.0005), (0.1127, 0.8897, -0.0001), (0.0045, 0.0, 1.0019)),
        "deuteranopia": ((0.2920, 0.7054, -0.0003), (0.2934, 0.7089, 0.0), (-0.0210, 0.0256, 1.0)),
    }[matrix]
    linear = [[(int(c[i : i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5)] for c in OKABE_ITO]
    seen = [
        [max(sum(w * v for w, v in zip(row, light, strict=True)), 0) ** (1 / 2.2) for row in rows]
        for light in linear
    ]
    distances = [
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for one, other in itertools.combinations(seen, 2)
    ]
    assert min(distances) > 0.12


def test_colours_that_come_again_are_made_new_and_the_others_stay() -> None:
    found = distinct([*OKABE_ITO * 40])
    assert found[:7] == OKABE_ITO
    assert len(set(found)) == len(found)
