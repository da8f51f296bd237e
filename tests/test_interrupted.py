"""Renders that are stopped from outside, or run out of room: whole files, no lock, another go works."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.disk import write_experiment, write_log, write_spec
from tests.rendering import command, content, environment
from vizspec.folder import Folder

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


def started(folder: Path, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "vizspec", "render", str(folder)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
        start_new_session=True,
    )


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_whole_files_and_no_lock(caps: Path, sent: signal.Signals) -> None:
    folder = caps / "analysis"
    process = started(caps)
    until(lambda: any(folder.glob("view*.html")))
    os.killpg(process.pid, sent)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    said = "interrupted; every file is whole, and those not yet made anew are as they were"
    assert err.splitlines()[-1] == said
    assert "Traceback" not in err
    assert not list(folder.glob(".vizspec-*"))
    assert not (folder / "manifest.json").exists()
    pages = [data for name, data in content(folder).items() if name.endswith(".html")]
    assert all(page.rstrip().endswith(b"</html>") for page in pages)
    again = command("render", caps)
    assert (again.code, again.err.splitlines()[-1].split(";")[0]) == (0, "6 made")


def test_an_interrupt_leaves_what_an_earlier_render_made(caps: Path) -> None:
    assert command("render", "--quiet", caps).code == 0
    old = content(caps / "analysis")
    write_log(caps / "small" / "eval" / "task0" / "logs" / "a.eval", "task0", "hf/small")
    process = started(caps)
    until(lambda: content(caps / "analysis") != old)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    new = content(caps / "analysis")
    assert set(new) == set(old)
    assert new["manifest.json"] == old["manifest.json"]
    assert command("check", caps).code == 1
    assert command("render", "--quiet", caps).code == 0
    assert command("check", caps).code == 0


def test_of_two_renders_at_once_one_is_refused(caps: Path) -> None:
    folder = Folder(caps / "analysis")
    folder.prepare()
    with folder.locked():
        second = command("render", caps)
    assert second.code == 2
    assert "another vizspec is writing to" in second.err
    assert "wait for it, or render with --out elsewhere" in second.err
    assert content(caps / "analysis") == {}


def small_files_only() -> None:
    """As a full disk: no file grows beyond 4 KiB, and the attempt is an error and no signal."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_where_the_disk_is_full_nothing_half_written_stays_and_nothing_old_is_lost(caps: Path) -> None:
    assert command("render", "--quiet", caps).code == 0
    old = content(caps / "analysis")
    write_log(caps / "small" / "eval" / "task0" / "logs" / "a.eval", "task0", "hf/small")
    process = started(caps, small_files_only)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "cannot be written" in err
    assert "make room, or render to another folder with --out" in err
    assert "Traceback" not in err
    new = content(caps / "analysis")
    assert set(new) == set(old)
    assert {name for name in new if name.endswith(".html") and new[name] != old[name]} == set()
    assert not list((caps / "analysis").rglob(".vizspec-*"))
    assert command("render", "--quiet", caps).code == 0
