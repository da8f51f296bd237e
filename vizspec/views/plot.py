"""A plot in a grammar of marks, over the project's own frames or a file beside the spec."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vizspec.draw.charts import plot_grammar as gr
from vizspec.draw.charts.facets import columns_of_cells
from vizspec.draw.charts.label_texts import shortened
from vizspec.draw.palette import Symbol
from vizspec.draw.shapes.model import Shapes
from vizspec.draw.shapes.plots.mark_calls import PlotCall, PlotColumn
from vizspec.errors import Loc, Problem, Problems
from vizspec.text.slugs import slug
from vizspec.views import _room
from vizspec.views._frame_entry import SKIPS, check_frame, rows_for
from vizspec.views._many import on_pages
from vizspec.views._plot_attributes import attributes_of
from vizspec.views._plot_entry import FacetKeys, Plot
from vizspec.views._plot_inputs import choices, forms
from vizspec.views._plot_language import columns_of, part_of, problems_of
from vizspec.views._plot_room import (
    MOST_ACROSS,
    MOST_DOWN,
    pages,
    thinning,
    width_of,
)
from vizspec.views._plot_scales import Scales, scales_of
from vizspec.views._plot_texts import caption_of, notes_on, outside_domains, title_of
from vizspec.views.base import (
    DRAWN_FORMATS,
    Chart,
    Draft,
    Kind,
    Lookups,
    Skip,
)
from vizspec.views.frame import Frame
from vizspec.views.selection import Selection

TIPPED = ("dot", "circle", "hexagon", "bar", "cell", "rect", "tick", "waffle", "hexbin", "rule")
"""How marks begin that tell their rows when pointed at."""
NO_TIP = (("tip", False),)


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
    scales = scales_of(entry.used, frame, selection, is_sorted=entry.sort is not None)
    wrong = list(choices(entry.inputs, scales.shown))
    if wrong:
        raise Problems(wrong)
    title = title_of(entry)
    facet = entry.facet or FacetKeys()
    contents = [
        _plotted(entry, part, of_part, title, columns_of_cells(part.cells, selection.labels))
        for part, of_part in pages(frame, scales, facet.x, facet.y)
    ]
    caption = entry.caption_or(caption_of(entry, title, frame))
    parts = (("view", f"plot_{slug(entry.id or entry.data_name)}"),)
    notes = (
        *notes_on(entry, frame),
        *outside_domains(entry, scales),
        *thinning(dict(contents[0].attributes)),
    )
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
            tips = () if not is_tipped else NO_TIP if entry.is_clicked else scales.tips(part)
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
    attributes = {**attributes_of(entry, scales, width), **entry.options}
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


def _legends(entry: Plot, scales: Scales) -> tuple[str, ...]:
    if entry.legend is False:
        return ()
    if entry.legend is not None:
        return (entry.legend,)
    return ("color",) if entry.has_colours else ()


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
    has_panels = any(channel in ("fx", "fy") for channel, _ in entry.used)
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
