"""Many models: which a figure shows, in which order, on how many pages, and what its caption says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.make import a_log, a_metric, a_score, some_facts
from vizspec.logs.releases import Release
from vizspec.plan.plan import Skipped, Step, plan
from vizspec.samples.scored import SampleScores, ToolCalls
from vizspec.spec.model import Spec
from vizspec.views import KINDS
from vizspec.views._many import best_first, even
from vizspec.views._radar import Radar
from vizspec.views._scores import Scores

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def logs(models: int, tasks: int = 1) -> list[Any]:
    """The more a model's number, the better it is."""
    return [
        a_log(f"run{model}", f"hf/m{model}", f"task{task}", accuracy=model / models)
        for model in range(models)
        for task in range(tasks)
    ]


def steps(entry: dict[str, Any], given: list[Any]) -> list[Step]:
    spec = Spec.model_validate({"vizspec": 1, "data": {"epochs": "all"}, "views": [entry]})
    outputs = plan(spec, some_facts(given)).outputs
    assert all(isinstance(output, Step) for output in outputs), outputs
    return [output for output in outputs if isinstance(output, Step)]


def shown(found: list[Step]) -> list[list[str]]:
    contents = [step.content for step in found]
    assert all(isinstance(content, Scores | Radar) for content in contents)
    return [list(content.models) for content in contents]


def test_the_best_come_first_by_the_mean_of_their_values() -> None:
    values = [("a", 0.1), ("b", 0.5), ("a", 0.7), ("c", None), ("m10", 0.2), ("m9", 0.2)]
    assert best_first(values, a_metric()) == ("b", "a", "m9", "m10")
    assert best_first(values, a_metric("risk/brier_score")) == ("m9", "m10", "a", "b")


def test_pages_are_as_few_and_as_even_as_can_be() -> None:
    assert even("abcdefg", 3) == ["abc", "de", "fg"]
    assert even("abc", 3) == ["abc"]
    assert even("", 3) == [""]


def test_bars_of_more_models_than_can_be_read_become_rows_of_dots_the_best_first() -> None:
    (bars,) = steps({"view": "scores_by_task"}, logs(20))
    assert shown([bars]) == [[f"m{model}" for model in range(20)]]
    assert not bars.content.are_rows
    (rows,) = steps({"view": "scores_by_task"}, logs(21))
    assert shown([rows]) == [[f"m{model}" for model in range(20, -1, -1)]]
    assert rows.content.are_rows
    assert rows.notes == ("a row of dots a model in place of bars, of which there would be 21",)


def test_rows_and_panels_that_have_no_room_go_on_on_further_pages() -> None:
    found = steps({"view": "scores_by_task"}, logs(60, 10))
    assert [(len(step.content.models), len(step.content.tasks)) for step in found] == [(30, 5)] * 4
    assert found[0].notes[0] == "more models and tasks than one picture has room for: 4 pages"
    assert found[1].notes == ()
    assert len({file for step in found for file in step.files}) == 8
    assert all(step.title.endswith(f"({number} of 4)") for number, step in enumerate(found, 1))


def test_bars_of_many_tasks_go_on_on_further_pages() -> None:
    found = steps({"view": "scores_by_task"}, logs(5, 40))
    assert [len(step.content.tasks) for step in found] == [20, 20]
    assert {tuple(step.content.models) for step in found} == {("m0", "m1", "m2", "m3", "m4")}


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (None, ["m0", "m1", "m2"]),
        ("descending", ["m2", "m1", "m0"]),
        ("ascending", ["m0", "m1", "m2"]),
        ("name", ["m0", "m1", "m2"]),
    ],
)
def test_bars_stand_in_the_order_that_is_asked_for(sort: str | None, order: list[str]) -> None:
    (step,) = steps({"view": "scores_by_task", "sort": sort}, logs(3))
    assert shown([step]) == [order]
    picture: Any = KINDS["scores_by_task"].draw(step.content)
    assert picture.component.config["hconcat"][0]["xDomain"] == order


def test_a_limit_says_how_many_models_a_picture_shows() -> None:
    found = steps({"view": "scores_by_task", "limit": 2}, logs(5))
    assert shown(found) == [["m0", "m1"], ["m2", "m3"], ["m4"]]
    colours = [colour for step in found for colour in step.content.colours]
    (whole,) = steps({"view": "scores_by_task"}, logs(5))
    assert tuple(colours) == whole.content.colours


@pytest.mark.parametrize("view", ["scores_by_task", "scores_by_model", "scores_heatmap"])
def test_the_top_alone_is_shown_and_the_caption_names_what_is_left_out(view: str) -> None:
    (step,) = steps({"view": view, "top": 2, "caption": "Mine."}, logs(5))
    assert set(step.content.models) == {"m3", "m4"}
    choice = "the 2 best of 5 models by their mean Match Accuracy; left out: m2, m1, m0"
    assert step.caption == f"Mine; {choice}."


def test_a_caption_says_nothing_of_a_choice_that_leaves_nothing_out() -> None:
    (step,) = steps({"view": "scores_by_task", "top": 5, "caption": "Mine."}, logs(5))
    assert step.caption == "Mine."


def test_what_is_chosen_keeps_the_label_that_tells_it_from_what_is_not() -> None:
    given = [a_log(run, "hf/1B", accuracy=value) for run, value in (("r4", 0.2), ("r8", 0.9))]
    (step,) = steps({"view": "scores_by_task", "top": 1}, given)
    assert step.content.models == ("1B (r8)",)


def test_a_ranking_goes_on_on_further_pages_in_its_order() -> None:
    found = steps({"view": "scores_by_model", "limit": 3}, logs(5))
    assert [set(models) for models in shown(found)] == [{"m4", "m3", "m2"}, {"m1", "m0"}]


def test_radars_have_eight_models_each_where_it_stands_among_all() -> None:
    found = steps({"view": "scores_radar_by_task", "normalization": "min_max"}, logs(10, 3))
    assert [len(models) for models in shown(found)] == [5, 5]
    assert found[1].content.rows[0].position == pytest.approx(5 / 9)
    limited = steps({"view": "scores_radar_by_task", "limit": 4, "top": 4}, logs(10, 3))
    assert shown(limited) == [["m6", "m7", "m8", "m9"]]


def test_a_radar_of_more_axes_than_have_room_is_skipped_with_the_reason() -> None:
    spec = Spec.model_validate({"vizspec": 1, "views": [{"view": "scores_radar_by_task"}]})
    (output,) = plan(spec, some_facts(logs(2, 17))).outputs
    assert not isinstance(output, Step)
    assert output.reason == "a radar has room for 16 axes, and this view has 17 tasks: choose some of them"


def test_a_radar_of_metrics_shows_the_top_by_its_first_metric() -> None:
    given = [
        a_log(f"run{m}", f"hf/m{m}", scores=[a_score(s, accuracy=m / 4) for s in ("match", "includes", "f")])
        for m in range(4)
    ]
    (step,) = steps({"view": "scores_radar_by_metric", "top": 1}, given)
    assert shown([step]) == [["m3"]]
    assert "the 1 best of 4 models by their mean Match Accuracy" in step.caption


def test_a_heatmap_of_many_models_goes_on_on_further_pages() -> None:
    found = steps({"view": "scores_heatmap", "limit": 2, "sort": "ascending"}, logs(4))
    assert [set(models) for models in shown(found)] == [{"m3", "m2"}, {"m1", "m0"}]


def test_a_factor_keeps_both_levels_of_a_model_that_is_chosen() -> None:
    given = [
        a_log(f"{m}{t}", f"hf/m{m}", accuracy=(m + t) / 9, metadata={"tuned": t == 1})
        for m in range(4)
        for t in range(2)
    ]
    found = steps({"view": "scores_by_factor", "factor": "metadata.tuned", "top": 3, "limit": 2}, given)
    assert shown(found) == [["m1", "m2"], ["m3"]]
    assert [len(step.content.rows) for step in found] == [4, 2]


def test_bars_that_stand_in_one_picture_share_no_colour_though_the_palette_is_used_up() -> None:
    found = steps({"view": "scores_by_task", "limit": 20, "sort": "descending"}, logs(50))
    assert all(len(set(step.content.colours)) == len(step.content.models) for step in found)
    radars = steps({"view": "scores_radar_by_task"}, logs(50, 3))
    assert all(len(set(step.content.colours)) == len(step.content.models) for step in radars)


def of_samples(entry: dict[str, Any], given: list[Any], samples: int = 3) -> list[Step]:
    spec = Spec.model_validate({"vizspec": 1, "data": {"epochs": "all"}, "views": [entry]})
    facts = some_facts(given)
    ids = tuple(f"s{at}" for at in range(samples))
    scores = SampleScores(
        ids, (1,) * samples, scores={"match": (1.0,) * samples}, tokens=tuple(range(1, samples + 1))
    )
    calls = ToolCalls(ids, (1,) * samples, ("bash",) * samples, (None,) * samples)
    released = {cell: Release("Acme", date(2020, 1, 1 + at)) for at, cell in enumerate(facts.cells[:28])}
    known = replace(
        facts,
        samples=dict.fromkeys(facts.cells, scores),
        calls=dict.fromkeys(facts.cells, calls),
        releases=released,
    )
    outputs = plan(spec, known).outputs
    assert all(isinstance(output, Step) for output in outputs), outputs
    return [output for output in outputs if isinstance(output, Step)]


def test_lines_over_a_limit_are_twelve_a_picture() -> None:
    pages = of_samples({"view": "scores_by_limit"}, logs(25))
    assert [len(page.content.models) for page in pages] == [9, 8, 8]
    assert [len({step.model for step in page.content.steps}) for page in pages] == [9, 8, 8]
    assert pages[0].notes[0] == "more lines than one picture has room for: 3 pages"
    assert len({page.files for page in pages}) == 3


def test_models_of_a_matrix_of_samples_are_on_pages_of_which_each_has_all_samples() -> None:
    pages = of_samples({"view": "sample_heatmap", "limit": 10}, logs(25))
    assert [len(page.content.models) for page in pages] == [9, 8, 8]
    assert {page.content.tasks for page in pages} == {("s0", "s1", "s2")}
    assert len({page.files for page in pages}) == 3


def test_samples_with_calls_of_tools_are_on_pages() -> None:
    pages = of_samples({"view": "sample_tool_calls", "limit": 2}, logs(1), samples=5)
    assert [page.content.samples for page in pages] == [("s0", "s1"), ("s2", "s3"), ("s4",)]
    assert [page.files[0] for page in pages] == [
        f"sample_tool_calls_ranks_task0_m0_{page}.html" for page in (1, 2, 3)
    ]


def test_a_chart_of_each_of_too_many_evaluations_is_none() -> None:
    facts = some_facts(logs(101))
    calls = dict.fromkeys(facts.cells, ToolCalls(("s",), (1,), ("bash",), (None,)))
    spec = Spec.model_validate({"vizspec": 1, "views": [{"view": "sample_tool_calls"}]})
    (skipped,) = plan(spec, replace(facts, calls=calls)).outputs
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "it makes a chart each of 101 evaluations: choose some by `where`"


@pytest.mark.parametrize("view", ["scores_timeline", "scores_by_limit", "sample_heatmap"])
def test_views_of_models_show_the_best_and_name_what_is_left_out(view: str) -> None:
    (step,) = of_samples({"view": view, "top": 2}, logs(5))
    assert "the 2 best of 5 models by their mean Match Accuracy; left out: m2, m1, m0" in step.caption


def test_rows_of_a_matrix_of_a_frame_are_on_pages() -> None:
    entry = {"view": "heatmap", "x": "task", "y": "model", "color": "value", "limit": 10}
    pages = steps(entry, logs(25, tasks=2))
    assert [len(page.content.models) for page in pages] == [9, 8, 8]
    assert pages[0].notes == ("more rows than one picture has room for: 3 pages",)


@pytest.mark.parametrize(
    ("sort", "models"),
    [
        (None, ["m0", "m1", "m2"]),
        ("descending", ["m2", "m1", "m0"]),
        ("ascending", ["m0", "m1", "m2"]),
        ("name", ["m0", "m1", "m2"]),
    ],
)
@pytest.mark.parametrize(
    "entry",
    [
        {"view": "scores_radar_by_task"},
        {"view": "scores_by_variable", "x": "task", "series": "model", "facet": False},
    ],
    ids=lambda entry: entry["view"],
)
def test_models_stand_in_the_order_that_is_asked_for(
    entry: dict[str, Any], sort: str | None, models: list[str]
) -> None:
    (step,) = steps(entry | {"sort": sort}, logs(3, 3))
    found = getattr(step.content, "models", None) or step.content.series
    assert list(found) == models


def test_a_radar_of_metrics_and_both_levels_of_a_factor_are_sorted_over_all_pages() -> None:
    given = [
        a_log(
            f"{m}{t}",
            f"hf/m{m}",
            scores=[a_score(s, accuracy=(m + t) / 9) for s in ("match", "includes", "f")],
            metadata={"tuned": t == 1},
        )
        for m in range(4)
        for t in range(2)
    ]
    radars = steps({"view": "scores_radar_by_metric", "sort": "descending", "limit": 2}, given[::2])
    assert shown(radars) == [["m3", "m2"], ["m1", "m0"]]
    entry = {"view": "scores_by_factor", "factor": "metadata.tuned", "metrics": "match/accuracy"}
    factors = steps({**entry, "sort": "descending", "limit": 2}, given)
    assert shown(factors) == [["m3", "m2"], ["m1", "m0"]]


@pytest.mark.parametrize(
    ("sort", "models"), [(None, "10"), ("desc", "10"), ("ascending", "01"), ("asc", "01"), ("name", "01")]
)
def test_a_ranking_has_the_best_on_top_or_the_order_that_is_asked_for(sort: str | None, models: str) -> None:
    (step,) = steps({"view": "scores_by_model", "sort": sort}, logs(2))
    assert shown([step]) == [[f"m{number}" for number in models]]


def test_a_ranking_by_an_error_has_the_lowest_on_top() -> None:
    given = [
        a_log(f"r{m}", f"hf/m{m}", scores=[a_score("risk", metrics={"brier_score": m / 4})]) for m in range(3)
    ]
    (step,) = steps({"view": "scores_by_model", "metrics": "risk/brier_score"}, given)
    assert shown([step]) == [["m0", "m1", "m2"]]
    (high,) = steps({"view": "scores_by_model", "metrics": "risk/brier_score", "sort": "descending"}, given)
    assert shown([high]) == [["m2", "m1", "m0"]]


def test_lines_over_a_limit_are_sorted() -> None:
    (page,) = of_samples({"view": "scores_by_limit", "sort": "descending"}, logs(3))
    assert page.content.models == ("m2", "m1", "m0")


def test_samples_are_chosen_and_sorted_by_their_calls() -> None:
    facts = some_facts(logs(1))
    calls = ToolCalls(("s1", "s2", "s2", "s3", "s3", "s3"), tuple(range(6)), ("bash",) * 6, (None,) * 6)
    known = replace(facts, calls=dict.fromkeys(facts.cells, calls))
    view = {"view": "sample_tool_calls", "top": 2, "sort": "descending"}
    (step,) = plan(Spec.model_validate({"vizspec": 1, "views": [view]}), known).outputs
    assert isinstance(step, Step)
    assert step.content.samples == ("s3", "s2")
    assert step.caption.endswith("; the 2 highest of 3 samples by their number of calls; left out: s1.")


def test_the_rows_of_the_highest_means_alone_are_shown_of_a_matrix() -> None:
    entry = {"view": "heatmap", "x": "task", "y": "model", "color": "value", "top": 2}
    (step,) = steps(entry, logs(4, tasks=2))
    assert step.content.models == ("m2", "m3")
    assert "the 2 highest of 4 rows by their mean value; left out: m1, m0" in step.caption
