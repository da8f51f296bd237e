"""What a render that is killed leaves: nothing of its own, and the files as they were."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.output import test_journal
from tests.output.killing import at_change, is_child_killed
from vizspec.output.folder import Folder
from vizspec.output.guard import guarded
from vizspec.output.journal import JOURNAL
from vizspec.output.lock import LOCK
from vizspec.output.transaction import Transaction
from vizspec.text.digests import content_sha256

pytestmark = pytest.mark.slow

OLD = {"a.html": "old", "old.html": "old", "manifest.json": "old"}
NEW = {"a.html": "new", "assets/b.html": "new", "manifest.json": "new"}


def files_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


def kill_own_group(_: object = None) -> None:
    os.killpg(os.getpgrp(), signal.SIGKILL)


def is_killed(folder: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> bool:
    """Whether a render's commit comes to this file operation, where its group is killed; 0 is before."""
    for name, text in OLD.items():
        (folder / name).write_text(text)
    made = dict.fromkeys(OLD, content_sha256(b"old"))

    def commit() -> None:
        os.setsid()
        with Folder(folder).locked(), Transaction(Folder(folder), made) as files:
            for name, text in NEW.items():
                files.write(name, text.encode())
            if number == 0:
                kill_own_group()
            at_change(monkeypatch, number, kill_own_group)
            files.commit(without=["old.html"])

    return is_child_killed(commit)


def wait_for_guard(folder: Path) -> None:
    """The guard holds the lock until it is done."""
    with suppress(FileNotFoundError), (folder / LOCK).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)


@pytest.mark.parametrize("number", range(10))
def test_wherever_a_render_is_killed_the_files_are_old_or_new_and_nothing_else_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    was_killed = is_killed(tmp_path, monkeypatch, number)
    wait_for_guard(tmp_path)
    files = dict.fromkeys(OLD, "old") if was_killed else NEW
    assert files_of(tmp_path) == files
    assert (tmp_path / "assets").exists() == (not was_killed)
    assert was_killed == (number < 8)


def test_where_the_guard_was_killed_too_whoever_looks_at_the_outputs_puts_them_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert test_journal.is_killed(tmp_path, monkeypatch, 5)
    (tmp_path / ".vizspec-left.tmp").write_text("waits")
    (tmp_path / LOCK).touch()
    Folder(tmp_path).recover()
    assert files_of(tmp_path) == test_journal.OLD


def test_a_guard_whose_lock_another_render_has_by_now_touches_nothing(tmp_path: Path) -> None:
    with (tmp_path / "gone.lock").open("w") as file, Folder(tmp_path).locked():
        (tmp_path / ".vizspec-theirs.tmp").write_text("waits")
        Folder(tmp_path).put_right(file.fileno())
        assert (tmp_path / ".vizspec-theirs.tmp").exists()
        assert (tmp_path / LOCK).exists()


def test_a_render_that_comes_to_its_end_leaves_no_guard_behind(tmp_path: Path) -> None:
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = children.read_text() if children.exists() else ""
    with Folder(tmp_path).locked():
        pass
    assert (children.read_text() if children.exists() else "") == before
    with Folder(tmp_path).locked():
        assert not (tmp_path / JOURNAL).exists()


def test_where_no_process_can_be_started_a_render_goes_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with guarded(tmp_path, 0):
        (tmp_path / "a.html").write_text("new")
    assert files_of(tmp_path) == {"a.html": "new"}
