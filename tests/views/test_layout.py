"""How charts are laid out: labels that fit, legends below, numbers that can be read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.make import a_log, a_score, some_facts
from vizspec.plan.plan import Step, plan
from vizspec.spec.model import Spec
from vizspec.views import KINDS
from vizspec.views.base import Chart

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TASKS = ("capitals", "lakes", "rivers")


def a_spec(entry: dict[str, Any]) -> Spec:
    return Spec.model_validate({"vizspec": 1, "data": {"epochs": "all"}, "views": [entry]})


def parts(entry: dict[str, Any], *logs: Any) -> list[dict[str, Any]]:
    """The plot and its legend, as inspect-viz was told to make them."""
    (step,) = plan(a_spec(entry), some_facts(logs)).outputs
    assert isinstance(step, Step)
    picture = KINDS[step.view].draw(step.content)
    assert isinstance(picture, Chart)
    found: list[dict[str, Any]] = picture.component.config["hconcat"]
    return found


def logs(*models: str, tasks: tuple[str, ...] = TASKS, value: float = 0.5, **named: Any) -> list[Any]:
    return [
        a_log(f"run{place}", f"hf/{model}", task, accuracy=value, **named)
        for place, model in enumerate(models)
        for task in tasks
    ]


def test_long_labels_lose_their_middle_alike_in_data_and_domains() -> None:
    names = ("x" * 80 + "a" + "x" * 80, "x" * 80 + "b" + "x" * 80)
    (plot, _) = parts({"view": "scores_by_task"}, *logs(*names))
    assert plot["xDomain"] == plot["colorDomain"]
    assert [len(name) for name in plot["xDomain"]] == [40, 40]
    assert len(set(plot["xDomain"])) == 2


def test_a_chart_grows_wider_with_its_tasks() -> None:
    tasks = tuple(f"a task with a rather long name {number}" for number in range(6))
    (narrow, _) = parts({"view": "scores_by_task"}, *logs("1B", "3B"))
    (wide, _) = parts({"view": "scores_by_task"}, *logs("1B", "3B", tasks=tasks))
    (given, _) = parts({"view": "scores_by_task", "width": 900}, *logs("1B", "3B", tasks=tasks))
    assert (narrow["width"], wide["width"], given["width"]) == (700, 1240, 900)
    assert all(len(task) <= 31 for task in wide["fxDomain"])
    assert len(set(given["fxDomain"])) == 6


def test_a_score_that_begins_with_a_dollar_is_no_parameter() -> None:
    log = a_log("a", "hf/1B", scores=[a_score("match", metrics={"$cost": 0.5})])
    (plot, _) = parts({"view": "scores_by_task", "metrics": "all"}, log)
    assert not plot["yLabel"].startswith("$")


def test_a_legend_stands_below_in_columns_that_fit() -> None:
    (_, few) = parts({"view": "scores_by_task"}, *logs("1B", "3B"))
    (_, many) = parts({"view": "scores_by_task"}, *logs(*("a" * 30 + str(n) for n in range(8))))
    (_, wide) = parts({"view": "scores_by_task"}, *logs(*("m" * 30 + str(n) for n in range(8))))
    assert (few["_frame_anchor"], few["columns"]) == ("bottom", None)
    assert (many["_frame_anchor"], many["columns"]) == ("bottom", 3)
    assert (wide["_frame_anchor"], wide["columns"]) == ("bottom", 2)


@pytest.mark.parametrize(
    ("models", "turned", "bottom"), [(("1B", "3B"), 0, 30), (("m" * 38 + "1", "m" * 38 + "2"), 0, 30)]
)
def test_labels_of_a_heatmap_stand_level_where_they_fit(
    models: tuple[str, ...], turned: int, bottom: int
) -> None:
    (plot, _) = parts({"view": "scores_heatmap", "orientation": "vertical"}, *logs(*models))
    assert (plot["xTickRotate"], plot["marginBottom"], plot["marginRight"]) == (turned, bottom, 20)


@pytest.mark.parametrize(
    ("orientation", "across", "down"),
    [("horizontal", "Exam", "Student"), ("vertical", "Student", "Exam")],
)
def test_what_the_options_call_models_and_tasks_stands_at_their_own_axes(
    orientation: str, across: str, down: str
) -> None:
    options = {"model_label": "Student", "task_label": "Exam"}
    (plot, _) = parts(
        {"view": "scores_heatmap", "orientation": orientation, "options": options}, *logs("1B", "3B")
    )
    assert (plot["xLabel"], plot["yLabel"]) == (across, down)
    assert plot["marginBottom"] > 30


def test_labels_of_a_heatmap_are_turned_and_have_their_room_where_they_do_not_fit() -> None:
    models = [f"a model with a rather long name {number}" for number in range(6)]
    (plot, _) = parts({"view": "scores_heatmap", "orientation": "vertical"}, *logs(*models))
    assert plot["xTickRotate"] == 45
    assert plot["marginBottom"] > 150
    assert plot["marginRight"] > 60
    assert plot["height"] == 40 + plot["marginBottom"] + 56 * 3


def test_numbers_in_a_heatmap_have_three_decimals_on_colours_they_can_be_read_on() -> None:
    (plot, _) = parts({"view": "scores_heatmap"}, *logs("1B", "3B", value=1 / 3))
    assert plot["colorRange"] == (0.05, 0.65)
    (text,) = (mark for mark in plot["plot"] if mark["mark"] == "text" and "fontWeight" in mark)
    assert (text["fill"], text["text"]) == ("#262626", "value_text")


@pytest.mark.parametrize(("tasks", "width"), [(4, 700), (20, 886), (60, 1240)])
def test_a_heatmap_is_as_wide_as_the_values_of_its_columns_need(tasks: int, width: int) -> None:
    names = tuple(f"task{number}" for number in range(tasks))
    (plot, _) = parts({"view": "scores_heatmap"}, *logs("1B", "3B", tasks=names))
    (one, _) = parts({"view": "scores_heatmap", "width": 650}, *logs("1B", "3B", tasks=names))
    assert (plot["width"], one["width"]) == (width, 650)
    texts = [mark for mark in plot["plot"] if mark.get("text") == "value_text" and mark["fill"]]
    room = (plot["width"] - plot["marginLeft"] - plot["marginRight"]) / tasks
    assert bool(texts) == (room >= 38) == (tasks < 60)


MANY = tuple(f"m{number}" for number in range(100))


def test_a_heatmap_of_very_many_rows_is_as_high_as_their_labels_need() -> None:
    (plot, _) = parts({"view": "scores_heatmap"}, *logs(*MANY))
    assert plot["height"] - plot["marginBottom"] - 40 == 13 * 100
    assert "yTicks" not in plot


def test_a_heatmap_that_is_too_low_for_its_rows_shows_no_values_and_some_labels() -> None:
    (plot, _) = parts({"view": "scores_heatmap", "height": 400}, *logs(*MANY))
    assert not [mark for mark in plot["plot"] if mark.get("text") == "value_text" and mark["fill"]]
    assert plot["yTicks"] == list(MANY[::4])


def test_labels_below_very_many_columns_are_thinned_with_a_note() -> None:
    entry = {"view": "scores_heatmap", "orientation": "vertical"}
    (plot, _) = parts(entry, *logs(*MANY))
    assert plot["xTicks"] == list(MANY[::2])
    (step,) = plan(a_spec(entry), some_facts(logs(*MANY))).outputs
    assert isinstance(step, Step)
    note = "one of 2 labels below the columns is shown; orientation: horizontal shows them all"
    assert step.notes == (note,)


@pytest.mark.parametrize("view", ["scores_by_task", "scores_heatmap", "scores_by_model", "scores_by_factor"])
def test_every_tip_tells_the_score_and_its_interval(view: str) -> None:
    factor = {"factor": "hint"} if view == "scores_by_factor" else {}
    rows = [
        a_log(f"r{hint}", f"hf/{'1B' if factor else hint}", accuracy=0.5, columns={"hint": hint})
        for hint in (False, True)
    ]
    (plot, *_) = parts({"view": view, **factor}, *rows)
    tips = [json.loads(mark["channels"]["_user_channels"][0]) for mark in plot["plot"] if "channels" in mark]
    assert tips
    for channels in tips:
        assert "score_headline_value" in channels.values()
        assert channels["Interval"] == "interval_text"
        assert "Stderr" not in channels


def test_a_factor_of_an_accuracy_is_shown_from_0_to_1() -> None:
    entry = {"view": "scores_by_factor", "factor": "hint"}
    rows = [a_log(f"r{hint}", "hf/1B", accuracy=0.5, columns={"hint": hint}) for hint in (False, True)]
    (plot, legend) = parts(entry, *rows)
    assert plot["xDomain"] == [0, 1.0]
    assert (plot["height"], legend["_frame_anchor"]) == (130, "bottom")


def test_a_radar_leaves_room_for_the_labels_of_its_axes() -> None:
    (plain, _) = parts({"view": "scores_radar_by_task"}, *logs("1B"))
    long = ("expected_calibration_error", "b", "c")
    (wide, _) = parts({"view": "scores_radar_by_task"}, *logs("1B", tasks=long))
    assert wide["margin"] > plain["margin"] >= 60
    assert wide["width"] - 2 * wide["margin"] == plain["width"] - 2 * plain["margin"] == 300
    assert wide["height"] - 2 * wide["marginTop"] == 300


@pytest.mark.parametrize("view", ["scores_by_task", "scores_heatmap", "scores_radar_by_task"])
def test_a_title_is_as_long_as_there_is_room(view: str) -> None:
    (plot, _) = parts({"view": view, "title": "A long title. " * 30}, *logs("1B", "3B"))
    (title,) = next(mark["text"] for mark in plot["plot"] if mark["mark"] == "text")
    assert 20 <= len(title) <= 81
    assert "…" in title
