"""Which logs there are: patterns of the spec become files and URLs, each with its run.

Nothing is read here but the first bytes of `.json` files, to tell logs from other JSON.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from vizspec.logs.files import described, file_errors, open_file
from vizspec.logs.globs import GLOB_SIGNS, RUN, files_below, is_folder, matches, starting_place
from vizspec.logs.listing import url_matches
from vizspec.logs.location import FRAMES, LOGS, Format, format_of

DEFAULT_PATTERNS = ("{run}/eval/*/logs/*.eval", "{run}/eval/logs/*.eval")

_LOG_JSON = re.compile(
    rb'\s*\{\s*("version"\s*:\s*\d+\s*,\s*)?("status"\s*:\s*"\w*"\s*,\s*)?"eval"\s*:\s*\{', re.DOTALL
)
"""How a `.json` log begins: Inspect promises the order of these keys."""

_BY_THE_WAY = frozenset({errno.EACCES, errno.ELOOP, errno.ENOENT, errno.EPERM})
"""Why a folder below one that a pattern names may be passed over: nobody may enter it, or it is gone."""
_BY_THE_WAY_ERRORS = (FileNotFoundError, PermissionError)
"""The same, of which file systems of the network tell no number."""


@dataclass(frozen=True, order=True)
class FoundLog:
    """One log, or one data frame of logs. `location` is relative to the base ('/'-separated), or a URL.

    `run` is the folder name that `{run}` stood for; in a pattern without `{run}`, the first folder on the
    way that is named like a known run.
    """

    location: str
    path: Path | str
    run: str | None = None

    @property
    def is_frame(self) -> bool:
        """A data frame with a row for each log, rather than a log."""
        found = format_of(self.location)
        return found is not None and found.is_frame


@dataclass(frozen=True, order=True)
class NotTaken:
    """Something that a pattern matched and that is not taken for a log, with the reason."""

    location: str
    reason: str


@dataclass(frozen=True)
class Found:
    """What the patterns gave: logs in the order of their locations, each once."""

    files: tuple[FoundLog, ...]
    patterns_without_match: tuple[str, ...] = ()
    skipped: tuple[NotTaken, ...] = ()
    absent: Mapping[str, str] = field(default_factory=dict)
    """For patterns without a match: the place that each starts from, where that is not there."""
    unlisted: tuple[NotTaken, ...] = ()
    """Places that could not be looked into, so that nobody knows which logs there are."""


def find_logs(
    patterns: Sequence[str], base: Path, runs: Sequence[str] | None = None, tasks: Sequence[str] = ()
) -> Found:
    """The logs that the patterns match below `base`.

    A pattern is a glob (`**` goes into folders), a folder (everything below it), a file, or a URL that
    fsspec can open, each of them with or without `{run}`. Data frames are taken where a pattern names
    their suffix. Where `runs` are known, a folder that `{run}` matches and that is none of them is found
    all the same, and marked. Folders of runs and tasks that are known are seen though they begin with a dot.
    """
    search = _Search(base, (*(runs or ()), *tasks))
    without_match = []
    for pattern in dict.fromkeys(patterns):
        before = len(search.files)
        search.take(pattern)
        if len(search.files) == before:
            without_match.append(pattern)
    files, same = _once(search.files)
    skipped = sorted({*search.skipped, *same})
    return Found(
        tuple(_with_run(found, runs) for found in files),
        tuple(without_match),
        tuple(skipped),
        {pattern: search.absent[pattern] for pattern in without_match if pattern in search.absent},
        tuple(sorted(set(search.unlisted))),
    )


class _Search:
    """Collects what one pattern after another gives."""

    def __init__(self, base: Path, names: Sequence[str]) -> None:
        self.base = base
        self.names = names
        self.files: list[FoundLog] = []
        self.skipped: list[NotTaken] = []
        self.unlisted: list[NotTaken] = []
        self.absent: dict[str, str] = {}
        self.root = base

    def take(self, pattern: str) -> None:
        if pattern.startswith("file://"):
            self._take_local(unquote(urlsplit(pattern).path), pattern)
        elif "://" in pattern:
            self._take_urls(pattern)
        else:
            self._take_local(pattern, pattern)

    def _take_local(self, pattern: str, written: str) -> None:
        try:
            self.root = starting_place(pattern, self.base)
            self.root.stat()
        except (FileNotFoundError, NotADirectoryError):
            self.absent[written] = _location(self.root, self.base)
            return
        except (ValueError, RuntimeError):  # a zero byte in it; `~` of somebody who has no home here
            self.absent[written] = written
            return
        except OSError as error:
            self._not_listed(self.root, error)
            return
        for match in matches(pattern, self.base, self._not_listed, self.names):
            for path in self._files_of(match.path):
                is_exact = path == self.base / Path(pattern).expanduser()
                self._add(pattern, FoundLog(_location(path, self.base), path, match.run), is_exact)

    def _files_of(self, path: Path) -> Iterable[Path]:
        """The file itself, or the logs below a folder; a folder that is named like a log stays one path."""
        if not is_folder(path) or _is_log_name(path.name):
            return [path]
        files = files_below(path, self._not_listed, self.names)
        return (each for each in files if _is_log_name(each.name))

    def _add(self, pattern: str, found: FoundLog, is_exact: bool) -> None:
        """Takes a match for a log, or says why not; a file that the spec names is not second-guessed."""
        form = format_of(found.location)
        if form is None:
            reason = f"neither a log ({', '.join(LOGS)}) nor a data frame ({', '.join(FRAMES)})"
        elif form.is_frame and not pattern.lower().endswith(form.value):
            reason = f"a data frame is read only where the pattern names its suffix (*{form.value})"
        elif form is Format.JSON and not is_exact and not _begins_like_a_log(found.path):
            reason = "JSON that is not an Inspect log"
        else:
            self.files.append(found)
            return
        self.skipped.append(NotTaken(found.location, reason))

    def _not_listed(self, folder: Path, error: OSError) -> None:
        """A folder that a glob comes upon may be somebody's own; one that the spec names is to be read."""
        self._tell(_location(folder, self.base), error, is_named=folder == self.root)

    def _tell(self, location: str, error: OSError, *, is_named: bool = False) -> None:
        is_by_the_way = not is_named and (error.errno in _BY_THE_WAY or isinstance(error, _BY_THE_WAY_ERRORS))
        skipped = NotTaken(location, f"the folder cannot be listed: {described(error)}")
        (self.skipped if is_by_the_way else self.unlisted).append(skipped)

    def _take_urls(self, pattern: str) -> None:
        is_exact = RUN not in pattern and not GLOB_SIGNS.search(pattern)
        try:
            for url, run in url_matches(pattern, self._tell, is_taken=_is_log_name):
                self._add(pattern, FoundLog(url, url, run), is_exact and url == pattern)
        except file_errors() as error:
            why = _why_not_found(error)
            if why is None:
                self.absent[pattern] = pattern
            else:
                self.unlisted.append(NotTaken(pattern, f"the address cannot be listed: {described(why)}"))


def _why_not_found(error: Exception) -> BaseException | None:
    """What keeps anybody from telling what an address holds; None where there is nothing.

    To fsspec's HTTP every failure is a file that is not there, with the true reason behind it.
    """
    if not isinstance(error, FileNotFoundError):
        return error
    behind = error.__cause__
    return None if behind is None or isinstance(behind, FileNotFoundError) else behind


def _begins_like_a_log(path: Path | str) -> bool:
    """Also of what cannot be read or is empty: reading it tells why it is no log."""
    try:
        with open_file(path) as file:
            start = file.read(1024)
    except file_errors():
        return True
    return not start or _LOG_JSON.match(start) is not None


def _once(files: Iterable[FoundLog]) -> tuple[list[FoundLog], list[NotTaken]]:
    """Each file once, though several patterns or symbolic links lead to it; the straight way is preferred."""
    by_location: dict[str, FoundLog] = {}
    for found in files:
        known = by_location.get(found.location)
        by_location[found.location] = replace(known, run=known.run or found.run) if known else found
    kept: dict[str, FoundLog] = {}
    same = []
    ways = _Ways()
    straight = {location: ways.of(found.path) for location, found in by_location.items()}
    for found in sorted(by_location.values(), key=lambda each: (straight[each.location][1], each.location)):
        first = kept.setdefault(straight[found.location][0], found)
        if first is not found:
            same.append(NotTaken(found.location, f"the same file as {first.location}"))
    return sorted(kept.values(), key=lambda each: each.location), same


class _Ways:
    """Where files really are, and whether a link leads to their folder; each folder is asked once."""

    def __init__(self) -> None:
        self._folders: dict[str, tuple[str, bool]] = {}

    def of(self, path: Path | str) -> tuple[str, bool]:
        """The real place of a file, and whether a link leads to its folder; a URL is where it says."""
        if not isinstance(path, Path):
            return path, False
        folder, name = os.path.split(path.absolute())
        if folder not in self._folders:
            plain = os.path.normpath(folder)
            self._folders[folder] = os.path.realpath(folder), os.path.realpath(plain) != plain
        real, is_linked = self._folders[folder]
        place = os.path.join(real, name)  # noqa: PTH118 - thousands are joined, and a Path takes long
        return (os.path.realpath(place) if os.path.islink(place) else place), is_linked  # noqa: PTH114 - as above


def _with_run(found: FoundLog, runs: Sequence[str] | None) -> FoundLog:
    if runs is None:
        return found
    run = found.run
    if run is None:
        folders = PurePosixPath(found.location).parts[:-1]
        run = next((folder for folder in folders if folder in runs), None)
    return replace(found, run=run)


def _location(path: Path, base: Path) -> str:
    """Where a file is, seen from the base; a name that is not UTF-8 is told with its bytes escaped."""
    relative = Path(os.path.relpath(path, base)).as_posix()
    return relative.encode("utf-8", "backslashreplace").decode("utf-8")


def _is_log_name(name: str) -> bool:
    found = format_of(name)
    return found is not None and not found.is_frame
