"""Captured outputs of job programs, and fake programs on a PATH of their own."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from vizspec.slurm.sources.run_command import RunCommand, run_command

CAPTURES = Path(__file__).parent / "data" / "slurm"


@pytest.fixture(scope="session")
def capture() -> Callable[[str], str]:
    """The text of a captured output, by its path below `tests/data/slurm`."""
    return lambda name: (CAPTURES / name).read_text(encoding="utf-8")


class FakePrograms:
    """Shell scripts in a folder that is the whole PATH: a program that is not added is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls_file = folder / "calls"

    def add(self, name: str, body: str) -> None:
        """A program that notes its arguments, and then runs `body`."""
        script = self.folder / name
        script.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.calls_file}"\n{body}\n', encoding="utf-8")
        script.chmod(0o755)

    def prints(self, name: str, text: str) -> None:
        """A program that prints `text`, whatever it is asked."""
        (self.folder / f"{name}.out").write_text(text, encoding="utf-8")
        self.add(name, f'/bin/cat "{self.folder / name}.out"')

    def calls(self) -> list[str]:
        """The command lines so far, sorted."""
        return sorted(self.calls_file.read_text().splitlines()) if self.calls_file.exists() else []

    @property
    def run(self) -> RunCommand:
        """Runs programs of this PATH only."""
        return functools.partial(run_command, env={"PATH": str(self.folder)})


@pytest.fixture
def programs(tmp_path: Path) -> FakePrograms:
    """No programs yet: add what the test needs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return FakePrograms(folder)
