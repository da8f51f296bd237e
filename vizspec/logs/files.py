"""Files by path or by URL: opening them, and listing what a URL's pattern matches (through fsspec)."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path
from typing import IO, Any, cast

from vizspec.limits import files as limits
from vizspec.logs.globs import GLOB_SIGNS, RUN, segment_expression


def open_file(path: Path | str) -> IO[bytes]:
    """The bytes of a local file or of a URL, seekable; raises one of `file_errors()`."""
    if isinstance(path, Path):
        return limits.open_file(path)
    import fsspec

    return cast(IO[bytes], fsspec.open(path, "rb").open())


_REMOTE_ERRORS = (  # families of errors apart from Python's own; each library is loaded for its protocol only
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("aiohttp", "ClientError"),
    ("gcsfs.retry", "HttpError"),
    ("google.auth.exceptions", "GoogleAuthError"),
    ("azure.core.exceptions", "AzureError"),
    ("paramiko", "SSHException"),
)


def unreachable_errors() -> tuple[type[Exception], ...]:
    """What tells that a content is not to be had here and now, whatever it is: no access, no network."""
    loaded = ((sys.modules.get(module), name) for module, name in _REMOTE_ERRORS)
    remote = (getattr(module, name, None) for module, name in loaded if module is not None)
    return (OSError, *(error for error in remote if error is not None))


def file_errors() -> tuple[type[Exception], ...]:
    """What opening and listing raise: missing files and drivers, no access, no network."""
    return (ValueError, ImportError, RuntimeError, *unreachable_errors())


OnError = Callable[[str, OSError], None]
"""Hears of a folder by its URL that could not be listed."""

MOST_FOLDERS = 30_000
"""How many folders a URL's pattern may lead into."""


def url_matches(
    pattern: str, on_error: OnError, most_folders: int = MOST_FOLDERS
) -> Iterator[tuple[str, str | None]]:
    """The URLs that a URL's pattern matches, a folder's whole content for a folder, each with its run.

    `on_error` hears of each folder on the way that cannot be listed. Raises one of `file_errors()`:
    `FileNotFoundError` where the place that the pattern starts from is not there, `ConnectionError` where
    what holds it (a bucket) is not, and `RuntimeError` where it leads into too many folders.
    """
    from fsspec.core import url_to_fs

    # An instance of its own, as listings by the way are listened to.
    fs, path = url_to_fs(pattern.replace(RUN, "*"), skip_instance_cache=True)
    _see(fs, path)
    _listen(fs, on_error, most_folders)
    names = fs.glob(path) if GLOB_SIGNS.search(path) else fs.find(path)
    for name in sorted(names):
        yield str(fs.unstrip_protocol(name)), _run_in(name, fs._strip_protocol(pattern))


def _listen(fs: Any, on_error: OnError, most_folders: int) -> None:
    """Let `on_error` hear of listings that fail in fsspec's searches, which take their errors for "nothing".

    A file system that has a search of its own (S3's) raises by itself.
    """
    looked_into = count(1)

    def failed(path: str, error: OSError) -> None:
        on_error(str(fs.unstrip_protocol(path)), error)

    def counted() -> None:
        if next(looked_into) > most_folders:
            raise RuntimeError(f"the pattern leads into more than {most_folders:,} folders")

    if hasattr(fs, "_ls"):
        fs._ls = _heard_async(fs._ls, counted, failed)
    else:
        fs.ls = _heard(fs.ls, counted, failed)


def _heard(ls: Callable[..., Any], counted: Callable[[], None], failed: OnError) -> Callable[..., Any]:
    def listing(path: str, *args: Any, **kwargs: Any) -> Any:
        counted()
        try:
            return ls(path, *args, **kwargs)
        except OSError as error:
            failed(path, error)
            raise

    return listing


def _heard_async(
    ls: Callable[..., Awaitable[Any]], counted: Callable[[], None], failed: OnError
) -> Callable[..., Awaitable[Any]]:
    async def listing(path: str, *args: Any, **kwargs: Any) -> Any:
        counted()
        try:
            return await ls(path, *args, **kwargs)
        except OSError as error:
            failed(path, error)
            raise

    return listing


def _see(fs: Any, path: str) -> None:
    """Look at the place that a pattern starts from: fsspec's own searches take every error for "nothing"."""
    sign = GLOB_SIGNS.search(path)
    root = path[: sign.start()].rpartition("/")[0] if sign else path
    try:
        fs.ls(root) if sign else fs.info(path)
    except FileNotFoundError:
        bucket = root.partition("/")[0]
        if bucket and "://" not in root and not _is_there(fs, bucket):
            raise ConnectionError(f"there is no '{bucket}'") from None
        raise


def _is_there(fs: Any, path: str) -> bool:
    try:
        fs.ls(path)
    except FileNotFoundError:
        return False
    return True


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


def described(error: BaseException) -> str:
    """An error in a few words of one line, without the paths of this machine."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
