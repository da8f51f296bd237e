"""A model has one colour in all figures, and colours can be told apart."""

from __future__ import annotations

import itertools
import math
from operator import mul

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.draw.palette import (
    DASHES,
    OKABE_ITO,
    PALETTE,
    SYMBOLS,
    VIRIDIS,
    categorical,
    distinct,
    families,
    ordinal,
    sequential,
    shaded,
    symbol_at,
)


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


def test_families_have_a_colour_each_and_go_from_light_to_dark() -> None:
    models = {f"{family}{place}": (family, place) for family in "abcd" for place in (-1, 0, 1, 2)}
    styles = families(models)
    assert len({style.colour for style in styles.values()}) == 16
    for family in "abcd":
        shades = [styles[f"{family}{place}"].colour for place in (-1, 0, 1, 2)]
        brightness = [sum(int(shade[i : i + 2], 16) for i in (1, 3, 5)) for shade in shades]
        assert brightness == sorted(set(brightness), reverse=True)
        assert len({styles[f"{family}{place}"].dash for place in (-1, 0, 1, 2)}) == 1
    assert [styles[f"{family}1"].dash for family in "abcd"] == list(DASHES[:4])


def test_a_single_place_has_a_colour() -> None:
    assert sequential(0, 1) == VIRIDIS[0]


@given(st.integers(1, 60).flatmap(lambda places: st.tuples(st.integers(0, places - 1), st.just(places))))
def test_every_place_has_a_colour(place_of: tuple[int, int]) -> None:
    colour = sequential(*place_of)
    assert len(colour) == 7
    assert int(colour[1:], 16) >= 0


def test_points_of_lines_of_one_dash_have_one_symbol() -> None:
    assert len(SYMBOLS) == len(DASHES)
    styles = list(categorical(range(20)).values())
    assert [style.symbol for style in styles] == [*["circle"] * 7, *["square"] * 7, *["triangle"] * 6]
    assert [symbol_at(place) for place in range(20)] == [style.symbol for style in styles]


SEEN_BY = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopes": ((0.1121, 0.8853, -0.0005), (0.1127, 0.8897, -0.0001), (0.0045, 0.0, 1.0019)),
    "deuteranopes": ((0.2920, 0.7054, -0.0003), (0.2934, 0.7089, 0.0), (-0.0210, 0.0256, 1.0)),
    "tritanopes": ((1.0128, 0.1355, -0.1483), (-0.0124, 0.8681, 0.1443), (0.0759, 0.8050, 0.1191)),
}
"""What eyes make of linear light: Viénot, Brettel and Mollon (1999), Color Research 24:243; the last by the
like projection on one plane."""


OF_FAMILIES = tuple(
    style.colour for style in families({(f, p): (f, p) for f in "abcde" for p in range(4)}).values()
)
"""Five families at four places."""


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize(
    ("colours", "least"),
    [(OKABE_ITO, 10.0), (PALETTE, 5.0), (OF_FAMILIES, 4.5)],
    ids=["the palette", "with its shades", "families"],
)
def test_colours_are_told_apart_by_colour_blind_readers(
    eyes: str, colours: tuple[str, ...], least: float
) -> None:
    """By their distance in CIELAB, of which 2.3 is just seen (Mahy, Van Eycken and Oosterlinck 1994)."""
    seen = [_lab([sum(map(mul, row, _linear(colour))) for row in SEEN_BY[eyes]]) for colour in colours]
    assert min(math.dist(one, other) for one, other in itertools.combinations(seen, 2)) > least


def _linear(colour: str) -> list[float]:
    return [(int(colour[place : place + 2], 16) / 255) ** 2.2 for place in (1, 3, 5)]


def _lab(light: list[float]) -> tuple[float, float, float]:
    """CIELAB of linear sRGB light, with the white of D65."""
    r, g, b = (max(part, 0.0) for part in light)
    x, y, z = (
        _response(part)
        for part in (
            (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
            0.2126 * r + 0.7152 * g + 0.0722 * b,
            (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _response(part: float) -> float:
    return part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116


def test_models_beyond_the_palette_have_its_shades_then_its_colours_again_with_another_dash() -> None:
    styles = list(categorical(range(41)).values())
    assert [style.colour for style in styles] == [*PALETTE, *PALETTE, PALETTE[0]]
    assert len({style.colour for style in styles[:20]}) == 20
    assert len(set(styles)) == 41


def test_a_colour_that_comes_again_is_lighter_then_darker_then_as_it_is() -> None:
    assert shaded(["#0072b2", "#d55e00", *["#0072b2"] * 3]) == (
        "#0072b2",
        "#d55e00",
        "#80b8d8",
        "#003f62",
        "#0072b2",
    )


def test_colours_that_come_again_are_made_new_and_the_others_stay() -> None:
    found = distinct([*OKABE_ITO * 40])
    assert found[:7] == OKABE_ITO
    assert len(set(found)) == len(found)
