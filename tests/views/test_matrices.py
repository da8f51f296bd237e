"""Matrices of samples and of any columns, and tables: their cells, orders and skips."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.make import a_log, a_score, some_facts
from tests.views.test_views import TWO_MODELS, planned, reason
from vizspec.draw.shapes.model import Cells, DrawnColumn, DrawnTable, Shapes
from vizspec.errors import Problems
from vizspec.plan.plan import Skipped, Step, plan
from vizspec.samples.scored import NoScores, SampleScores
from vizspec.spec.model import Spec
from vizspec.views import KINDS
from vizspec.views.base import Chart
from vizspec.views.frame import Frame

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def of_samples(*scores: tuple[float | None, ...], repeats: int = 1) -> SampleScores:
    """One log's scores by `match`, a tuple a sample."""
    flat = [value for sample in scores for value in sample]
    ids = tuple(f"s{at}" for at, sample in enumerate(scores) for _ in sample)
    return SampleScores(ids, tuple(range(1, len(ids) + 1)), scores={"match": tuple(flat)}, said={},
                        wanted=(None,) * len(ids), limit=(None,) * len(ids))  # fmt: skip


def outputs(entry: dict[str, Any], *logs: Any, samples: Any = (), files: Any = None) -> list[Step | Skipped]:
    facts = some_facts(logs)
    read = dict(zip(facts.cells, samples, strict=False))
    facts = some_facts(logs, samples=read, files=files or {})
    return list(plan(Spec.model_validate({"vizspec": 1, "views": [entry]}), facts).outputs)


def cells(step: Step | Skipped) -> dict[tuple[str, str], float]:
    assert isinstance(step, Step), step
    return {(row.model, row.task): row.value for row in step.content.rows}


def skip(entry: dict[str, Any], *logs: Any, samples: Any = ()) -> str:
    (found,) = outputs(entry, *logs, samples=samples)
    assert isinstance(found, Skipped)
    return found.reason


SAMPLES = {"view": "sample_heatmap"}
BOTH = (of_samples((1.0,), (0.0,), (1.0,)), of_samples((1.0,), (1.0,), (0.0,)))


def test_each_model_has_a_cell_for_each_sample() -> None:
    (step,) = outputs(SAMPLES, *TWO_MODELS, samples=BOTH)
    assert cells(step) == {
        ("1B", "s0"): 1, ("1B", "s1"): 0, ("1B", "s2"): 1,
        ("3B", "s0"): 1, ("3B", "s1"): 1, ("3B", "s2"): 0,
    }  # fmt: skip


def test_only_samples_on_which_models_differ_are_shown_where_that_is_asked() -> None:
    (step,) = outputs({**SAMPLES, "differing": True}, *TWO_MODELS, samples=BOTH)
    assert {sample for _, sample in cells(step)} == {"s1", "s2"}
    assert skip({**SAMPLES, "differing": True}, *TWO_MODELS, samples=(BOTH[0], BOTH[0])) == (
        "no sample is right in one model and wrong in another"
    )


def test_repeats_of_a_sample_are_their_mean() -> None:
    (step,) = outputs(SAMPLES, TWO_MODELS[0], samples=[of_samples((1.0, 0.0), (1.0, None))])
    assert cells(step) == {("1B", "s0"): 0.5, ("1B", "s1"): 1}


def test_each_task_has_a_matrix_of_its_own() -> None:
    logs = (*TWO_MODELS, a_log("a", "hf/1B", "rivers"))
    steps = outputs(SAMPLES, *logs, samples=(BOTH[0],) * 3)
    assert [step.title for step in steps if isinstance(step, Step)] == [
        "match of each sample: capitals",
        "match of each sample: rivers",
    ]
    assert len({name for step in steps if isinstance(step, Step) for name in step.files}) == 4


def test_logs_without_samples_are_told_of_and_all_of_them_skip_the_view() -> None:
    (step,) = outputs(SAMPLES, *TWO_MODELS, samples=(BOTH[0], NoScores("cannot be read")))
    assert isinstance(step, Step)
    assert step.notes == ("cannot be read: 3B",)
    assert skip(SAMPLES, *TWO_MODELS) == "no log tells what 'match' said of each sample"


def test_more_samples_than_pixels_are_skipped_with_the_way_out() -> None:
    many = of_samples(*((1.0,),) * 1001)
    assert "1,001 samples are more than a chart has room for" in skip(SAMPLES, TWO_MODELS[0], samples=[many])


OWN = Frame(
    ("day", "kind", "n"),
    (
        {"day": 10, "kind": "b", "n": 1.0},
        {"day": 9, "kind": "a", "n": 2.0},
        {"day": 9, "kind": "a", "n": 4.0},
        {"day": 9, "kind": None, "n": 4.0},
    ),
)
HEAT = {"view": "heatmap", "data": "own.csv", "x": "day", "y": "kind", "color": "n"}


def test_a_heatmap_shows_the_mean_of_the_rows_of_a_cell_and_says_so() -> None:
    (step,) = outputs(HEAT, *TWO_MODELS, files={"own.csv": OWN})
    assert cells(step) == {("b", "10"): 1.0, ("a", "9"): 3.0}
    assert isinstance(step, Step)
    assert (step.content.models, step.content.tasks) == (("b", "a"), ("9", "10"))
    assert step.notes == (
        "1 of 4 rows lack 'day', 'kind' or a number as 'n'",
        "3 rows in 2 cells: a cell with several shows their mean",
    )


def test_the_smallest_numbers_have_colours_and_texts_of_their_own() -> None:
    logs = [
        a_log(run, f"hf/{run}", scores=[a_score("own", metrics={"rate": value})])
        for run, value in (("1B", 2e-9), ("3B", 4e-9))
    ]
    entries: list[dict[str, Any]] = [
        {"view": "heatmap", "x": "task", "y": "model", "color": "value", "metrics": "own/rate"},
        {"view": "scores_heatmap", "metrics": "own/rate"},
    ]
    for entry in entries:
        (step,) = outputs(entry, *logs)
        assert isinstance(step, Step)
        shapes = KINDS[step.view].shapes
        assert shapes is not None
        figure = shapes(step.content)
        (drawn,) = figure.panels[0].marks
        assert isinstance(drawn, Cells)
        assert drawn.texts == ("2e-09", "4e-09")
        assert len(set(drawn.colours)) == 2
        assert figure.colour_scale is not None
        assert figure.colour_scale.format == "~g"


def test_a_heatmap_without_numbers_is_skipped_and_one_of_unknown_columns_refused() -> None:
    (found,) = outputs({**HEAT, "color": "kind"}, *TWO_MODELS, files={"own.csv": OWN})
    assert isinstance(found, Skipped)
    assert found.reason == "no row has a number as 'kind'"
    with pytest.raises(Problems) as raised:
        outputs({**HEAT, "x": "dya"}, *TWO_MODELS, files={"own.csv": OWN})
    assert raised.value.problems[0].hint == "did you mean 'day'?"


def test_matrices_are_drawn_with_and_without_a_browser() -> None:
    (step,) = outputs(HEAT, *TWO_MODELS, files={"own.csv": OWN})
    assert isinstance(step, Step)
    kind = KINDS["heatmap"]
    picture = kind.draw(step.content)
    assert isinstance(picture, Chart)
    text = json.dumps(json.loads(picture.component._create_spec()))
    assert '"xLabel": "day"' in text
    assert "interval_text" not in text
    assert kind.shapes is not None
    assert kind.shapes(step.content).panels[0].x.categories == ("9", "10")


def test_a_table_shows_what_tells_most_or_the_columns_that_are_named() -> None:
    (step,) = planned({"view": "table"}, *TWO_MODELS)
    assert isinstance(step, Step)
    assert [head.label for head in step.content.heads][:4] == ["model_label", "task_label", "metric", "value"]
    (step,) = planned(
        {"view": "table", "columns": ["run", {"column": "value", "label": "Score"}]}, *TWO_MODELS
    )
    assert isinstance(step, Step)
    assert [(head.label, head.format) for head in step.content.heads] == [("run", None), ("Score", ".3f")]
    assert dict(step.content.columns) == {"c0": ("a", "b"), "c1": (0.25, 0.75)}


def test_a_table_of_many_rows_has_pages() -> None:
    rows = Frame(("n",), tuple({"n": at} for at in range(30)))
    (step,) = outputs({"view": "table", "data": "own.csv"}, *TWO_MODELS, files={"own.csv": rows})
    assert isinstance(step, Step)
    picture = KINDS["table"].draw(step.content)
    assert isinstance(picture, Chart)
    assert picture.component.config["pagination"].page_size == 20


def test_a_table_without_disagreements_is_skipped_with_what_to_do() -> None:
    assert reason({"view": "table", "data": "disagreements"}, *TWO_MODELS) == (
        "no sample is right in one evaluation and wrong in another, of those under `comparisons:`"
    )


def drawn_table(step: Step | Skipped) -> tuple[Shapes, DrawnTable]:
    assert isinstance(step, Step)
    of = KINDS["table"].shapes
    assert of is not None
    figure = of(step.content)
    ((table,),) = (panel.marks for panel in figure.panels)
    assert isinstance(table, DrawnTable)
    return figure, table


def test_a_drawn_table_has_the_texts_of_the_first_page_and_says_of_how_many_rows() -> None:
    rows = Frame(("n", "x"), tuple({"n": at * 1000, "x": None if at else "$a\nb"} for at in range(30)))
    entry = {"view": "table", "data": "own.csv", "columns": [{"column": "n", "label": "$N"}, "x"], "page": 2}
    (step,) = outputs(entry, *TWO_MODELS, files={"own.csv": rows})
    figure, table = drawn_table(step)
    assert table.columns == (
        DrawnColumn("$N", ("0", "1,000"), is_number=True),
        DrawnColumn("x", ("$a b", "")),
    )
    assert figure.note == "1 to 2 of 30 rows"
    assert isinstance(step, Step)
    assert step.notes == ("a picture shows 1 to 2 of 30 rows, the first page",)


def test_numbers_of_a_drawn_table_are_written_as_the_page_writes_them() -> None:
    columns = ["run", {"column": "value", "format": ".1%", "width": 90}, "value"]
    (step,) = planned({"view": "table", "columns": columns}, *TWO_MODELS)
    figure, table = drawn_table(step)
    assert [column.texts for column in table.columns[:2]] == [("a", "b"), ("25.0%", "75.0%")]
    assert table.columns[1].pixels == 90
    assert figure.note == ""
