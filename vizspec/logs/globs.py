"""Patterns over local folders: `*`, `?`, `[…]` and `{run}` within one folder name, `**` across folders.

The standard library's glob neither names what a part matched nor ends in a loop of symbolic links.
Symbolic links are followed, since runs often lie on another file system; hidden entries match only a part
that begins with a dot, unless a run or a task is named so.
"""

from __future__ import annotations

import errno
import fnmatch
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

RUN = "{run}"
GLOB_SIGNS = re.compile(r"[*?\[]")
_RUN_MARK = "\ue000"
"""Stands for `{run}` while fnmatch translates the rest: a private character that it leaves alone."""

MOST_FOLDERS = 30_000
"""As many folders are looked into for one pattern, of paths and of URLs."""

DEEPEST = 100
"""As many folders inside each other does `**` go into."""

_KERNEL = ("/proc/", "/sys/")
"""What lies there is made by the kernel as it is looked at, and has no end worth waiting for."""

OnFolderError = Callable[[Path, OSError], None]


@dataclass(frozen=True)
class PathMatch:
    """A path that a pattern matched, and the folder name that `{run}` stood for."""

    path: Path
    run: str | None = None


def matches(
    pattern: str, base: Path, on_error: OnFolderError, names: Collection[str] = ()
) -> Iterator[PathMatch]:
    """Everything below `base` that the pattern matches, in the order of names.

    `on_error` hears of each folder that cannot be listed; `names` are those of runs and tasks, whose folders
    are seen though they begin with a dot. A pattern that ends with `**` gives the folder before it.
    """
    path = Path(pattern).expanduser()
    if RUN not in pattern and os.path.lexists(base / path):
        yield PathMatch(base / path)
        return
    root = Path(path.anchor) if path.anchor else base
    parts = path.parts[1:] if path.anchor else path.parts
    yield from Walk(on_error, names=frozenset(names)).descend(root, _once_each(parts), None, ())


def starting_place(pattern: str, base: Path) -> Path:
    """The folder (or file) that a pattern names before its first sign or `{run}`."""
    path = base / Path(pattern).expanduser()
    if RUN not in pattern and os.path.lexists(path):
        return path
    place = Path(path.anchor)
    for part in path.relative_to(place).parts:
        if RUN in part or not _is_literal(place, part):
            break
        place /= part
    return place


def files_below(folder: Path, on_error: OnFolderError, names: Collection[str] = ()) -> Iterator[Path]:
    """Every file below a folder, hidden ones and those in hidden folders apart, in the order of names.

    Folders of the runs and tasks that are named are seen, though they begin with a dot.
    """
    walk = Walk(on_error, names=frozenset(names))
    for match in walk.descend(folder, ("**", "*"), None, ()):
        if not is_folder(match.path):
            yield match.path


def is_folder(path: Path) -> bool:
    """Whether the path leads to a folder; one that may not be looked at does not."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises where access is denied


def _once_each(parts: Sequence[str]) -> tuple[str, ...]:
    """The parts without a `**` after another, which says nothing more."""
    return tuple(
        part for part, before in zip(parts, ("", *parts), strict=False) if part != "**" or before != "**"
    )


@dataclass
class Walk:
    """One search: no way is gone twice for the same part of the pattern, and there is an end to folders."""

    on_error: OnFolderError
    most_folders: int = MOST_FOLDERS
    names: frozenset[str] = frozenset()
    looked_into: int = 0
    gone: set[tuple[str, int, str | None]] = field(default_factory=set)

    def descend(
        self, folder: Path, parts: Sequence[str], run: str | None, above: tuple[str, ...]
    ) -> Iterator[PathMatch]:
        """The matches of `parts` below `folder`; `above` are the real paths that a `**` went through."""
        if not parts or tuple(parts) == ("**",):
            yield PathMatch(folder, run)
        elif not self._is_new_way(_place(folder), parts, run):
            return
        elif parts[0] == "**":
            yield from self._any_depth(folder, parts, run, above)
        elif _is_literal(folder, parts[0]):
            if os.path.lexists(folder / parts[0]):
                yield from self.descend(folder / parts[0], parts[1:], run, ())
        else:
            yield from self._named(folder, parts, run)

    def _any_depth(
        self, folder: Path, parts: Sequence[str], run: str | None, above: tuple[str, ...]
    ) -> Iterator[PathMatch]:
        real = os.path.realpath(folder)
        if real in above:
            return
        if f"{real}/".startswith(_KERNEL):
            self.on_error(folder, OSError(errno.EPERM, "it tells of the running system, and holds no logs"))
            return
        if len(above) == DEEPEST:
            self.on_error(folder, OSError(errno.ELOOP, f"it lies in more than {DEEPEST} folders"))
            return
        yield from self.descend(folder, parts[1:], run, ())
        for entry in self._entries(folder):
            if not self._is_hidden(entry.name) and _is_folder(entry) and self._is_new(entry, parts, run):
                yield from self.descend(folder / entry.name, parts, run, (*above, real))

    def _is_hidden(self, name: str, run: str | None = None) -> bool:
        """Whether a name begins with a dot, and is of no run or task: `.5` has folders like `.5_epoch0`."""
        if not name.startswith(".") or run in self.names:
            return False
        return name not in self.names and not name.startswith(tuple(f"{known}_" for known in self.names))

    def _is_new(self, entry: os.DirEntry[str], parts: Sequence[str], run: str | None) -> bool:
        """Whether it is a folder itself, or a link to one that no link led to before."""
        if not entry.is_symlink():
            return True
        return self._is_new_way(f"link to {os.path.realpath(entry.path)}", parts, run)

    def _is_new_way(self, place: str, parts: Sequence[str], run: str | None) -> bool:
        way = (place, len(parts), run)
        is_new = way not in self.gone
        self.gone.add(way)
        return is_new

    def _named(self, folder: Path, parts: Sequence[str], run: str | None) -> Iterator[PathMatch]:
        expression = segment_expression(parts[0], run)
        for entry in self._entries(folder):
            match = expression.match(entry.name)
            if match is None:
                continue
            here = match.groupdict().get("run")
            if self._is_hidden(entry.name, here) and not parts[0].startswith("."):
                continue
            if len(parts) > 1 and _leads_nowhere(entry):
                self.on_error(folder / entry.name, OSError(errno.ENOENT, "it is a link that leads nowhere"))
            elif len(parts) == 1 or _is_folder(entry):
                yield from self.descend(folder / entry.name, parts[1:], here or run, ())

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        self.looked_into += 1
        if self.looked_into > self.most_folders:
            if self.looked_into == self.most_folders + 1:
                most = f"{self.most_folders:,}"
                reason = f"a pattern leads into more than {most} folders: let it name more of the way"
                self.on_error(folder, OSError(errno.E2BIG, reason))
            return []
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.on_error(folder, error)
            return []


def _place(folder: Path) -> str:
    """What a way leads to: `x/..` and `y/..` are one place, and a link is a place of its own."""
    return os.path.realpath(folder) if ".." in folder.parts else str(folder)


def _is_literal(folder: Path, part: str) -> bool:
    """Whether a part is a plain name; `a[1]` is one where a folder has that very name."""
    if RUN in part or not GLOB_SIGNS.search(part):
        return RUN not in part
    return not re.search(r"[*?]", part) and os.path.lexists(folder / part)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a symbolic link that leads to itself
        return False


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and not os.path.exists(entry.path)  # noqa: PTH110 - an entry has a text


def segment_expression(part: str, run: str | None) -> re.Pattern[str]:
    """One folder name's pattern; where `{run}` already stands for a name, it must be that name."""
    expression = fnmatch.translate(part.replace(RUN, _RUN_MARK))
    if run is None:
        expression = expression.replace(_RUN_MARK, "(?P<run>.+)", 1).replace(_RUN_MARK, "(?P=run)")
    return re.compile(expression.replace(_RUN_MARK, re.escape(run or "")))
