"""Scores by dates of release, and by what a sample may use."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.make import a_log, a_score, some_facts
from tests.views.test_views import TWO_MODELS, planned, reason
from vizspec.draw.palette import OKABE_ITO
from vizspec.draw.shapes.dates import day_of
from vizspec.draw.shapes.model import Band, Cells, Line, Points, Shapes, TextMarks, Whiskers
from vizspec.logs.releases import Release
from vizspec.plan.plan import Skipped, Step, plan
from vizspec.samples.scored import SampleScores, ToolCalls
from vizspec.spec.model import Spec
from vizspec.statistics.wilson import wilson
from vizspec.views import KINDS
from vizspec.views._drawn_timeline import GAP, LABEL_PIXELS, _frame
from vizspec.views.base import Chart
from vizspec.views.scores_by_limit import steps_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TIMELINE = {"view": "scores_timeline"}
DATES = {"1B": "2024-01-01", "3B": "2023-01-01"}


def only(outputs: Any) -> Step:
    (step,) = outputs
    assert isinstance(step, Step), step
    return step


def test_models_stand_at_their_dates_and_the_best_until_then_is_named() -> None:
    three = (*TWO_MODELS, a_log("c", "hf/8B", accuracy=0.5))
    step = only(planned({**TIMELINE, "released": {**DATES, "8B": "2025-06-01"}}, *three))
    assert [(p.model, p.on, p.is_best) for p in step.content.points] == [
        ("3B", date(2023, 1, 1), True),
        ("1B", date(2024, 1, 1), False),
        ("8B", date(2025, 6, 1), False),
    ]


def test_dates_come_from_inspect_s_tables_where_the_entry_has_none() -> None:
    facts = some_facts(TWO_MODELS)
    known = {cell: Release("Acme", date(2020 + at, 1, 1)) for at, cell in enumerate(facts.cells)}
    spec = Spec.model_validate({"vizspec": 1, "views": [{**TIMELINE, "released": {"3B": "2026-01-01"}}]})
    step = only(plan(spec, some_facts(TWO_MODELS, releases=known)).outputs)
    assert [(p.model, p.organization, p.on.year) for p in step.content.points] == [
        ("1B", "Acme", 2020),
        ("3B", "others", 2026),
    ]


def test_fewer_than_two_dates_are_no_timeline_and_models_without_one_are_told_of() -> None:
    assert reason({**TIMELINE, "released": {"1B": "2024-01-01"}}, *TWO_MODELS) == (
        "fewer than two dates of release are known: name them under `released`"
    )
    step = only(planned({**TIMELINE, "released": DATES}, *TWO_MODELS, a_log("c", "hf/8B")))
    assert step.notes == ("date of release not known: 8B",)


def test_a_timeline_reaches_inspect_viz() -> None:
    step = only(planned({**TIMELINE, "released": DATES}, *TWO_MODELS))
    picture = KINDS["scores_timeline"].draw(step.content)
    assert isinstance(picture, Chart)
    assert "model_release_date" in json.dumps(json.loads(picture.component._create_spec()))


def best_of_their_day(count: int) -> Step:
    """A timeline of so many models that are all the best, each released a day after the one before."""
    logs = [a_log(f"run{at}", f"hf/{at:02}B", accuracy=0.9) for at in range(count)]
    first = date(2024, 1, 1)
    released = {f"{at:02}B": str(first + timedelta(days=at)) for at in range(count)} | {"00B": "2004-01-01"}
    return only(planned({**TIMELINE, "released": released}, *logs))


def named(step: Step) -> list[tuple[str, float]]:
    """The names that are drawn, from the first date to the last, with the scores at which they stand."""
    return [(mark.texts[0], mark.y[0]) for mark in drawn(shapes_of(step), TextMarks)]


def test_names_of_the_best_stand_apart_from_each_other() -> None:
    step = best_of_their_day(12)
    (_, alone), *rest = named(step)
    levels = sorted(level for _, level in rest)
    assert (alone, len(levels)) == (0.9, 11)
    assert min(high - low for low, high in pairwise(levels)) * (430 - 90) > 12.99  # pixels
    assert step.caption.endswith("; models that were the best at their time are named.")


def test_the_newest_are_named_where_not_all_have_room_and_the_caption_tells_how_many_are_not() -> None:
    step = best_of_their_day(40)
    names = [name for name, _ in named(step)]
    assert names == ["00B", *(f"{at:02}B" for at in range(26, 40))]
    told = f" are named ({40 - len(names)} more have no room for their names)."
    assert step.caption.endswith(told)
    assert all(0 <= level <= 1 for _, level in named(step))


def released_on(values: Sequence[float], days: Sequence[int]) -> Step:
    """A timeline of models with these scores, released so many days after the first of January 2024."""
    logs = [a_log(f"run{at}", f"hf/{at:02}B", accuracy=value) for at, value in enumerate(values)]
    first = date(2024, 1, 1)
    return only(
        planned(
            {
                **TIMELINE,
                "released": {f"{at:02}B": str(first + timedelta(days=day)) for at, day in enumerate(days)},
            },
            *logs,
        )
    )


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_names_cover_no_point_and_no_axis(value: float) -> None:
    step = released_on([value] * 20, [at * 30 for at in range(20)])
    frame = _frame(step.content)
    points = [day_of(point.on) / frame.a_day for point in step.content.points]
    assert len(named(step)) == 20
    for (name, level), right in zip(named(step), points, strict=True):
        away = abs(level - value) / frame.a_score
        covered = [x for x in points if right - 40 < x < right - GAP]
        assert away >= LABEL_PIXELS / 2 or not covered, name
        assert level / frame.a_score >= LABEL_PIXELS / 2, name


def test_names_at_a_place_stand_in_the_order_of_the_scores() -> None:
    step = released_on([0.1, *(0.9 + at / 200 for at in range(11))], [0, *range(6000, 6011)])
    levels = [level for _, level in named(step)]
    assert len(levels) == 12
    assert levels == sorted(levels)


def test_large_scores_are_written_short() -> None:
    logs = [
        a_log(f"run{at}", f"hf/{name}", scores=[a_score("own", metrics={"flops": 3e9})])
        for at, name in enumerate(DATES)
    ]
    step = only(planned({**TIMELINE, "released": DATES, "metrics": "own/flops"}, *logs))
    picture = KINDS["scores_timeline"].draw(step.content)
    assert isinstance(picture, Chart)
    assert picture.component.config["hconcat"][0]["yTickFormat"] == "~s"
    assert shapes_of(step).panels[0].y.format == "~s"


def test_days_of_release_have_no_hours() -> None:
    (panel,) = shapes_of(released_on([0.5, 0.6], [0, 1])).panels
    assert panel.x.ticks is not None
    assert [text for _, text in panel.x.ticks] == ["1 Jan. 2024", "2 Jan. 2024"]


def test_inspect_viz_writes_names_where_they_are_drawn_but_on_an_axis_of_the_user_s_own() -> None:
    def text(**entry: Any) -> Any:
        step = only(planned({**TIMELINE, "released": DATES, **entry}, *TWO_MODELS))
        picture = KINDS["scores_timeline"].draw(step.content)
        assert isinstance(picture, Chart)
        plot = picture.component.config["hconcat"][0]["plot"]
        return next(mark for mark in plot if mark.get("filter") == "frontier")

    assert (text()["y"], text()["dx"], "channels" in text()) == ({"column": "name_level"}, -GAP, False)
    own = text(options={"y_domain": [0.2, 0.8]})
    assert (own["y"], "channels" in own) == ({"column": "score_headline_value"}, True)


def limited(tokens: tuple[float | None, ...], scores: tuple[float | None, ...]) -> SampleScores:
    ids = tuple(f"s{at}" for at in range(len(tokens)))
    return SampleScores(ids, (1,) * len(ids), scores={"match": scores}, tokens=tokens, seconds=tokens)


def by_limit(entry: dict[str, Any], *samples: SampleScores, logs: Any = TWO_MODELS) -> Step | Skipped:
    facts = some_facts(logs[: len(samples)])
    read = dict(zip(facts.cells, samples, strict=True))
    spec = Spec.model_validate({"vizspec": 1, "views": [{"view": "scores_by_limit", **entry}]})
    (output,) = plan(spec, some_facts(logs[: len(samples)], samples=read)).outputs
    return output


def test_within_a_limit_the_samples_succeed_that_need_no_more() -> None:
    steps = list(steps_of("1B", [(10, 1.0), (20, 0.0), (30, 1.0), (40, 1.0)], 0.95, 50))
    assert [(step.limit, step.share) for step in steps] == [
        (10, 0.25), (20, 0.25), (30, 0.5), (40, 0.75), (50, 0.75),
    ]  # fmt: skip
    assert (steps[2].lower, steps[2].upper) == tuple(wilson(0.5, 4, 0.95))


def test_partial_credit_and_repeats_have_no_interval_of_shares() -> None:
    assert next(steps_of("1B", [(10, 0.5), (20, 1.0)], 0.95, 20)).lower is None
    assert next(steps_of("1B", [(10, 1.0), (20, 1.0)], None, 20)).lower is None


def test_many_samples_are_a_hundred_steps() -> None:
    assert len(list(steps_of("1B", [(float(at), 1.0) for at in range(5000)], 0.95, 4999))) == 100


def test_each_model_has_its_line_up_to_the_largest_limit_of_all() -> None:
    output = by_limit({}, limited((10, 20), (1.0, 0.0)), limited((5, 80), (1.0, 1.0)))
    assert isinstance(output, Step)
    last = {step.model: (step.limit, step.share) for step in output.content.steps}
    assert last == {"1B": (80, 0.5), "3B": (80, 1.0)}
    picture = KINDS["scores_by_limit"].draw(output.content)
    assert isinstance(picture, Chart)


def test_logs_without_the_amounts_or_with_one_for_all_are_skipped() -> None:
    one = by_limit({}, limited((10, 10), (1.0, 0.0)))
    none = by_limit({"limit": "working_seconds"}, limited((10, 20), (1.0, 0.0)))
    assert isinstance(one, Skipped)
    assert isinstance(none, Skipped)
    assert one.reason == "no log tells the tokens of samples with a share as score"
    assert none.reason == "no log tells the working time of samples with a share as score"


def called(entry: dict[str, Any], *calls: ToolCalls) -> list[Step | Skipped]:
    facts = some_facts(TWO_MODELS)
    read = dict(zip(facts.cells, calls, strict=False))
    spec = Spec.model_validate({"vizspec": 1, "views": [{"view": "sample_tool_calls", **entry}]})
    return list(plan(spec, some_facts(TWO_MODELS, calls=read)).outputs)


def test_each_evaluation_in_which_tools_were_called_has_a_chart_of_its_samples() -> None:
    calls = ToolCalls(("s10", "s2", "s2"), (1, 1, 3), ("bash", "bash", "submit"), (None, "token", "token"))
    step = only(called({}, calls, ToolCalls()))
    assert (step.content.samples, step.content.tools) == (("s2", "s10"), ("bash", "submit"))
    assert step.caption == "Tool calls: 1B · capitals, 3 calls in 2 samples."
    assert isinstance(KINDS["sample_tool_calls"].draw(step.content), Chart)


def test_only_the_tools_that_are_named_are_shown() -> None:
    calls = ToolCalls(("s1", "s1"), (1, 3), ("bash", "submit"), (None, None))
    assert only(called({"tools": ["submit"]}, calls)).content.tool == ("submit",)
    (skip,) = called({"tools": ["python"]}, calls)
    assert isinstance(skip, Skipped)
    assert skip.reason == "none of python was called by 1B · capitals"


def test_calls_of_one_message_that_hide_each_other_are_told_of() -> None:
    calls = ToolCalls(("s1", "s1", "s1"), (1, 1, 2), ("bash", "submit", "bash"), (None, None, None))
    assert only(called({}, calls)).notes == ("1 call hidden behind others of one message",)


def test_without_any_call_the_view_is_skipped() -> None:
    (skip,) = called({}, ToolCalls())
    assert isinstance(skip, Skipped)
    assert skip.reason == "no tool was called in any sample"


def shapes_of(step: Step) -> Shapes:
    shapes = KINDS[step.view].shapes
    assert shapes is not None
    return shapes(step.content)


def drawn(shapes: Shapes, kind: type) -> list[Any]:
    return [mark for panel in shapes.panels for mark in panel.marks if isinstance(mark, kind)]


def test_a_timeline_is_drawn_with_a_point_at_each_date_and_the_names_of_the_best() -> None:
    step = only(planned({**TIMELINE, "released": DATES, "regression": True}, *TWO_MODELS))
    figure = shapes_of(step)
    (points,), (whiskers,), (names,), (line,) = (
        drawn(figure, k) for k in (Points, Whiskers, TextMarks, Line)
    )
    days = (day_of(date(2023, 1, 1)), day_of(date(2024, 1, 1)))
    assert (points.x, points.y) == (days, (0.75, 0.25))
    assert [(p.lower, p.upper) for p in step.content.points] == list(
        zip(whiskers.lower, whiskers.upper, strict=True)
    )
    assert names.texts == ("3B",)
    assert (line.x, line.y) == (days, (pytest.approx(0.75), pytest.approx(0.25)))
    assert figure.legend == ()  # of one organization


def test_organizations_have_the_colours_of_the_chart_and_dates_their_ticks() -> None:
    facts = some_facts(TWO_MODELS)
    known = {cell: Release("Acme", date(2020 + at, 1, 1)) for at, cell in enumerate(facts.cells)}
    spec = Spec.model_validate({"vizspec": 1, "views": [{**TIMELINE, "released": {"3B": "2026-01-01"}}]})
    figure = shapes_of(only(plan(spec, some_facts(TWO_MODELS, releases=known)).outputs))
    assert [(key.label, key.colour) for key in figure.legend] == [
        ("Acme", OKABE_ITO[0]),
        ("others", OKABE_ITO[1]),
    ]
    ticks = figure.panels[0].x.ticks
    assert ticks is not None
    assert [text for _, text in ticks] == ["2020", "2022", "2024", "2026"]


def test_success_within_limits_is_drawn_as_lines_with_the_bands_of_wilson() -> None:
    output = by_limit({}, limited((10, 20), (1.0, 0.0)), limited((5, 800), (1.0, 1.0)))
    assert isinstance(output, Step)
    figure = shapes_of(output)
    first, second = drawn(figure, Line)
    assert (first.x, first.y) == ((10, 20, 800), (0.5, 0.5, 0.5))
    assert (second.x, second.y) == ((5, 800), (0.5, 1.0))
    band = drawn(figure, Band)[0]
    assert (band.lower[0], band.upper[0]) == tuple(wilson(0.5, 2, 0.95))
    x = figure.panels[0].x
    assert (x.label, x.domain, x.scale) == ("Tokens", (5, 800), "log")
    assert [(key.label, key.colour) for key in figure.legend] == list(
        zip(output.content.models, output.content.colours, strict=True)
    )


def test_repeated_samples_are_lines_without_bands() -> None:
    output = by_limit({"scale": "linear"}, limited((10, 20), (0.5, 0.0)))
    assert isinstance(output, Step)
    figure = shapes_of(output)
    assert drawn(figure, Band) == []
    assert figure.panels[0].x.scale == "linear"


def test_calls_are_drawn_as_cells_in_the_colours_of_their_tools() -> None:
    calls = ToolCalls(("s10", "s2", "s2"), (1, 1, 3), ("bash", "bash", "submit"), (None, "token", "token"))
    figure = shapes_of(only(called({}, calls)))
    (cells,), (ends,) = drawn(figure, Cells), drawn(figure, TextMarks)
    assert list(zip(cells.x, cells.y, cells.colours, strict=True)) == [
        ("1", "s10", OKABE_ITO[0]),
        ("1", "s2", OKABE_ITO[0]),
        ("3", "s2", OKABE_ITO[1]),
    ]
    assert (ends.y, ends.texts) == (("s2",), ("token",))
    panel = figure.panels[0]
    assert (panel.x.categories, panel.y.categories) == (("1", "3"), ("s2", "s10"))
    assert [key.label for key in figure.legend] == ["bash", "submit"]


def test_of_many_messages_some_ten_have_a_tick() -> None:
    count = 45
    calls = ToolCalls(("s1",) * count, tuple(range(1, 2 * count, 2)), ("bash",) * count, (None,) * count)
    ticks = shapes_of(only(called({}, calls))).panels[0].x.ticks
    assert ticks is not None
    assert [(int(rank), text) for rank, text in ticks] == [(5 * at, str(10 * at + 1)) for at in range(9)]
