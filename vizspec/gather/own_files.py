"""The user's own files beside the spec: numbers that plots show, and programs; read within bounds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from vizspec.errors import Loc, Problem, Problems
from vizspec.limits.files import TEXT_MB, open_file, read_file
from vizspec.logs.frame_file import TooMuch
from vizspec.logs.frame_file import read_file as read_frame
from vizspec.spec.reach import HOW_TO_TRUST, leads_out
from vizspec.text.digests import content_sha256
from vizspec.text.messages import shown
from vizspec.views.frame import Frame
from vizspec.views.program import ProgramFile

if TYPE_CHECKING:
    from vizspec.gather.options import Reading

T = TypeVar("T")


@dataclass(frozen=True)
class _Unread:
    """Why a file cannot be read, as the end of a sentence that begins with its name, and what to do."""

    reason: str
    hint: str


def read_own_files(names: Mapping[Loc, str], folder: Path, reading: Reading) -> Mapping[str, Frame]:
    """The frame of each file, by its name; `names` has the place in the spec that names each.

    Raises:
        Problems: files that cannot be read, each at its place.
    """
    return _each(names, folder, reading, _frame)


def read_programs(names: Mapping[Loc, str], folder: Path, reading: Reading) -> Mapping[str, ProgramFile]:
    """The user's programs, by name, with what identifies them; `names` has the place in the spec of each.

    Raises:
        Problems: programs that cannot be read, each at its place.
    """
    return _each(names, folder, reading, _program)


def _each(
    names: Mapping[Loc, str], folder: Path, reading: Reading, read: Callable[[Path], T | _Unread]
) -> Mapping[str, T]:
    """What is read of each file, by its name; Problems where some cannot be read, each at its place."""
    files: dict[str, T] = {}
    problems: list[Problem] = []
    for loc, name in names.items():
        path = folder / name
        is_outside = reading.home is not None and leads_out(path, reading.home)
        outside = _Unread(f"leads out of the folder '{reading.home}'", HOW_TO_TRUST)
        found = outside if is_outside else read(path)
        if isinstance(found, _Unread):
            problems.append(Problem(loc, f"'{name}' {found.reason}", found.hint))
        else:
            files[name] = found
    if problems:
        raise Problems(problems)
    return files


def _program(path: Path) -> ProgramFile | _Unread:
    try:
        content = read_file(path, TEXT_MB)
    except (OSError, ValueError) as error:
        return _Unread(f"cannot be read: {_reason(error)}", "name a program beside the spec")
    return ProgramFile(path.absolute(), content_sha256(content))


def _frame(path: Path) -> Frame | _Unread:
    try:
        with open_file(path) as file:
            frame = read_frame(file, str(path), ())
    except TooMuch as error:
        return _Unread(f"cannot be shown: {error}", "keep the rows and columns that the plot shows")
    except (OSError, ValueError) as error:
        return _Unread(f"cannot be read: {_reason(error)}", "give a CSV or parquet file")
    names = tuple(str(name) for name in frame.columns)
    if twice := next((name for name, times in Counter(names).items() if times > 1), None):
        return _Unread(f"has two columns of the name {shown(twice)}", "give each column a name of its own")
    rows = frame.to_dict("split")["data"]
    return Frame(names, tuple(dict(zip(names, map(_plain, row), strict=True)) for row in rows))


def _reason(error: Exception) -> object:
    return getattr(error, "strerror", None) or error


def _plain(value: Any) -> Any:
    """A value of a frame as plain Python: a number, a truth, a text, or None where there is none."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if getattr(value, "shape", None) == ():
        return _plain(value.item())
    text = str(value.tolist() if hasattr(value, "tolist") else value)
    return None if text in ("NaT", "<NA>") else text
