"""What the index shows of the report, and where."""

from __future__ import annotations

from vizspec.draw.pages.parts import IndexSection, IndexTable
from vizspec.render.index_sections import after_figures, before_figures
from vizspec.report.model import (
    Advice,
    Compute,
    ComputeUsage,
    Count,
    Coverage,
    Headline,
    Interpretation,
    LogNote,
    Metrics,
    Own,
    PerTask,
    Report,
    ResearchQuestion,
    Summary,
    Visualizations,
    Warnings,
)
from vizspec.report.table import Table

TABLE = Table(("Model", "n"), (("1B", "40"),), ("left", "right"), ("n: samples.", "A note."))
BODY = IndexTable(("Model", "n"), (("1B", "40"),), ("left", "right"))
FIGURES = Visualizations((), ())


def test_sections_stand_before_and_after_the_figures_as_in_the_report() -> None:
    report = Report("ranks", (Metrics("calibration", "Risk", (TABLE,)), FIGURES, PerTask(TABLE, ())))
    assert [section.heading for section in before_figures(report)] == ["Risk"]
    assert [section.heading for section in after_figures(report)] == ["Per-Task Breakdown"]


def test_without_figures_in_the_report_everything_stands_before_them() -> None:
    report = Report("ranks", (Warnings(("odd",)),))
    assert before_figures(report) == (IndexSection("Warnings", lines=("odd",)),)
    assert after_figures(report) == ()


def test_without_a_report_there_is_nothing() -> None:
    assert before_figures(None) == after_figures(None) == ()


def test_the_summary_is_told_in_sentences() -> None:
    headline = Headline("Best Accuracy", ("1B", "3B"), "0.900 (n = 40)", ("They tie.",))
    summary = Summary((headline,), ("1 warning.",), (Count("Models", "2"), Count("Tasks", "1")))
    (section,) = before_figures(Report("ranks", (summary,)))
    assert section.lines == (
        "Best Accuracy: 1B; 3B, 0.900 (n = 40). They tie.",
        "1 warning.",
        "Models: 2; Tasks: 1",
    )


def test_the_question_has_its_variables_and_leaves_out_what_is_not_told() -> None:
    (section,) = before_figures(Report("ranks", (ResearchQuestion("Which is best?", "", TABLE),)))
    assert (section.lines, section.body) == (("Question: Which is best?",), BODY)


def test_the_question_has_its_purpose_and_what_was_trained_on() -> None:
    asked = ResearchQuestion("Which?", "", purpose="To choose.", training=TABLE)
    question, data = before_figures(Report("ranks", (asked,)))
    assert question.lines == ("Question: Which?", "Purpose: To choose.")
    assert (data.heading, data.body) == ("Research Question: training data", BODY)


def test_a_table_has_its_footnotes_below_it() -> None:
    (section,) = before_figures(Report("ranks", (PerTask(TABLE, ("Higher is better.",)),)))
    assert section == IndexSection(
        "Per-Task Breakdown", BODY, "n: samples. A note.", lines=("Higher is better.",)
    )


def test_compute_has_its_remarks_and_advice_and_sums_under_a_name_of_their_own() -> None:
    usage = ComputeUsage(TABLE, TABLE, (Advice("r8", ("Use more.",)),), ("seff was not found.",))
    jobs, sums = before_figures(Report("ranks", (Compute((usage,)),)))
    assert (jobs.heading, sums.heading) == ("Compute Utilization", "Compute Utilization: sums by run")
    assert jobs.lines == ("seff was not found.", "r8: Use more.")
    assert (jobs.body, sums.body) == (BODY, BODY)


def test_compute_of_which_nothing_is_known_says_so() -> None:
    (section,) = before_figures(Report("ranks", (Compute((ComputeUsage(remarks=("No job is known.",)),)),)))
    assert section == IndexSection("Compute Utilization", lines=("No job is known.",))


def test_coverage_has_a_table_of_each_kind_and_leaves_the_logs_to_the_report() -> None:
    logs = (LogNote("a.eval", "failed", "it failed"),)
    coverage = Coverage(("3 planned.",), TABLE, None, TABLE, logs, "1 log is not shown: 1 failed")
    told, missing, unplanned = before_figures(Report("ranks", (coverage,)))
    assert told.lines == ("3 planned.", "1 log is not shown: 1 failed; the report lists each of them.")
    assert missing.heading == "Coverage: missing"
    assert unplanned.heading == "Coverage: found, not planned"


def test_what_the_user_wrote_is_shown_as_html() -> None:
    sections = (Interpretation("# Mine\n<b>x</b>", None), Own("Notes", None, "There is no file 'a.md'."))
    assert before_figures(Report("ranks", sections)) == (
        IndexSection("Analysis & Interpretation", prose="<h3>Mine</h3>\n<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        IndexSection("Notes", lines=("There is no file 'a.md'.",)),
    )
