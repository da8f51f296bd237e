"""Files by path or by URL: opening them, and listing what a URL's pattern matches (through fsspec)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from vizspec.logs.globs import GLOB_SIGNS, RUN, segment_expression


def open_file(path: Path | str) -> IO[bytes]:
    """The bytes of a local file or of a URL, seekable; raises one of `file_errors()`."""
    if isinstance(path, Path):
        return path.open("rb")
    import fsspec  # type: ignore[import-untyped]  # has no types

    return cast(IO[bytes], fsspec.open(path, "rb").open())


def file_errors() -> tuple[type[Exception], ...]:
    """What opening and listing raise: missing files and drivers, no access, no network."""
    boto: Any = sys.modules.get("botocore.exceptions")  # its errors are a family apart; loaded for s3:// only
    return (OSError, ValueError, ImportError, RuntimeError, *((boto.BotoCoreError,) if boto else ()))


def url_matches(pattern: str) -> Iterator[tuple[str, str | None]]:
    """The URLs that a URL's pattern matches, a folder's whole content for a folder, each with its run.

    Raises one of `file_errors()`.
    """
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]  # has no types

    fs, path = url_to_fs(pattern.replace(RUN, "*"))
    names = fs.glob(path) if GLOB_SIGNS.search(path) else fs.find(path)
    for name in sorted(names):
        yield str(fs.unstrip_protocol(name)), _run_in(name, fs._strip_protocol(pattern))


def _run_in(name: str, pattern: str) -> str | None:
    """What `{run}` stands for, counted from whichever end has no `**` between; None where both have one."""
    parts = pattern.split("/")
    index = next((at for at, part in enumerate(parts) if RUN in part), None)
    if index is None:
        return None
    if "**" in parts[:index]:
        if "**" in parts[index:]:
            return None
        index -= len(parts)
    match = segment_expression(parts[index], None).match(name.split("/")[index])
    return match["run"] if match else None
