"""What a URL's pattern matches, through fsspec's searches, and what cannot be listed on the way."""

from __future__ import annotations

import errno
import glob
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count, takewhile
from typing import Any, cast

from vizspec.logs.contents import CONTENTS
from vizspec.logs.files import PAUSES, asked, is_busy, unreachable_errors, version_in
from vizspec.logs.globs import GLOB_SIGNS, MOST_FOLDERS, RUN, segment_expression
from vizspec.logs.urls import located, url_of

Infos = dict[str, Mapping[str, Any]]
"""What a file system tells of files, by name."""

OnListingError = Callable[[str, OSError], None]
"""Hears of a folder by its URL that could not be listed."""

MOST_STARS = 4
"""In one part of a URL's pattern: fsspec's search takes minutes for a name that has to fit eight of them."""


def url_matches(
    pattern: str,
    on_error: OnListingError,
    most_folders: int = MOST_FOLDERS,
    is_taken: Callable[[str], bool] = lambda url: True,
) -> Iterator[tuple[str, str | None]]:
    """The URLs that a URL's pattern matches, of a folder what `is_taken` of all below it, each with its run.

    `on_error` hears of each folder on the way that cannot be listed. Raises one of `file_errors()`:
    `FileNotFoundError` where the place that the pattern starts from is not there, `ConnectionError` where
    what holds it (a bucket) is not, `OSError` where one part of it has too many stars, and `RuntimeError`
    where it leads into too many folders.
    """
    if any(part.replace("**", "*").count("*") > MOST_STARS for part in pattern.split("/")):
        raise OSError(errno.EINVAL, f"more than {MOST_STARS} stars in one part of the pattern")
    # An instance of its own, as listings by the way are listened to.
    fs, written = located(pattern, is_own=True)
    path = _without_last_stars(written)
    is_name = _is_name(fs, path)
    path = path if is_name else _with_names_escaped(fs, path).replace(RUN, "*")
    _see(fs, path, is_name)
    _listen(fs, on_error, most_folders)
    named, below = _below(fs, path) if is_name else _matching(fs, path, on_error)
    for name, info in sorted((below | named).items()):
        url = url_of(fs, name, pattern)
        if name in named or is_taken(url):
            CONTENTS.listed(url, version_in(info))
            yield url, _run_in(name, written)


def _without_last_stars(path: str) -> str:
    """A pattern that ends with `**` means all below the folder before it."""
    while path.endswith("/**"):
        path = path.removesuffix("/**")
    return path


def _is_name(fs: Any, path: str) -> bool:
    """Whether a path is the name of one thing: of a file `a[1].eval` where one is called so."""
    if "*" in path or RUN in path:
        return False
    return not GLOB_SIGNS.search(path) or bool(fs.exists(path))


def _with_names_escaped(fs: Any, path: str) -> str:
    """The pattern, with what is to be taken as it stands escaped in the folders that it starts from."""
    parts = path.split("/")
    for at, part in enumerate(parts):
        if GLOB_SIGNS.search(part) or RUN in part:
            if not _is_name(fs, "/".join((*parts[:at], part))):
                break
            parts[at] = glob.escape(part)
    return "/".join(parts)


_FLAT = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az"})
"""Protocols of stores that list all below a prefix at once, a thousand names a request."""
LISTINGS = 16
"""Folders of such a store that are listed at once."""


def _matching(fs: Any, path: str, on_error: OnListingError) -> tuple[Infos, Infos]:
    """The files that the path's stars match, and those below folders that they match."""
    parts = path.split("/")
    first = next(at for at, part in enumerate(parts) if GLOB_SIGNS.search(part))
    protocols = {fs.protocol} if isinstance(fs.protocol, str) else set(fs.protocol)
    if protocols & _FLAT and parts[first] != "**" and first < len(parts) - 1:
        return _matching_in_store(fs, parts, first, on_error)
    found = cast(Infos, asked(lambda: fs.glob(path, detail=True)))
    files, folders = _parted(found, lambda name: found[name]["type"] != "directory")
    return files, _below_all(fs, on_error, folders)


def _below(fs: Any, path: str) -> tuple[Infos, Infos]:
    """The file of this name, or those below the folder."""
    found = cast(Infos, asked(lambda: fs.find(path, detail=True)))
    return _parted(found, lambda name: name == path.rstrip("/"))


def _matching_in_store(
    fs: Any, parts: Sequence[str], first: int, on_error: OnListingError
) -> tuple[Infos, Infos]:
    """The same of a store, where the part of the path at `first` is the first that has stars.

    Each folder that this part stands for is listed as a whole from where its next star is: a request a
    folder, and none below what no star leads into.
    """
    from fsspec.utils import glob_translate

    steady = list(takewhile(lambda part: not GLOB_SIGNS.search(part), parts[first + 1 : -1]))
    is_one = segment_expression(parts[first], None).match
    entries = asked(lambda: fs.ls("/".join(parts[:first]), detail=True))
    folders = [entry["name"] for entry in entries if entry["type"] == "directory"]
    folders = ["/".join((name, *steady)) for name in folders if is_one(name.rpartition("/")[2])]
    is_match = re.compile(glob_translate("/".join(parts))).match
    named, others = _parted(_below_all(fs, on_error, folders), lambda name: is_match(name) is not None)
    if "**" in parts:
        return named, {}
    return named, _parted(others, lambda name: is_match(_first_parts(name, len(parts))) is not None)[0]


def _first_parts(name: str, count: int) -> str:
    return "/".join(name.split("/")[:count])


def _parted(infos: Infos, is_one: Callable[[str], bool]) -> tuple[Infos, Infos]:
    """Those of which it is so, and the others."""
    those = {name: info for name, info in infos.items() if is_one(name)}
    return those, {name: info for name, info in infos.items() if name not in those}


def _below_all(fs: Any, on_error: OnListingError, folders: Iterable[str]) -> Infos:
    """What is told of each file below these folders."""
    with ThreadPoolExecutor(LISTINGS) as pool:
        listed = list(pool.map(partial(_all_below, fs, on_error), folders))
    return {name: info for infos in listed for name, info in infos.items()}


def _all_below(fs: Any, on_error: OnListingError, folder: str) -> Infos:
    try:
        return cast(Infos, asked(lambda: fs.find(folder, detail=True)))
    except FileNotFoundError:
        return {}
    except OSError as error:
        on_error(str(fs.unstrip_protocol(folder)), error)
        return {}


def _listen(fs: Any, on_error: OnListingError, most_folders: int) -> None:
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


def _heard(
    ls: Callable[..., Any], one_more: Callable[[], None], failed: OnListingError
) -> Callable[..., Any]:
    def listing(path: str, *args: Any, **kwargs: Any) -> Any:
        one_more()
        try:
            return ls(path, *args, **kwargs)
        except OSError as error:
            failed(path, error)
            raise

    return listing


def _heard_async(
    ls: Callable[..., Awaitable[Any]], one_more: Callable[[], None], failed: OnListingError
) -> Callable[..., Awaitable[Any]]:
    import asyncio

    async def listing(path: str, *args: Any, **kwargs: Any) -> Any:
        one_more()
        for pause in (*PAUSES, None):
            try:
                return await ls(path, *args, **kwargs)
            except unreachable_errors() as error:
                if pause is None or not is_busy(error):
                    if isinstance(error, OSError):
                        failed(path, error)
                    raise
            await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    return listing


def _see(fs: Any, path: str, is_name: bool) -> None:
    """Look at the place that a pattern starts from: fsspec's own searches take every error for "nothing"."""
    sign = None if is_name else GLOB_SIGNS.search(path)
    root = path[: sign.start()].rpartition("/")[0] if sign else path
    try:
        asked(lambda: fs.ls(root) if sign else fs.info(path))
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
