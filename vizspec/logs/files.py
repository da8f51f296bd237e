"""Files by path or by URL: opening them, and listing what a URL's pattern matches (through fsspec)."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count, takewhile
from pathlib import Path
from typing import IO, Any, cast

from vizspec.limits import files as limits
from vizspec.logs.contents import CONTENTS, Version
from vizspec.logs.globs import GLOB_SIGNS, RUN, segment_expression
from vizspec.logs.ranges import RangeFile


def open_file(path: Path | str) -> IO[bytes]:
    """The bytes of a local file or of a URL, seekable; raises one of `file_errors()`."""
    if isinstance(path, Path):
        return limits.open_file(path)
    import fsspec

    version = version_of(path)
    if version is None or version.size is None:
        CONTENTS.read_otherwise([path])
        return cast(IO[bytes], fsspec.open(path, "rb").open())
    return cast(IO[bytes], RangeFile(partial(_range_of, path, version), version.size))


_MARKS = ("ETag", "etag", "generation", "mtime", "LastModified", "last_modified", "modified", "created")
"""What file systems call the mark of a content, or the time at which it was written; the surest first."""


def version_of(url: str) -> Version | None:
    """The version of a URL's content, as it was listed, or is told now; None where nobody tells."""
    listed = CONTENTS.version(url)
    if listed is not None:
        return listed
    from fsspec.core import url_to_fs

    try:
        fs, path = url_to_fs(url)
        return _version(fs.info(path))
    except file_errors():
        return None


def content_key(url: str) -> str | None:
    """A name for the content of a URL, another whenever it changes; None where nobody tells a mark of it."""
    version = version_of(url)
    if version is None or version.mark is None:
        return None
    return hashlib.sha256("\0".join((url, str(version.size), version.mark)).encode()).hexdigest()


def mark_of(place: Path | str) -> str | None:
    """What tells the content that a file or a URL has now from any other; None where nobody tells it."""
    if isinstance(place, Path):
        try:
            return mark_of_file(place.stat())
        except OSError:
            return None
    from fsspec.core import url_to_fs

    try:
        fs, path = url_to_fs(place)
        fs.invalidate_cache(path)
        return mark_of_version(_version(fs.info(path)))
    except file_errors():
        return None


def mark_of_file(status: os.stat_result) -> str:
    """The mark of a file with this status."""
    return f"{status.st_dev}-{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"


def mark_of_version(version: Version | None) -> str | None:
    """The mark of a URL's content of this version."""
    if version is None or version.mark is None:
        return None
    return f"{version.size}-{version.mark.strip(QUOTE)}"


QUOTE = '"'
"""What some stores put around their marks in one answer and not in another."""


def _version(info: Mapping[str, Any]) -> Version:
    size = info.get("size")
    mark = next((str(info[name]) for name in _MARKS if info.get(name)), None)
    return Version(size if isinstance(size, int) else None, mark)


def _range_of(url: str, version: Version, start: int, stop: int) -> bytes:
    from fsspec.core import url_to_fs

    def fetch() -> bytes:
        fs, path = url_to_fs(url)
        content: bytes = fs.cat_file(path, start=start, end=stop)
        # A server that knows no ranges sends the whole.
        return content[start:stop] if len(content) == version.size else content

    return CONTENTS.read(url, version, start, stop, fetch)


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
MOST_STARS = 4
"""In one part of a URL's pattern: fsspec's search takes minutes for a name that has to fit eight of them."""


def url_matches(
    pattern: str, on_error: OnError, most_folders: int = MOST_FOLDERS
) -> Iterator[tuple[str, str | None]]:
    """The URLs that a URL's pattern matches, a folder's whole content for a folder, each with its run.

    `on_error` hears of each folder on the way that cannot be listed. Raises one of `file_errors()`:
    `FileNotFoundError` where the place that the pattern starts from is not there, `ConnectionError` where
    what holds it (a bucket) is not, `OSError` where one part of it has too many stars, and `RuntimeError`
    where it leads into too many folders.
    """
    from fsspec.core import url_to_fs

    if any(part.replace("**", "*").count("*") > MOST_STARS for part in pattern.split("/")):
        raise OSError(errno.EINVAL, f"more than {MOST_STARS} stars in one part of the pattern")
    # An instance of its own, as listings by the way are listened to.
    fs, path = url_to_fs(pattern.replace(RUN, "*"), skip_instance_cache=True)
    _see(fs, path)
    _listen(fs, on_error, most_folders)
    names = _matching(fs, path, on_error)
    for name in sorted(names):
        url = str(fs.unstrip_protocol(name))
        CONTENTS.listed(url, _version(names[name]))
        yield url, _run_in(name, fs._strip_protocol(pattern))


_FLAT = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az"})
"""Protocols of stores that list all below a prefix at once, a thousand names a request."""
LISTINGS = 16
"""Folders of such a store that are listed at once."""


def _matching(fs: Any, path: str, on_error: OnError) -> Mapping[str, Mapping[str, Any]]:
    """What is told of each file that the path's stars match, or that lies below it, by name.

    Of a store, each folder that the first star stands for is listed as a whole from where its next star is:
    a request a folder, and none below what no star leads into.
    """
    if not GLOB_SIGNS.search(path):
        return cast(Mapping[str, Mapping[str, Any]], fs.find(path, detail=True))
    parts = path.split("/")
    first = next(at for at, part in enumerate(parts) if GLOB_SIGNS.search(part))
    protocols = {fs.protocol} if isinstance(fs.protocol, str) else set(fs.protocol)
    if not protocols & _FLAT or parts[first] == "**" or first == len(parts) - 1:
        return cast(Mapping[str, Mapping[str, Any]], fs.glob(path, detail=True))
    from fsspec.utils import glob_translate

    below = list(takewhile(lambda part: not GLOB_SIGNS.search(part), parts[first + 1 : -1]))
    is_one = segment_expression(parts[first], None).match
    entries = fs.ls("/".join(parts[:first]), detail=True)
    folders = [entry["name"] for entry in entries if entry["type"] == "directory"]
    folders = ["/".join((name, *below)) for name in folders if is_one(name.rpartition("/")[2])]
    with ThreadPoolExecutor(LISTINGS) as pool:
        found = list(pool.map(partial(_all_below, fs, on_error), folders))
    is_match = re.compile(glob_translate(path)).match
    return {name: info for listed in found for name, info in listed.items() if is_match(name)}


def _all_below(fs: Any, on_error: OnError, folder: str) -> Mapping[str, Mapping[str, Any]]:
    try:
        return cast(Mapping[str, Mapping[str, Any]], fs.find(folder, detail=True))
    except FileNotFoundError:
        return {}
    except OSError as error:
        on_error(str(fs.unstrip_protocol(folder)), error)
        return {}


def _listen(fs: Any, on_error: OnError, most_folders: int) -> None:
    """Let `on_error` hear of listings that fail in fsspec's searches, which take their errors for "nothing".

    A file system that has a search of its own (S3's) raises by itself.
    """
    looked_into = count(1)

    def failed(path: str, error: OSError) -> None:
        on_error(str(fs.unstrip_protocol(path)), error)

    def one_more() -> None:
        if next(looked_into) > most_folders:
            raise RuntimeError(f"the pattern leads into more than {most_folders:,} folders")

    if hasattr(fs, "_ls"):
        fs._ls = _heard_async(fs._ls, one_more, failed)
    else:
        fs.ls = _heard(fs.ls, one_more, failed)


def _heard(ls: Callable[..., Any], one_more: Callable[[], None], failed: OnError) -> Callable[..., Any]:
    def listing(path: str, *args: Any, **kwargs: Any) -> Any:
        one_more()
        try:
            return ls(path, *args, **kwargs)
        except OSError as error:
            failed(path, error)
            raise

    return listing


def _heard_async(
    ls: Callable[..., Awaitable[Any]], one_more: Callable[[], None], failed: OnError
) -> Callable[..., Awaitable[Any]]:
    async def listing(path: str, *args: Any, **kwargs: Any) -> Any:
        one_more()
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
