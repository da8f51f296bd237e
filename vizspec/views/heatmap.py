"""A matrix of colours of any three columns of a frame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vizspec.cells.columns import text_of
from vizspec.cells.facets import Facets, facets_of, shared
from vizspec.errors import Loc, Problem
from vizspec.text.messages import counted
from vizspec.text.slugs import slug
from vizspec.views import _drawn_matrix
from vizspec.views._drawn_matrix import MOST_MODELS, HeatmapScores
from vizspec.views._frame_entry import SKIPS, FrameEntry, PlacedName, check_frame, rows_for
from vizspec.views._many import by_mean, on_pages, with_left_out
from vizspec.views._matrix import LabelPair, MatrixChartEntry, matrix, means, pages
from vizspec.views._plot_scales import scales_of
from vizspec.views.base import (
    DRAWN_FORMATS,
    Draft,
    Kind,
    Lookups,
    Skip,
)
from vizspec.views.entry import Whole, as_options
from vizspec.views.frame import Frame
from vizspec.views.selection import Selection

MOST_COLUMNS = 1000
"""More have no pixel each."""


class Heatmap(FrameEntry, MatrixChartEntry):
    """A matrix of colours of any three columns of a frame; several rows of one cell are their mean."""

    instead_of: ClassVar[Mapping[str, str]] = {
        **as_options(),
        "x_value": "write x: COLUMN",
        "y_value": "write y: COLUMN",
        "color_value": "write color: COLUMN",
    }
    view: Literal["heatmap"]
    x: str
    """The column of which each value has a column."""
    y: str
    """The column of which each value has a row."""
    color: str
    """The column of numbers that the colours tell."""
    top: Annotated[Whole, Field(ge=1)] | None = None
    """Only so many rows, those of the highest mean; the caption names what is left out. null: all."""
    limit: Annotated[Whole, Field(ge=1)] | None = None
    """How many rows one picture has; the others are on further pages. null: as many as can be read."""

    def named(self, loc: Loc) -> Iterator[PlacedName]:
        yield from (((*loc, key), getattr(self, key)) for key in ("x", "y", "color"))


def plan(entry: Heatmap, selection: Selection) -> Iterator[Draft[HeatmapScores] | Skip]:
    frame = rows_for(entry, entry.named(()), selection)
    if isinstance(frame, Skip):
        yield frame
        return
    scales = scales_of([("x", entry.x), ("y", entry.y)], frame, selection)
    across, down = ([None if v is None else text_of(v) for v in scales.shown[n]] for n in (entry.x, entry.y))
    numbers = frame.column(entry.color)
    known = [
        ((row, column), float(value))
        for row, column, value in zip(down, across, numbers, strict=True)
        if row is not None and column is not None and isinstance(value, int | float)
    ]
    if not known:
        yield Skip(f"no row has a number as '{entry.color}'")
        return
    every = means(known)
    best = by_mean((row, value) for (row, _), value in every.items())
    there = set(best[: entry.top])
    values = {pair: value for pair, value in every.items() if pair[0] in there}
    columns = len({column for _, column in values})
    if columns > MOST_COLUMNS:
        yield Skip(f"{counted(columns, 'column')} are more than a chart has room for: choose some by `where`")
        return
    title = f"{entry.color} by {entry.y} and {entry.x}"
    content = matrix(
        entry,
        values,
        title,
        entry.color,
        (entry.y, entry.x),
        _order(scales.domain.get("y"), [row for row, _ in values]),
        _order(scales.domain.get("x"), [column for _, column in values]),
        facets=_facets(frame, down, across, selection),
    )
    caption = entry.caption_or(f"{title}, {counted(len(known), 'row')}.")
    caption = with_left_out(caption, entry.top, best, "highest", "rows", f"mean {entry.color}")
    parts = (("view", f"heatmap_{slug(entry.id or entry.data_name)}"),)
    notes = tuple(_notes(entry, len(frame.rows), len(known), len(every)))
    whole = Draft(content, title, caption, notes=notes, parts=parts)
    yield from on_pages(whole, pages(content, entry.limit), "rows")


def _facets(
    frame: Frame, down: Sequence[str | None], across: Sequence[str | None], selection: Selection
) -> Mapping[LabelPair, Facets]:
    """What the evaluations of each cell have in common."""
    found: defaultdict[LabelPair, list[Facets]] = defaultdict(list)
    for cell, row, column in zip(frame.cells, down, across, strict=False):
        if row is not None and column is not None:
            found[row, column].append(facets_of(cell, selection.labels))
    return {pair: shared(facets) for pair, facets in found.items()}


def _order(domain: tuple[object, ...] | None, there: list[str]) -> tuple[str, ...]:
    """The texts in their scale's order; numbers by size."""
    found = dict.fromkeys(there)
    if domain is None:
        return tuple(sorted(found, key=float))
    return tuple(text for text in map(str, domain) if text in found)


def _notes(entry: Heatmap, rows: int, known: int, cells: int) -> Iterator[str]:
    if known < rows:
        lacking = f"'{entry.x}', '{entry.y}' or a number as '{entry.color}'"
        yield f"{rows - known:,} of {counted(rows, 'row')} lack {lacking}"
    if known > cells:
        yield f"{counted(known, 'row')} in {counted(cells, 'cell')}: a cell with several shows their mean"


def check(entry: Heatmap, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    yield from check_frame(entry, entry.named(loc), loc, lookups)


KIND = Kind(
    entry=Heatmap,
    plan=plan,
    draw=_drawn_matrix.draw,
    shapes=_drawn_matrix.shapes,
    formats=DRAWN_FORMATS,
    check=check,
    skips=SKIPS,
    many=f"{MOST_MODELS} rows; of more than {MOST_COLUMNS:,} columns none, with the reason",
    function="heatmap",
    reserved=("data", "x_value", "y_value", "color_value", "channels", "orientation", "marks"),
)
