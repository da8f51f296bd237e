"""Changes to the files of a folder that all happen or do not, also where the process is killed halfway.

A journal says first what is about to change; while it is there, everything can be put back. What stands in a
place is kept aside meanwhile. Only what the changes themselves have put somewhere is ever taken away again.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from vizspec.errors import UserError
from vizspec.text.digests import content_sha256

JOURNAL = ".vizspec-journal.json"
TEMPORARY = (".vizspec-", ".tmp")
"""How the name of a file begins and ends that is not in its place."""


@dataclass(frozen=True)
class Put:
    """A whole file that waits hidden, and takes the place of this name; `sha256` is its own."""

    name: str
    staged: Path
    sha256: str


@dataclass(frozen=True)
class Removal:
    """A file of the folder that goes."""

    name: str


FileChange = Put | Removal


class Blocked(OSError):
    """A change that cannot be made; `name` is the file's."""

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(error.errno, error.strerror or str(error))
        self.name = name


@dataclass(frozen=True)
class _JournalEntry:
    """A change as the journal has it: whether a file was there, and the SHA-256 of the one that comes."""

    name: str
    was_there: bool
    new: str | None


def apply(folder: Path, changes: Sequence[FileChange]) -> None:
    """Make the changes in their order.

    Raises:
        Blocked: one cannot be made; everything is as it was.
        UserError: and something could not be put back.
    """
    for change in changes:
        with _blocked(change.name):
            refuse_folder(folder / change.name)
    entries = [
        _JournalEntry(
            change.name,
            os.path.lexists(folder / change.name),
            change.sha256 if isinstance(change, Put) else None,
        )
        for change in changes
    ]
    with _blocked(JOURNAL):
        _write_journal(folder, entries)
    try:
        for change in changes:
            with _blocked(change.name):
                _link(folder / change.name)
                _make(folder / change.name, change)
        with _blocked(JOURNAL):
            (folder / JOURNAL).unlink()
    except OSError:
        _put_back(folder, entries)
        (folder / JOURNAL).unlink(missing_ok=True)
        raise
    finally:
        if not is_halfway(folder):
            _forget(folder, (entry.name for entry in entries))


def is_halfway(folder: Path) -> bool:
    """Whether changes are being made, or whoever made them was killed."""
    return os.path.lexists(folder / JOURNAL)


def undo(folder: Path) -> None:
    """Put back what was changed by a process that was killed. Nobody else may change the folder meanwhile.

    What was edited since is kept as `NAME.bak`.

    Raises:
        UserError: something cannot be put back, or the journal is none.
    """
    if is_halfway(folder):
        _put_back(folder, _read_journal(folder))
        (folder / JOURNAL).unlink()


def refuse_folder(place: Path) -> None:
    """Raises `IsADirectoryError` where a folder stands in a file's place."""
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))


def remove_empty_above(folder: Path, name: str) -> None:
    """Remove the folders between `folder` and a file that went, which hold nothing any more."""
    above = (folder / name).parent
    while above != folder and remove_empty(above):
        above = above.parent


def remove_empty(folder: Path) -> bool:
    """Whether the folder is gone; one that holds something stays."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def free_name(folder: Path, name: str, content: bytes) -> str:
    """The first of `NAME.bak`, `NAME.bak2`, … that is free, or holds this content already."""
    names = (f"{name}.bak{number if number > 1 else ''}" for number in count(1))
    return next(one for one in names if not os.path.lexists(folder / one) or _holds(folder / one, content))


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == content


def _write_journal(folder: Path, entries: Iterable[_JournalEntry]) -> None:
    text = json.dumps([[entry.name, entry.was_there, entry.new] for entry in entries])
    with (folder / JOURNAL).open("x", encoding="utf-8") as file:
        file.write(text)


def _read_journal(folder: Path) -> list[_JournalEntry]:
    """The journal's entries; none where it was not written to its end, and nothing was changed yet."""
    path = folder / JOURNAL
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() and not path.is_symlink() else "null"
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    try:
        entries = [_JournalEntry(str(name), bool(was_there), new) for name, was_there, new in found]
        if all(_is_inside(folder, entry.name) for entry in entries):
            return entries
    except (TypeError, ValueError):
        pass
    raise UserError(f"'{path}' is not what vizspec wrote", "see what it is, and remove it")


def _is_inside(folder: Path, name: str) -> bool:
    place = folder / name
    is_file_name = bool(name) and "\0" not in name and place.name not in ("", "..")
    return is_file_name and place.parent.resolve().is_relative_to(folder.resolve())


def _make(place: Path, change: FileChange) -> None:
    aside = _aside(place)
    is_aside = os.path.lexists(aside)
    if not is_aside and os.path.lexists(place):
        place.replace(aside)
    if isinstance(change, Put):
        change.staged.replace(place)
    elif is_aside:
        place.unlink()


def _put_back(folder: Path, entries: Sequence[_JournalEntry]) -> None:
    lost = []
    for entry in reversed(entries):
        try:
            _put_one_back(folder, entry)
        except OSError:
            lost.append(f"'{entry.name}'")
    if lost:
        raise UserError(
            f"could not be put back as before in '{folder}': {', '.join(lost)}",
            "see to what stands in the way there and render again, or render to another folder with --out",
        )


def _put_one_back(folder: Path, entry: _JournalEntry) -> None:
    place = folder / entry.name
    aside = _aside(place)
    if os.path.lexists(place):
        is_new = entry.new is not None and _sha256(place) == entry.new
        if not entry.was_there:
            if is_new:
                place.unlink()
                remove_empty_above(folder, entry.name)
            return
        is_untouched = os.path.lexists(aside) and _sha256(place) == _sha256(aside)
        if os.path.lexists(aside) and not is_new and not is_untouched:
            place.replace(folder / free_name(folder, entry.name, place.read_bytes()))
    if os.path.lexists(aside):
        aside.replace(place)
        # Of two names of one file the replacing leaves both.
        aside.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    return content_sha256(path.read_bytes())


def _aside(place: Path) -> Path:
    digest = hashlib.sha256(place.name.encode()).hexdigest()[:16]
    return place.with_name(f"{TEMPORARY[0]}{digest}.old{TEMPORARY[1]}")


def _link(place: Path) -> None:
    """Give the file a second name, where the file system allows that, so that its place is never empty."""
    aside = _aside(place)
    aside.unlink(missing_ok=True)
    with suppress(OSError):
        os.link(place, aside, follow_symlinks=False)


def _forget(folder: Path, names: Iterable[str]) -> None:
    """Let go of what stood there before; a hidden file that cannot be removed now is swept later."""
    for name in names:
        with suppress(OSError):
            _aside(folder / name).unlink(missing_ok=True)


@contextmanager
def _blocked(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Blocked(name, error) from error
