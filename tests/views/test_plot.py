"""Plots of one's own: which columns, constants and orders reach the chart, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.make import a_log, a_score, some_facts
from tests.views.test_views import TWO_MODELS, drawn, planned, reason
from vizspec.draw.palette import OKABE_ITO
from vizspec.draw.shapes.model import Boxes, Shapes
from vizspec.draw.shapes.plots.mark_calls import PlotCall, PlotColumn, Transformed
from vizspec.errors import Loc, Problem, Problems
from vizspec.plan.plan import Skipped, Step, plan
from vizspec.samples.scored import SampleScores
from vizspec.spec.model import Spec
from vizspec.views import KINDS
from vizspec.views._plot_entry import Plot
from vizspec.views._plot_inputs import forms
from vizspec.views.frame import Frame, of_one_kind

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

DOT = {"mark": "dot", "x": "model", "y": "value", "fill": "model"}


def a_plot(*marks: dict[str, Any], **named: Any) -> dict[str, Any]:
    return {"view": "plot", "marks": list(marks or (DOT,)), **named}


def only(entry: dict[str, Any], *logs: Any, **spec: Any) -> Step:
    (step,) = planned(entry, *logs, **spec)
    assert isinstance(step, Step), step
    return step


def columns(step: Step) -> dict[str, tuple[Any, ...]]:
    return dict(step.content.columns)


def attributes(step: Step) -> dict[str, Any]:
    return dict(step.content.attributes)


def of_file(frame: Frame, entry: dict[str, Any]) -> Step:
    spec = Spec.model_validate({"vizspec": 1, "views": [{**entry, "data": "own.csv"}]})
    (step,) = plan(spec, some_facts(TWO_MODELS, files={"own.csv": frame})).outputs
    assert isinstance(step, Step), step
    return step


def test_columns_have_aliases_and_the_values_of_the_estimates() -> None:
    step = only(a_plot(), *TWO_MODELS)
    assert columns(step) == {"c0": ("1B", "3B"), "c1": (0.25, 0.75)}
    (dot,) = step.content.marks
    assert dict(dot.arguments)["fill"] == PlotColumn("c0")


def test_no_name_of_the_users_is_a_name_in_the_data() -> None:
    frame = Frame(('$a "b" </script>', "y; drop"), ({'$a "b" </script>': 1, "y; drop": 2},))
    step = of_file(frame, a_plot({"mark": "dot", "x": '$a "b" </script>', "y": "y; drop"}))
    assert set(columns(step)) == {"c0", "c1"}


def test_numbers_and_constants_mean_themselves() -> None:
    mark = {"mark": "dot", "x": "value", "y": 0.5, "fill": {"value": "red"}, "r": 7}
    step = only(a_plot(mark), *TWO_MODELS)
    arguments = dict(step.content.marks[0].arguments)
    assert (arguments["fill"], arguments["r"]) == ("red", 7)
    assert columns(step)[arguments["y"].alias] == (0.5, 0.5)


def test_a_mark_of_constants_alone_is_drawn_once() -> None:
    step = only(a_plot(DOT, {"mark": "rule_y", "y": {"value": 0.5}}), *TWO_MODELS)
    assert step.content.marks[1] == PlotCall("rule_y", (("y", (0.5,)),))


def test_transforms_work_over_columns_and_rows() -> None:
    mark = {"mark": "rect_y", "x": {"bin": "value", "steps": 5}, "y": {"count": True}}
    arguments = dict(only(a_plot(mark), *TWO_MODELS).content.marks[0].arguments)
    assert arguments["x"] == Transformed("bin", "c0", (("steps", 5),))
    assert arguments["y"] == Transformed("count", None)


def test_where_is_about_rows_of_the_frame() -> None:
    step = only(a_plot(where="value > 0.5 and metric == 'match/accuracy'"), *TWO_MODELS)
    assert columns(step)["c1"] == (0.75,)
    assert reason(a_plot(where="value > 2"), *TWO_MODELS) == "its `where` is true of none of 2 rows"


def test_categories_stand_in_the_order_of_the_cells_and_models_have_their_colours() -> None:
    step = only(a_plot({**DOT, "fill": "model_label"}), *reversed(TWO_MODELS))
    assert attributes(step)["x_domain"] == ("1B", "3B")
    assert attributes(step)["color_range"] == tuple(OKABE_ITO[:2])


def test_the_spec_s_labels_stand_for_values() -> None:
    spec = {"vizspec": 1, "data": {"labels": {"model": {"1B": "Small"}}}, "views": [a_plot()]}
    (step,) = plan(Spec.model_validate(spec), some_facts(TWO_MODELS)).outputs
    assert isinstance(step, Step)
    assert columns(step)["c0"] == ("Small", "3B")


def test_panels_are_those_of_marks_with_columns() -> None:
    entry = a_plot(DOT, {"mark": "rule_y", "y": {"value": 0}}, facet={"x": "task"})
    step = only(entry, *TWO_MODELS, a_log("a", "hf/1B", "rivers"))
    first, second = step.content.marks
    assert "fx" in dict(first.arguments)
    assert "fx" not in dict(second.arguments)
    assert attributes(step)["fx_domain"] == ("capitals", "rivers")


def test_axes_and_colours_are_as_the_entry_says() -> None:
    entry = a_plot(
        x={"label": "Model"},
        y={"domain": [0, 1], "format": ".0%", "scale": "linear", "grid": True},
        color={"scheme": "blues"},
    )
    found = attributes(only(entry, *TWO_MODELS))
    assert (found["x_label"], found["y_domain"], found["y_tick_format"]) == ("Model", (0, 1), ".0%")
    assert found["color_scheme"] == "blues"
    assert "color_range" not in found


@pytest.mark.parametrize(
    ("value", "axis", "written"),
    [
        (3e9, {}, "~s"),
        (3e-9, {}, "~g"),
        (99_000, {}, None),
        (0, {}, None),
        (3e9, {"format": ",.0f"}, ",.0f"),
        (3e9, {"scale": "log"}, None),
    ],
)
def test_numbers_that_have_no_room_beside_an_axis_are_written_short(
    value: float, axis: dict[str, Any], written: str | None
) -> None:
    logs = [a_log("a", "hf/1B", scores=[a_score("own", metrics={"flops": value})])]
    found = attributes(only(a_plot(y=axis, metrics="own/flops"), *logs))
    assert found.get("y_tick_format") == written
    assert found["margin_left"] == (66 if written == "~g" else 52)
    assert "x_tick_format" not in found


def test_a_legend_of_colours_is_there_unless_it_is_not_wanted() -> None:
    assert only(a_plot(), *TWO_MODELS).content.legends == ("color",)
    assert only(a_plot(legend=False), *TWO_MODELS).content.legends == ()


def test_an_unknown_column_is_refused_at_its_place_with_the_one_that_is_meant() -> None:
    entry = a_plot({"mark": "dot", "x": "modle", "y": "value"}, where="valu > 0")
    with pytest.raises(Problems) as raised:
        planned(entry, *TWO_MODELS)
    assert [(one.loc, one.hint) for one in raised.value.problems] == [
        (("views", 0, "marks", 0, "x"), "did you mean 'model'?"),
        (("views", 0, "where"), "did you mean 'value'?"),
    ]


def test_rows_without_a_value_and_values_that_a_log_scale_cannot_show_are_told_of() -> None:
    frame = Frame(("x", "y"), ({"x": 0, "y": 1}, {"x": 2, "y": None}, {"x": 3, "y": float("nan")}))
    step = of_file(frame, a_plot({"mark": "dot", "x": "x", "y": "y"}, x={"scale": "log"}))
    assert set(step.notes) == {
        "2 of 3 rows have no value of 'y'",
        "a log scale has no place for 1 value of 'x'",
    }
    assert columns(step)["c1"] == (1, None, None)


def test_several_metrics_in_one_line_are_told_of() -> None:
    log = a_log("a", scores=[a_score(), a_score("includes")])
    assert any("2 metrics" in note for note in only(a_plot(), log).notes)
    assert not only(a_plot(facet={"x": "metric"}), log).notes


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("comparisons", "nothing is compared: ask for it under `comparisons:`"),
        ("samples", "no log tells of its samples"),
        ("jobs", "nothing is known of any job"),
    ],
)
def test_a_frame_without_rows_is_skipped_with_the_reason(data: str, why: str) -> None:
    assert reason(a_plot({"mark": "frame"}, data=data), *TWO_MODELS) == why


def test_samples_have_a_row_for_each_scorer_and_repeat() -> None:
    facts = some_facts(TWO_MODELS[:1])
    read = SampleScores(
        ("a", "b"),
        (1, 1),
        scores={"match": (1.0, None)},
        said={"match": ("yes", None)},
        wanted=("yes", "no"),
        limit=(None, "token"),
    )
    facts = some_facts(TWO_MODELS[:1], samples={facts.cells[0]: read})
    entry = a_plot(
        {"mark": "dot", "x": "sample", "y": "score", "fill": "answer", "symbol": "limit", "z": "target"},
        data="samples",
    )
    (step,) = plan(Spec.model_validate({"vizspec": 1, "views": [entry]}), facts).outputs
    assert isinstance(step, Step)
    assert list(columns(step).values()) == [
        ("a", "b"), (1.0, None), ("yes", None), (None, "token"), ("yes", "no"),
    ]  # fmt: skip


def test_ten_thousand_rows_are_drawn_as_they_are() -> None:
    frame = Frame(("x", "y"), tuple({"x": at, "y": at % 7} for at in range(10_000)))
    step = of_file(frame, a_plot({"mark": "dot", "x": "x", "y": "y"}))
    assert len(columns(step)["c0"]) == 10_000


def test_a_column_is_numbers_or_texts() -> None:
    assert of_one_kind([1, None, 2.5]) == (1, None, 2.5)
    assert of_one_kind([1, "a", True, None]) == ("1", "a", "true", None)


def test_the_same_marks_reach_inspect_viz() -> None:
    entry = a_plot(
        DOT, {"mark": "line", "x": "model", "y": "value"}, inputs=[{"input": "select", "column": "model"}]
    )
    text = json.dumps(drawn(entry, *TWO_MODELS))
    assert '"mark": "dot"' in text
    assert '"mark": "line"' in text
    assert '"input": "select"' in text


def of_samples(entry: dict[str, Any], scores: SampleScores) -> Step:
    spec = Spec.model_validate({"vizspec": 1, "views": [{"data": "samples", **entry}]})
    facts = some_facts(TWO_MODELS[:1])
    (cell,) = facts.cells
    (step,) = plan(spec, replace(facts, samples={cell: scores})).outputs
    assert isinstance(step, Step), step
    return step


WITH_METADATA = SampleScores(
    sample=("1", "2"),
    epoch=(1, 1),
    scores={"match": (1.0, 0.0)},
    limit=(None, None),
    wanted=("a", "b"),
    metadata={"length": (12, None)},
    metadata_keys=("length", "topic"),
    messages=(3, 4),
    error=(None, "it broke"),
)


def test_samples_show_their_own_metadata_messages_and_errors() -> None:
    mark = {"mark": "dot", "x": "metadata.length", "y": "messages", "fill": "error"}
    step = of_samples(a_plot(mark), WITH_METADATA)
    assert columns(step) == {"c0": (12, None), "c1": (3, 4), "c2": (None, "it broke")}
    unknown = ("metadata.length", "error")
    assert step.notes == tuple(f"1 of 2 rows have no value of '{name}'" for name in unknown)


@pytest.mark.parametrize(
    ("named", "hint"),
    [("topic", "did you mean 'metadata.topic'?"), ("metadata.lenght", "did you mean 'metadata.length'?")],
)
def test_metadata_that_is_not_there_is_refused_with_what_may_be_meant(named: str, hint: str) -> None:
    with pytest.raises(Problems) as refused:
        of_samples(a_plot({"mark": "dot", "x": named, "y": "score"}), WITH_METADATA)
    (problem,) = refused.value.problems
    assert problem.loc == ("views", 0, "marks", 0, "x")
    assert problem.hint == hint


def test_the_keys_of_metadata_that_a_plot_names_are_those_that_are_read() -> None:
    entry = a_plot({"mark": "dot", "x": "metadata.length", "y": "score"}, where="metadata.topic == 'a'")
    spec = Spec.model_validate({"vizspec": 1, "views": [{**entry, "data": "samples"}, entry]})
    assert [one.sample_metadata for one in spec.views] == [{"length", "topic"}, frozenset()]


def test_a_column_that_is_called_as_a_mark_s_argument_is_told_under_a_name_that_looks_alike() -> None:
    frame = Frame(("x", "y", "frameAnchor", "size"), ({"x": 1, "y": 2, "frameAnchor": "a", "size": 3},))
    mark = {"mark": "dot", "x": "x", "y": "y", "fill": "frameAnchor", "z": "size"}
    tip_channels = dict(of_file(frame, a_plot(mark)).content.marks[0].arguments)["channels"]
    assert list(tip_channels) == ["x\u00a0", "y\u00a0", "frameAnchor\u00a0", "size"]


@pytest.mark.parametrize(("kinds", "symbols"), [(7, ["circle"]), (9, ["circle", "square"])])
def test_dots_beyond_the_palette_have_symbols(kinds: int, symbols: list[str]) -> None:
    frame = Frame(("n", "kind"), tuple({"n": n, "kind": f"kind {n}"} for n in range(kinds)))
    content = of_file(frame, a_plot({"mark": "dot", "x": "n", "y": "n", "fill": "kind"})).content
    alias, of_kind = content.symbols
    assert alias == "c1"
    assert list(of_kind) == [f"kind {n}" for n in range(kinds)]
    assert list(dict.fromkeys(of_kind.values())) == symbols


def with_input(**given: Any) -> Step:
    frame = Frame(
        ("n", "kind"), ({"n": 1, "kind": "sea"}, {"n": 4.5, "kind": "land"}, {"n": None, "kind": None})
    )
    return of_file(frame, a_plot({"mark": "dot", "x": "n", "y": "n", "fill": "kind"}, inputs=[given]))


@pytest.mark.parametrize(
    ("given", "arguments"),
    [
        ({}, {"select": "interval", "value": (1, 4.5)}),
        ({"value": [2, 3]}, {"value": (2, 3)}),
        ({"value": 2}, {"value": 2}),
        ({"select": "point"}, {"select": "point"}),
    ],
)
def test_a_slider_begins_with_all_rows_unless_it_is_told(
    given: dict[str, Any], arguments: dict[str, Any]
) -> None:
    (slider,) = with_input(input="slider", column="n", **given).content.choices.inputs
    assert dict(slider.arguments) == {**arguments, "label": "n", "column": "c0"}


@pytest.mark.parametrize(
    ("given", "place", "message", "hint"),
    [
        ({"input": "slider", "column": "kind"}, "column", "holds texts", "name a column of numbers"),
        (
            {"input": "select", "column": "kind", "value": "see"},
            "value",
            "no row has 'see' as 'kind'",
            "'sea'",
        ),
        (
            {"input": "checkbox", "column": "kind", "values": ["sea", "air"]},
            "values",
            "no row has 'air'",
            "land",
        ),
    ],
)
def test_inputs_that_cannot_begin_as_they_are_told_are_refused(
    given: dict[str, Any], place: str, message: str, hint: str
) -> None:
    with pytest.raises(Problems) as refused:
        with_input(**given)
    (problem,) = refused.value.problems
    assert problem.loc == ("views", 0, "inputs", 0, place)
    assert message in problem.message
    assert hint in (problem.hint or "")


@pytest.mark.parametrize(("select", "value"), [("interval", 3), ("point", [1, 2])])
def test_a_slider_begins_with_what_it_selects(select: str, value: object) -> None:
    slider = {"input": "slider", "column": "value", "select": select, "value": value}
    (problem,) = forms([slider], ("views", 0))
    assert problem.loc == ("views", 0, "inputs", 0, "value")


def test_marks_that_are_clicked_have_no_tip_which_would_take_the_click() -> None:
    step = only(a_plot(interactors=[{"interactor": "toggle_color"}]), *TWO_MODELS)
    assert dict(step.content.marks[0].arguments)["tip"] is False


def shapes_of(step: Step) -> Shapes:
    of = KINDS["plot"].shapes
    assert of is not None
    return of(step.content)


def test_a_plot_is_drawn_with_the_values_colours_and_order_of_its_chart() -> None:
    bar = {"mark": "bar_x", "x": "value", "y": "model_label", "fill": "model_label"}
    step = only(a_plot(bar), *TWO_MODELS)
    shapes = shapes_of(step)
    ((boxes,),) = (panel.marks for panel in shapes.panels)
    assert isinstance(boxes, Boxes)
    assert boxes.x2 == (0.25, 0.75)
    assert list(boxes.colours) == list(attributes(step)["color_range"])
    assert shapes.panels[0].y.categories == tuple(attributes(step)["y_domain"])
    assert step.notes == ()


def test_what_none_but_a_browser_draws_has_no_svg_and_says_why() -> None:
    entry = a_plot({"mark": "hexbin", "x": "n", "y": "value", "fill": {"count": True}})
    step = only(entry, *TWO_MODELS, output={"formats": ["html", "png", "svg", "pdf"]})
    assert [name.rpartition(".")[2] for name in step.files] == ["html", "png"]
    assert step.notes == ("no SVG and no PDF: hexbin is drawn by a browser alone",)
    alone = only(entry, *TWO_MODELS, output={"formats": ["svg"]})
    assert [name.rpartition(".")[2] for name in alone.files] == ["html"]
    assert alone.notes == ("no SVG: hexbin is drawn by a browser alone",)


def test_colours_of_counts_have_the_scheme_and_the_legend_that_are_wanted() -> None:
    mark = {"mark": "cell", "x": "task_label", "y": "model_label", "fill": {"count": True}}
    step = only(a_plot(mark, color={"scheme": "blues", "label": "Evaluations"}), *TWO_MODELS)
    assert attributes(step)["color_scheme"] == "blues"
    assert step.content.legends == ("color",)
    assert shapes_of(step).colour_scale is not None


def test_a_domain_of_colours_keeps_the_colour_of_each_category() -> None:
    mark = {"mark": "dot", "x": "value", "y": "n", "fill": "model_label"}
    whole = attributes(only(a_plot(mark), *TWO_MODELS))
    turned = attributes(only(a_plot(mark, color={"domain": ["3B", "1B", "8B"]}), *TWO_MODELS))
    assert turned["color_range"][:2] == (whole["color_range"][1], whole["color_range"][0])


def test_a_scale_of_time_has_no_domain_of_categories() -> None:
    mark = {"mark": "dot", "x": "model_label", "y": "value"}
    assert "x_domain" not in attributes(only(a_plot(mark, x={"scale": "time"}), *TWO_MODELS))


NUMBERED = Frame(("name", "n"), tuple({"name": f"m{n}", "n": n} for n in (2, None, 10, 1)))
ROWS = {"mark": "bar_y", "x": "name", "y": "n"}


@pytest.mark.parametrize(
    ("sort", "order"),
    [("n", ["m1", "m2", "m10", "mNone"]), ("-n", ["m10", "m2", "m1", "mNone"]), ("name", ["m1", "m2"])],
)
def test_rows_are_sorted_by_a_column_those_without_a_value_last(sort: str, order: list[str]) -> None:
    step = of_file(NUMBERED, a_plot(ROWS, sort=sort))
    assert list(attributes(step)["x_domain"])[: len(order)] == order


def test_the_first_rows_alone_are_shown_and_the_caption_tells_of_the_others() -> None:
    step = of_file(NUMBERED, a_plot(ROWS, sort="-n", top=2))
    assert columns(step) == {"c0": ("m10", "m2"), "c1": (10, 2)}
    assert "the first 2 of 4 rows by n, the highest first" in step.caption
    table = of_file(NUMBERED, {"view": "table", "sort": "n", "top": 1, "columns": ["name"]})
    assert dict(table.content.columns) == {"c0": ("m1",)}
    assert table.caption == "4 rows of own.csv; the first 1 of 4 rows by n, the lowest first."


def test_a_column_to_sort_by_that_is_not_there_is_refused_at_its_place() -> None:
    with pytest.raises(Problems) as refused:
        of_file(NUMBERED, a_plot(ROWS, sort="-nn"))
    (problem,) = refused.value.problems
    assert problem.loc == ("views", 0, "sort")
    assert problem.message == "the rows of 'own.csv' have no column 'nn'"


def many_panels(number: int, side: str) -> list[Step]:
    rows = tuple({"task": f"t{n:02d}", "n": n, "kind": f"k{n}"} for n in range(number))
    entry = a_plot({"mark": "dot", "x": "n", "y": "n", "fill": "kind"}, facet={side: "task"}, data="own.csv")
    spec = Spec.model_validate({"vizspec": 1, "views": [entry]})
    frame = Frame(("task", "n", "kind"), rows)
    outputs = plan(spec, some_facts(TWO_MODELS, files={"own.csv": frame})).outputs
    return [one for one in outputs if isinstance(one, Step)]


@pytest.mark.parametrize(("side", "number", "pages"), [("x", 12, [4, 4, 4]), ("y", 17, [6, 6, 5])])
def test_more_panels_than_can_be_read_are_on_pages_with_one_colour_a_value(
    side: str, number: int, pages: list[int]
) -> None:
    steps = many_panels(number, side)
    assert [len(attributes(step)[f"f{side}_domain"]) for step in steps] == pages
    assert [len(columns(step)["c0"]) for step in steps] == pages
    assert len({attributes(step)["color_domain"] for step in steps}) == 1
    assert steps[0].notes[0] == f"more panels than one picture has room for: {len(pages)} pages"
    assert len({step.files for step in steps}) == len(pages)


def test_turned_labels_have_room_left_of_the_first_one() -> None:
    frame = Frame(
        ("name",), tuple({"name": f"{n}: a name of more than thirty characters"} for n in range(40))
    )
    found = attributes(of_file(frame, a_plot({"mark": "dot", "x": "name"})))
    assert found["x_tick_rotate"] == -45
    assert found["margin_left"] > 0.7 * 6 * len(frame.rows[0]["name"]) - 9


def test_labels_without_room_are_thinned_and_a_plot_grows_with_its_rows() -> None:
    frame = Frame(("name",), tuple({"name": f"model {n:03d}"} for n in range(400)))
    across = of_file(frame, a_plot({"mark": "dot", "x": "name"}))
    assert attributes(across)["width"] == 1240
    assert len(attributes(across)["x_ticks"]) == 58
    assert across.notes == ("58 of 400 labels of x are shown: the others have no room",)
    down = of_file(frame, a_plot({"mark": "dot", "y": "name"}))
    assert attributes(down)["height"] == 3000
    assert len(attributes(down)["y_ticks"]) == 200
    few = of_file(Frame(("name",), ({"name": "a"}, {"name": "b"})), a_plot({"mark": "dot", "y": "name"}))
    assert attributes(few)["height"] == 430
    assert "y_ticks" not in attributes(few)


@pytest.mark.parametrize("wrong", [{}, {"avgg": "nn"}, {"avg": ["nn"]}, ["nn"], None, {"value": "nn"}])
def test_a_wrong_channel_hides_no_other_mistake(wrong: object) -> None:
    entry = a_plot(
        {"mark": "dot", "x": wrong, "y": "valeu", "strok": "m"}, facet={"x": "modle"}, sort="-lwer"
    )
    spec = Spec.model_validate({"vizspec": 1, "views": [entry]})
    (view,) = spec.views
    assert isinstance(view, Plot)
    named = [column for _, column in view.named(("views", 0))]
    assert {"valeu", "modle", "lwer"} <= set(named) <= {"valeu", "modle", "lwer", "nn"}


def test_a_plot_of_which_no_mark_has_a_place_is_skipped_with_the_reason() -> None:
    frame = Frame(("n", "m"), ({"n": float("nan"), "m": 1}, {"n": None, "m": 2}))
    dot = {"mark": "dot", "x": "n", "y": "m"}
    nowhere = a_plot(dot, {"mark": "rule_y", "y": {"value": 0}}, data="own.csv")
    somewhere = a_plot(dot, {"mark": "dot", "x": "m"}, data="own.csv")
    spec = Spec.model_validate({"vizspec": 1, "views": [nowhere, somewhere]})
    skipped, drawn = plan(spec, some_facts(TWO_MODELS, files={"own.csv": frame})).outputs
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "no row has a value of 'n'"
    assert isinstance(drawn, Step)


def test_rows_without_a_colour_and_an_axis_of_numbers_and_texts_are_told_of() -> None:
    frame = Frame(("n", "kind"), ({"n": 1, "kind": "a"}, {"n": 2, "kind": None}))
    marks = ({"mark": "dot", "x": "n", "y": "n", "fill": "kind"}, {"mark": "tick_x", "x": "n", "y": "kind"})
    assert of_file(frame, a_plot(*marks)).notes == (
        "1 of 2 rows have no value of 'kind'",
        "y has texts (kind) and numbers on one axis, which then has a place each",
    )


@pytest.mark.parametrize("written", [["8B", "1B", "3B"], ["8B", "One", "3B"]])
def test_a_domain_names_values_as_they_are_or_as_they_are_shown(written: list[str]) -> None:
    mark = {"mark": "dot", "x": "model", "y": "value", "fill": "model"}
    entry = a_plot(mark, color={"domain": written, "format": "d"}, x={"domain": written})
    step = only(entry, *TWO_MODELS, data={"labels": {"model": {"1B": "One"}}})
    found = attributes(step)
    assert found["color_domain"] == found["x_domain"] == ("8B", "One", "3B")
    assert "color_tick_format" not in found
    assert step.notes == ()


def test_rows_that_a_domain_does_not_name_are_told_of() -> None:
    mark = {"mark": "dot", "x": "value", "y": "n", "fill": "model"}
    step = only(a_plot(mark, color={"domain": ["3B"]}), *TWO_MODELS)
    assert step.notes == ("1 value not drawn, as the domain of color lacks '1B'",)


@pytest.mark.parametrize(("interactor", "wrong"), [("interval_xy", 1), ("interval_x", 1), ("pan_zoom", 0)])
def test_a_brush_over_several_panels_is_refused(interactor: str, wrong: int) -> None:
    entry = a_plot(facet={"x": "task"}, interactors=[{"interactor": interactor}])
    (view,) = Spec.model_validate({"vizspec": 1, "views": [entry]}).views
    found = [one for one in KINDS["plot"].check(view, ("views", 0), NoNames()) if "panel" in one.message]
    assert len(found) == wrong
    assert all(one.loc == ("views", 0, "interactors", 0) for one in found)


class NoNames:
    """What a check may ask, of which everything is there."""

    def column(self, loc: Loc, name: str) -> Iterator[Problem]:
        yield from ()

    def metric(self, loc: Loc, pattern: str) -> Iterator[Problem]:
        yield from ()

    def file(self, loc: Loc, path: str) -> Iterator[Problem]:
        yield from ()

    def header(self, path: str) -> tuple[str, ...] | None:
        return None
