"""The files of numbers that plots show: CSV and parquet beside the spec, read within bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vizspec.errors import Loc, Problem, Problems
from vizspec.limits.files import open_file
from vizspec.logs.frame_file import TooMuch, read_file
from vizspec.spec.reach import HOW_TO_TRUST, leads_out
from vizspec.views.frame import Frame

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


def _frame(path: Path, reading: Reading) -> Frame | tuple[str, str]:
    """The frame, or why there is none and what to do."""
    if reading.home is not None and leads_out(path, reading.home):
        return f"leads out of the folder '{reading.home}'", HOW_TO_TRUST
    try:
        with open_file(path) as file:
            frame = read_file(file, str(path), ())
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
