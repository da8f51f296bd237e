"""Processes that are killed in the midst of their changes to files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from vizspec.output.journal import JOURNAL


def at_change(monkeypatch: pytest.MonkeyPatch, number: int, act: Callable[[Path], None]) -> None:
    """Do something instead of the file operation of this number, from when the journal is there."""
    done = 0

    def counted(operation: Callable[..., object]) -> Callable[..., object]:
        def instead(self: Path, *arguments: object, **named: object) -> object:
            nonlocal done
            if (self.parent / JOURNAL).exists():
                done += 1
                if done == number:
                    act(self)
            return operation(self, *arguments, **named)

        return instead

    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))


def is_child_killed(work: Callable[[], None]) -> bool:
    """Whether a child of this process is killed while it does the work, which else comes to its end."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:  # whatever happens, the child runs no other test
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)
