"""Headers of logs that were read before are known again by what the disk tells of each file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from vizspec.cache import SUFFIX, Cache
from vizspec.logs.find import FoundLog
from vizspec.logs.header import Config, EvalDataset, EvalSpec, Header
from vizspec.logs.known_logs import SETTLED_NS, KnownLogs
from vizspec.logs.read import read_log, read_logs

LONG_AFTER = SETTLED_NS


def header(model: str = "1B", ids: Sequence[str | int] | None = None) -> Header:
    spec = EvalSpec("2026-01-01T00:00:00+02:00", "capitals", model, task_args={"n": 1, "share": 1.0})
    spec.dataset = EvalDataset(name="towns", sample_ids=None if ids is None else list(ids))
    spec.config = Config(epochs=2)
    return Header(spec, version=2, status="success")


@pytest.fixture
def logs(tmp_path: Path) -> tuple[Path, ...]:
    places = tuple(tmp_path / "logs" / f"{name}.eval" for name in "ab")
    places[0].parent.mkdir()
    for place in places:
        place.write_bytes(b"log")
    return places


def later(logs: tuple[Path, ...], by_ns: int = LONG_AFTER) -> Callable[[], int]:
    """A clock that stands so long after the last change of the logs."""
    status = [place.stat() for place in logs]
    return lambda: max(max(one.st_mtime_ns, one.st_ctime_ns) for one in status) + by_ns


def kept(folder: Path, logs: tuple[Path, ...], *headers: Header, by_ns: int = LONG_AFTER) -> Cache:
    """A cache in which these headers of the logs were kept."""
    cache = Cache(folder / "cache")
    known = KnownLogs(cache, logs, later(logs, by_ns))
    for place, one in zip(logs, headers, strict=True):
        known.keep(place, place.stat(), f"sha of {place.name}", one)
    known.save()
    return cache


def test_a_header_comes_back_as_it_was(tmp_path: Path, logs: tuple[Path, ...]) -> None:
    ids: list[str | int] = [1, "2", 3]
    cache = kept(tmp_path, logs, header(ids=ids), header("8B"))
    found = [KnownLogs(cache, logs).find(place) for place in logs]
    assert [(one.sha256, one.header) for one in found if one is not None] == [
        ("sha of a.eval", header(ids=ids)),
        ("sha of b.eval", header("8B")),
    ]


@pytest.mark.parametrize("change", ["content", "size", "times", "other file", "gone"])
def test_a_file_that_is_not_the_one_that_was_read_is_not_known(
    tmp_path: Path, logs: tuple[Path, ...], change: str
) -> None:
    cache = kept(tmp_path, logs, header(), header())
    first, second = logs
    before = first.stat()
    if change == "content":
        first.write_bytes(b"LOG")
    elif change == "size":
        first.write_bytes(b"longer")
    elif change == "times":
        os.utime(first, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    elif change == "other file":
        os.link(second, tmp_path / "link")
        (tmp_path / "link").replace(first)
    else:
        first.unlink()
    known = KnownLogs(cache, logs)
    assert known.find(first) is None
    assert (known.find(second) is None) == (change == "other file")  # its number of links changed


def test_a_change_that_keeps_size_and_time_is_seen_all_the_same(
    tmp_path: Path, logs: tuple[Path, ...]
) -> None:
    cache = kept(tmp_path, logs, header(), header())
    before = logs[0].stat()
    logs[0].write_bytes(b"LOG")
    os.utime(logs[0], ns=(before.st_atime_ns, before.st_mtime_ns))
    assert KnownLogs(cache, logs).find(logs[0]) is None


def test_a_file_that_had_just_changed_is_read_again(tmp_path: Path, logs: tuple[Path, ...]) -> None:
    cache = kept(tmp_path, logs, header(), header(), by_ns=0)
    assert [KnownLogs(cache, logs).find(place) for place in logs] == [None, None]


def test_a_damaged_entry_is_thrown_away(tmp_path: Path, logs: tuple[Path, ...]) -> None:
    cache = kept(tmp_path, logs, header(), header())
    (entry,) = cache.folder.glob(f"*{SUFFIX}")
    content = bytearray(entry.read_bytes())
    content[-1] ^= 1
    entry.write_bytes(content)
    assert KnownLogs(cache, logs).find(logs[0]) is None


def test_nothing_is_written_where_all_was_known(tmp_path: Path, logs: tuple[Path, ...]) -> None:
    cache = kept(tmp_path, logs, header(), header())
    (entry,) = cache.folder.glob(f"*{SUFFIX}")
    before = entry.stat().st_ino
    known = KnownLogs(cache, logs)
    for place in logs:
        known.find(place)
    known.save()
    assert entry.stat().st_ino == before


def test_what_is_gone_is_forgotten_and_what_is_new_is_kept(tmp_path: Path, logs: tuple[Path, ...]) -> None:
    cache = kept(tmp_path, logs, header(ids=["x"]), header(ids=["x"]))
    new = logs[0].with_name("c.eval")
    new.write_bytes(b"log")
    now = (logs[0], new)
    known = KnownLogs(cache, now, later(now))
    assert known.find(logs[0]) is not None
    assert known.find(new) is None
    known.keep(new, new.stat(), "sha of c.eval", header(ids=["x"]))
    known.save()
    again = KnownLogs(cache, (*logs, new))
    assert [again.find(place) is not None for place in (*logs, new)] == [True, False, True]


def test_more_ids_than_there_is_room_for_are_not_kept(tmp_path: Path, logs: tuple[Path, ...]) -> None:
    cache = Cache(tmp_path / "cache")
    known = KnownLogs(cache, logs, later(logs), most_ids=2)
    for place, ids in zip(logs, ([1, 2], [1, 2, 3]), strict=True):
        known.keep(place, place.stat(), "sha", header(ids=ids))
    known.save()
    found = [KnownLogs(cache, logs).find(place) for place in logs]
    assert [one is not None for one in found] == [True, False]


def test_a_known_log_gives_the_record_that_reading_it_gave(tmp_path: Path, real_logs: Path) -> None:
    places = tuple(path for path in sorted(real_logs.iterdir()) if path.suffix in (".eval", ".json"))
    found = [FoundLog(path.name, path) for path in places]
    cache = Cache(tmp_path / "cache")
    first = KnownLogs(cache, places, later(places))
    records = [read_log(one, known=first) for one in found]
    first.save()
    again = KnownLogs(cache, places)
    assert all(again.find(place) is not None for place in places)
    assert repr([read_log(one, known=again) for one in found]) == repr(records)
    assert repr(read_logs(found)) == repr(tuple(records))
