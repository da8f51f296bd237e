"""What the index shows of the report, and where."""

from __future__ import annotations

from dataclasses import replace

from vizspec.cells.facets import Facets
from vizspec.draw.pages.parts import (
    Card,
    Chapter,
    IndexGroup,
    IndexPart,
    IndexRow,
    IndexSection,
    IndexTable,
)
from vizspec.estimates.bars import Bar
from vizspec.render.index_sections import details_named, parts_of
from vizspec.report.model import (
    Advice,
    Claims,
    ClaimText,
    ComparisonPart,
    ComparisonSection,
    Compute,
    ComputeUsage,
    Count,
    Coverage,
    Headline,
    Interpretation,
    LogNote,
    Own,
    Report,
    ReportSection,
    ResearchQuestion,
    Summary,
    Tables,
    Visualizations,
    Warnings,
)
from vizspec.report.table import TextTable

TABLE = TextTable(("Model", "n"), (("1B", "40"),), ("left", "right"), ("n: samples.", "A note."))
BODY = IndexTable(("Model", "n"), (("1B", "40"),), ("left", "right"))
FIGURES = Visualizations((), ())


SHOWN = (IndexSection("Chart"),)
GRID, LOGS = IndexSection("Evaluations"), IndexSection("All logs")


def parts(*sections: ReportSection) -> tuple[IndexPart, ...]:
    return parts_of(Report("ranks", sections), ())


def test_figures_stand_where_the_report_has_them() -> None:
    report = Report(
        "ranks",
        (
            Tables("calibration", "Risk", (TABLE,)),
            FIGURES,
            Tables("per_task", "Per-Task Breakdown", (TABLE,)),
        ),
    )
    found = parts_of(report, SHOWN)
    assert [part.heading for part in found] == ["Risk", "Visualizations", "Per-Task Breakdown"]
    assert found[1] == Chapter("Visualizations", SHOWN)


def test_figures_and_coverage_come_last_where_the_report_has_no_place_for_them() -> None:
    for report in (Report("ranks", (Warnings(("odd",)),)), None):
        found = parts_of(report, SHOWN, (GRID, LOGS))
        assert [part.heading for part in found][-2:] == ["Visualizations", "Coverage"]


def test_without_a_report_figures_and_coverage_there_is_nothing() -> None:
    assert parts_of(None, ()) == ()


def test_the_summary_has_a_card_for_each_leader() -> None:
    headline = Headline("Best Accuracy", ("1B", "3B"), "0.900 (n = 40)", ("They tie.",))
    summary = Summary((headline,), ("1 warning.",), (Count("Models", "2"), Count("Tasks", "1")))
    (section,) = parts(summary)
    assert isinstance(section, IndexSection)
    assert section.cards == (Card("Best Accuracy", "1B; 3B", ("0.900 (n = 40)", "They tie.")),)
    assert section.lines == ("1 warning.", "Models: 2; Tasks: 1")


def test_each_claim_is_a_card_in_the_tone_of_its_verdict() -> None:
    outcomes = ("Confirmed", "Violated", "Inconclusive", "Not testable")
    claims = tuple(ClaimText("c", "A is better", outcome, "0.1", ("Late.",)) for outcome in outcomes)
    (section,) = parts(Claims(claims, ("Judged alone.",), None))
    assert isinstance(section, IndexSection)
    assert [card.tone for card in section.cards] == ["good", "bad", "open", "open"]
    assert section.cards[0] == Card("A is better", "Confirmed", ("c: 0.1", "Late."), "good")


def test_comparisons_stand_behind_tabs() -> None:
    (group,) = parts(ComparisonSection((ComparisonPart("by model", TABLE), ComparisonPart("by run", None))))
    assert isinstance(group, IndexGroup)
    assert (group.layout, [one.heading for one in group.sections]) == ("tabs", ["by model", "by run"])


def test_several_tables_of_one_family_are_a_chapter() -> None:
    (chapter,) = parts(Tables("calibration", "Risk", (TABLE, TABLE)))
    assert isinstance(chapter, Chapter)
    assert len(chapter.parts) == 2


def test_a_table_keeps_the_pictures_of_its_numbers_and_what_its_rows_tell_of() -> None:
    bar = Bar(0.5, 0.4, 0.6)
    table = replace(TABLE, bars=((None, bar),), facets=(Facets(model="1B"),))
    (section,) = parts(Tables("per_task", "Per-Task Breakdown", (table,)))
    assert isinstance(section, IndexSection)
    assert isinstance(section.body, IndexTable)
    assert section.body.details == (IndexRow(bars=(None, bar), facets=Facets(model="1B")),)


def test_the_question_has_its_variables_and_leaves_out_what_is_not_told() -> None:
    (section,) = parts(ResearchQuestion("Which is best?", "", TABLE))
    assert isinstance(section, IndexSection)
    assert (section.lines, section.body) == (("Question: Which is best?",), BODY)


def test_the_question_has_its_purpose_and_what_was_trained_on() -> None:
    asked = ResearchQuestion("Which?", "", purpose="To choose.", training=TABLE)
    (chapter,) = parts(asked)
    assert isinstance(chapter, Chapter)
    question, data = chapter.parts
    assert isinstance(question, IndexSection)
    assert question.lines == ("Question: Which?", "Purpose: To choose.")
    assert (data.heading, isinstance(data, IndexSection) and data.body) == ("Training data", BODY)


def test_a_table_has_its_footnotes_below_it() -> None:
    (section,) = parts(Tables("per_task", "Per-Task Breakdown", (TABLE,), ("Higher is better.",)))
    assert section == IndexSection(
        "Per-Task Breakdown", BODY, "n: samples.\nA note.", lines=("Higher is better.",)
    )


def test_compute_has_its_remarks_and_advice_and_sums_under_a_name_of_their_own() -> None:
    usage = ComputeUsage(TABLE, TABLE, (Advice("r8", ("Use more.",)),), ("seff was not found.",))
    (chapter,) = parts(Compute((usage,)))
    assert chapter == Chapter(
        "Compute Utilization",
        (
            IndexSection(
                "Jobs", BODY, "n: samples.\nA note.", lines=("seff was not found.", "r8: Use more.")
            ),
            IndexSection("Sums by run", BODY, "n: samples.\nA note."),
        ),
    )


def test_compute_of_which_nothing_is_known_says_so() -> None:
    (chapter,) = parts(Compute((ComputeUsage(remarks=("No job is known.",)),)))
    assert chapter == Chapter("Compute Utilization", (IndexSection("Jobs", lines=("No job is known.",)),))


def test_coverage_has_its_grid_first_then_sentences_and_tables_and_all_logs_last() -> None:
    logs = (LogNote("a.eval", "failed", "it failed"),)
    coverage = Coverage(("3 planned.",), TABLE, None, TABLE, logs, "1 log is not shown: 1 failed")
    (chapter,) = parts_of(Report("ranks", (coverage,)), (), (GRID, LOGS))
    assert isinstance(chapter, Chapter)
    headings = [part.heading for part in chapter.parts]
    assert headings == ["Evaluations", "In words", "Missing", "Found, not planned", "All logs"]
    section = chapter.parts[1]
    assert isinstance(section, IndexSection)
    assert section.lines == ("3 planned.", "1 log is not shown: 1 failed")


def test_what_the_user_wrote_is_shown_as_html() -> None:
    sections = (Interpretation("# Mine\n<b>x</b>", None), Own("Notes", None, "There is no file 'a.md'."))
    assert parts(*sections) == (
        IndexSection("Analysis & Interpretation", prose="<h3>Mine</h3>\n<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        IndexSection("Notes", lines=("There is no file 'a.md'.",)),
    )


def test_rows_tell_of_their_evaluations_by_their_own_texts() -> None:
    rows = [("r4/caps/epoch0", "1"), ("r4 (finetune)", "-"), ("r8", "2")]
    details = details_named(("Job", "epoch"), rows, {"Job": "run", "epoch": "epoch"})
    assert [(one.facets.run, one.facets.epoch) for one in details] == [("r4", "1"), ("r4", None), ("r8", "2")]
    assert details_named(("Factor",), [("a",)], {"Job": "run"}) == ()
