"""Logs that change while they are read: of two versions nobody can tell what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from vizspec.cells.cell import Cell
from vizspec.gather.facts import Facts
from vizspec.gather.log_readers import path_of
from vizspec.logs.contents import CONTENTS
from vizspec.logs.files import mark_of
from vizspec.logs.read import THREADS
from vizspec.text.messages import agreeing, counted

Marks = Mapping[str, str | None]
"""What tells the content of each log from another, by its location."""


def settled(gather: Callable[[], Facts], base: Path) -> Facts:
    """The facts, gathered anew where a log changed meanwhile; with a warning where one changed then too."""
    facts = gather()
    now = _marks(facts, base)
    if not _changed({cell.log.location: cell.log.mark for cell in _read(facts)}, now):
        return facts
    again = gather()
    changed = _changed(now, _marks(again, base))
    return replace(again, warnings=(*again.warnings, _warning(changed))) if changed else again


def _read(facts: Facts) -> Sequence[Cell]:
    """The cells whose samples may have been read after their headers."""
    return facts.selected.every_checkpoint or facts.selected.cells


def _marks(facts: Facts, base: Path) -> Marks:
    """As they are now; of URLs many are asked at once, and none of which all that was read came at once."""
    paths = {cell.log.location: path_of(cell, base) for cell in _read(facts)}
    known = {
        location: path
        for location, path in paths.items()
        if path is not None and not CONTENTS.is_of_one_answer(path)
    }
    urls = {location: path for location, path in known.items() if "://" in path}
    with ThreadPoolExecutor(THREADS) as pool:
        found = dict(zip(urls, pool.map(mark_of, urls.values()), strict=True))
    return {
        location: found[location] if location in urls else mark_of(Path(path))
        for location, path in known.items()
    }


def _changed(before: Marks, now: Marks) -> list[str]:
    """The logs that have another mark now, or none any more; what had none before cannot be told."""
    known = ((location, before.get(location), mark) for location, mark in now.items())
    return [location for location, first, mark in known if first is not None and mark != first]


def _warning(changed: Sequence[str]) -> str:
    logs = (
        f"{counted(len(changed), 'log')} changed while {agreeing(len(changed), 'it was', 'they were')} read"
    )
    return f"{logs}, such as '{changed[0]}': what is told may be of two versions; render again"
