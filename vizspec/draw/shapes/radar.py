"""A radar as marks of a square panel: rings, spokes, labels, and a polygon for each model. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from vizspec.draw.shapes.model import Anchor, Area, Axis, DrawnMark, Line, Panel, Points, TextMarks

RING, CIRCLE, SPOKE = "#e0e0e0", "#999999", "#dddddd"
CIRCLE_PLACES = 100
LABELS_AT = 1.1
"""How far from the centre the labels of axes stand; the circle is at 1."""
LINE = 14
"""Characters of a line of such a label."""
UPRIGHT = 0.2
"""Labels no further to a side than this stand over or under the circle."""
RING_TEXT = "#666666"
ENDS = (-1.75, 1.75)
HIGH = (-1.3, 1.3)


@dataclass(frozen=True)
class Polygon:
    """A model's positions on the axes, in their order: 0 is the centre, 1 the circle."""

    positions: tuple[float, ...]
    colour: str


def radar_panel(
    axes: Sequence[str], polygons: Sequence[Polygon], rings: Sequence[float], texts: Mapping[float, str]
) -> Panel:
    """The panel: the first axis points to the right, the others follow against the clock.

    `rings` are radii, the circle being the last; `told` what is written at a ring.
    """
    angles = [2 * pi * place / len(axes) for place in range(len(axes))]
    marks = (
        *_grid(angles, rings),
        *(mark for polygon in polygons for mark in _polygon(polygon, angles)),
        *_labels(axes, angles),
        *_ring_texts(texts, len(axes)),
    )
    return Panel(
        marks,
        Axis(domain=ENDS, is_hidden=True),
        Axis(domain=HIGH, is_hidden=True),
        is_square=True,
        weight=0.75,
    )


def _grid(angles: Sequence[float], rings: Sequence[float]) -> Iterator[DrawnMark]:
    around = [2 * pi * place / CIRCLE_PLACES for place in range(CIRCLE_PLACES + 1)]
    for radius in rings:
        x, y = _coordinates([radius] * len(around), around)
        yield Line(x, y, CIRCLE if radius == rings[-1] else RING, thickness=0.8)
    for angle in angles:
        yield Line((0.0, cos(angle)), (0.0, sin(angle)), SPOKE, thickness=0.8)


def _polygon(polygon: Polygon, angles: Sequence[float]) -> Iterator[DrawnMark]:
    x, y = _coordinates(polygon.positions, angles)
    yield Area(x, y, polygon.colour)
    yield Line((*x, x[0]), (*y, y[0]), polygon.colour, thickness=1.5)
    yield Points(x, y, polygon.colour, edge="#ffffff")


def _labels(axes: Sequence[str], angles: Sequence[float]) -> Iterator[DrawnMark]:
    for label, angle in zip(axes, angles, strict=True):
        across, up = cos(angle), sin(angle)
        anchor: Anchor = "middle" if abs(across) < UPRIGHT else "left" if across > 0 else "right"
        text = "\n".join(textwrap.wrap(label, LINE)) or label
        away = LABELS_AT + (0.05 * text.count("\n") if anchor == "middle" else 0)
        yield TextMarks((across * away,), (up * away,), (text,), anchor=anchor)


def _ring_texts(texts: Mapping[float, str], axes: int) -> Iterator[DrawnMark]:
    """What rings stand for, midway between the first axis and the next."""
    if texts:
        angle = pi / max(axes, 1)
        x, y = _coordinates(list(texts), [angle] * len(texts))
        yield TextMarks(x, y, tuple(texts.values()), RING_TEXT, size=0.85, has_halo=True)


def _coordinates(
    radii: Sequence[float], angles: Sequence[float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    x = tuple(radius * cos(angle) for radius, angle in zip(radii, angles, strict=True))
    y = tuple(radius * sin(angle) for radius, angle in zip(radii, angles, strict=True))
    return x, y
