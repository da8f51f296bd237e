"""Figures that matplotlib draws show what the charts do: the same numbers, colours, order and labels."""

from __future__ import annotations

from typing import Any

import pytest

from tests.make import a_log, a_score
from tests.views.test_views import THREE_TASKS, TWO_MODELS, planned
from vizspec.draw.charts.inspectviz import NOISE_COLOUR
from vizspec.draw.palette import OKABE_ITO, blue
from vizspec.draw.shapes.model import Bars, Cells, Points, Shapes, Ticks, Whiskers
from vizspec.plan.plan import Step
from vizspec.views import KINDS
from vizspec.views.base import DRAWN_FORMATS, IMAGE_FORMATS


def shapes(entry: dict[str, Any], *logs: Any) -> Shapes:
    """The shapes of the one output of an entry."""
    (step,) = planned(entry, *logs)
    assert isinstance(step, Step)
    of = KINDS[step.view].shapes
    assert of is not None
    return of(step.content)


def marks(drawn: Shapes, kind: type) -> list[Any]:
    return [mark for panel in drawn.panels for mark in panel.marks if isinstance(mark, kind)]


@pytest.mark.parametrize("view", KINDS)
def test_a_view_with_shapes_is_written_in_every_format(view: str) -> None:
    kind = KINDS[view]
    wanted = DRAWN_FORMATS if kind.function is not None else IMAGE_FORMATS
    assert (set(wanted) <= set(kind.formats)) == (kind.shapes is not None or kind.function is None)


def test_bars_by_task_are_those_of_the_rows_a_colour_a_model() -> None:
    drawn = shapes({"view": "scores_by_task"}, *THREE_TASKS)
    first, second = marks(drawn, Bars)
    assert (first.at, first.values) == (("capitals", "lakes", "rivers"), (0.5, 1.0, 0.25))
    assert (first.slot, second.slot) == ((0, 2), (1, 2))
    assert [(key.label, key.colour) for key in drawn.legend] == [("1B", OKABE_ITO[0]), ("3B", OKABE_ITO[1])]
    assert drawn.panels[0].x.categories == ("capitals", "lakes", "rivers")
    assert drawn.panels[0].y.domain == (0, 1)


def test_whiskers_are_the_intervals_of_the_estimates() -> None:
    (step,) = planned({"view": "scores_by_task"}, *TWO_MODELS)
    assert isinstance(step, Step)
    found = marks(shapes({"view": "scores_by_task"}, *TWO_MODELS), Whiskers)
    assert [(one.lower, one.upper) for one in found] == [((r.lower,), (r.upper,)) for r in step.content.rows]


def test_errors_have_a_red_line_up_to_which_noise_makes_them() -> None:
    from vizspec.views._scores import ScoreRow
    from vizspec.views._shapes import intervals

    row = ScoreRow("1B", "rivers", 0.1, None, None, None, noise=0.2)
    (tick,) = intervals([row], ["rivers"], "y")
    assert isinstance(tick, Ticks)
    assert (tick.values, tick.colour) == ((0.2,), NOISE_COLOUR)


def test_ranked_models_stand_in_their_order() -> None:
    drawn = shapes({"view": "scores_by_model"}, *TWO_MODELS)
    assert [(one.y, one.x, one.colour) for one in marks(drawn, Points)] == [
        (("3B",), (0.75,), OKABE_ITO[1]),
        (("1B",), (0.25,), OKABE_ITO[0]),
    ]
    assert drawn.panels[0].y.categories == ("3B", "1B")
    assert shapes({"view": "scores_by_model", "sort": "asc"}, *TWO_MODELS).panels[0].y.categories == (
        "1B",
        "3B",
    )


def test_a_heatmap_has_the_colours_of_the_chart() -> None:
    drawn = shapes({"view": "scores_heatmap"}, *TWO_MODELS)
    (cells,) = marks(drawn, Cells)
    assert cells.texts == ("0.250", "0.750")
    assert cells.colours == (blue(0.05 + 0.6 * 0.25), blue(0.05 + 0.6 * 0.75))
    assert (cells.x, cells.y) == (("capitals", "capitals"), ("1B", "3B"))
    assert drawn.colour_scale is not None
    assert drawn.colour_scale.domain == (0, 1)


@pytest.mark.parametrize(("sort", "down"), [("ascending", ("3B", "1B")), ("descending", ("1B", "3B"))])
def test_a_sorted_heatmap_has_the_order_of_the_chart(sort: str, down: tuple[str, ...]) -> None:
    assert shapes({"view": "scores_heatmap", "sort": sort}, *TWO_MODELS).panels[0].y.categories == down


def test_a_matrix_on_its_side_has_models_across() -> None:
    panel = shapes({"view": "scores_heatmap", "orientation": "vertical"}, *THREE_TASKS).panels[0]
    assert panel.x.categories == ("1B", "3B")
    assert panel.y.categories == ("capitals", "lakes", "rivers")


def test_a_matrix_on_its_side_has_the_names_of_models_and_tasks_at_their_own_axes() -> None:
    options = {"model_label": "Student", "task_label": "Exam"}
    entry = {"view": "scores_heatmap", "orientation": "vertical", "options": options}
    panel = shapes(entry, *THREE_TASKS).panels[0]
    assert (panel.x.label, panel.y.label) == ("Student", "Exam")


def test_lower_errors_are_the_darker() -> None:
    logs = [
        a_log(run, f"hf/{run}", scores=[a_score("own", metrics={"mae": mae})])
        for run, mae in (("a", 1.0), ("b", 2.0))
    ]
    (cells,) = marks(shapes({"view": "scores_heatmap", "metrics": "own/mae"}, *logs), Cells)
    assert cells.colours[0] < cells.colours[1]


def test_a_factor_has_both_levels_side_by_side_in_the_colours_of_the_chart() -> None:
    entry = {"view": "scores_by_factor", "factor": "task_args.hint", "color": "#3266ae"}
    logs = [
        a_log(f"r{hint}", "hf/1B", task_args={"hint": hint}, accuracy=0.5 + hint / 4)
        for hint in (False, True)
    ]
    drawn = shapes(entry, *logs)
    assert [(mark.values, mark.slot) for mark in marks(drawn, Bars)] == [((0.5,), (0, 2)), ((0.75,), (1, 2))]
    assert [key.colour for key in drawn.legend] == ["#3266ae", "#a6c0e5"]


def test_a_radar_has_a_point_for_each_value_of_each_model() -> None:
    drawn = shapes({"view": "scores_radar_by_task"}, *THREE_TASKS)
    assert [len(points.x) for points in marks(drawn, Points)] == [3, 3]
    assert [key.label for key in drawn.legend] == ["1B", "3B"]


@pytest.mark.parametrize(("position", "colour"), [(0, "#f7fbff"), (1, "#08306b"), (0.5, "#6daed5")])
def test_blues_are_those_of_the_charts_scheme(position: float, colour: str) -> None:
    assert blue(position) == colour
