"""The colours of values in plots."""

from __future__ import annotations

import pytest

from vizspec.draw.shapes.plots.colours import OBSERVABLE, colours_of, is_scheme


def test_categories_without_a_range_have_the_colours_of_the_page_in_their_order() -> None:
    found = colours_of(["b", "a", None], {}, "")
    assert [found.of(value) for value in ("a", "b", "c")] == [OBSERVABLE[0], OBSERVABLE[1], None]


def test_numbers_as_categories_are_one_colour_each() -> None:
    found = colours_of([2, 1, 2], {"color_scale": "categorical", "color_scheme": "category10"}, "")
    assert (found.of(1), found.of(2)) == ("#1f77b4", "#ff7f0e")
    assert [key.label for key in found.keys] == ["1", "2"]


@pytest.mark.parametrize(
    ("scheme", "low", "high"),
    [("blues", "#f7fbff", "#08306b"), ("rdbu", "#67001f", "#053061"), ("burd", "#053061", "#67001f")],
)
def test_schemes_of_colorbrewer_run_from_their_first_colour_to_their_last(
    scheme: str, low: str, high: str
) -> None:
    found = colours_of([0, 10], {"color_scheme": scheme}, "")
    assert (found.of(0), found.of(10)) == (low, high)


def test_a_range_of_numbers_runs_from_one_colour_to_the_other() -> None:
    found = colours_of([0, 10], {"color_range": ("#000000", "#ffffff"), "color_domain": (0, 20)}, "")
    assert (found.of(0), found.of(30)) == ("#000000", "#ffffff")
    assert found.of(10) in ("#7f7f7f", "#808080")


def test_on_a_log_scale_a_power_is_a_step_and_0_has_no_colour() -> None:
    found = colours_of([1, 100], {"color_scale": "log", "color_range": ("#000000", "#ffffff")}, "")
    assert found.of(10) in ("#7f7f7f", "#808080")
    assert found.of(0) is None
    assert found.scale is not None
    assert found.scale.scale == "log"


def test_values_that_are_all_alike_have_the_colour_in_the_middle() -> None:
    found = colours_of([5, 5], {"color_range": ("#000000", "#ffffff")}, "")
    assert found.of(5) in ("#7f7f7f", "#808080")


def test_schemes_are_named_as_pages_name_them() -> None:
    assert is_scheme("YlGnBu")
    assert is_scheme("viridis")
    assert not is_scheme("sinebow")
