"""A spec's texts with their numbers, and what is wrong in them at its place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.make import a_log, a_score, some_facts
from tests.report.make import a_spec
from vizspec.comparisons.in_texts import InText
from vizspec.errors import Mark, Problem
from vizspec.parsing.template_calls import calls_in
from vizspec.prose.comments import as_draft
from vizspec.prose.texts import Prose, differences_in, filled_prose, in_file, sentence_of, with_titles
from vizspec.report.attachments import ProseFiles
from vizspec.spec.model import OwnSection, ReportSpec

FACTS = some_facts([a_log("r4", "hf/1B", scores=[a_score(accuracy=0.8)])])
VALUE = "{{ value('match', model='1B') }}"


def filled(report: dict[str, Any], **files: str) -> Prose:
    texts = ProseFiles({name.replace("_", "."): text for name, text in files.items()})
    return filled_prose(a_spec(report=report), FACTS, texts, (), {"notes.md": "here/notes.md"}, "")


def report_of(found: Prose) -> ReportSpec:
    assert isinstance(found.spec.report, ReportSpec)
    return found.spec.report


@pytest.mark.slow
def test_titles_and_captions_hold_live_numbers_beside_placeholders() -> None:
    views = [
        {"view": "scores_by_task", "title": f"{{metric}}: {VALUE}", "caption": "{{ value('mtch') }}"},
        {"view": "scores_by_model", "title": "plain {metric}"},
    ]
    spec, problems = with_titles(a_spec(views=views), FACTS)
    assert (spec.views[0].title, spec.views[1].title) == ("{metric}: 0.800", "plain {metric}")
    assert spec.views[0].caption == "(unknown)"
    message, hint = "no log has the metric 'mtch'", "did you mean 'match'?"
    assert problems == (Problem(("views", 0, "caption"), message, hint),)


@pytest.mark.slow
def test_a_title_that_cannot_be_filled_in_is_the_default_one() -> None:
    spec, problems = with_titles(a_spec(views=[{"view": "scores_by_task", "title": "{{ valu() }}"}]), FACTS)
    assert spec.views[0].title is None
    assert [problem.message for problem in problems] == ["nothing is called 'valu'"]


@pytest.mark.slow
def test_the_interpretation_and_own_sections_are_filled_in() -> None:
    sections = [{"title": "Own", "text": f"Own {VALUE}"}, "interpretation"]
    found = filled(
        {"interpretation": "notes.md", "title": f"R {VALUE}", "sections": sections}, notes_md=f"A {VALUE}\n"
    )
    assert found.texts.read["notes.md"] == "A 0.800\n"
    assert report_of(found).title == "R 0.800"
    (own, _) = report_of(found).sections
    assert isinstance(own, OwnSection)
    assert own.text == "Own 0.800"
    assert found.problems == ()


@pytest.mark.slow
def test_what_is_wrong_in_a_file_has_its_place_there() -> None:
    found = filled({"interpretation": "notes.md"}, notes_md="One.\n\nTwo {{ verdict('x') }}.\n")
    assert found.texts.read["notes.md"] == "One.\n\nTwo *(unknown: there is no claim 'x')*.\n"
    (problem,) = found.problems
    assert (problem.file, problem.mark) == ("here/notes.md", Mark(3, 8))
    assert problem.excerpt == "Two {{ verdict('x') }}."
    assert sentence_of(problem) == "here/notes.md:3:8: there is no claim 'x' (there are none)"


def test_a_line_of_a_text_ends_where_its_places_say() -> None:
    text = "One.\fTwo\u2028three.\n{{ verdict('x') }}\n"
    problem = Problem(("report", "interpretation"), "there is no claim 'x'", mark=calls_in(text)[0].mark)
    (placed,) = in_file([problem], "notes.md", text)
    assert (placed.mark, placed.excerpt) == (Mark(2, 4), "{{ verdict('x') }}")


@pytest.mark.slow
def test_a_text_that_is_no_template_is_replaced_by_a_remark_and_nothing_else_is_lost() -> None:
    found = filled({"interpretation": "notes.md", "title": f"R {VALUE}"}, notes_md="One.\n{{ value( }}\n")
    assert found.texts.read["notes.md"].startswith("*This text cannot be filled in: line 2: ")
    assert report_of(found).title == "R 0.800"
    assert [problem.mark for problem in found.problems] == [Mark(2, 1)]


def test_a_draft_that_nobody_changed_is_known_and_its_mark_is_not_shown() -> None:
    draft = as_draft("### Findings\n")
    found = filled({"interpretation": "notes.md"}, notes_md=draft)
    assert (found.is_draft, found.texts.read["notes.md"]) == (True, "### Findings\n")
    assert not filled({"interpretation": "notes.md"}, notes_md=draft + "Mine.\n").is_draft


def test_what_no_result_bears_out_is_a_warning_and_changes_nothing() -> None:
    found = filled({"interpretation": "notes.md"}, notes_md="The accuracy of 1B is 0.91.\n")
    assert found.texts.read["notes.md"] == "The accuracy of 1B is 0.91.\n"
    (problem,) = found.problems
    assert (problem.severity, problem.mark) == ("warning", Mark(1, 23))
    assert problem.message == "no accuracy is 0.91; the nearest is 0.800 (1B on capitals)"


def test_a_text_in_the_spec_is_looked_at_too() -> None:
    found = filled({"interpretation": "An accuracy of 0.91.\nAnd so on.\n"})
    assert [(one.loc, one.mark) for one in found.problems] == [(("report", "interpretation"), None)]


def test_differences_that_texts_ask_for_are_known_beforehand() -> None:
    spec = a_spec(
        views=[{"view": "scores_by_task", "title": "{{ difference('match', 'r4', 'r8', task='a') }}"}],
        report={"interpretation": "notes.md"},
    )
    text = (
        "{{ difference('match', of={'epoch': 1}, than={'epoch': 0}) }} {{ difference('match', x, 'r8') }} "
        "{{ difference('match', 'r4') }} {{ value('match') }}"
    )
    assert differences_in(spec, ProseFiles({"notes.md": text})) == (
        InText("match", "r4", "r8", {"task": "a"}),
        InText("match", {"epoch": 1}, {"epoch": 0}),
    )
    assert differences_in(spec, ProseFiles({"notes.md": "{{ difference( }}"})) == (
        InText("match", "r4", "r8", {"task": "a"}),
    )
