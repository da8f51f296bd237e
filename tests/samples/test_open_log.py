"""A log is opened where it is, by path or by URL."""

from __future__ import annotations

from pathlib import Path

import fsspec
import pytest

from vizspec.samples.open_log import absolute, is_remote, open_log


@pytest.mark.parametrize(
    ("location", "remote"), [("a.eval", False), ("file:///a.eval", False), ("s3://bucket/a.eval", True)]
)
def test_a_url_of_another_place_is_remote(location: str, remote: bool) -> None:
    assert is_remote(location) is remote


def test_a_path_is_made_whole_and_a_url_left_as_it_is() -> None:
    assert absolute("logs/a.eval") == str(Path.cwd() / "logs" / "a.eval")
    assert absolute("file:///logs/a.eval") == "/logs/a.eval"
    assert absolute("s3://bucket/a.eval") == "s3://bucket/a.eval"


def test_a_log_is_opened_by_path_by_file_url_and_by_url(tmp_path: Path) -> None:
    (tmp_path / "a.eval").write_bytes(b"abc")
    fsspec.filesystem("memory").pipe("/logs/opened.eval", b"abc")
    for location in (str(tmp_path / "a.eval"), f"file://{tmp_path}/a.eval", "memory://logs/opened.eval"):
        with open_log(location) as file:
            assert file.read() == b"abc"
