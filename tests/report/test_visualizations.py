"""Figures of this run, and what was not drawn."""

from __future__ import annotations

import pytest

from tests.report.make import a_spec, a_step, failed, made, skipped, some_material
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.report.attachments import Attachments
from vizspec.report.model import File, NotDrawn, Visualizations
from vizspec.report.visualizations import seen_from, visualizations


def of(*outcomes: Outcome, attachments: Attachments | None = None) -> Visualizations:
    (section,) = visualizations(some_material(outcomes=outcomes, attachments=attachments))
    return section


def test_a_spec_without_views_has_no_such_section() -> None:
    assert visualizations(some_material()) == ()


def test_a_picture_is_embedded_and_its_page_linked() -> None:
    (figure,) = of(made(a_step("chart", notes=("one left out",)))).figures
    assert figure.image == File("chart.png", "PNG")
    assert figure.files == (File("chart.html", "Interactive figure"),)
    assert figure.notes == ("one left out",)


def test_the_text_of_a_picture_is_that_of_its_kind_and_no_second_title() -> None:
    (figure,) = of(made(a_step("chart", title="AUC by task"))).figures
    assert figure.alt == "Scores of every model in every task or condition, as bars with intervals"


def test_without_a_picture_the_page_is_linked() -> None:
    (figure,) = of(made(a_step("chart"), without={"chart.png": "no browser"})).figures
    assert figure.image is None
    assert figure.files == (File("chart.html", "Interactive figure"),)


def test_a_vector_picture_is_embedded_where_there_is_no_other() -> None:
    (figure,) = of(made(a_step(files=("roc.svg",)))).figures
    assert figure.image == File("roc.svg", "SVG")


def test_data_are_linked_apart_from_the_figures() -> None:
    section = of(made(a_step(files=("compute_metrics.json",))), made(a_step("chart")))
    assert [figure.image for figure in section.figures] == [File("chart.png", "PNG")]
    (figure,) = section.files
    assert (figure.image, figure.files) == (None, (File("compute_metrics.json", "Data (JSON)"),))


def test_files_left_as_they_were_are_of_this_run() -> None:
    outcome = Outcome(a_step(files=("a.png",)), (FileOutcome("a.png", OutputStatus.UNCHANGED),))
    assert of(outcome).figures[0].image == File("a.png", "PNG")


def test_skips_and_failures_are_listed_with_their_places() -> None:
    section = of(
        skipped("scores_heatmap", "one model", 0),
        failed(a_step(id="radar", entry=1), "ValueError: x"),
        skipped("roc_curves", "no risk scorer", 2),
        attachments=Attachments(places=("analysis.yaml:5", "analysis.yaml:9")),
    )
    assert section.figures == ()
    assert section.not_drawn == (
        NotDrawn("scores_heatmap", "one model", "analysis.yaml:5"),
        NotDrawn("radar", "failed: ValueError: x", "analysis.yaml:9"),
        NotDrawn("roc_curves", "no risk scorer", "views[2]"),
    )


def test_pictures_missing_for_one_reason_are_told_together() -> None:
    steps = [a_step(name, id=name, entry=entry) for entry, name in enumerate(("a", "b"))]
    section = of(*(made(step, without={step.files[1]: "no browser"}) for step in steps))
    assert section.not_drawn == (NotDrawn("2 PNG files", "no browser", "views[0], views[1]"),)


def test_a_file_that_failed_is_told_by_its_name() -> None:
    files = (FileOutcome("a.html", OutputStatus.MADE), FileOutcome("a.png", OutputStatus.FAILED, "disk full"))
    section = of(Outcome(a_step("a"), files))
    assert len(section.figures) == 1
    assert section.not_drawn == (NotDrawn("a.png", "failed: disk full", "views[0]"),)


@pytest.mark.parametrize(
    ("report", "path", "seen"),
    [
        ("report.md", "a.png", "a.png"),
        ("report.md", "figures/a.png", "figures/a.png"),
        ("text/report.md", "a.png", "../a.png"),
        ("text/report.md", "text/a.png", "a.png"),
    ],
)
def test_paths_are_relative_to_the_report(report: str, path: str, seen: str) -> None:
    assert seen_from(report, path) == seen


def test_the_index_is_linked_from_where_the_report_stands() -> None:
    spec = a_spec(report={"path": "text/report.md"})
    attachments = Attachments(index="index.html")
    (section,) = visualizations(some_material(outcomes=[made()], attachments=attachments, spec=spec))
    assert section.index == File("../index.html", "index.html")
