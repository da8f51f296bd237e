"""What the user wrote, and what stands there where nothing was written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.report.make import a_spec, some_material
from vizspec.report.attachments import Attachments, ProseFiles
from vizspec.report.model import Interpretation, Own
from vizspec.report.prose import NO_INTERPRETATION, NOT_REVIEWED, interpretation, interpretation_warning, own
from vizspec.spec.model import OwnSection


def material(wanted: Any, texts: ProseFiles | None = None) -> Any:
    spec = a_spec(report={"interpretation": wanted})
    return some_material(spec=spec, attachments=Attachments(texts or ProseFiles()))


def test_a_text_is_the_interpretation() -> None:
    found = material("### Findings\nNone.\n")
    assert interpretation(found) == (Interpretation("### Findings\nNone.", None),)
    assert interpretation_warning(found) is None


def test_of_a_draft_that_nobody_changed_the_report_and_the_user_are_told() -> None:
    spec = a_spec(report={"interpretation": "### Findings\nNone.\n"})
    found = some_material(spec=spec, attachments=Attachments(is_draft=True))
    assert interpretation(found) == (Interpretation("### Findings\nNone.", None, NOT_REVIEWED),)
    assert interpretation_warning(found) == "the interpretation is drafted, not yet reviewed"


def test_a_file_is_the_interpretation() -> None:
    found = material("notes.md", ProseFiles({"notes.md": "All good.\n"}))
    assert interpretation(found) == (Interpretation("All good.", None),)
    assert interpretation_warning(found) is None


@pytest.mark.parametrize("wanted", [None, "", "  "])
def test_without_an_interpretation_the_report_says_so_and_the_user_is_warned(wanted: str | None) -> None:
    found = material(wanted)
    assert interpretation(found) == (Interpretation(None, NO_INTERPRETATION),)
    assert interpretation_warning(found) == NO_INTERPRETATION


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (ProseFiles(missing={"notes.md": "There is no file 'notes.md'."}), "There is no file 'notes.md'."),
        (ProseFiles({"notes.md": "\n"}), "'notes.md' is empty: no interpretation was written."),
        (ProseFiles(), "'notes.md' was not read."),
    ],
)
def test_a_file_that_is_missing_or_empty_is_named(texts: ProseFiles, sentence: str) -> None:
    found = material("notes.md", texts)
    assert interpretation(found) == (Interpretation(None, sentence),)
    assert interpretation_warning(found) == sentence


def test_what_is_left_out_on_purpose_is_not_missed() -> None:
    assert interpretation(material(False)) == ()
    assert interpretation_warning(material(False)) is None


def test_a_report_without_the_section_needs_no_interpretation() -> None:
    assert interpretation_warning(some_material(spec=a_spec(report={"sections": ["summary"]}))) is None


def test_sections_of_ones_own_have_their_text_or_the_reason() -> None:
    texts = ProseFiles({"a.md": " Text. \n"}, {"b.md": "There is no file 'b.md'."})
    found = material(False, texts)
    assert own(found, OwnSection(title="A", text="*x*")) == Own("A", "*x*")
    assert own(found, OwnSection(title="A", file="a.md")) == Own("A", "Text.")
    assert own(found, OwnSection(title="A", file="b.md")) == Own("A", None, "There is no file 'b.md'.")
    assert own(found, OwnSection(title="A", file="c.md")) == Own("A", None, "'c.md' was not read.")
    assert own(found, OwnSection(title="A")) == Own("A", None, "It is empty.")
