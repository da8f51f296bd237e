"""Changes to the files of a folder that all happen or do not, also where the process is killed halfway.

What stands in a place is kept aside first. A journal then says what is about to change; while it is there,
everything can be put back. It goes when all is done.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from vizspec.errors import UserError

JOURNAL = ".vizspec-journal.json"
TEMPORARY = (".vizspec-", ".tmp")
"""How the name of a file begins and ends that is not in its place."""


@dataclass(frozen=True)
class Change:
    """A file of the folder that takes its place, or goes where `staged` is None."""

    name: str
    staged: Path | None


class Blocked(OSError):
    """A change that cannot be made; `name` is the file's."""

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(error.errno, error.strerror or str(error))
        self.name = name


def apply(folder: Path, changes: Sequence[Change]) -> None:
    """Make the changes in their order.

    Raises:
        Blocked: one cannot be made; everything is as it was.
        UserError: and something could not be put back.
    """
    there = {change.name: os.path.lexists(folder / change.name) for change in changes}
    try:
        for change in changes:
            with _blocked(change.name):
                refuse_folder(folder / change.name)
                _link(folder / change.name)
        with _blocked(JOURNAL):
            (folder / JOURNAL).write_text(json.dumps(there), encoding="utf-8")
        for change in changes:
            with _blocked(change.name):
                _make(folder / change.name, change.staged)
        with _blocked(JOURNAL):
            (folder / JOURNAL).unlink()
    except OSError:
        _put_back(folder, there)
        (folder / JOURNAL).unlink(missing_ok=True)
        raise
    finally:
        if not is_halfway(folder):
            _forget(folder, there)


def is_halfway(folder: Path) -> bool:
    """Whether changes are being made, or whoever made them was killed."""
    return (folder / JOURNAL).exists()


def undo(folder: Path) -> None:
    """Put back what was changed by a process that was killed. Nobody else may change the folder meanwhile.

    Raises:
        UserError: something cannot be put back.
    """
    try:
        there = json.loads((folder / JOURNAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except ValueError:  # killed while it was written: nothing was changed yet
        there = {}
    _put_back(folder, there)
    (folder / JOURNAL).unlink()


def _make(place: Path, staged: Path | None) -> None:
    aside = _aside(place)
    is_aside = os.path.lexists(aside)
    if not is_aside and os.path.lexists(place):
        place.replace(aside)
    if staged is not None:
        staged.replace(place)
    elif is_aside:
        place.unlink()


def _put_back(folder: Path, there: Mapping[str, bool]) -> None:
    lost = []
    for name, was_there in reversed(list(there.items())):
        try:
            _put_one_back(folder / name, was_there)
        except OSError:
            lost.append(f"'{name}'")
    if lost:
        raise UserError(
            f"could not be put back as before in '{folder}': {', '.join(lost)}", "render anew with --force"
        )


def _put_one_back(place: Path, was_there: bool) -> None:
    aside = _aside(place)
    if not was_there:
        place.unlink(missing_ok=True)
    elif os.path.lexists(aside):
        aside.replace(place)
        # Of two names of one file the replacing leaves both.
        aside.unlink(missing_ok=True)


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


def refuse_folder(place: Path) -> None:
    """Raises `IsADirectoryError` where a folder stands in a file's place."""
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))


@contextmanager
def _blocked(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Blocked(name, error) from error
