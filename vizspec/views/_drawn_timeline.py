"""A timeline of scores: its values, and how they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple, Protocol

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.charts.facets import facet_columns
from vizspec.draw.charts.label_texts import attribute_text, chart_texts, shortened
from vizspec.draw.charts.symbols import with_symbols
from vizspec.draw.palette import Symbol, categorical, distinct, symbol_at
from vizspec.draw.shapes.dates import SECONDS_A_DAY, date_ticks, day_of, ticks_in_browser
from vizspec.draw.shapes.label_spacing import LabelBox, Room, apart
from vizspec.draw.shapes.model import Axis, DrawnMark, Line, Panel, Points, Shapes, TextMarks, Whiskers
from vizspec.statistics.regression import fitted_line
from vizspec.views import _room, _score_axes, _scores, _shapes
from vizspec.views.base import Chart, ChartLook

ORGANIZATION = "model_organization_name"
IS_NAMED, NAME_LEVEL = "frontier", "name_level"
"""Whether inspect-viz writes a model's name, and the score at which it stands."""
HEIGHT = 430
MARGIN_RIGHT = 20
FRAME_PIXELS = 90
"""What is above and below the frame."""
ABOVE, RIGHT = 10, 16
"""Pixels of the frame that are free above, and right of the last date."""
MOST_OF_LABELS = 160
"""Pixels that the frame has left of the first date at most, for the names of models."""
LONGEST_NAME = 24
"""Characters of a model's name, which have room there."""
LABEL_PIXELS, GAP = 13, 8
"""The height of a model's name, and how far it stands from its point."""
MOST_LINES = 11
"""How many lines a name stands above or below its point at most: a dozen have room at one."""
POINT_PIXELS = 4
"""How far a point reaches."""
TICK_PIXELS = 90
WHISKER_OPACITY = 0.4
REGRESSION = "#cccccc"


class TimelineLook(ChartLook, Protocol):
    """What an entry of a timeline says of its looks."""

    @property
    def regression(self) -> bool:
        """Whether a line is fitted through the points."""


@dataclass(frozen=True)
class Released:
    """One model's score and the day of its release; `is_best`: no model before it was better."""

    model: str
    organization: str
    on: date
    value: float
    lower: float | None
    upper: float | None
    is_best: bool
    log_viewer: str | None
    facets: Facets = NO_FACETS


@dataclass(frozen=True)
class Timeline:
    """One task's points in the order of their dates."""

    entry: TimelineLook
    points: tuple[Released, ...]
    task: str
    title: str
    label: str
    metric: str
    domain: tuple[float, float]


def named_words(content: Timeline) -> str:
    """Which models are named, and how many have no room for it."""
    levels = _name_levels(content)
    unnamed = sum(
        point.is_best and level is None for point, level in zip(content.points, levels, strict=True)
    )
    has_no_room = "has no room for its name" if unnamed == 1 else "have no room for their names"
    rest = f" ({unnamed} more {has_no_room})" if unnamed else ""
    return f"models that were the best at their time are named{rest}"


class TimelineFrame(NamedTuple):
    """How large the picture is, and how its pixels measure days and scores."""

    width: float
    height: float
    left: int
    """Pixels left of the frame."""
    labels: int
    """Pixels left of the first date, for the names of models."""
    a_day: float
    """The days of a pixel across."""
    a_score: float
    """The score of a pixel up."""


def _frame(content: Timeline) -> TimelineFrame:
    width = content.entry.width or _room.DEFAULT_WIDTH
    height = content.entry.height or HEIGHT
    labels = min(MOST_OF_LABELS, _room.label_pixels(_names(content.points).values()) + 8)
    left = _score_axes.left_margin(_score_axes.tick_format(content.domain))
    days = day_of(content.points[-1].on) - day_of(content.points[0].on)
    bottom, top = content.domain
    return TimelineFrame(
        width,
        height,
        left,
        labels,
        days / max(width - left - MARGIN_RIGHT - labels - RIGHT, 1),
        (top - bottom) / max(height - FRAME_PIXELS, 1),
    )


def _names(points: Sequence[Released]) -> dict[str, str]:
    """The models as charts name them."""
    return chart_texts((point.model for point in points), LONGEST_NAME)


def _name_levels(content: Timeline) -> tuple[float | None, ...]:
    """The score at which each model's name stands, left of its point; None where none does.

    The best are named, all where all have room, else the newest first.
    """
    frame, names = _frame(content), _names(content.points)
    points = [(day_of(point.on) / frame.a_day, point.value / frame.a_score) for point in content.points]
    best = {
        place: LabelBox(x - GAP - _room.label_pixels([names[point.model]]), x - GAP, y)
        for place, (point, (x, y)) in enumerate(zip(content.points, points, strict=True))
        if point.is_best
    }
    lowest, highest = (end / frame.a_score for end in content.domain)
    room = Room(
        LABEL_PIXELS,
        lowest + LABEL_PIXELS / 2,
        highest,
        LABEL_PIXELS * MOST_LINES,
        list(dict.fromkeys(points)),
        POINT_PIXELS,
    )
    middles = dict(zip(best, apart(list(best.values()), room), strict=True))
    if None in middles.values():
        newest = dict(reversed(best.items()))
        middles = dict(zip(newest, apart(list(newest.values()), room), strict=True))
    return tuple(
        None if middle is None else middle * frame.a_score
        for middle in map(middles.get, range(len(content.points)))
    )


def draw(content: Timeline) -> Chart:
    entry, points = content.entry, content.points
    frame, models, levels = _frame(content), _names(points), _name_levels(content)
    organizations = chart_texts(point.organization for point in points)
    names = list(dict.fromkeys(organizations.values()))
    columns: dict[str, list[Any]] = {
        iv.MODEL: [models[point.model] for point in points],
        iv.TASK: [content.task for _ in points],
        ORGANIZATION: [organizations[point.organization] for point in points],
        "model_release_date": [point.on for point in points],
        "score_headline_name": [shortened(content.metric) for _ in points],
        iv.VALUE: [point.value for point in points],
        iv.STDERR: [None for _ in points],
        iv.LOWER: [point.lower for point in points],
        iv.UPPER: [point.upper for point in points],
        iv.INTERVAL_TEXT: [_scores.interval_text(point.lower, point.upper) for point in points],
        IS_NAMED: [level is not None for level in levels],
        NAME_LEVEL: [
            point.value if level is None else level for point, level in zip(points, levels, strict=True)
        ],
        **facet_columns([point.facets for point in points]),
    }
    if any(point.log_viewer for point in points):
        columns[iv.LOG_VIEWER] = [point.log_viewer for point in points]
    whiskers = iv.WhiskerColumns(
        "rule_x",
        {
            "x": "model_release_date",
            "y1": iv.LOWER,
            "y2": iv.UPPER,
            "stroke": ORGANIZATION,
            "stroke_opacity": WHISKER_OPACITY,
            "marker": "tick-x",
        },
    )
    width = frame.width
    room = width - frame.left - MARGIN_RIGHT - frame.labels - RIGHT
    ends = (day_of(points[0].on), day_of(points[-1].on))
    ticks, written = ticks_in_browser(*ends, max(1, int(room // TICK_PIXELS)))
    arguments = {
        "ci": False,
        "filters": False,
        "regression": entry.regression,
        "score_label": attribute_text(shortened(content.label, _scores.SCORE_LABEL_LIMIT)),
        "y_label_anchor": "center",
        "y_label_arrow": "none",
        "x_label_anchor": "center",
        "x_label_arrow": "none",
        "margin_left": frame.left,
        "margin_bottom": 46,
        "x_inset_left": frame.labels,
        "x_inset_right": RIGHT,
        "x_ticks": ticks,
        "x_tick_format": written,
        "title": shortened(content.title, _room.title_limit(width - frame.left)),
        "width": width,
        "height": frame.height,
        "y_domain": list(content.domain),
        "y_tick_format": _score_axes.tick_format(content.domain),
        "color_domain": names,
        "color_range": list(_colours(names)),
        **entry.options,
    }
    columns_below = _room.legend_columns(names, width)
    chart = iv.component("scores_timeline", columns, arguments, whiskers, legend_columns=columns_below)
    if "y_domain" not in entry.options:  # on an axis of the user's own, inspect-viz moves the names
        _keep_names_at_their_levels(chart)
    return Chart(with_symbols(chart, ORGANIZATION, _symbols(names)))


def _keep_names_at_their_levels(chart: Any) -> None:
    """Makes names stand where they are told: moved by inspect-viz, many lie over each other and the title.

    Its function takes no place for them, so it is set in the chart's configuration.
    """
    for part in chart.config["hconcat"]:
        for mark in part.get("plot", ()):
            if mark.get("filter") == IS_NAMED:
                mark |= {"y": {"column": NAME_LEVEL}, "dx": -GAP}
                del mark["channels"]


def _colours(organizations: Sequence[str]) -> tuple[str, ...]:
    return distinct([style.colour for style in categorical(organizations).values()])


def _symbols(organizations: Sequence[str]) -> Mapping[str, Symbol]:
    return {name: symbol_at(place) for place, name in enumerate(organizations)}


def shapes(content: Timeline) -> Shapes:
    """A point with its interval for each model, in its organization's colour, and the names of the best."""
    entry, points = content.entry, content.points
    organizations = chart_texts(point.organization for point in points)
    colours = dict(zip(organizations, _colours(list(organizations.values())), strict=True))
    frame = _frame(content)
    first, last = day_of(points[0].on), day_of(points[-1].on)
    low, high = first - frame.labels * frame.a_day, last + RIGHT * frame.a_day
    most_ticks = int((frame.width - frame.left - MARGIN_RIGHT) // TICK_PIXELS)
    x = Axis("Release Date", domain=(low, high), ticks=date_ticks(low, high, most_ticks, SECONDS_A_DAY))
    bottom, top = content.domain
    free = (top - bottom) * ABOVE / max(frame.height - FRAME_PIXELS - ABOVE, 1)
    y = replace(_shapes.axis_of_scores(content.label, content.domain), domain=(bottom, top + free))
    names = _named(content, colours, frame.a_day)
    line = _regression(points) if entry.regression else ()
    symbols = _symbols(list(organizations))
    of_each = (
        mark
        for name, colour in colours.items()
        for mark in _organization(points, name, colour, symbols[name])
    )
    return Shapes(
        (Panel((*line, *of_each, *names), x, y),),
        content.title,
        width=frame.width,
        height=frame.height,
        legend=_shapes.legend(list(organizations.values()), tuple(colours.values()), tuple(symbols.values()))
        if len(colours) > 1
        else (),
    )


def _organization(
    points: Sequence[Released], organization: str, colour: str, symbol: Symbol
) -> Iterator[DrawnMark]:
    own = [point for point in points if point.organization == organization]
    known = [(day_of(p.on), p.lower, p.upper) for p in own if p.lower is not None and p.upper is not None]
    if known:
        at, lower, upper = (tuple(part) for part in zip(*known, strict=True))
        yield Whiskers(at, lower, upper, colour, opacity=WHISKER_OPACITY, thickness=1.2)
    yield Points(tuple(day_of(p.on) for p in own), tuple(p.value for p in own), colour, 4.5, symbol)


def _regression(points: Sequence[Released]) -> tuple[Line, ...]:
    line = fitted_line([day_of(point.on) for point in points], [point.value for point in points])
    ends = (day_of(points[0].on), day_of(points[-1].on))
    return (Line(ends, tuple(line.at(day) for day in ends), REGRESSION),) if line is not None else ()


def _named(content: Timeline, colours: Mapping[str, str], a_day: float) -> Iterator[DrawnMark]:
    """The names, left of their points; a pixel is so many days."""
    names = _names(content.points)
    for point, level in zip(content.points, _name_levels(content), strict=True):
        if level is not None:
            right, colour = day_of(point.on) - GAP * a_day, colours[point.organization]
            yield TextMarks((right,), (level,), (names[point.model],), colour, 1.0, "right")
