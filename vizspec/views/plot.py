"""A plot in a grammar of marks, over the project's own frames or a file beside the spec."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from vizspec.draw.charts import plot_grammar as gr
from vizspec.draw.charts.facets import columns_of_cells
from vizspec.draw.charts.label_texts import attribute_text, shortened
from vizspec.draw.palette import Symbol
from vizspec.draw.shapes.model import Shapes
from vizspec.draw.shapes.plots.mark_calls import PlotCall, PlotColumn
from vizspec.errors import Loc, Problem, Problems
from vizspec.text.messages import counted, listed
from vizspec.text.slugs import slug
from vizspec.views import _room, _scores
from vizspec.views._frame_entry import SKIPS, Named, RowsEntry, check_frame, rows_for
from vizspec.views._frames import ESTIMATES
from vizspec.views._many import on_pages
from vizspec.views._plot_inputs import choices, forms
from vizspec.views._plot_language import COLOURS, TransformedColumn, columns_of, part_of, problems_of
from vizspec.views._plot_room import (
    MARGIN_BOTTOM,
    MOST_ACROSS,
    MOST_DOWN,
    height_of,
    pages,
    thinned,
    thinning,
    turned,
    width_of,
)
from vizspec.views._plot_scales import Scales, scales_of
from vizspec.views.base import DRAWN_FORMATS, Chart, Draft, Kind, Lookups, Model, Skip, Truth
from vizspec.views.frame import Frame
from vizspec.views.sample_matching import Scalar
from vizspec.views.selection import Selection

Scale = Literal["linear", "log", "symlog", "sqrt", "pow", "time", "utc", "band", "point"]
UNKNOWN = "#9a9a9a"
"""The colour of a category of the domain that no row has."""
COUNTED = "count"
"""What the legend calls colours that tell of no column."""
TIPPED = ("dot", "circle", "hexagon", "bar", "cell", "rect", "tick", "waffle", "hexbin", "rule")
"""How marks begin that tell their rows when pointed at."""
NO_TIP = (("tip", False),)


class AxisKeys(Model):
    """How an axis is drawn."""

    label: str | None = None
    """Its name; null: those of the columns on it."""
    scale: Scale | None = None
    """Its scale; null: as its values need."""
    domain: Annotated[tuple[Scalar, ...], Field(min_length=2)] | None = None
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
    domain: Annotated[tuple[Scalar, ...], Field(min_length=1)] | None = None
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


class Plot(RowsEntry):
    """A plot of one's own: any marks over estimates, comparisons, samples, jobs or a file beside the spec."""

    view: Literal["plot"]
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

    def named(self, loc: Loc) -> Iterator[Named]:
        yield from self.sorted_by(loc)
        for key, name, place, part in self.parts:
            if isinstance(part.get(key), str):
                for argument, column in columns_of(part_of(key, part)):
                    yield (*loc, name, place, argument), column
        for side in ("x", "y"):
            panels: str | None = getattr(self.facet, side, None)
            if panels is not None:
                yield (*loc, "facet", side), panels


@dataclass(frozen=True)
class Plotted:
    """Everything that drawing needs: columns by alias, the calls of marks, and the plot's attributes."""

    columns: tuple[tuple[str, tuple[Any, ...]], ...]
    marks: tuple[PlotCall, ...]
    choices: gr.Controls
    title: str
    attributes: tuple[tuple[str, Any], ...]
    legends: tuple[str, ...]
    legend_columns: int
    has_panels: bool
    symbols: tuple[str, Mapping[str, Symbol]] | None = None
    """The column that gives colours, by its alias, and the symbol of each of its values."""
    cells: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    """Of which evaluation each row tells, as columns."""


def plan(entry: Plot, selection: Selection) -> Iterator[Draft[Plotted] | Skip]:
    frame = rows_for(entry, entry.named(()), selection)
    if isinstance(frame, Skip):
        yield frame
        return
    unknown = _without_a_value(entry, frame)
    if unknown is not None:
        yield Skip(f"no row has a value of '{unknown}'")
        return
    total = len(frame.rows)
    frame = entry.first(frame)
    scales = scales_of(_used(entry), frame, selection, is_sorted=entry.sort is not None)
    wrong = list(choices(entry.inputs, scales.shown))
    if wrong:
        raise Problems(wrong)
    title = _title(entry)
    facet = entry.facet or FacetKeys()
    contents = [
        _plotted(entry, part, of_part, title, columns_of_cells(part.cells, selection.labels))
        for part, of_part in pages(frame, scales, facet.x, facet.y)
    ]
    caption = entry.caption_or(_caption(entry, title, frame))
    parts = (("view", f"plot_{slug(entry.id or entry.data_name)}"),)
    notes = (*_notes(entry, frame), *_outside(entry, scales), *thinning(dict(contents[0].attributes)))
    caption = entry.with_choice(caption, total)
    alone = _browser_alone(entry, contents[0])
    whole = Draft(contents[0], title, caption, notes=notes, parts=parts, browser_alone=alone)
    yield from on_pages(whole, contents, "panels")


def _browser_alone(entry: Plot, content: Plotted) -> tuple[str, ...]:
    """What of the plot none but a browser draws."""
    from vizspec.draw.shapes.plots.support import browser_alone

    inputs = [PlotCall(str(one["input"]), tuple(one.items())) for one in entry.inputs]
    return browser_alone(content.marks, inputs, dict(content.attributes))


def _without_a_value(entry: Plot, frame: Frame) -> str | None:
    """A column of which no row has a value, where for the want of such no mark has a place."""
    found = []
    for mark in entry.marks:
        named = columns_of(part_of("mark", mark))
        places = [name for channel, name in named if channel[:1] in ("x", "y")]
        empty = [name for name in places if all(value is None for value in frame.column(name))]
        if named and not empty:
            return None
        found += empty
    return found[0] if found else None


def _used(entry: Plot) -> tuple[tuple[str, str], ...]:
    """The columns that are shown, each with the channel that shows it; panels first."""
    facet = entry.facet or FacetKeys()
    panels = [("fx", facet.x), ("fy", facet.y)]
    named = [pair for key, _, _, part in entry.parts for pair in columns_of(part_of(key, part))]
    return tuple((channel, name) for channel, name in (*panels, *named) if name is not None)


def _title(entry: Plot) -> str:
    of_marks = [dict(columns_of(part_of("mark", mark))) for mark in entry.marks]
    both = next(((found["x"], found["y"]) for found in of_marks if {"x", "y"} <= set(found)), None)
    if both is not None:
        return f"{both[1]} by {both[0]}"
    return next((name for found in of_marks for name in found.values()), entry.data_name)


def _caption(entry: Plot, title: str, frame: Frame) -> str:
    of = f"{counted(len(frame.rows), 'row')} of {entry.data}"
    if entry.data != ESTIMATES:
        return f"{title}, {of}."
    metrics = dict.fromkeys(str(row["metric_label"]) for row in frame.rows)
    return f"{title}, {of}: {', '.join(metrics)}."


def _notes(entry: Plot, frame: Frame) -> Iterator[str]:
    total = len(frame.rows)
    used = _used(entry)
    for name in dict.fromkeys(name for channel, name in used if channel[:1] in "xy" or channel in COLOURS):
        absent = sum(value is None for value in frame.column(name))
        if absent:
            yield f"{absent:,} of {counted(total, 'row')} have no value of '{name}'"
        yield from _beyond_log(entry, name, frame)
    for side in ("x", "y"):
        on_it = dict.fromkeys(name for channel, name in used if channel in (side, f"{side}1", f"{side}2"))
        texts = [n for n in on_it if any(isinstance(value, str) for value in frame.column(n))]
        if 0 < len(texts) < len(on_it):
            yield f"{side} has texts ({listed(texts)}) and numbers on one axis, which then has a place each"
    metrics = {row.get("metric") for row in frame.rows}
    if (
        entry.data == ESTIMATES
        and len(metrics) > 1
        and not {"metric", "metric_label"} & {n for _, n in _used(entry)}
    ):
        yield f"rows of {len(metrics)} metrics are shown as one: name one under `metrics`, or show `metric`"


def _outside(entry: Plot, scales: Scales) -> Iterator[str]:
    """Rows of categories that a domain of the entry does not name: they have no place, or no colour."""
    for side, keys in (("x", entry.x), ("y", entry.y), ("color", entry.color)):
        if keys is None or keys.domain is None or side not in scales.domain:
            continue
        named = set(scales.domain_of(side, keys.domain))
        values = [value for name in scales.on[side] for value in scales.shown[name] if value is not None]
        lost = [value for value in values if value not in named]
        if lost:
            what = listed([f"'{value}'" for value in dict.fromkeys(lost)], 3)
            yield f"{counted(len(lost), 'value')} not drawn, as the domain of {side} lacks {what}"


def _beyond_log(entry: Plot, name: str, frame: Frame) -> Iterator[str]:
    for side, axis in (("x", entry.x), ("y", entry.y)):
        on_it = any(channel.startswith(side) and one == name for channel, one in _used(entry))
        if axis is not None and axis.scale == "log" and on_it:
            outside = sum(isinstance(v, int | float) and v <= 0 for v in frame.column(name))
            if outside:
                yield f"a log scale has no place for {counted(outside, 'value')} of '{name}'"


def _plotted(
    entry: Plot, frame: Frame, scales: Scales, title: str, cells: Mapping[str, Sequence[Any]]
) -> Plotted:
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
                (side, PlotColumn(scales.alias[name]))
                for side, name in sides.items()
                if name is not None and side not in own
            ]
            is_tipped = part.function.startswith(TIPPED) and "tip" not in own
            tips = () if not is_tipped else NO_TIP if _are_clicked(entry) else scales.tips(part)
            call = PlotCall(call.function, (*call.arguments, *panels, *tips))
        marks.append(call)
    choices = gr.Controls(
        tuple(scales.choice(part_of("input", one)) for one in entry.inputs),
        tuple(scales.call(part_of("interactor", one), constants, 0) for one in entry.interactors),
    )
    columns = {scales.alias[name]: values for name, values in scales.shown.items()}
    width = entry.width or width_of(scales)
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
        scales.symbols_of_colours,
        tuple((name, tuple(values)) for name, values in cells.items()),
    )


def _are_clicked(entry: Plot) -> bool:
    """Whether a click on a mark chooses it: a tip would take the click for itself."""
    return any(one["interactor"].startswith("toggle") for one in entry.interactors)


def _legends(entry: Plot, scales: Scales) -> tuple[str, ...]:
    if entry.legend is False:
        return ()
    if entry.legend is not None:
        return (entry.legend,)
    return ("color",) if _has_colours(entry) else ()


def _has_colours(entry: Plot) -> bool:
    """Whether a column or a transform tells the colours of some mark."""
    parts = (part_of("mark", mark) for mark in entry.marks)
    return any(
        isinstance(value, str | TransformedColumn)
        for part in parts
        for name, value in part.arguments.items()
        if name in COLOURS
    )


def _attributes(entry: Plot, scales: Scales, width: float) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "width": width,
        "height": entry.height or height_of(scales),
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
        domain = None if axis.domain is None else scales.domain_of(side, axis.domain)
        given = {"scale": axis.scale, "domain": domain, "tick_format": axis.format}
        found |= {f"{side}_{name}": value for name, value in given.items() if value is not None}
        if axis.domain is None and side in scales.domain and axis.scale in (None, "band", "point"):
            found[f"{side}_domain"] = scales.domain[side]
    for side in ("fx", "fy"):
        if side in scales.domain:
            found |= {f"{side}_domain": scales.domain[side], f"{side}_label": None}
    found |= turned(scales, width, found["margin_left"])
    return {
        **found,
        **thinned("x", scales, width - found["margin_left"] - found["margin_right"]),
        **thinned("y", scales, found["height"] - 2 * MARGIN_BOTTOM),
        **(_colours(entry.color or ColourKeys(), scales) if _has_colours(entry) else {}),
    }


def _colours(keys: ColourKeys, scales: Scales) -> Mapping[str, Any]:
    label = keys.label if keys.label is not None else scales.on.get("color", (COUNTED,))[0]
    found: dict[str, Any] = {"color_label": attribute_text(shortened(label))}
    given: dict[str, Any] = {
        "color_scale": keys.scale,
        "color_domain": keys.domain,
        "color_range": keys.range,
        "color_scheme": keys.scheme,
        "color_tick_format": keys.format,
    }
    if "color" in scales.domain:
        known = dict(zip(scales.domain["color"], scales.colours, strict=False))
        shown = scales.domain_of("color", keys.domain) if keys.domain else scales.domain["color"]
        given |= {"color_domain": shown, "color_tick_format": None}
        if keys.range is None and keys.scheme is None:
            given["color_range"] = tuple(known.get(value, UNKNOWN) for value in shown)
    return {**found, **{name: value for name, value in given.items() if value is not None}}


def check(entry: Plot, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    wrong = [
        problem
        for key, name, place, part in entry.parts
        for problem in problems_of(key, part, (*loc, name, place))
    ]
    yield from wrong
    if not wrong:
        yield from _interactors(entry, loc)
        yield from forms(entry.inputs, loc)
    yield from check_frame(entry, entry.named(loc), loc, lookups)


def _interactors(entry: Plot, loc: Loc) -> Iterator[Problem]:
    """Interactors by a channel that no mark shows a column on, and brushes over several panels."""
    has_panels = any(channel in ("fx", "fy") for channel, _ in _used(entry))
    channels = {channel for mark in entry.marks for channel, _ in columns_of(part_of("mark", mark))}
    for place, given in enumerate(entry.interactors):
        wanted = gr.BOUND.get(given["interactor"])
        if wanted is not None and not wanted & channels:
            message = f"{given['interactor']} needs a mark with a column as {' or '.join(sorted(wanted))}"
            yield Problem((*loc, "interactors", place), message, "give one of the marks such a column")
        if has_panels and given["interactor"].startswith(gr.BRUSHES):
            message = f"{given['interactor']} is drawn in one panel, and the plot has several"
            yield Problem((*loc, "interactors", place), message, "leave `facet` out, or take an input")


def draw(content: Plotted) -> Chart:
    width = dict(content.attributes)["width"]
    layout = gr.Layout(
        shortened(content.title, _room.title_limit(width)),
        {name: list(v) if isinstance(v, tuple) else v for name, v in content.attributes},
        content.legends,
        content.legend_columns,
        content.has_panels,
        content.symbols,
    )
    return Chart(
        gr.component(dict((*content.columns, *content.cells)), content.marks, content.choices, layout)
    )


def shapes(content: Plotted) -> Shapes:
    """The marks as shapes: what `browser_alone` names is not among them."""
    from vizspec.draw.shapes.plots.figure import shapes_of

    return shapes_of(
        dict(content.columns),
        content.marks,
        dict(content.attributes),
        content.title,
        has_legend="color" in content.legends,
        symbols=content.symbols[1] if content.symbols is not None else {},
    )


KIND = Kind(
    entry=Plot,
    plan=plan,
    draw=draw,
    shapes=shapes,
    formats=DRAWN_FORMATS,
    check=check,
    skips=SKIPS,
    many=f"{MOST_ACROSS} × {MOST_DOWN} panels; labels that have no room are thinned, with a note",
    function="plot",
    reserved=("legend", "title", "x_domain", "y_domain", "x_scale", "y_scale", "x_label", "y_label"),
)
