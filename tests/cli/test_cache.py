<<<<<<< HEAD
"""`vizspec cache`: what is kept of logs and jobs, and its removal."""
=======
"""`vizspec cache`: how much is kept, and removing it."""
>>>>>>> main

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
<<<<<<< HEAD
from vizspec.cache import Cache, default_folder

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that holds two logs' samples, an estimate and a job's answer."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = default_folder()
    assert folder.is_relative_to(tmp_path)
    for key in ("a", "b"):
        Cache(folder / "samples").put(key, b"12345")
    Cache(folder / "estimates").put("a", b"123")
    (folder / "jobs").mkdir()
    (folder / "jobs" / "job-1.json").write_text("{}")
    return folder


def test_it_tells_where_it_is_and_how_much_it_holds(vizspec: Run, kept: Path) -> None:
    assert vizspec("cache", "info").out.splitlines() == [
        f"{kept / 'samples'}\t10 bytes of samples",
        f"{kept / 'estimates'}\t3 bytes of estimates",
    ]


def test_everything_is_removed(vizspec: Run, kept: Path) -> None:
    ran = vizspec("cache", "clear")
    assert ran.code == 0
    assert ran.err == (
        "removed what was read of 2 logs (10 bytes) and estimated of them, and the answers about 1 jobs\n"
    )
    assert [path for path in kept.rglob("*") if path.is_file()] == []
=======
from vizspec.cache import default_folder


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("VIZSPEC_CACHE", str(tmp_path / "vizspec"))
    assert default_folder().is_relative_to(tmp_path)
    return default_folder()


def test_info_tells_where_the_cache_is_and_its_size(vizspec: Callable[..., Ran], kept: Path) -> None:
    assert vizspec("cache", "info") == (0, f"{kept}\t0 bytes of samples\n", "")


def test_clear_tells_what_it_removed(vizspec: Callable[..., Ran], kept: Path) -> None:
    ran = vizspec("cache", "clear")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "removed what was read of 0 logs (0 bytes), and of 0 jobs\n"
>>>>>>> main
