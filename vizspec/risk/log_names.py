"""Names for logs that have no better ones, told apart by the least that differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import PurePath

from vizspec.samples.record import Source

DIFFERENCES: tuple[Callable[[Source], str | None], ...] = (
    lambda source: source.model,
    lambda source: source.task,
    lambda source: None if source.checkpoint is None else f"epoch {source.checkpoint}",
)
"""What may tell two logs of one name apart, most telling first."""


def distinct_names(sources: Sequence[Source], locations: Sequence[str]) -> list[str]:
    """A name a log: the `vis_label`, else the model, else the file's name.

    Logs of one name get in brackets what differs between them of model, task and epoch; where nothing does,
    the file's name.
    """
    names = [
        source.vis_label or source.model or PurePath(location).stem
        for source, location in zip(sources, locations, strict=True)
    ]
    for alike in _alike(names):
        for difference in DIFFERENCES:
            values = {i: difference(sources[i]) for i in alike}
            if len(set(values.values())) > 1:
                names = _bracketed(names, values)
    for alike in _alike(names):
        names = _bracketed(names, {i: PurePath(locations[i]).stem for i in alike})
    return names


def _alike(names: Sequence[str]) -> list[list[int]]:
    """The places of each name that stands more than once."""
    places = defaultdict(list)
    for place, name in enumerate(names):
        places[name].append(place)
    return [alike for alike in places.values() if len(alike) > 1]


def _bracketed(names: Sequence[str], additions: dict[int, str | None]) -> list[str]:
    return [
        f"{name} ({additions[place]})" if additions.get(place) else name for place, name in enumerate(names)
    ]
