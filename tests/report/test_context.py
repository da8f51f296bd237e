"""Which sections a report has, and in which order."""

from __future__ import annotations

from typing import Any

from tests.make import a_log, an_experiment, some_facts
from tests.report.make import a_spec, made
from vizspec.report.context import SECTIONS, build
from vizspec.report.model import Report
from vizspec.spec.model import SECTIONS as NAMES


def a_report(facts: Any = None, **report: Any) -> Report:
    spec = a_spec(report={"interpretation": "Fine.", **report})
    return build(spec, facts or some_facts([a_log("r4")], an_experiment(("r4",))), [made()])


def names(report: Report) -> list[str]:
    return [section.name for section in report.sections]


def test_every_section_of_the_language_can_be_made() -> None:
    assert tuple(SECTIONS) == NAMES


def test_sections_that_have_nothing_to_say_are_left_out() -> None:
    assert names(a_report()) == [
        "summary",
        "research_question",
        "model_comparison",
        "visualizations",
        "interpretation",
        "coverage",
        "provenance",
    ]


def test_the_spec_orders_the_sections_and_adds_its_own() -> None:
    report = a_report(sections=["provenance", {"title": "Mine", "text": "x"}, "summary"])
    assert names(report) == ["provenance", "own", "summary"]


def test_no_choice_of_sections_hides_the_warnings() -> None:
    facts = some_facts([a_log("r4")], warnings=("odd",))
    assert names(a_report(facts, sections=["summary"])) == ["summary", "warnings"]
    assert names(a_report(facts, sections=["summary", "provenance"])) == ["summary", "warnings", "provenance"]


def test_the_title_is_the_specs_or_the_experiments() -> None:
    assert a_report(title="Ranks compared").title == "Ranks compared"
    assert a_report().title == "ranks"


def test_an_interpretation_that_nobody_asked_for_is_missed_in_a_note() -> None:
    assert (a_report().warnings, a_report().notes) == ((), ())
    found = build(a_spec(), some_facts([a_log("r4")]))
    assert found.warnings == ()
    (note,) = found.notes
    assert note.startswith("No interpretation was written.")


def test_an_interpretation_that_the_spec_names_and_that_is_not_there_is_a_warning() -> None:
    found = build(a_spec(report={"interpretation": "why.md"}), some_facts([a_log("r4")]))
    assert (found.warnings, found.notes) == (("'why.md' was not read.",), ())
