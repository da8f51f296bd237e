"""What the index shows of all evaluations: scores, coverage, and what to filter by."""

from __future__ import annotations

from typing import Any

from tests.make import a_log, an_experiment, some_facts
from vizspec.cells.facets import Facets
from vizspec.draw.pages.parts import Facet, IndexGrid, IndexTable
from vizspec.logs.record import Status
from vizspec.render.overview import Overview, overview
from vizspec.spec.model import Spec

EXPERIMENT = an_experiment(("r4", "r8"), ("capitals", "rivers"))
LOGS = [
    a_log("r4", "hf/1B", "capitals", accuracy=0.6),
    a_log("r8", "hf/3B", "capitals", accuracy=0.9),
    a_log("r4", "hf/1B", "rivers", status=Status.ERROR, reason="out of memory"),
]


def of_logs(**data: Any) -> Overview:
    spec = Spec.model_validate({"vizspec": 1, "data": data})
    return overview(spec, some_facts(LOGS, EXPERIMENT))


def scores(found: Overview) -> IndexGrid:
    assert found.scores is not None
    assert isinstance(found.scores.body, IndexGrid)
    return found.scores.body


def coverage(found: Overview) -> tuple[IndexGrid, IndexTable]:
    grid, logs = (section.body for section in found.coverage)
    assert isinstance(grid, IndexGrid)
    assert isinstance(logs, IndexTable)
    return grid, logs


def test_scores_are_models_by_tasks_with_the_best_marked() -> None:
    grid = scores(of_logs())
    assert grid.columns == ("capitals",)
    shown = [(model, cell and (cell.text, cell.is_best)) for model, (cell,) in grid.rows]
    assert shown == [("1B (r4)", ("0.600", False)), ("1B (r8)", ("0.900", True))]


def test_a_score_tells_its_interval_and_leads_to_the_line_of_its_log() -> None:
    cell = scores(of_logs()).rows[0][1][0]
    assert cell is not None
    assert cell.note == "1B (r4) on capitals: 0.600 (95% CI 0.502–0.691, n = 100)"
    assert cell.href == "#log-1"
    assert cell.facets == Facets("1B", "capitals", None, "r4")


def test_with_a_log_viewer_scores_and_logs_lead_there() -> None:
    found = of_logs(log_viewer="http://localhost:7575")
    address = "http://localhost:7575/#/logs/r4/eval/capitals/logs/a.eval"
    cell = scores(found).rows[0][1][0]
    assert cell is not None
    assert cell.href == address
    assert address in coverage(found)[1].details[0].links.values()


def test_every_planned_evaluation_has_a_cell_with_its_fate_that_leads_to_its_line() -> None:
    grid, logs = coverage(of_logs())
    assert grid.columns == ("capitals", "rivers")
    fates = {run: [cell and (cell.text, cell.mark) for cell in cells] for run, cells in grid.rows}
    assert fates == {"r4": [("✓", "kept"), ("!", "failed")], "r8": [("✓", "kept"), ("✗", "missing")]}
    anchors = {detail.anchor for detail in logs.details}
    hrefs = {cell.href for _, cells in grid.rows for cell in cells if cell is not None}
    assert hrefs == {f"#{anchor}" for anchor in anchors}
    assert grid.keys == (("kept", "✓ kept"), ("failed", "! failed"), ("missing", "✗ missing"))


def test_where_no_log_is_of_a_run_the_evaluations_are_those_of_models() -> None:
    logs = [
        a_log(None, "hf/1B", "capitals", location="a.eval"),
        a_log(None, "hf/3B", "capitals", location="b.eval"),
        a_log(None, "hf/3B", "rivers", location="c.eval", status=Status.ERROR, reason="out of memory"),
    ]
    grid, _ = coverage(overview(Spec.model_validate({"vizspec": 1}), some_facts(logs)))
    assert grid.corner == "Model"
    fates = {model: [cell and cell.mark for cell in cells] for model, cells in grid.rows}
    assert fates == {"1B": ["kept", None], "3B": ["kept", "failed"]}


def test_every_log_is_a_row_with_its_fate_and_reason() -> None:
    rows = coverage(of_logs())[1].rows
    assert [row[3] for row in rows] == ["kept", "failed", "kept", "missing"]
    assert "out of memory" in rows[1][4]


def test_the_page_can_be_filtered_by_what_differs() -> None:
    assert of_logs().facets == (Facet("task", ("capitals", "rivers")), Facet("run", ("r4", "r8")))


def test_without_evaluations_there_is_nothing_to_show() -> None:
    assert overview(Spec.model_validate({"vizspec": 1}), some_facts([])) == Overview()
