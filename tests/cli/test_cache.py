"""`vizspec cache`: how much is kept, and removing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
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
