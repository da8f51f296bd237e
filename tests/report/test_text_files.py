"""Reading the files that a spec names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vizspec.errors import UserError
from vizspec.report.attachments import ProseFiles
from vizspec.report.text_files import read_template, read_texts
from vizspec.spec.model import OwnSection, ReportSpec

OWN = OwnSection(title="Limits", file="limits.md")


def test_files_are_read_from_the_specs_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_bytes(b"\xef\xbb\xbfGood \xc3\xa4\n")
    (tmp_path / "limits.md").write_text("Few seeds.", encoding="utf-8")
    report = ReportSpec(interpretation="notes.md", sections=("interpretation", OWN))
    assert read_texts(report, tmp_path) == ProseFiles({"notes.md": "Good ä\n", "limits.md": "Few seeds."}, {})


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "limits.md").write_bytes(b"\xff\xfe")
    (tmp_path / "folder.md").mkdir()
    report = ReportSpec(
        interpretation="notes.md", sections=(OWN, OwnSection(title="Folder", file="folder.md"))
    )
    assert read_texts(report, tmp_path).missing == {
        "notes.md": "There is no file 'notes.md'.",
        "limits.md": "'limits.md' is not UTF-8 text.",
        "folder.md": "'folder.md' cannot be read: Is a directory.",
    }


def test_a_text_is_not_a_file(tmp_path: Path) -> None:
    assert read_texts(ReportSpec(interpretation="Plain text."), tmp_path) == ProseFiles({}, {})


def test_a_template_is_read_or_refused(tmp_path: Path) -> None:
    assert read_template(ReportSpec(), tmp_path) is None
    (tmp_path / "own.j2").write_text("{{ report.title }}", encoding="utf-8")
    assert read_template(ReportSpec(template="own.j2"), tmp_path) == "{{ report.title }}"
    with pytest.raises(UserError, match=r"There is no file 'other\.j2'"):
        read_template(ReportSpec(template="other.j2"), tmp_path)


def test_a_pipe_is_no_interpretation(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "interpretation.md")
    texts = read_texts(ReportSpec(interpretation="interpretation.md"), tmp_path)
    assert texts.missing == {
        "interpretation.md": "'interpretation.md' cannot be read: it is a pipe, not a file."
    }
