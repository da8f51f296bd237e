"""Labels that would lie over each other are moved up or down. Pure; all in pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, count
from math import inf
from typing import NamedTuple


class LabelBox(NamedTuple):
    """A label in one line: where it begins and ends across, and the height of its middle."""

    left: float
    right: float
    middle: float


@dataclass(frozen=True)
class Room:
    """Where labels may stand."""

    line: float
    """The height of a label."""
    lowest: float = -inf
    highest: float = inf
    """Between which heights its middle is."""
    farthest: float = inf
    """How far it is moved at most: what is farther off is not seen as a thing's name."""
    points: Sequence[tuple[float, float]] = ()
    """What no label covers: places across and up."""
    radius: float = 0.0
    """How far from its place such a point reaches."""

    def is_covering(self, box: LabelBox, middle: float) -> bool:
        """Whether the label lies over a point there."""
        return any(
            abs(middle - y) < self.line / 2 + self.radius
            and box.left - self.radius < x < box.right + self.radius
            for x, y in self.points
        )


def apart(boxes: Sequence[LabelBox], room: Room) -> tuple[float | None, ...]:
    """The middle of each label: its own, or the nearest at which it covers no point and no label before.

    One that has no room is None. Labels above each other stand in the order of their own middles.
    """
    placed: dict[int, LabelBox] = {}
    for place, box in enumerate(boxes):
        middle = next((at for at in _tries(box.middle, room) if _is_free(box, at, placed, room)), None)
        if middle is not None:
            placed[place] = box._replace(middle=middle)
    _put_in_order(boxes, placed, room)
    return tuple(placed[place].middle if place in placed else None for place in range(len(boxes)))


def _tries(own: float, room: Room) -> Iterator[float]:
    """The middle itself, brought between the ends, and what is ever farther above and below it."""
    start = min(max(own, room.lowest), room.highest)
    yield start
    for number in count(1):
        sides = (start + number * room.line / 2, start - number * room.line / 2)
        free = [at for at in sides if room.lowest <= at <= room.highest and abs(at - own) <= room.farthest]
        if not free:
            return
        yield from free


def _put_in_order(boxes: Sequence[LabelBox], placed: dict[int, LabelBox], room: Room) -> None:
    """Exchanges the heights of two labels where that brings both nearer to their own.

    Each exchange makes the sum of the squared distances smaller, so it comes to an end.
    """
    is_done = False
    while not is_done:
        is_done = True
        for one, other in combinations(placed, 2):
            if _are_turned(boxes, placed, one, other) and _exchange(boxes, placed, room, one, other):
                is_done = False


def _are_turned(boxes: Sequence[LabelBox], placed: dict[int, LabelBox], one: int, other: int) -> bool:
    """Whether the label that belongs higher stands lower than the other, which is above or below it."""
    own = boxes[one].middle - boxes[other].middle
    now = placed[one].middle - placed[other].middle
    return own * now < 0 and _are_over(boxes[one], boxes[other])


def _exchange(
    boxes: Sequence[LabelBox], placed: dict[int, LabelBox], room: Room, one: int, other: int
) -> bool:
    """Whether both labels have room at each other's height; if so they stand there afterwards."""
    rest = {place: box for place, box in placed.items() if place not in (one, other)}
    moved = {
        one: boxes[one]._replace(middle=placed[other].middle),
        other: boxes[other]._replace(middle=placed[one].middle),
    }
    has_room = all(
        abs(box.middle - boxes[place].middle) <= room.farthest and _is_free(box, box.middle, rest, room)
        for place, box in moved.items()
    )
    if has_room:
        placed.update(moved)
    return has_room


def _is_free(box: LabelBox, middle: float, others: dict[int, LabelBox], room: Room) -> bool:
    return not room.is_covering(box, middle) and not any(
        abs(middle - other.middle) < room.line and _are_over(box, other) for other in others.values()
    )


def _are_over(one: LabelBox, other: LabelBox) -> bool:
    """Whether some of one label is right above or below the other."""
    return one.left < other.right and other.left < one.right
