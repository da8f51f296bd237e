"""Changes to files that all happen or do not: where one is blocked, and where the process is killed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
from pathlib import Path

import pytest

from tests.output.killing import at_change, is_child_killed
from vizspec.errors import UserError
from vizspec.output.folder import Folder
from vizspec.output.journal import JOURNAL, Blocked, FileChange, Put, Removal, apply, is_halfway, undo

OLD = {"a.html": "old", "b.html": "old", "old.html": "old", "manifest.json": "old"}
NEW = {"a.html": "new", "b.html": "new", "fresh.html": "new", "manifest.json": "new"}


def some_changes(folder: Path) -> list[FileChange]:
    for name, text in OLD.items():
        (folder / name).write_text(text)
    digest = hashlib.sha256(b"new").hexdigest()
    *first, last = (Put(name, Folder(folder).stage(name, b"new"), digest) for name in NEW)
    return [*first, Removal("old.html"), last]


def texts_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if not path.name.startswith(".vizspec")}


def test_all_changes_are_made_and_nothing_else_is_left(tmp_path: Path) -> None:
    apply(tmp_path, some_changes(tmp_path))
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == NEW


def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)


def test_a_file_system_that_gives_a_file_but_one_name_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_links(monkeypatch)
    apply(tmp_path, some_changes(tmp_path))
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == NEW


@pytest.mark.parametrize("has_links", [True, False])
@pytest.mark.parametrize("number", range(1, 6))
def test_where_one_change_is_blocked_everything_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, has_links: bool
) -> None:
    changes = some_changes(tmp_path)

    def block(path: Path) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))

    if not has_links:
        without_links(monkeypatch)
    at_change(monkeypatch, number, block)
    with pytest.raises(Blocked, match="Operation not permitted") as raised:
        apply(tmp_path, changes)
    assert raised.value.name in {change.name for change in changes}
    assert texts_in(tmp_path) == OLD
    assert not is_halfway(tmp_path)


def test_a_folder_in_a_file_s_place_blocks_before_anything_is_changed(tmp_path: Path) -> None:
    changes = some_changes(tmp_path)
    (tmp_path / "fresh.html").mkdir()
    with pytest.raises(Blocked, match="Is a directory"):
        apply(tmp_path, changes)
    (tmp_path / "fresh.html").rmdir()
    assert texts_in(tmp_path) == OLD


def is_killed(folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, has_links: bool = True) -> bool:
    """Whether a process that makes the changes comes to this file operation, at which it is killed."""
    changes = some_changes(folder)

    def change() -> None:
        if not has_links:
            without_links(monkeypatch)
        at_change(monkeypatch, number, lambda _: os.kill(os.getpid(), signal.SIGKILL))
        apply(folder, changes)

    return is_child_killed(change)


@pytest.mark.parametrize("has_links", [True, False])
@pytest.mark.parametrize("number", range(1, 13))
def test_what_a_killed_process_changed_is_put_back_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, has_links: bool
) -> None:
    was_killed = is_killed(tmp_path, monkeypatch, number, has_links)
    assert was_killed == is_halfway(tmp_path)
    with Folder(tmp_path).locked():
        pass
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == (OLD if was_killed else NEW)


def test_what_cannot_be_put_back_is_named_and_the_next_tries_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = some_changes(tmp_path)
    replace = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if target.name == "manifest.json" or ".old" in self.name:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refusing)
        with pytest.raises(UserError, match=r"could not be put back as before in .*: 'manifest\.json'"):
            apply(tmp_path, changes)
    assert is_halfway(tmp_path)
    undo(tmp_path)
    assert texts_in(tmp_path) == OLD


def test_what_somebody_wrote_after_the_kill_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_killed(tmp_path, monkeypatch, 8)
    for name in ("a.html", "fresh.html"):
        (tmp_path / name).write_text("mine")
    undo(tmp_path)
    assert texts_in(tmp_path) == {**OLD, "a.html.bak": "mine", "fresh.html": "mine"}


@pytest.mark.parametrize(
    "journal",
    [
        '[["../theirs.txt", false, "DIGEST"]]',
        '[["/FOLDER/theirs.txt", false, "DIGEST"]]',
        '[["link/theirs.txt", false, "DIGEST"]]',
        '[["../theirs.txt", true, "DIGEST"]]',
        '[["", false, null]]',
        '[["a\\u0000b", false, null]]',
        "1",
        "null",
        '"a"',
        "[1]",
        '{"../theirs.txt": false}',
    ],
)
def test_a_journal_that_vizspec_did_not_write_touches_nothing(tmp_path: Path, journal: str) -> None:
    theirs, folder = tmp_path / "theirs.txt", tmp_path / "out"
    theirs.write_text("theirs")
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    digest = hashlib.sha256(b"theirs").hexdigest()
    text = journal.replace("DIGEST", digest).replace("/FOLDER", str(tmp_path))
    (folder / JOURNAL).write_text(text)
    with pytest.raises(UserError, match="is not what vizspec wrote") as raised:
        undo(folder)
    assert raised.value.hint == "see what it is, and remove it"
    assert theirs.read_text() == "theirs"


def test_a_file_that_no_change_put_there_is_never_taken_away(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine")
    (tmp_path / JOURNAL).write_text(json.dumps([["notes.md", False, "0" * 64]]))
    undo(tmp_path)
    assert texts_in(tmp_path) == {"notes.md": "mine"}


@pytest.mark.parametrize("text", ["", "[" * 100_000])
def test_a_journal_that_is_a_link_a_folder_or_nonsense_is_told_or_let_go(tmp_path: Path, text: str) -> None:
    (tmp_path / JOURNAL).write_text(text)
    undo(tmp_path)
    assert not is_halfway(tmp_path)
    (tmp_path / JOURNAL).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="is not what vizspec wrote"):
        undo(tmp_path)
    with pytest.raises(Blocked):
        apply(tmp_path, [])
    (tmp_path / JOURNAL).unlink()
    (tmp_path / JOURNAL).mkdir()
    with pytest.raises(UserError, match="is not what vizspec wrote"):
        undo(tmp_path)


def test_a_journal_that_was_not_written_to_its_end_is_of_changes_that_were_not_begun(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("old")
    (tmp_path / JOURNAL).write_text('[["a.ht')
    undo(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    undo(tmp_path)
