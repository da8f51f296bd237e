"""Labels that would lie over each other are moved up or down. Pure; all in pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from math import inf
from typing import NamedTuple


class LabelBox(NamedTuple):
    """A label in one line: where it begins and ends across, and the height of its middle."""

    left: float
    right: float
    middle: float


def apart(
    boxes: Sequence[LabelBox], height: float, lowest: float = -inf, highest: float = inf
) -> tuple[float | None, ...]:
    """The middle of each label of lines so high: its own, or the nearest at which it covers none before.

    None is moved down beyond `lowest` or up beyond `highest`; one that has no room between is None.
    """
    placed: list[LabelBox] = []
    middles: list[float | None] = []
    for box in boxes:
        free = (
            at
            for at in _tries(box.middle, height / 2, lowest, highest)
            if not _covers(box, at, placed, height)
        )
        middle = next(free, None)
        middles.append(middle)
        if middle is not None:
            placed.append(box._replace(middle=middle))
    return tuple(middles)


def _tries(middle: float, step: float, lowest: float, highest: float) -> Iterator[float]:
    """The middle itself, and what is ever farther above and below it, but beyond neither end."""
    yield middle
    for number in count(1):
        up, down = middle + number * step, middle - number * step
        if up > highest and down < lowest:
            return
        if up <= highest:
            yield up
        if down >= lowest:
            yield down


def _covers(box: LabelBox, middle: float, others: Sequence[LabelBox], height: float) -> bool:
    return any(
        abs(middle - other.middle) < height and box.left < other.right and other.left < box.right
        for other in others
    )
