"""Logs by path or by URL, as those who read their samples take them."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from vizspec.logs.files import open_file


def is_remote(location: str) -> bool:
    """Whether a location is a URL of another place than this machine."""
    return "://" in location and not location.startswith("file://")


def absolute(location: str) -> str:
    """The location as a worker needs it, who may stand in another folder than the caller."""
    return location if is_remote(location) else str(_path(location).absolute())


def open_log(location: str) -> IO[bytes]:
    """The bytes of a log; raises one of `file_errors()`."""
    return open_file(location if is_remote(location) else _path(location))


def _path(location: str) -> Path:
    return Path(location.removeprefix("file://"))
