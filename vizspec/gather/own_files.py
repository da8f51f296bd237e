"""The user's own files beside the spec: numbers that plots show, and programs; read within bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vizspec.errors import Loc, Problem, Problems
from vizspec.limits.files import TEXT_MB, open_file, read_file
from vizspec.logs.frame_file import TooMuch
from vizspec.logs.frame_file import read_file as read_frame
from vizspec.spec.reach import HOW_TO_TRUST, leads_out
from vizspec.text.digests import content_sha256
from vizspec.views.frame import Frame
from vizspec.views.program import ProgramFile

if TYPE_CHECKING:
    from vizspec.gather.options import Reading


def read_own_files(names: Mapping[Loc, str], folder: Path, reading: Reading) -> Mapping[str, Frame]:
    """The frame of each file, by its name; `names` has the place in the spec that names each.

    Raises:
        Problems: files that cannot be read, each at its place.
    """
    frames: dict[str, Frame] = {}
    problems: list[Problem] = []
    for loc, name in names.items():
        found = _frame(folder / name, reading)
        if isinstance(found, Frame):
            frames[name] = found
        else:
            problems.append(Problem(loc, f"'{name}' {found[0]}", found[1]))
    if problems:
        raise Problems(problems)
    return frames


def read_programs(names: Mapping[Loc, str], folder: Path, reading: Reading) -> Mapping[str, ProgramFile]:
    """The user's programs, by name, with what identifies them; `names` has the place in the spec of each.

    Raises:
        Problems: programs that cannot be read, each at its place.
    """
    programs: dict[str, ProgramFile] = {}
    problems: list[Problem] = []
    for loc, name in names.items():
        path = folder / name
        if reading.home is not None and leads_out(path, reading.home):
            problems.append(Problem(loc, f"'{name}' leads out of the folder '{reading.home}'", HOW_TO_TRUST))
            continue
        try:
            content = read_file(path, TEXT_MB)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            problems.append(
                Problem(loc, f"'{name}' cannot be read: {reason}", "name a program beside the spec")
            )
            continue
        programs[name] = ProgramFile(path.absolute(), content_sha256(content))
    if problems:
        raise Problems(problems)
    return programs


def _frame(path: Path, reading: Reading) -> Frame | tuple[str, str]:
    """The frame, or why there is none and what to do."""
    if reading.home is not None and leads_out(path, reading.home):
        return f"leads out of the folder '{reading.home}'", HOW_TO_TRUST
    try:
        with open_file(path) as file:
            frame = read_frame(file, str(path), ())
    except TooMuch as error:
        return f"cannot be shown: {error}", "keep the rows and columns that the plot shows"
    except (OSError, ValueError) as error:
        return f"cannot be read: {getattr(error, 'strerror', None) or error}", "give a CSV or parquet file"
    names = tuple(str(name) for name in frame.columns)
    rows = frame.to_dict("split")["data"]
    return Frame(names, tuple(dict(zip(names, map(_plain, row), strict=True)) for row in rows))


def _plain(value: Any) -> Any:
    """A value of a frame as plain Python: a number, a truth, a text, or None where there is none."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    item = getattr(value, "item", None)
    if item is not None:
        return _plain(item())
    text = str(value)
    return None if text in ("NaT", "<NA>") else text
