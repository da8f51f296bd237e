"""Where the words of a drawn chart stand: four corners each, so that turned ones are measured as they lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

Corner = tuple[float, float]

MEASURE = """(root) => [...root.querySelectorAll('svg')].flatMap((svg) => {
  const frame = root.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')];
  return texts.filter((t) => t.textContent.trim() && t.getBBox().width).map((t) => {
    const box = t.getBBox(), matrix = t.getScreenCTM();
    const at = (x, y) => { const p = new DOMPoint(x, y).matrixTransform(matrix); return [p.x, p.y]; };
    return {
      text: t.textContent,
      corners: [
        at(box.x, box.y), at(box.x + box.width, box.y),
        at(box.x + box.width, box.y + box.height), at(box.x, box.y + box.height),
      ],
      frame: [frame.left, frame.top, frame.right, frame.bottom],
    };
  });
})"""
"""The words of an element's drawings, in pixels of the screen."""

LEGEND = """(root) => [...root.querySelectorAll('*')].filter((e) => {
  const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  const isShown = !['STYLE', 'SCRIPT'].includes(e.tagName) && e.getBoundingClientRect().width;
  return own && isShown && !e.closest('svg');
}).map((e) => {
  const b = e.getBoundingClientRect(), f = root.getBoundingClientRect();
  return {
    text: e.textContent, frame: [f.left, f.top, f.right, f.bottom],
    corners: [[b.left, b.top], [b.right, b.top], [b.right, b.bottom], [b.left, b.bottom]],
  };
})"""
"""The same of what is no drawing: legends."""

TOUCH = 1.0
"""Boxes of words that lie less than so many pixels over each other are beside each other."""
LINE = 4.0
"""The pixels of a line's box above and below its letters: so far it may reach out of the drawing."""


class Word(NamedTuple):
    """A text, its four corners, and the left, top, right and bottom of the drawing that it stands in."""

    text: str
    corners: Sequence[Corner]
    frame: tuple[float, float, float, float]

    @property
    def is_inside(self) -> bool:
        left, top, right, bottom = self.frame
        return all(
            left - TOUCH <= x <= right + TOUCH and top - LINE <= y <= bottom + LINE for x, y in self.corners
        )


def overlapping(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """The pairs of words that lie over each other."""
    for one, other in combinations(words, 2):
        if _overlap(one.corners, other.corners):
            yield one.text, other.text


def cut_off(words: Sequence[Word]) -> list[str]:
    """The words that reach out of their drawing."""
    return [word.text for word in words if not word.is_inside]


def _overlap(one: Sequence[Corner], other: Sequence[Corner]) -> bool:
    """Whether two rectangles share an area: no line along a side of either parts them."""
    for corners in (one, other):
        for (x1, y1), (x2, y2) in ((corners[0], corners[1]), (corners[1], corners[2])):
            length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
            along = ((x2 - x1) / length, (y2 - y1) / length)
            first, second = ([x * along[0] + y * along[1] for x, y in box] for box in (one, other))
            if min(max(first), max(second)) - max(min(first), min(second)) < TOUCH:
                return False
    return True
