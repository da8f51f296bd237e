"""The output folder: whole files or none, one writer, nothing outside."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, cast

import pytest

from tests.disk import without_locks
from vizspec.errors import UserError
from vizspec.output.folder import Folder
from vizspec.output.journal import JOURNAL
from vizspec.output.lock import LOCK


def test_a_file_is_written_whole_with_its_hash(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    digest = folder.write("assets/a.txt", b"text")
    assert (tmp_path / "assets/a.txt").read_bytes() == b"text"
    assert folder.sha256("assets/a.txt") == digest


def test_a_pipe_is_no_file_of_a_render_and_gives_way_to_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "manifest.json")
    folder = Folder(tmp_path)
    assert folder.read("manifest.json") is None
    folder.write("manifest.json", b"{}")
    assert folder.read("manifest.json") == b"{}"


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("a.txt", b"old")
    with pytest.raises(TypeError):
        folder.write("a.txt", cast(Any, "text, not bytes"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.txt": b"old"}


@pytest.mark.parametrize("name", ["../a.txt", "/tmp/a.txt", "x/../../a.txt"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="leads out of the output folder"):
        Folder(tmp_path / "inside").write(name, b"")


def test_a_folder_that_cannot_be_made_suggests_another_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UserError, match="cannot be written") as raised:
        Folder(tmp_path / "file" / "analysis").prepare()
    assert (raised.value.hint or "").endswith("vizspec render --out ~/analysis")


def test_a_lock_that_cannot_be_opened_is_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refuse)  # whoever runs the tests may be allowed everything
    with pytest.raises(UserError, match="cannot be written: Permission denied"), Folder(tmp_path).locked():
        pass


def test_a_second_render_of_one_folder_is_refused_while_the_first_goes_on(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with folder.locked(), pytest.raises(UserError, match="another vizspec"), Folder(tmp_path).locked():
        pass
    with folder.locked():
        pass


def test_a_new_file_is_readable_by_whom_the_umask_lets(tmp_path: Path) -> None:
    Folder(tmp_path).write("a.txt", b"")
    (tmp_path / "plain.txt").write_bytes(b"")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "plain.txt").stat().st_mode


def test_what_a_killed_render_left_half_written_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    left = [tmp_path / ".vizspec-a1.tmp", tmp_path / "assets" / ".vizspec-b2.tmp"]
    kept = [tmp_path / "mine.tmp", tmp_path / "page.html"]
    for path in (*left, *kept):
        path.write_text("half")
    with Folder(tmp_path).locked():
        assert not any(path.exists() for path in left)
        assert all(path.exists() for path in kept)


def test_where_the_file_system_has_no_locks_what_another_render_has_waiting_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locks(monkeypatch)
    waiting = tmp_path / ".vizspec-a1.tmp"
    waiting.write_text("another's")
    with Folder(tmp_path).locked():
        pass
    assert waiting.exists()


def test_a_folder_named_as_a_hidden_file_and_what_another_render_has_waiting_are_left_alone(
    tmp_path: Path,
) -> None:
    (tmp_path / ".vizspec-a.tmp").mkdir()
    for own in ("manifest.json", LOCK, JOURNAL):
        (tmp_path / f"other {own}").mkdir()
        (tmp_path / f"other {own}" / own).write_text("")
        (tmp_path / f"other {own}" / ".vizspec-b.tmp").write_text("waiting")
    with Folder(tmp_path).locked():
        pass
    assert len(list(tmp_path.rglob(".vizspec-b.tmp"))) == 3


def test_a_lock_that_is_a_folder_or_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / LOCK).mkdir()
    (tmp_path / "b" / LOCK).symlink_to(tmp_path / "elsewhere")
    for name in ("a", "b"):
        with pytest.raises(UserError, match="cannot be written"), Folder(tmp_path / name).locked():
            pass
    assert not (tmp_path / "elsewhere").exists()


def test_without_locks_only_what_was_left_long_ago_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locks(monkeypatch)
    digest = hashlib.sha256(b"new").hexdigest()
    (tmp_path / "a.html").write_text("new")
    (tmp_path / JOURNAL).write_text(json.dumps([["a.html", False, digest]]))
    with pytest.raises(UserError, match="another vizspec is writing"), Folder(tmp_path).locked():
        pass
    assert (tmp_path / "a.html").exists()
    os.utime(tmp_path / JOURNAL, (0, 0))
    with Folder(tmp_path).locked():
        assert not (tmp_path / "a.html").exists()
        assert not (tmp_path / JOURNAL).exists()
