"""Where the evaluations came from: a log holds one, a data frame one a row."""

from __future__ import annotations

from collections.abc import Sequence

from vizspec.logs.location import Location
from vizspec.report.material import Material
from vizspec.text.messages import counted


def count_found(places: Sequence[Location]) -> str:
    """`22 logs`, `249 evaluations in 1 file`, or both."""
    rows = [place for place in places if place.row is not None]
    logs = len(places) - len(rows)
    files = counted(len({row.file for row in rows}), "file")
    counts = [counted(logs, "log")] if logs or not rows else []
    return " and ".join((*counts, *([f"{counted(len(rows), 'evaluation')} in {files}"] if rows else ())))


def shown_logs(material: Material) -> tuple[str, ...]:
    """The files of the evaluations that are shown, each once: by the paths that the report is given, else
    those of the facts.
    """
    if material.attachments.logs is not None:
        return material.attachments.logs
    return tuple(dict.fromkeys(cell.log.place.file for cell in material.facts.cells))
