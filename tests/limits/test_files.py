"""Only regular files are read, and no more of one than is sensible."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from vizspec.limits.files import LIMIT_VARIABLE, MEGABYTE, TooLarge, limit, open_file, read_file


def test_a_regular_file_and_a_link_to_one_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")
    (tmp_path / "link").symlink_to("a")
    assert read_file(tmp_path / "a", 1) == read_file(tmp_path / "link", 1) == b"text"


def test_a_pipe_is_refused_at_once_though_nobody_writes_to_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="it is a pipe, not a file"):
        open_file(tmp_path / "pipe")


def test_a_device_is_refused() -> None:
    with pytest.raises(OSError, match="it is a device, not a file"):
        open_file("/dev/zero")


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket")
        with pytest.raises(OSError, match=r"socket|No such device"):
            open_file("socket")


def test_a_folder_and_nothing_are_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        open_file(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_file(tmp_path / "gone")


def test_a_file_above_the_limit_is_refused_and_the_message_names_the_way_out(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(b"")
    os.truncate(large, MEGABYTE + 1)
    with pytest.raises(TooLarge, match=f"it is larger than 1 MB \\({LIMIT_VARIABLE} may name another limit"):
        read_file(large, 1, {})
    assert len(read_file(large, 1, {LIMIT_VARIABLE: "2"})) == MEGABYTE + 1


@pytest.mark.parametrize("setting", ["", "0", "-1", "many", "1e3"])
def test_what_is_no_limit_is_none(setting: str) -> None:
    assert limit(7, {LIMIT_VARIABLE: setting}) == 7
