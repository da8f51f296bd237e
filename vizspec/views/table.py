"""A frame as a table to sort, filter and leaf through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from vizspec.draw.charts import sortable_table as tb
from vizspec.draw.charts.facets import columns_of_cells
from vizspec.draw.charts.label_texts import attribute_text, one_line, shortened
from vizspec.draw.shapes.column_widths import pixels_of
from vizspec.draw.shapes.model import Axis, DrawnColumn, DrawnTable, Panel, Shapes
from vizspec.errors import Loc, Problem
from vizspec.text.messages import counted
from vizspec.text.number_format import formatted
from vizspec.text.slugs import slug
from vizspec.text.widths import INVISIBLE
from vizspec.views import _room
from vizspec.views._frame_entry import SKIPS, PlacedName, RowsEntry, check_frame, rows_for
from vizspec.views._frames import COMPARISONS, DISAGREEMENTS, ESTIMATES, JOBS, SAMPLES
from vizspec.views._plot_scales import scales_of
from vizspec.views.base import (
    DRAWN_FORMATS,
    Chart,
    Draft,
    Kind,
    Lookups,
    Skip,
)
from vizspec.views.entry import (
    Model,
    Pixels,
    Truth,
    Whole,
)
from vizspec.views.frame import Frame
from vizspec.views.selection import Selection

AT_FIRST = {
    ESTIMATES: ("model_label", "task_label", "metric", "value", "lower", "upper", "n", "method"),
    COMPARISONS: ("id", "group", "a", "b", "metric", "difference", "lower", "upper", "p_adjusted", "n"),
    DISAGREEMENTS: ("id", "group", "sample", "right", "wrong", "open_right", "open_wrong"),
    SAMPLES: ("model_label", "task_label", "sample", "scorer", "score", "answer", "target"),
    JOBS: ("run_name", "job_type", "state", "wall_time", "gpu_hours"),
}
"""The columns of each frame that are shown where the entry names none."""
ROW_PIXELS = 26
HEAD_PIXELS = 80
NUMBERS = ".3f"
WHOLE = ","
"""How numbers of a column without a format are written."""
NARROWEST = 300
NOTE_PIXELS = 40
"""What is below the rows of which a picture shows the first page."""
TEXT_LIMIT = 400
"""Characters of a text that a cell holds, however few of them are seen."""


class ColumnKeys(Model):
    """A column of the table."""

    column: str
    """The column of the frame."""
    label: str | None = None
    """What stands over it; null: its name."""
    format: str | None = None
    """How its numbers are written, such as `.1%`."""
    width: Pixels | None = None
    """Its width in pixels; null: an even share."""


class Table(RowsEntry):
    """A frame as a table to sort, filter and leaf through, such as the samples on which two models differ."""

    view: Literal["table"]
    columns: tuple[str | ColumnKeys, ...] = ()
    """The columns, names or `{column, label, format, width}`; none: those that tell most."""
    page: Annotated[Whole, Field(ge=1, le=1000)] = 20
    """The rows of a page."""
    filtering: Truth = True
    """Whether a row of filters stands under the names."""

    def shown(self, frame: Frame) -> tuple[ColumnKeys, ...]:
        """The columns that are shown of a frame."""
        named = self.columns or tuple(n for n in AT_FIRST.get(self.data, frame.names) if n in frame.names)
        return tuple(ColumnKeys(column=one) if isinstance(one, str) else one for one in named)

    def named(self, loc: Loc) -> Iterator[PlacedName]:
        yield from self.sorted_by(loc)
        for place, one in enumerate(self.columns):
            if isinstance(one, str):
                yield (*loc, "columns", place), one
            else:
                yield (*loc, "columns", place, "column"), one.column


@dataclass(frozen=True)
class Listed:
    """The table's columns by alias, and what stands over them."""

    entry: Table
    columns: tuple[tuple[str, tuple[Any, ...]], ...]
    heads: tuple[tb.Head, ...]
    title: str
    cells: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    """Of which evaluation each row tells, as columns."""


def plan(entry: Table, selection: Selection) -> Iterator[Draft[Listed] | Skip]:
    frame = rows_for(entry, entry.named(()), selection)
    if isinstance(frame, Skip):
        yield frame
        return
    total = len(frame.rows)
    frame = entry.first(frame)
    shown = entry.shown(frame)
    scales = scales_of([("text", one.column) for one in shown], frame, selection, TEXT_LIMIT)
    heads = tuple(
        tb.Head(
            scales.alias[one.column],
            attribute_text(shortened(one.label or one.column)),
            one.format or _format(scales.shown[one.column]),
            one.width,
        )
        for one in shown
    )
    columns = tuple((scales.alias[name], values) for name, values in scales.shown.items())
    cells = columns_of_cells(frame.cells, selection.labels)
    title = f"Table of {entry.data}"
    caption = entry.caption_or(f"{counted(total, 'row')} of {entry.data}.")
    texts = tuple((name, tuple(values)) for name, values in cells.items())
    listed = Listed(entry, columns, heads, title, texts)
    parts = (("view", f"table_{slug(entry.id or entry.data_name)}"),)
    notes = _notes(entry, len(frame.rows))
    yield Draft(listed, title, entry.with_choice(caption, total), notes=notes, parts=parts)


def _notes(entry: Table, rows: int) -> tuple[str, ...]:
    return (f"a picture shows {_shown_rows(entry, rows)}, the first page",) if rows > entry.page else ()


def _shown_rows(entry: Table, rows: int) -> str:
    return f"1 to {entry.page:,} of {counted(rows, 'row')}"


def _format(values: Sequence[Any]) -> str | None:
    """Three decimals for numbers of which some are not whole."""
    numbers = [value for value in values if isinstance(value, int | float)]
    return NUMBERS if numbers and any(value != int(value) for value in numbers) else None


def check(entry: Table, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    yield from check_frame(entry, entry.named(loc), loc, lookups)


def draw(content: Listed) -> Chart:
    entry = content.entry
    rows = min(len(content.columns[0][1]), entry.page) if content.columns else 0
    paged = {"page_size": entry.page} if content.columns and len(content.columns[0][1]) > entry.page else {}
    arguments: dict[str, Any] = {
        "width": entry.width or _room.WIDEST,
        "height": entry.height or _height(rows, is_paged=bool(paged)),
        "row_height": ROW_PIXELS,
        "filtering": "row" if entry.filtering else False,
        **paged,
        **entry.options,
    }
    return Chart(tb.table(dict((*content.columns, *content.cells)), content.heads, arguments))


def _height(rows: int, *, is_paged: bool) -> float:
    return HEAD_PIXELS + ROW_PIXELS * (rows + 1) + (NOTE_PIXELS if is_paged else 0)


def shapes(content: Listed) -> Shapes:
    """The first page of the table, with as many of its rows below as there are."""
    entry, values = content.entry, dict(content.columns)
    total = len(content.columns[0][1]) if content.columns else 0
    columns = tuple(_column(head, values[head.alias][: entry.page]) for head in content.heads)
    is_paged = total > entry.page
    panel = Panel((DrawnTable(columns),), Axis(is_hidden=True), Axis(is_hidden=True))
    return Shapes(
        (panel,),
        content.title,
        width=entry.width or min(_room.WIDEST, max(NARROWEST, pixels_of(columns))),
        height=_height(min(total, entry.page), is_paged=is_paged),
        note=_shown_rows(entry, total) if is_paged else "",
    )


def _column(head: tb.Head, values: Sequence[Any]) -> DrawnColumn:
    known = [value for value in values if value is not None]
    is_number = bool(known) and all(isinstance(value, int | float) for value in known)
    texts = tuple(_text(value, head.format) for value in values)
    return DrawnColumn(head.label.removeprefix(INVISIBLE), texts, is_number, head.width)


def _text(value: Any, how: str | None) -> str:
    if value is None:
        return ""
    return formatted(value, how or WHOLE) if isinstance(value, int | float) else one_line(str(value))


KIND = Kind(
    entry=Table,
    plan=plan,
    draw=draw,
    shapes=shapes,
    formats=DRAWN_FORMATS,
    check=check,
    skips=SKIPS,
    many="a page of rows at a time, as many as `page` says",
    function="table",
    reserved=("data", "columns", "filter_by", "target", "pagination"),
    draws_title=False,
)
