"""Which file systems addresses lead to."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from fsspec import filesystem

from tests.disk import write_log
from vizspec.logs.find import find_logs
from vizspec.logs.read import read_logs
from vizspec.logs.urls import located, url_of


def test_a_log_in_an_archive_is_read_as_the_log_itself(tmp_path: Path) -> None:
    log = write_log(tmp_path / "r4" / "a.eval")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(log, "r4/a.eval")
    filesystem("memory").pipe("/archives/logs.zip", packed.getvalue())
    pattern = "zip://{run}/*.eval::memory://archives/logs.zip"
    (found,) = read_logs(find_logs([pattern], tmp_path).files)
    (itself,) = read_logs(find_logs(["{run}/*.eval"], tmp_path).files)
    assert found.location == "zip://r4/a.eval::memory://archives/logs.zip"
    assert (found.run, found.task, found.scores) == (itself.run, itself.task, itself.scores)
    assert find_logs(["zip://r4::memory://archives/logs.zip"], tmp_path).files[0].path == found.location


@pytest.mark.parametrize(
    ("name", "pattern", "url"),
    [
        ("r4/a.eval", "zip://*/a.eval::file:///logs.zip", "zip://r4/a.eval::file:///logs.zip"),
        ("r4/a.eval", "simplecache::zip://**::file:///l.zip", "zip://r4/a.eval::file:///l.zip"),
    ],
)
def test_what_lies_in_an_archive_is_named_with_the_archive(
    name: str, pattern: str, url: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "l.zip", "w") as archive:
        archive.writestr(name, b"")
    fs = filesystem("zip", fo=str(tmp_path / "l.zip"))
    assert url_of(fs, name, pattern) == url


@pytest.mark.parametrize("url", ["dir://x", "reference://x/*.eval"])
def test_an_address_that_lacks_what_its_file_system_needs_is_told(url: str, tmp_path: Path) -> None:
    (unlisted,) = find_logs([url], tmp_path).unlisted
    assert unlisted.location == url
    assert f"a URL alone does not lead to '{url.partition(':')[0]}'" in unlisted.reason


def test_a_server_that_says_nothing_is_given_up_within_seconds() -> None:
    timeout = located("http://127.0.0.1:1/a.eval")[0].client_kwargs["timeout"]
    assert (timeout.total, timeout.sock_connect, timeout.sock_read) == (None, 5, 15)


def test_a_store_that_says_nothing_is_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("s3fs")
    monkeypatch.delenv("AWS_MAX_ATTEMPTS", raising=False)
    times = {"connect_timeout": 5, "read_timeout": 15}
    twice = {"retries": {"total_max_attempts": 2}}
    assert located("s3://bucket/a.eval")[0].config_kwargs == times | twice
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "7")
    assert located("s3://bucket/a.eval")[0].config_kwargs == times
