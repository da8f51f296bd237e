"""Many logs are read in their order; what was read before comes from the cache."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.samples.logs import risk_score, sample, write_eval
from vizspec.cache import Cache
from vizspec.samples.kept import content_hash
from vizspec.samples.parallel import executor
from vizspec.samples.read import read_log, read_samples
from vizspec.samples.record import LogSamples, NoSamples


def write_log(folder: Path, name: str = "log.eval", risks: Sequence[float] = (0.2, 0.7)) -> str:
    return str(write_eval(folder / name, [sample(n, risk_score(p)) for n, p in enumerate(risks)]))


def test_logs_are_read_in_the_order_given(tmp_path: Path) -> None:
    paths = [write_log(tmp_path, f"{n}.eval", (n / 10,)) for n in (3, 1, 2)]
    found = read_samples([*paths, str(tmp_path / "none.eval")])
    assert [one.predictions.last for one in found if isinstance(one, LogSamples)] == [(0.3,), (0.1,), (0.2,)]
    assert isinstance(found[-1], NoSamples)


@pytest.mark.slow
def test_processes_read_what_one_process_reads(tmp_path: Path) -> None:
    paths = [write_log(tmp_path, f"{n}.eval", (n / 10, 0.5)) for n in range(4)]
    with executor(2) as pool:
        assert read_samples(paths, executor=pool, cache=Cache(tmp_path / "store")) == read_samples(paths)


def test_a_log_read_before_is_not_read_again(tmp_path: Path) -> None:
    path, cache = write_log(tmp_path), Cache(tmp_path / "store")
    first = read_log(path, cache)
    assert isinstance(first, LogSamples)
    [entry] = (tmp_path / "store").iterdir()
    kept = cache.get(entry.stem)
    assert kept is not None
    # the entry is changed, to see that it is what comes back
    cache.put(entry.stem, kept.replace(b"risk_scorer", b"rosk_scorer"))
    again = read_log(path, cache)
    assert isinstance(again, LogSamples)
    assert again.scorer == "rosk_scorer"
    assert again.predictions == first.predictions


def test_the_cache_knows_a_log_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "store")
    path = write_log(tmp_path, risks=(0.2, 0.7))
    assert last_of(read_log(path, cache)) == (0.2, 0.7)
    write_log(tmp_path, risks=(0.3, 0.7))
    assert last_of(read_log(path, cache)) == (0.3, 0.7)
    assert len(list((tmp_path / "store").iterdir())) == 2


class Written(Cache):
    """Somebody writes the log anew after its content was named, and before it is read."""

    def get(self, key: str) -> bytes | None:
        found = super().get(key)
        write_log(self.folder.parent, risks=(0.3, 0.7))
        return found


def test_what_a_log_became_while_it_was_read_is_not_kept_under_the_name_of_what_it_was(
    tmp_path: Path,
) -> None:
    path = write_log(tmp_path, risks=(0.2, 0.7))
    assert last_of(read_log(path, Written(tmp_path / "store"))) == (0.3, 0.7)
    write_log(tmp_path, risks=(0.2, 0.7))
    assert last_of(read_log(path, Cache(tmp_path / "store"))) == (0.2, 0.7)


def test_what_is_kept_of_a_known_content_is_taken_without_the_log(tmp_path: Path) -> None:
    log, cache = write_log(tmp_path), Cache(tmp_path / "cache")
    contents = {log: content_hash(log)}
    (read,) = read_samples([log], cache=cache, contents=contents)
    Path(log).unlink()
    assert read_samples([log], cache=cache, contents=contents) == [read]
    assert isinstance(read_samples([log], cache=cache)[0], NoSamples)
    assert isinstance(read_samples([log], contents=contents)[0], NoSamples)


def test_a_log_without_risk_scores_is_remembered_too(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "store")
    path = str(write_eval(tmp_path / "log.eval", [sample(1, {"value": "C"}, scorer="match")], metrics=()))
    assert read_log(path, cache) == read_log(path, cache)
    assert len(list((tmp_path / "store").iterdir())) == 1


def test_a_damaged_entry_is_read_anew(tmp_path: Path) -> None:
    path, cache = write_log(tmp_path), Cache(tmp_path / "store")
    first = read_log(path, cache)
    [entry] = (tmp_path / "store").iterdir()
    entry.write_bytes(entry.read_bytes()[:20])
    assert read_log(path, cache) == first


def test_a_missing_log_is_told_with_a_cache_too(tmp_path: Path) -> None:
    found = read_log(str(tmp_path / "none.eval"), Cache(tmp_path / "store"))
    assert found == NoSamples("cannot be read: No such file or directory", is_passing=True)


def test_a_file_url_is_a_path(tmp_path: Path) -> None:
    path = write_log(tmp_path)
    assert read_samples([f"file://{path}"]) == read_samples([path])


def last_of(found: LogSamples | NoSamples) -> tuple[float | None, ...]:
    assert isinstance(found, LogSamples)
    return found.predictions.last
