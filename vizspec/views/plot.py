"""A plot in a grammar of marks, over the project's own frames or a file beside the spec."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import Field

from vizspec.draw.charts import grammar as gr
from vizspec.draw.charts.texts import attribute_text, shortened
from vizspec.errors import Loc, Problem, Problems
from vizspec.expressions import HOW_TO_COMPARE, ExpressionError, is_true_of, unknown_names
from vizspec.text.messages import counted, did_you_mean, shown, suggestion
from vizspec.text.slugs import slug
from vizspec.views import _room, _scores
from vizspec.views._frames import (
    COMPARISONS,
    ESTIMATES,
    FRAMES,
    JOBS,
    OF_COMPARISONS,
    OF_ESTIMATES,
    OF_SAMPLES,
    SAMPLES,
    frame_of,
)
from vizspec.views._plot_language import columns_of, part_of, problems_of
from vizspec.views._plot_scales import Scales, scales_of
from vizspec.views.base import (
    Chart,
    ChartEntry,
    Draft,
    Epochs,
    Kind,
    Lookups,
    Model,
    Need,
    Skip,
    Truth,
    metrics_of,
)
from vizspec.views.frame import Frame
from vizspec.views.selection import Selection

Scale = Literal["linear", "log", "symlog", "sqrt", "pow", "time", "utc", "band", "point"]
HEIGHT = 430
PANEL_PIXELS = 240
MARGIN_BOTTOM = 46
TIPPED = ("dot", "circle", "hexagon", "bar", "cell", "rect", "tick", "waffle", "hexbin", "rule")
"""How marks begin that tell their rows when pointed at."""
NO_ROWS = {
    ESTIMATES: "no evaluation has a value of the metrics",
    COMPARISONS: "nothing is compared: ask for it under `comparisons:`",
    SAMPLES: "no log tells of its samples",
    JOBS: "nothing is known of any job",
}
"""Why a frame has no rows."""
FILES = (".csv", ".parquet")


class AxisKeys(Model):
    """How an axis is drawn."""

    label: str | None = None
    """Its name; null: those of the columns on it."""
    scale: Scale | None = None
    """Its scale; null: as its values need."""
    domain: Annotated[tuple[Any, ...], Field(min_length=2)] | None = None
    """Its ends, or its categories in their order; null: those of the rows."""
    format: str | None = None
    """How its numbers are written, such as `.0%` or `~s`."""
    grid: Truth = False
    """Whether lines stand behind the marks at its ticks."""


class ColourKeys(Model):
    """How colours are given to values."""

    label: str | None = None
    """What the legend calls them; null: the column."""
    scale: Literal["categorical", "ordinal", "linear", "log", "sqrt", "symlog", "diverging"] | None = None
    """Their scale; null: as the values need."""
    domain: Annotated[tuple[Any, ...], Field(min_length=1)] | None = None
    """The values in their order, or the ends of numbers; null: those of the rows."""
    range: tuple[str, ...] | None = None
    """The colours, in the domain's order; null: one a model as in every figure, or the palette's."""
    scheme: str | None = None
    """A colour scheme of inspect-viz instead, such as `blues`."""
    format: str | None = None
    """How the legend writes numbers."""


class FacetKeys(Model):
    """What has panels of its own."""

    x: str | None = None
    """The column of which each value has a panel, side by side."""
    y: str | None = None
    """The same, below each other."""


class Plot(ChartEntry):
    """A plot of one's own: any marks over estimates, comparisons, samples, jobs or a file beside the spec."""

    view: Literal["plot"]
    data: str = ESTIMATES
    """The frame: estimates, comparisons, samples, jobs, or a CSV or parquet file, relative to the spec."""
    marks: tuple[dict[str, Any], ...] = Field(min_length=1)
    """The marks, the first below: `{mark: line, x: epoch, y: value, stroke: model}`."""
    x: AxisKeys | None = None
    """The axis across."""
    y: AxisKeys | None = None
    """The axis up."""
    color: ColourKeys | None = None
    """The colours."""
    facet: FacetKeys | None = None
    """Panels."""
    legend: Literal["color", "opacity", "symbol", False] | None = None
    """The scale that has a legend; null: colours, where a column gives them; false: none."""
    inputs: tuple[dict[str, Any], ...] = ()
    """What stands above to choose rows with: `{input: select, column: model}`."""
    interactors: tuple[dict[str, Any], ...] = ()
    """What the mouse does: `{interactor: pan_zoom}`, `{interactor: toggle_color}`."""
    epochs: Epochs | None = None
    """The checkpoints whose evaluations have rows; null: those of `data.epochs`."""

    @property
    def checkpoints(self) -> Epochs | None:
        return self.epochs

    @property
    def filters_rows(self) -> bool:
        return True

    @property
    def needs(self) -> frozenset[Need]:
        of_frames = {COMPARISONS: Need.SCORES, SAMPLES: Need.EVERY_SAMPLE, JOBS: Need.COMPUTE}
        return frozenset({of_frames[self.data]}) if self.data in of_frames else frozenset()

    @property
    def own_file(self) -> str | None:
        return None if self.data in FRAMES else self.data

    @property
    def parts(self) -> Iterator[tuple[str, str, int, Mapping[str, Any]]]:
        """Every mark, input and interactor: its key, the list that it is in, its place in that, and it."""
        for key, name, parts in (
            ("mark", "marks", self.marks),
            ("input", "inputs", self.inputs),
            ("interactor", "interactors", self.interactors),
        ):
            for place, part in enumerate(parts):
                yield key, name, place, part


@dataclass(frozen=True)
class Plotted:
    """Everything that drawing needs: columns by alias, the calls of marks, and the plot's attributes."""

    columns: tuple[tuple[str, tuple[Any, ...]], ...]
    marks: tuple[gr.Call, ...]
    choices: gr.Inputs
    title: str
    attributes: tuple[tuple[str, Any], ...]
    legends: tuple[str, ...]
    legend_columns: int
    has_panels: bool


def plan(entry: Plot, selection: Selection) -> Iterator[Draft[Plotted] | Skip]:
    if entry.data == ESTIMATES and (reason := _scores.no_metric(entry, selection)) is not None:
        yield Skip(reason)
    if entry.data == ESTIMATES and not metrics_of(entry, selection):
        return
    whole = frame_of(entry.data, selection, metrics_of(entry, selection))
    if not whole.rows:
        yield Skip(NO_ROWS.get(entry.data, f"'{entry.data}' has no rows"))
        return
    _check_columns(entry, whole)
    frame = _filtered(entry, whole)
    if not frame.rows:
        yield Skip(f"its `where` is true of none of {counted(len(whole.rows), 'row')}")
        return
    scales = scales_of(_used(entry), frame, selection)
    title = _title(entry)
    content = _plotted(entry, frame, scales, title)
    name = entry.id or PurePosixPath(entry.data).stem
    caption = entry.caption if entry.caption is not None else _caption(entry, title, frame, selection)
    yield Draft(
        content, title, caption, notes=tuple(_notes(entry, frame)), parts=(("view", f"plot_{slug(name)}"),)
    )


def _used(entry: Plot) -> tuple[tuple[str, str], ...]:
    """The columns that are shown, each with the channel that shows it; panels first."""
    facet = entry.facet or FacetKeys()
    panels = [("fx", facet.x), ("fy", facet.y)]
    named = [pair for key, _, _, part in entry.parts for pair in columns_of(part_of(key, part))]
    return tuple((channel, name) for channel, name in (*panels, *named) if name is not None)


def _check_columns(entry: Plot, frame: Frame) -> None:
    problems = [
        Problem(loc, f"{_what(entry)} have no column {shown(name)}", suggestion(name, frame.names))
        for loc, name in _named(entry, ())
        if name not in frame.names
    ]
    if problems:
        raise Problems(problems)


def _what(entry: Plot) -> str:
    return f"the {entry.data}" if entry.data in FRAMES else f"the rows of '{entry.data}'"


def _named(entry: Plot, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every column that the entry names, at its place."""
    for key, name, place, part in entry.parts:
        if isinstance(part.get(key), str):
            for argument, column in columns_of(part_of(key, part)):
                yield (*loc, name, place, argument), column
    for side in ("x", "y"):
        panels: str | None = getattr(entry.facet, side, None)
        if panels is not None:
            yield (*loc, "facet", side), panels
    try:
        for column in unknown_names(entry.where, ()) if entry.where is not None else ():
            yield (*loc, "where"), column
    except ExpressionError:
        return  # told on its own


def _filtered(entry: Plot, frame: Frame) -> Frame:
    where = entry.where
    if where is None:
        return frame
    try:
        return frame.where(lambda row: is_true_of(where, {**dict.fromkeys(frame.names), **row}))
    except ExpressionError as error:
        raise Problems([Problem(("where",), str(error), HOW_TO_COMPARE)]) from error


def _title(entry: Plot) -> str:
    of_marks = [dict(columns_of(part_of("mark", mark))) for mark in entry.marks]
    both = next(((found["x"], found["y"]) for found in of_marks if {"x", "y"} <= set(found)), None)
    if both is not None:
        return f"{both[1]} by {both[0]}"
    return next((name for found in of_marks for name in found.values()), PurePosixPath(entry.data).stem)


def _caption(entry: Plot, title: str, frame: Frame, selection: Selection) -> str:
    of = f"{counted(len(frame.rows), 'row')} of {entry.data}"
    if entry.data != ESTIMATES:
        return f"{title}, {of}."
    metrics = dict.fromkeys(str(row["metric_label"]) for row in frame.rows)
    return f"{title}, {of}: {', '.join(metrics)}."


def _notes(entry: Plot, frame: Frame) -> Iterator[str]:
    total = len(frame.rows)
    for name in dict.fromkeys(name for channel, name in _used(entry) if channel[:1] in "xy"):
        absent = sum(value is None for value in frame.column(name))
        if absent:
            yield f"{absent:,} of {counted(total, 'row')} have no value of '{name}'"
        yield from _beyond_log(entry, name, frame)
    metrics = {row.get("metric") for row in frame.rows}
    if (
        entry.data == ESTIMATES
        and len(metrics) > 1
        and not {"metric", "metric_label"} & {n for _, n in _used(entry)}
    ):
        yield f"rows of {len(metrics)} metrics are shown as one: name one under `metrics`, or show `metric`"


def _beyond_log(entry: Plot, name: str, frame: Frame) -> Iterator[str]:
    for side, axis in (("x", entry.x), ("y", entry.y)):
        on_it = any(channel.startswith(side) and one == name for channel, one in _used(entry))
        if axis is not None and axis.scale == "log" and on_it:
            outside = sum(isinstance(v, int | float) and v <= 0 for v in frame.column(name))
            if outside:
                yield f"a log scale has no place for {counted(outside, 'value')} of '{name}'"


def _plotted(entry: Plot, frame: Frame, scales: Scales, title: str) -> Plotted:
    facet = entry.facet or FacetKeys()
    constants: dict[str, tuple[Any, ...]] = {}
    marks = []
    for mark in entry.marks:
        part = part_of("mark", mark)
        call = scales.call(part, constants, len(frame.rows))
        if columns_of(part):
            sides = {"fx": facet.x, "fy": facet.y}
            own = dict(call.arguments)
            panels = [
                (side, gr.Column(scales.alias[name]))
                for side, name in sides.items()
                if name is not None and side not in own
            ]
            tips = scales.tips(part) if part.function.startswith(TIPPED) and "tip" not in own else ()
            call = gr.Call(call.function, (*call.arguments, *panels, *tips))
        marks.append(call)
    choices = gr.Inputs(
        tuple(scales.choice(part_of("input", one)) for one in entry.inputs),
        tuple(scales.call(part_of("interactor", one), constants, 0) for one in entry.interactors),
    )
    columns = {scales.alias[name]: values for name, values in scales.shown.items()}
    width = entry.width or _width(scales, facet)
    legends = _legends(entry, scales)
    labels = [str(text) for text in scales.domain.get("color", ())]
    attributes = {**_attributes(entry, scales, width), **entry.options}
    return Plotted(
        tuple({**columns, **constants}.items()),
        tuple(marks),
        choices,
        title,
        tuple(attributes.items()),
        legends,
        _room.legend_columns(labels, width) if labels else 0,
        facet.x is not None,
    )


def _width(scales: Scales, facet: FacetKeys) -> float:
    panels = len(scales.domain.get("fx", ())) if facet.x is not None else 1
    return max(_room.DEFAULT_WIDTH, min(_room.WIDEST, 80 + PANEL_PIXELS * panels))


def _legends(entry: Plot, scales: Scales) -> tuple[str, ...]:
    if entry.legend is False:
        return ()
    if entry.legend is not None:
        return (entry.legend,)
    return ("color",) if "color" in scales.on else ()


def _attributes(entry: Plot, scales: Scales, width: float) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "width": width,
        "height": entry.height or HEIGHT,
        "margin_left": _room.margin_for(map(str, scales.domain.get("y", ())), 52),
        "margin_right": 24,
        "margin_bottom": MARGIN_BOTTOM,
    }
    for side, axis in (("x", entry.x or AxisKeys()), ("y", entry.y or AxisKeys())):
        label = axis.label if axis.label is not None else ", ".join(scales.on.get(side, ()))
        found |= {
            f"{side}_label": attribute_text(shortened(label, _scores.SCORE_LABEL_LIMIT)) if label else None,
            f"{side}_label_anchor": "center",
            f"{side}_label_arrow": "none",
            f"{side}_grid": axis.grid,
        }
        given = {"scale": axis.scale, "domain": axis.domain, "tick_format": axis.format}
        found |= {f"{side}_{name}": value for name, value in given.items() if value is not None}
        if axis.domain is None and side in scales.domain:
            found[f"{side}_domain"] = scales.domain[side]
    for side in ("fx", "fy"):
        if side in scales.domain:
            found |= {f"{side}_domain": scales.domain[side], f"{side}_label": None}
    return {**found, **_turned(scales, width), **_colours(entry.color or ColourKeys(), scales)}


def _turned(scales: Scales, width: float) -> Mapping[str, Any]:
    """Labels of categories that cannot stand side by side are turned."""
    labels = [str(label) for label in scales.domain.get("x", ())]
    panels = max(len(scales.domain.get("fx", ())), 1)
    if not labels or _room.fits_level(labels, width / panels - 60):
        return {}
    slant = int(_room.SLANT * _room.label_pixels(labels))
    return {"x_tick_rotate": -45, "margin_bottom": MARGIN_BOTTOM + slant}


def _colours(keys: ColourKeys, scales: Scales) -> Mapping[str, Any]:
    if "color" not in scales.on:
        return {}
    label = keys.label if keys.label is not None else scales.on["color"][0]
    found: dict[str, Any] = {"color_label": attribute_text(shortened(label))}
    given = {
        "color_scale": keys.scale,
        "color_domain": keys.domain,
        "color_range": keys.range,
        "color_scheme": keys.scheme,
        "color_tick_format": keys.format,
    }
    own = {name: value for name, value in given.items() if value is not None}
    if keys.domain is None and "color" in scales.domain:
        found["color_domain"] = scales.domain["color"]
        if keys.range is None and keys.scheme is None:
            found["color_range"] = scales.colours
    return {**found, **own}


def check(entry: Plot, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    yield from _data(entry, loc, lookups)
    is_wrong = False
    for key, name, place, part in entry.parts:
        for problem in problems_of(key, part, (*loc, name, place)):
            is_wrong = True
            yield problem
    try:
        unknown_names(entry.where or "true", ())
    except ExpressionError as error:
        yield Problem((*loc, "where"), str(error), HOW_TO_COMPARE)
    if not is_wrong:
        yield from _interactors(entry, loc)
        for at, column in _named(entry, loc):
            yield from _column(entry, at, column, lookups)


def _interactors(entry: Plot, loc: Loc) -> Iterator[Problem]:
    """Interactors that choose by a channel that no mark shows a column on."""
    channels = {channel for mark in entry.marks for channel, _ in columns_of(part_of("mark", mark))}
    for place, given in enumerate(entry.interactors):
        wanted = gr.BOUND.get(given["interactor"])
        if wanted is not None and not wanted & channels:
            message = f"{given['interactor']} needs a mark with a column as {' or '.join(sorted(wanted))}"
            yield Problem((*loc, "interactors", place), message, "give one of the marks such a column")


def _data(entry: Plot, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    if entry.data in FRAMES:
        return
    if not entry.data.lower().endswith(FILES):
        message = f"there is no frame {shown(entry.data)}, and no file ends like that"
        hint = did_you_mean(entry.data, FRAMES)
        yield Problem((*loc, "data"), message, hint or f"{', '.join(FRAMES)}, or a CSV or parquet file")
    else:
        yield from lookups.file((*loc, "data"), entry.data)


def _column(entry: Plot, loc: Loc, name: str, lookups: Lookups) -> Iterator[Problem]:
    """A problem of a column, as far as its frame is known before anything is read."""
    own: Mapping[str, Sequence[str]] = {ESTIMATES: tuple(OF_ESTIMATES), SAMPLES: tuple(OF_SAMPLES)}
    if entry.data in own:
        if name not in own[entry.data]:
            near = did_you_mean(name, own[entry.data])
            for problem in lookups.column(loc, name):
                yield Problem(loc, f"{_what(entry)} have no column {shown(name)}", near or problem.hint)
        return
    known = OF_COMPARISONS if entry.data == COMPARISONS else None
    if entry.data.lower().endswith(".csv"):
        known = lookups.header(entry.data)
    if known is not None and name not in known:
        yield Problem(loc, f"{_what(entry)} have no column {shown(name)}", suggestion(name, known))


def draw(content: Plotted) -> Chart:
    width = dict(content.attributes)["width"]
    layout = gr.Layout(
        shortened(content.title, _room.title_limit(width)),
        {name: list(v) if isinstance(v, tuple) else v for name, v in content.attributes},
        content.legends,
        content.legend_columns,
        content.has_panels,
    )
    return Chart(gr.component(dict(content.columns), content.marks, content.choices, layout))


KIND = Kind(
    entry=Plot,
    plan=plan,
    draw=draw,
    check=check,
    skips="the frame has no rows, or its `where` is true of none",
    function="plot",
    reserved=("legend", "title", "x_domain", "y_domain", "x_scale", "y_scale", "x_label", "y_label"),
)
