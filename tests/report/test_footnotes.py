"""Footnotes: each reason once, marked wherever it holds."""

from __future__ import annotations

from vizspec.report.footnotes import Footnotes


def test_a_reason_is_told_once_and_marked_everywhere() -> None:
    notes = Footnotes()
    assert notes.marked("-", "no stderr") == "- (a)"
    assert notes.marked("0.5", "out of range!") == "0.5 (b)"
    assert notes.marked("-", "no stderr") == "- (a)"
    assert notes.sentences() == ("(a) No stderr.", "(b) Out of range!")


def test_a_text_without_a_reason_has_no_mark() -> None:
    notes = Footnotes()
    assert notes.marked("0.5", None) == "0.5"
    assert notes.sentences() == ()


def test_marks_go_on_after_z() -> None:
    notes = Footnotes()
    marks = [notes.marked("-", f"reason {number}") for number in range(54)]
    assert marks[25:28] == ["- (z)", "- (aa)", "- (ab)"]
    assert marks[52] == "- (ba)"
