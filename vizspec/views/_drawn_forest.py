"""Differences as a forest plot: in the browser, and as shapes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.draw.charts import forest as fp
from vizspec.draw.charts.facets import OTHER_SIDE, facet_columns
from vizspec.draw.charts.label_texts import attribute_text, shortened
from vizspec.draw.shapes.model import Axis, DrawnMark, Key, Panel, Points, Rule, Shapes, Whiskers
from vizspec.views import _room, _scores
from vizspec.views.base import Chart
from vizspec.views.entry import ChartEntry

ROW_PIXELS = 24
FRAME_PIXELS = 150
POINT = 0.75
"""The points of print that a pixel is."""
BETTER, WORSE, APART, ALIKE, UNJUDGED = (
    "the first is better",
    "the second is better",
    "they differ",
    "cannot be told apart",
    "not judged",
)
COLOURS = {BETTER: "#0072b2", WORSE: "#d55e00", APART: "#0072b2", ALIKE: "#6b6b6b", UNJUDGED: "#b5b5b5"}
"""A colour for each verdict, told apart by colour-blind readers too."""


@dataclass(frozen=True)
class ForestRow:
    """One comparison as it is drawn; unknown ends of an interval are None."""

    label: str
    difference: float
    lower: float | None
    upper: float | None
    lower_together: float | None
    upper_together: float | None
    verdict: str
    text: str
    sides: tuple[Facets, Facets] = (NO_FACETS, NO_FACETS)


@dataclass(frozen=True)
class Forest:
    """The rows of one table, and how they are drawn."""

    entry: ChartEntry
    rows: tuple[ForestRow, ...]
    title: str
    axis: str
    margin: float | None


def draw(content: Forest) -> Chart:
    entry, rows = content.entry, content.rows
    labels = [row.label for row in rows]
    left = _room.margin_for(labels, 120, 420)
    verdicts = {row.verdict for row in rows}
    columns: dict[str, Sequence[object]] = {
        fp.LABEL: labels,
        fp.DIFFERENCE: [row.difference for row in rows],
        fp.LOWER: [row.lower for row in rows],
        fp.UPPER: [row.upper for row in rows],
        fp.LOWER_TOGETHER: [row.lower_together for row in rows],
        fp.UPPER_TOGETHER: [row.upper_together for row in rows],
        fp.VERDICT: [row.verdict for row in rows],
        fp.TEXT: [row.text for row in rows],
        **facet_columns([row.sides[0] for row in rows]),
        **facet_columns([row.sides[1] for row in rows], OTHER_SIDE),
    }
    width = entry.width or _width(left)
    look = fp.ForestLayout(
        title=shortened(content.title, _room.title_limit(width - left)),
        x_label=attribute_text(shortened(content.axis, _scores.SCORE_LABEL_LIMIT)),
        width=width,
        height=entry.height or _height(rows),
        margin_left=left,
        x_domain=_domain(rows, content.margin),
        colours={verdict: colour for verdict, colour in COLOURS.items() if verdict in verdicts},
        margin=content.margin,
        options=entry.options,
    )
    return Chart(fp.forest(columns, look))


def shapes(content: Forest) -> Shapes:
    """A dot a comparison between the ends of its interval, the one for all comparisons as a thin line."""
    entry, rows = content.entry, content.rows
    ends = () if content.margin is None else (-content.margin, content.margin)
    marks: list[DrawnMark] = [Rule("x", 0, fp.ZERO), *(Rule("x", end, fp.ZERO, (3.0, 3.0)) for end in ends)]
    shown = [verdict for verdict in COLOURS if verdict in {row.verdict for row in rows}]
    for verdict in shown:
        marks += _of_verdict([row for row in rows if row.verdict == verdict], COLOURS[verdict])
    label = shortened(content.axis, _scores.SCORE_LABEL_LIMIT)
    labels = tuple(row.label for row in rows)
    left = _room.margin_for(labels, 120, 420)
    x = Axis(label, domain=_domain(rows, content.margin))
    return Shapes(
        (Panel(tuple(marks), x, Axis(categories=labels)),),
        content.title,
        width=entry.width or _width(left),
        height=entry.height or _height(rows),
        legend=tuple(Key(verdict, COLOURS[verdict], "point") for verdict in shown),
    )


def _of_verdict(rows: Sequence[ForestRow], colour: str) -> Iterator[DrawnMark]:
    wide = [(r.label, r.lower_together, r.upper_together) for r in rows]
    own = [(r.label, r.lower, r.upper) for r in rows]
    for intervals, thickness in ((wide, fp.THIN), (own, fp.THICK)):
        known = [(at, low, high) for at, low, high in intervals if low is not None and high is not None]
        if known:
            at, lower, upper = (tuple(part) for part in zip(*known, strict=True))
            yield Whiskers(at, lower, upper, colour, "x", thickness=thickness * POINT)
    differences, labels = tuple(row.difference for row in rows), tuple(row.label for row in rows)
    yield Points(differences, labels, colour, 7, edge="#ffffff")


def _width(left: float) -> float:
    return max(_room.DEFAULT_WIDTH, min(_room.WIDEST, left + 480))


def _height(rows: Sequence[ForestRow]) -> float:
    return FRAME_PIXELS + ROW_PIXELS * len(rows)


def _domain(rows: Sequence[ForestRow], margin: float | None) -> tuple[float, float]:
    """The ends of the axis: no difference stands on it, and a little room."""
    ends = [0.0, *((-margin, margin) if margin else ())]
    for row in rows:
        known = (row.difference, row.lower, row.upper, row.lower_together, row.upper_together)
        ends += [end for end in known if end is not None]
    room = 0.05 * (max(ends) - min(ends)) or 1.0
    return min(ends) - room, max(ends) + room
