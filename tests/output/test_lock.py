"""One writer at a time, and no file left of the lock."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import Any

import pytest

from tests.disk import without_locks
from vizspec.errors import UserError
from vizspec.output.lock import LOCK, TRIES, locked


def test_who_comes_second_is_refused_until_the_first_is_done(tmp_path: Path) -> None:
    with locked(tmp_path) as lock:
        assert lock is not None
        with pytest.raises(UserError, match="another vizspec is writing"), locked(tmp_path):
            pass
        assert (tmp_path / LOCK).exists()
    with locked(tmp_path):
        pass


def test_a_lock_leaves_no_file_however_its_holder_ends(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), locked(tmp_path):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def lose_its_file(monkeypatch: pytest.MonkeyPatch, folder: Path, times: int) -> list[int]:
    """The first holders remove the file while it is being locked; returns the calls."""
    lock = fcntl.flock
    calls: list[int] = []

    def late(file: Any, how: int) -> None:
        calls.append(how)
        if len(calls) <= times:
            (folder / LOCK).unlink()
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", late)
    return calls


def test_a_lock_whose_file_went_meanwhile_is_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = lose_its_file(monkeypatch, tmp_path, 2)
    with locked(tmp_path) as lock:
        assert (lock is not None, len(calls)) == (True, 3)
        with pytest.raises(UserError, match="another vizspec"), locked(tmp_path):
            pass


def test_a_lock_whose_file_always_goes_is_held_by_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_its_file(monkeypatch, tmp_path, TRIES)
    with pytest.raises(UserError, match="another vizspec"), locked(tmp_path):
        pass


def test_where_the_file_system_has_no_locks_nobody_is_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locks(monkeypatch)
    with locked(tmp_path) as lock:
        assert lock is None
