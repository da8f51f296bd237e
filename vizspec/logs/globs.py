"""Patterns over local folders: `*`, `?`, `[…]` and `{run}` within one folder name, `**` across folders.

The standard library's glob neither names what a part matched nor ends in a loop of symbolic links.
Symbolic links are followed, since runs often lie on another file system; hidden entries match only a part
that begins with a dot.
"""

from __future__ import annotations

import errno
import fnmatch
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

RUN = "{run}"
GLOB_SIGNS = re.compile(r"[*?\[]")
_RUN_MARK = "\ue000"
"""Stands for `{run}` while fnmatch translates the rest: a private character that it leaves alone."""

OnError = Callable[[Path, OSError], None]


@dataclass(frozen=True)
class Match:
    """A path that a pattern matched, and the folder name that `{run}` stood for."""

    path: Path
    run: str | None = None


def matches(pattern: str, base: Path, on_error: OnError) -> Iterator[Match]:
    """Everything below `base` that the pattern matches, in the order of names.

    `on_error` hears of each folder that cannot be listed. A pattern that ends with `**` gives the folder
    before it.
    """
    path = Path(pattern).expanduser()
    if RUN not in pattern and os.path.lexists(base / path):
        yield Match(base / path)
        return
    root = Path(path.anchor) if path.anchor else base
    parts = path.parts[1:] if path.anchor else path.parts
    yield from _Walk(on_error).descend(root, parts, None, ())


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


def files_below(folder: Path, on_error: OnError) -> Iterator[Path]:
    """Every file below a folder, hidden ones and those in hidden folders apart, in the order of names."""
    walk = _Walk(on_error)
    for match in walk.descend(folder, ("**", "*"), None, ()):
        if not match.path.is_dir():
            yield match.path


@dataclass(frozen=True)
class _Walk:
    on_error: OnError

    def descend(
        self, folder: Path, parts: Sequence[str], run: str | None, above: tuple[str, ...]
    ) -> Iterator[Match]:
        """The matches of `parts` below `folder`; `above` are the real paths that a `**` went through."""
        if not parts or tuple(parts) == ("**",):
            yield Match(folder, run)
        elif parts[0] == "**":
            yield from self._any_depth(folder, parts, run, above)
        elif _is_literal(folder, parts[0]):
            if os.path.lexists(folder / parts[0]):
                yield from self.descend(folder / parts[0], parts[1:], run, ())
        else:
            yield from self._named(folder, parts, run)

    def _any_depth(
        self, folder: Path, parts: Sequence[str], run: str | None, above: tuple[str, ...]
    ) -> Iterator[Match]:
        real = os.path.realpath(folder)
        if real in above:
            return
        yield from self.descend(folder, parts[1:], run, ())
        for entry in self._entries(folder):
            if not entry.name.startswith(".") and _is_folder(entry):
                yield from self.descend(folder / entry.name, parts, run, (*above, real))

    def _named(self, folder: Path, parts: Sequence[str], run: str | None) -> Iterator[Match]:
        expression = segment_expression(parts[0], run)
        for entry in self._entries(folder):
            if entry.name.startswith(".") and not parts[0].startswith("."):
                continue
            match = expression.match(entry.name)
            if match and len(parts) > 1 and _leads_nowhere(entry):
                self.on_error(folder / entry.name, OSError(errno.ENOENT, "it is a link that leads nowhere"))
            elif match and (len(parts) == 1 or _is_folder(entry)):
                found = match.groupdict().get("run") or run
                yield from self.descend(folder / entry.name, parts[1:], found, ())

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.on_error(folder, error)
            return []


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
