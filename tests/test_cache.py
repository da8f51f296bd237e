"""The store keeps what was put in it, within its bounds, and never stands in the way."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from vizspec.cache import Cache, Cleared, default_folder


def test_what_was_put_in_is_got_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "store")
    assert cache.get("a") is None
    cache.put("a", b"one")
    assert cache.get("a") == b"one"
    assert cache.size_bytes() == 3


def test_the_longest_unused_entries_go_first_when_the_store_is_full(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit_bytes=30)
    for age, key in enumerate(("newest", "middle", "oldest")):
        cache.put(key, b"x" * 10)
        os.utime(tmp_path / f"{key}.bin", (1000 - age, 1000 - age))
    cache.put("another", b"x" * 10)
    assert [key for key in ("newest", "middle", "oldest", "another") if cache.get(key)] == [
        "newest",
        "middle",
        "another",
    ]


class Looked(Cache):
    """Counts how often the store is looked through."""

    looks = 0

    def _usage(self) -> list[Any]:
        Looked.looks += 1
        return super()._usage()


def test_a_store_with_room_is_not_looked_through_for_every_entry(tmp_path: Path) -> None:
    store = Looked(tmp_path)
    for number in range(50):
        store.put(str(number), b"x" * 1000)
    assert Looked.looks <= 2


def test_a_full_store_is_emptied_by_a_little_more_than_it_must(tmp_path: Path) -> None:
    store = Cache(tmp_path, limit_bytes=6400)
    for number in range(66):
        store.put(str(number), b"x" * 100)
    assert 6000 < store.size_bytes() <= 6400


def test_use_keeps_an_entry_alive(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit_bytes=20)
    for key in ("a", "b"):
        cache.put(key, b"x" * 10)
        os.utime(tmp_path / f"{key}.bin", (1000, 1000 + (key == "b")))
    cache.get("a")
    cache.put("c", b"x" * 10)
    assert cache.get("a") is not None
    assert cache.get("b") is None


def test_an_entry_larger_than_the_store_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit_bytes=5)
    cache.put("a", b"x" * 6)
    assert cache.get("a") is None


@pytest.mark.parametrize("at", [0, 31, 32, -1])
def test_an_entry_with_one_flipped_bit_is_thrown_away(
    tmp_path: Path, at: int, caplog: pytest.LogCaptureFixture
) -> None:
    cache = Cache(tmp_path)
    cache.put("a", b"one")
    content = bytearray((tmp_path / "a.bin").read_bytes())
    content[at] ^= 1
    (tmp_path / "a.bin").write_bytes(content)
    assert cache.get("a") is None
    assert "a.bin is damaged, and is made anew" in caplog.text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"one"])
def test_a_file_without_its_digest_is_thrown_away(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.bin").write_bytes(content)
    assert Cache(tmp_path).get("a") is None
    assert list(tmp_path.iterdir()) == []


def test_an_entry_under_another_name_is_not_believed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("a", b"one")
    (tmp_path / "a.bin").rename(tmp_path / "b.bin")
    assert cache.get("b") is None


def test_clearing_tells_what_it_took_away_and_leaves_other_files(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("a", b"12")
    cache.put("b", b"345")
    (tmp_path / "notes.txt").write_text("mine")
    assert cache.clear() == Cleared(entries=2, bytes=5)
    assert cache.clear() == Cleared(entries=0, bytes=0)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_that_cannot_be_written_is_logged_and_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    cache = Cache(in_the_way / "store")
    with caplog.at_level("INFO"):
        cache.put("a", b"1")
    assert "cannot be written" in caplog.text
    assert cache.get("a") is None
    assert cache.clear() == Cleared(0, 0)


def test_nothing_half_written_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    Cache(tmp_path).put("a", b"1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="the variable is that of Unix desktops")
def test_the_default_folder_honours_xdg_cache_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIZSPEC_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "vizspec"
    assert not default_folder().exists()
