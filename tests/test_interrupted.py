"""Renders that are stopped from outside, or run out of room: whole files, no lock, another go works."""

from __future__ import annotations

import logging
import resource
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.disk import write_experiment, write_log, write_spec
from tests.rendering import command, content
from tests.stopping import go_on, stopped
from vizspec.cli.boundary import run
from vizspec.output.folder import Folder

pytestmark = pytest.mark.slow

TASKS = tuple(f"task{number}" for number in range(6))
VIEWS = [
    {"view": "scores_by_task", "name": f"view{number}", "where": f"task != 'task{number}'"}
    for number in range(6)
]


@pytest.fixture
def caps(tmp_path: Path) -> Path:
    folder = write_experiment(tmp_path / "caps", tasks=TASKS)
    write_spec(folder, VIEWS, experiment="experiment_summary.yaml")
    return folder


@pytest.fixture
def undisturbed(capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Ran]]:
    """Runs a command that nothing happens to: in this process, which has loaded everything."""
    logger = logging.getLogger("vizspec")
    handlers = list(logger.handlers)

    def ran(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        return Ran(code, *capfd.readouterr())

    yield ran
    logger.handlers = handlers


def drawing(folder: Path) -> subprocess.Popen[str]:
    """A render that has stopped when some of its files wait to take their places, and more are to come."""
    process = stopped("*/.vizspec-*.tmp", 3, "render", folder)
    assert len(waiting(folder)) == 2
    return process


def waiting(folder: Path) -> list[Path]:
    return list(folder.rglob(".vizspec-*.tmp"))


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_first_render_leaves_nothing_and_no_lock(
    caps: Path, sent: signal.Signals, undisturbed: Callable[..., Ran]
) -> None:
    folder = caps / "analysis"
    process = drawing(caps)
    out, err = go_on(process, sent)
    assert (process.returncode, out) == (130, "")
    assert (
        err.splitlines()[-1] == "interrupted; the outputs are those of the last render that came to its end"
    )
    assert "Traceback" not in err
    assert list(folder.iterdir()) == []
    again = undisturbed("render", caps)
    assert (again.code, again.err.splitlines()[-1].split(";")[0]) == (0, "6 made")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupt_leaves_what_an_earlier_render_made(
    caps: Path, sent: signal.Signals, undisturbed: Callable[..., Ran]
) -> None:
    assert undisturbed("render", "--quiet", caps).code == 0
    old = content(caps / "analysis")
    write_log(caps / "small" / "eval" / "task0" / "logs" / "a.eval", "task0", "hf/small")
    go_on(drawing(caps), sent)
    assert content(caps / "analysis") == old
    states = {line.split("\t")[1] for line in undisturbed("check", caps).out.splitlines()}
    assert states == {"stale"}
    assert undisturbed("render", "--quiet", caps).code == 0
    assert undisturbed("check", caps).code == 0
    assert waiting(caps) == []


def test_of_two_renders_at_once_one_is_refused(caps: Path, undisturbed: Callable[..., Ran]) -> None:
    folder = Folder(caps / "analysis")
    folder.prepare()
    with folder.locked():
        second = undisturbed("render", caps)
    assert second.code == 2
    assert "another vizspec is writing to" in second.err
    assert "wait for it, or render with --out elsewhere" in second.err
    assert content(caps / "analysis") == {}


def small_files_only() -> None:
    """As a full disk: no file grows beyond 4 KiB, and the attempt is an error and no signal."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_where_the_disk_is_full_everything_stays_as_it_was(
    caps: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: Callable[..., Ran]
) -> None:
    assert undisturbed("render", "--quiet", caps).code == 0
    old = content(caps / "analysis")
    write_log(caps / "small" / "eval" / "task0" / "logs" / "a.eval", "task0", "hf/small")
    # What measures coverage could not write either, and would tell of it at length.
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
    done = command("render", caps, before=small_files_only)
    assert done.code == 2
    assert "cannot be written" in done.err
    assert "make room, or render to another folder with --out" in done.err
    assert "Traceback" not in done.err
    assert content(caps / "analysis") == old
    assert not list((caps / "analysis").rglob(".vizspec-*"))
    assert undisturbed("render", "--quiet", caps).code == 0
