"""Labels that would lie over each other are moved up or down. Pure; all in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from math import inf
from typing import NamedTuple


class LabelBox(NamedTuple):
    """A label in one line: where it begins and ends across, and the height of its middle."""

    left: float
    right: float
    middle: float


def apart(boxes: Sequence[LabelBox], height: float, highest: float = inf) -> tuple[float, ...]:
    """The middle of each label of lines so high: its own, or the nearest at which it covers none before.

    None is moved up beyond `highest`.
    """
    placed: list[LabelBox] = []
    for box in boxes:
        tries = (box.middle + side * step * height / 2 for step in count() for side in (1, -1))
        free = (at for at in tries if not _covers(box._replace(middle=at), placed, height))
        middle = next(at for at in free if at <= max(highest, box.middle))
        placed.append(box._replace(middle=middle))
    return tuple(box.middle for box in placed)


def _covers(box: LabelBox, others: Sequence[LabelBox], height: float) -> bool:
    return any(
        abs(box.middle - other.middle) < height and box.left < other.right and other.left < box.right
        for other in others
    )
