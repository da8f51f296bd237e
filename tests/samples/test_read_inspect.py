"""Logs that are one JSON file, or not on a disk of this machine, say what the same log on disk says."""

from __future__ import annotations

import gc
import json
import warnings
from pathlib import Path

import fsspec
import pytest

from vizspec.cache import Cache
from vizspec.samples.read import read_log
from vizspec.samples.read_eval import read_eval
from vizspec.samples.record import LogSamples, Member, NoSamples


@pytest.fixture(scope="session")
def as_json(evaluated: dict[int, Path], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The log of three repeats in Inspect's other format."""
    from inspect_ai.log import read_eval_log, write_eval_log

    path = str(tmp_path_factory.mktemp("json") / "log.json")
    write_eval_log(read_eval_log(str(evaluated[3])), path)
    return path


def test_a_json_log_says_what_the_eval_log_says(evaluated: dict[int, Path], as_json: str) -> None:
    found, other = read_log(as_json), read_eval(evaluated[3])
    assert isinstance(found, LogSamples)
    assert isinstance(other, LogSamples)
    assert found.member is Member.INSPECT
    assert found.predictions == other.predictions
    assert (found.source, found.total, found.epochs) == (other.source, other.total, other.epochs)


def test_a_remote_log_says_what_the_local_one_says(evaluated: dict[int, Path]) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/logs/log.eval", evaluated[3].read_bytes())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Inspect's own
        found = read_log("memory://logs/log.eval")
        gc.collect()
    other = read_eval(evaluated[3])
    assert isinstance(found, LogSamples)
    assert isinstance(other, LogSamples)
    assert found.predictions == other.predictions


@pytest.mark.parametrize("content", ["", "{", '{"version": 2}', "[]"])
def test_a_json_file_that_is_no_log_says_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "log.json"
    path.write_text(content)
    found = read_log(str(path))
    assert isinstance(found, NoSamples)
    assert found.reason.startswith("cannot be read")


@pytest.mark.parametrize("parts", [{"epoch": 10**30}, {"epoch": -(10**400)}])
def test_a_json_log_with_a_repeat_that_is_no_number_of_one_says_so(
    tmp_path: Path, parts: dict[str, int]
) -> None:
    spec = {"created": "2026-01-29T10:00:00Z", "task": "t", "model": "m", "dataset": {}, "config": {}}
    sample = {"id": 1, "epoch": 1, "input": "?", "target": "1", **parts}
    path = tmp_path / "log.json"
    path.write_text(json.dumps({"version": 2, "status": "success", "eval": spec, "samples": [sample]}))
    found = read_log(str(path), Cache(tmp_path / "cache"))
    assert isinstance(found, NoSamples)
    assert found.reason.startswith("cannot be read: Expected `int`")


def test_a_remote_log_that_is_not_there_says_so() -> None:
    found = read_log("memory://logs/none.eval")
    assert isinstance(found, NoSamples)
    assert found.reason.startswith("cannot be read")
