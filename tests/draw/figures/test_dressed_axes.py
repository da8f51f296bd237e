"""The ends, ticks and labels of axes as matplotlib shows them."""

from __future__ import annotations

import pytest

from tests.draw.make import one_panel
from vizspec.draw.figures.shapes import figure_of
from vizspec.draw.shapes.model import (
    Axis,
    Panel,
    Shapes,
)


def test_labels_below_an_axis_are_turned_where_they_do_not_fit_beside_each_other() -> None:
    few, many = (tuple(f"a rather long label {n}" for n in range(count)) for count in (3, 30))
    rotations = [
        one_panel(x=Axis(categories=labels)).get_xticklabels()[0].get_rotation() for labels in (few, many)
    ]
    assert rotations == [0, 45]


def test_the_name_of_an_axis_is_broken_where_the_panel_is_narrow() -> None:
    long = Axis("Difference in the accuracy of the models (right: the first is better)")
    panel = Panel((), long, Axis(categories=("a rather long label", "b")))
    assert "\n" in figure_of(Shapes((panel,), height=300), "paper").axes[0].get_xlabel()
    assert "\n" not in figure_of(Shapes((panel,), height=300)).axes[0].get_xlabel()


def test_an_axis_of_large_numbers_or_counts_is_written_so() -> None:
    ax = one_panel(y=Axis(domain=(0, 20_000), format="~s"))
    ax.figure.canvas.draw()
    assert "20k" in [label.get_text() for label in ax.get_yticklabels()]
    counts = one_panel(y=Axis(domain=(0, 3), is_count=True))
    counts.figure.canvas.draw()
    assert [label.get_text() for label in counts.get_yticklabels()] == ["0", "1", "2", "3"]


def test_ticks_of_categories_name_some_of_them_by_their_rank() -> None:
    ax = one_panel(x=Axis(categories=("a", "b", "c"), ticks=((1, "second"),)))
    assert [label.get_text() for label in ax.get_xticklabels()] == ["", "second", ""]


def test_ticks_without_room_beside_each_other_are_thinned() -> None:
    ticks = tuple((float(at), f"a long label {at}") for at in range(40))
    ax = one_panel(x=Axis(domain=(0, 39), ticks=ticks))
    shown = [label.get_text() for label in ax.get_xticklabels()]
    assert shown[0] == "a long label 0"
    assert 2 < len(shown) < 10


@pytest.mark.parametrize(
    ("domain", "written"),
    [
        ((1, 200_000), ["1", "10", "100", "1k", "10k", "100k"]),
        ((0.5, 20), ["0.5", "1", "2", "5", "10", "20"]),
    ],
)
def test_numbers_of_a_log_scale_are_no_formulas(domain: tuple[float, float], written: list[str]) -> None:
    ax = one_panel(x=Axis(domain=domain, scale="log"))
    ax.figure.canvas.draw()
    low, high = domain
    shown = [t.get_text() for t in ax.get_xticklabels() if low <= t.get_position()[0] <= high]
    assert shown == written
    assert [t.get_text() for t in ax.get_xticklabels(minor=True)] == []


def test_numbers_of_an_axis_are_written_in_the_format_that_is_asked_for() -> None:
    ax = one_panel(y=Axis(domain=(0, 1), format=".0%"))
    ax.figure.canvas.draw()
    assert {"0%", "100%"} <= {label.get_text() for label in ax.get_yticklabels()}
