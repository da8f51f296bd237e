"""Running the command line in this process: its exit code, its results and its messages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from vizspec.cli.boundary import run

DESIGN = Path(__file__).parents[1] / "specs" / "bad" / "experiments" / "ranks.yaml"


class Ran(NamedTuple):
    """What a command left: the exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def vizspec(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """`vizspec("validate", path)` runs the command."""

    def ran(*arguments: object, reports: Path | None = None) -> Ran:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments], reports)
        return Ran(code, *capfd.readouterr())

    return ran


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder: an experiment's, with its design and without logs."""
    (tmp_path / "experiment_summary.yaml").write_bytes(DESIGN.read_bytes())
    monkeypatch.chdir(tmp_path)
    handlers = list(logging.getLogger("vizspec").handlers)
    yield tmp_path
    logging.getLogger("vizspec").handlers = handlers


@pytest.fixture
def good(folder: Path) -> Path:
    """A spec of the experiment in the current folder."""
    path = folder / "analysis.yaml"
    path.write_text("vizspec: 1\nexperiment: experiment_summary.yaml\nviews: [{view: scores_by_task}]\n")
    return path


@pytest.fixture
def bad(folder: Path) -> Path:
    """A spec with one mistake."""
    path = folder / "bad.yaml"
    path.write_text("vizspec: 1\nmetrics: {ci: 2}\n")
    return path


@pytest.fixture
def doubtful(folder: Path) -> Path:
    """A spec with a warning: its view will be skipped."""
    path = folder / "doubtful.yaml"
    path.write_text("vizspec: 1\nexperiment: .\nviews:\n  - view: scores_by_model\n")
    return path
