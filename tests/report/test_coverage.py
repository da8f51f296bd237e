"""Coverage: nothing that was planned or found is missing from the report without a reason."""

from __future__ import annotations

from typing import Any

from tests.make import a_log, an_experiment
from tests.report.make import a_spec, some_material
from vizspec.logs.record import Log, Status
from vizspec.report.attachments import Attachments
from vizspec.report.coverage import coverage, warnings
from vizspec.report.model import Coverage, LogNote


def of(*logs: Log, **named: Any) -> Coverage:
    (section,) = coverage(some_material(logs, **named))
    return section


def test_a_complete_experiment_says_so() -> None:
    section = of(a_log("r4"), a_log("r8"), experiment=an_experiment())
    assert section.sentences == (
        "2 evaluations were planned: all shown.",
        "2 logs were found: all shown.",
    )
    assert (section.missing, section.left_out, section.unplanned, section.logs) == (None, None, None, ())


def test_a_planned_evaluation_without_a_log_is_listed() -> None:
    section = of(a_log("r4"), experiment=an_experiment())
    assert section.sentences[0] == "2 evaluations were planned: 1 shown, 1 missing."
    assert section.missing
    assert section.missing.headers == ("Run", "Task", "Reason")
    assert section.missing.rows == (("r8", "capitals", "no log was found"),)


def test_every_log_that_is_not_shown_has_its_fate_and_reason() -> None:
    section = of(
        a_log("r4", location="r4/new.eval"),
        a_log("r4", created="2026-01-01T00:00Z", location="r4/old.eval"),
        a_log("r8", status=Status.ERROR, reason="it ran out of memory", location="r8/a.eval"),
        a_log("r8", status=Status.UNREADABLE, reason="no zip", location="r8/b.eval"),
        experiment=an_experiment(),
    )
    assert section.logs == (
        LogNote("r4/old.eval", "superseded", "'r4/new.eval' is newer"),
        LogNote("r8/a.eval", "failed", "it ran out of memory"),
        LogNote("r8/b.eval", "unreadable", "no zip"),
    )
    assert section.logs_summary == "4 logs: 1 shown, 1 superseded, 1 failed, 1 unreadable"
    assert section.shown == ("r4/new.eval",)
    assert section.missing
    assert section.missing.rows == (("r8", "capitals", "failed: it ran out of memory"),)


def test_a_reason_that_names_the_fate_says_it_once() -> None:
    reason = "the evaluation failed: no space left on device"
    section = of(a_log("r4"), a_log("r8", status=Status.ERROR, reason=reason), experiment=an_experiment())
    assert section.missing
    assert section.missing.rows == (("r8", "capitals", reason),)


def test_what_the_spec_leaves_out_is_not_called_missing() -> None:
    logs = [a_log("r4", epoch=epoch) for epoch in (0, 1)]
    section = of(*logs, experiment=an_experiment(epochs=(0, 1)), epochs="latest")
    assert section.sentences == (
        "4 evaluations were planned: 1 shown, 1 left out by the spec, 2 missing.",
        "2 logs were found: 1 shown, 1 not shown.",
    )
    assert section.left_out
    assert section.left_out.rows == (
        ("r4", "capitals", "0", "other epoch: epoch 1 is shown (data.epochs: latest)"),
    )
    assert section.missing
    assert [row[:3] for row in section.missing.rows] == [("r8", "capitals", "0"), ("r8", "capitals", "1")]


def test_evaluations_that_nobody_planned_are_listed() -> None:
    section = of(a_log("r4"), a_log("r8"), a_log("r8", task="extra"), experiment=an_experiment())
    assert section.unplanned
    assert section.unplanned.rows == (("r8", "extra", "not in the evaluation matrix"),)


def test_epochs_and_labels_have_columns_where_there_are_any() -> None:
    section = of(a_log("r8"), a_log("r4", vis_label="16", epoch=1, task="x"), experiment=an_experiment())
    assert section.unplanned
    assert section.unplanned.headers == ("Run", "Task", "Label", "Epoch", "Remark")


def test_without_a_design_there_is_nothing_to_compare_with() -> None:
    assert of(a_log("r4")).sentences == (
        "There is no experiment file, so there is no design to compare the logs with.",
        "1 log was found: all shown.",
    )
    assert of(a_log("r4")).unplanned is None
    without_matrix = of(a_log("r4"), experiment=an_experiment(matrix=[]))
    assert without_matrix.sentences[0].startswith("The experiment file has no evaluation matrix")


def test_nothing_found_is_said() -> None:
    assert of(experiment=an_experiment(("r4",))).sentences == (
        "1 evaluation was planned: 0 shown, 1 missing.",
        "0 logs were found.",
    )


def test_warnings_of_the_facts_and_of_the_render_are_told_once() -> None:
    attachments = Attachments(warnings=("b", "c"))
    (section,) = warnings(some_material(warnings=("a", "b"), attachments=attachments))
    assert section.sentences == ("a", "b", "c")
    assert warnings(some_material()) == ()


def test_a_warning_points_to_the_section_that_the_report_has() -> None:
    sentences = ("1 of 4 planned evaluations has no log: see the report's coverage",)
    (section,) = warnings(some_material(warnings=sentences))
    assert section.sentences == ("1 of 4 planned evaluations has no log: see Coverage",)
    without = a_spec(report={"sections": ["summary"]})
    (section,) = warnings(some_material(warnings=sentences, spec=without))
    assert section.sentences == ("1 of 4 planned evaluations has no log",)
