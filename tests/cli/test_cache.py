"""`vizspec cache`: what is kept of logs and jobs, and its removal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from vizspec.cache import Cache, default_folder

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that holds two logs' samples, an estimate, a header of a bucket and a job's answer."""
    monkeypatch.setenv("VIZSPEC_CACHE", str(tmp_path))
    folder = default_folder()
    assert folder.is_relative_to(tmp_path)
    for key in ("a", "b"):
        Cache(folder / "samples").put(key, b"12345")
    Cache(folder / "estimates").put("a", b"123")
    Cache(folder / "comparisons").put("a", b"12")
    Cache(folder / "documents").put("a", b"12345")
    Cache(folder / "headers").put("a", b"1")
    (folder / "jobs").mkdir()
    (folder / "jobs" / "job-1.json").write_text("{}")
    return folder


def test_it_tells_where_it_is_and_how_much_it_holds(vizspec: Run, kept: Path) -> None:
    assert vizspec("cache", "info").out.splitlines() == [
        f"{kept / 'headers'}\t1 bytes of headers",
        f"{kept / 'samples'}\t10 bytes of samples",
        f"{kept / 'estimates'}\t3 bytes of estimates",
        f"{kept / 'comparisons'}\t2 bytes of comparisons",
        f"{kept / 'documents'}\t5 bytes of documents",
        f"{kept / 'jobs'}\t2 bytes of answers about jobs",
    ]


@pytest.mark.parametrize("group", ["cache", "runtime"])
def test_the_help_tells_of_each_command_in_a_whole_sentence(vizspec: Run, group: str) -> None:
    commands = vizspec(group, "--help").out.partition("Commands:")[2]
    assert "..." not in commands
    assert commands.rstrip().endswith(".")


def test_everything_is_removed(vizspec: Run, kept: Path) -> None:
    ran = vizspec("cache", "clear")
    assert ran.code == 0
    assert ran.err == (
        "removed what was read of 2 logs (10 bytes) and worked out of them, and the answers about 1 jobs\n"
    )
    assert [path for path in kept.rglob("*") if path.is_file()] == []
