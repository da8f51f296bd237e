"""Where the evaluations came from, counted: a log holds one, a data frame one a row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vizspec.text.messages import counted

_ROW_OF_FRAME = re.compile(r"(.+\.(?:parquet|csv))#\d+", re.DOTALL | re.IGNORECASE)


def file_of(location: str) -> str:
    """The file of a log; of a row of a data frame, the frame's."""
    row = _ROW_OF_FRAME.fullmatch(location)
    return row[1] if row else location


def count_found(locations: Sequence[str]) -> str:
    """`22 logs`, `249 evaluations in 1 file`, or both."""
    rows = [location for location in locations if _ROW_OF_FRAME.fullmatch(location)]
    logs = len(locations) - len(rows)
    files = counted(len({file_of(row) for row in rows}), "file")
    told = [counted(logs, "log")] if logs or not rows else []
    return " and ".join((*told, *([f"{counted(len(rows), 'evaluation')} in {files}"] if rows else ())))
