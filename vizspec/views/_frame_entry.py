"""What entries over a frame share: which frame, which of its rows, and the columns that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field

from vizspec.errors import Loc, Problem, Problems
from vizspec.expressions import HOW_TO_COMPARE, ExpressionError, is_true_of, unknown_names
from vizspec.logs.location import Format, format_of
from vizspec.text.messages import counted, did_you_mean, shown, suggestion
from vizspec.views import _scores
from vizspec.views._frames import (
    COMPARISONS,
    DISAGREEMENTS,
    ESTIMATES,
    FRAMES,
    JOBS,
    OF_COMPARISONS,
    OF_DISAGREEMENTS,
    OF_ESTIMATES,
    OF_SAMPLES,
    SAMPLES,
    frame_of,
    metadata_names,
)
from vizspec.views._notes import with_notes
from vizspec.views.base import Lookups, Skip, metrics_of
from vizspec.views.entry import (
    ChartEntry,
    Epochs,
    Need,
    Whole,
)
from vizspec.views.frame import Frame
from vizspec.views.sample_matching import METADATA
from vizspec.views.selection import Selection

NO_ROWS = {
    ESTIMATES: "no evaluation has a value of the metrics",
    COMPARISONS: "nothing is compared: ask for it under `comparisons:`",
    DISAGREEMENTS: "no sample is right in one evaluation and wrong in another, of those under `comparisons:`",
    SAMPLES: "no log tells of its samples",
    JOBS: "nothing is known of any job",
}
"""Why a frame has no rows."""
READ_FOR = {
    COMPARISONS: Need.SCORES,
    DISAGREEMENTS: Need.SCORES,
    SAMPLES: Need.EVERY_SAMPLE,
    JOBS: Need.COMPUTE,
}
DESCENDING = "-"
"""What stands before a column by which rows are ordered from the highest."""
SKIPS = "the frame has no rows, or its `where` is true of none"
PlacedName = tuple[Loc, str]
"""A column, and the place below the entry that names it."""


class FrameEntry(ChartEntry):
    """What entries over a frame may have besides."""

    data: str = ESTIMATES
    """The frame: estimates, comparisons, disagreements, samples, jobs, or a CSV or parquet file."""
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
        return frozenset({READ_FOR[self.data]}) if self.data in READ_FOR else frozenset()

    @property
    def sample_metadata(self) -> frozenset[str]:
        if self.data != SAMPLES:
            return frozenset()
        names = (name for _, name in (*self.named(()), *_in_where(self, ())))
        return frozenset(name.removeprefix(METADATA) for name in names if name.startswith(METADATA))

    def named(self, loc: Loc) -> Iterator[PlacedName]:
        """Every column that the entry names beside its `where`, at its place; `loc` is the entry's."""
        yield from ()

    @property
    def own_file(self) -> str | None:
        return None if self.data in FRAMES else self.data

    @property
    def data_name(self) -> str:
        """The frame's name in titles and names of files."""
        return PurePosixPath(self.data).stem


class RowsEntry(FrameEntry):
    """What entries may have besides that show rows themselves."""

    sort: str | None = None
    """The column by which rows are ordered, `-value` from the highest; null: as they come."""
    top: Annotated[Whole, Field(ge=1)] | None = None
    """Only so many rows, the first in their order; the caption tells how many are left out. null: all."""

    @property
    def sorts_by(self) -> str | None:
        """The column that orders the rows."""
        return self.sort.removeprefix(DESCENDING) if self.sort is not None else None

    def sorted_by(self, loc: Loc) -> Iterator[PlacedName]:
        """The column that orders the rows, at its place."""
        if self.sorts_by is not None:
            yield (*loc, "sort"), self.sorts_by

    def first(self, frame: Frame) -> Frame:
        """The rows that are shown, in their order."""
        if self.sort is not None and self.sorts_by is not None:
            frame = frame.by(self.sorts_by, descending=self.sort.startswith(DESCENDING))
        return frame if self.top is None else frame.at(range(min(self.top, len(frame.rows))))

    def with_choice(self, caption: str, rows: int) -> str:
        """The caption, a user's own too, with what `top` has left out of so many rows."""
        if self.top is None or self.top >= rows:
            return caption
        order = f" by {self.sorts_by}, {'the highest' if self.sort != self.sorts_by else 'the lowest'} first"
        choice = f"the first {self.top:,} of {counted(rows, 'row')}{order if self.sort is not None else ''}"
        return with_notes(caption, choice)


def rows_for(entry: FrameEntry, named: Iterable[PlacedName], selection: Selection) -> Frame | Skip:
    """The rows of the entry's frame of which its `where` is true, or why there are none.

    Raises:
        Problems: a column is named that the frame lacks, each at its place; `where` cannot be worked out.
    """
    metrics = metrics_of(entry, selection)
    if entry.data == ESTIMATES and not metrics:
        return Skip(_scores.no_metric(entry, selection) or NO_ROWS[ESTIMATES])
    whole = frame_of(entry.data, selection, metrics)
    if not whole.rows:
        return Skip(NO_ROWS.get(entry.data, f"'{entry.data}' has no rows"))
    problems = [
        Problem(loc, f"{_what(entry)} have no column {shown(name)}", _meant(entry, name, whole, selection))
        for loc, name in (*named, *_in_where(entry, ()))
        if name not in whole.names
    ]
    if problems:
        raise Problems(problems)
    frame = _filtered(entry, whole)
    return frame if frame.rows else Skip(f"its `where` is true of none of {counted(len(whole.rows), 'row')}")


def check_frame(
    entry: FrameEntry, named: Iterable[PlacedName], loc: Loc, lookups: Lookups
) -> Iterator[Problem]:
    """Problems of the frame's name, of `where`, and of columns as far as they are known beforehand."""
    yield from _data(entry, loc, lookups)
    if entry.data != ESTIMATES and "metrics" in entry.model_fields_set:
        message = f"it chooses among estimates, and the data are '{entry.data}'"
        yield Problem((*loc, "metrics"), message, "leave it out, or choose rows by `where`")
    try:
        unknown_names(entry.where or "true", ())
    except ExpressionError as error:
        yield Problem((*loc, "where"), str(error), HOW_TO_COMPARE)
    for at, column in (*named, *_in_where(entry, loc)):
        yield from _column(entry, at, column, lookups)


def _meant(entry: FrameEntry, name: str, frame: Frame, selection: Selection) -> str:
    """Which column may be meant by one that is not there."""
    metadata = metadata_names(selection) if entry.data == SAMPLES else ()
    own = f"{METADATA}{name}"
    return f"did you mean '{own}'?" if own in metadata else suggestion(name, (*frame.names, *metadata))


def _what(entry: FrameEntry) -> str:
    return f"the {entry.data}" if entry.data in FRAMES else f"the rows of '{entry.data}'"


def _in_where(entry: FrameEntry, loc: Loc) -> Iterator[PlacedName]:
    try:
        for column in unknown_names(entry.where, ()) if entry.where is not None else ():
            yield (*loc, "where"), column
    except ExpressionError:
        return  # told on its own


def _filtered(entry: FrameEntry, frame: Frame) -> Frame:
    where = entry.where
    if where is None:
        return frame
    try:
        return frame.where(lambda row: is_true_of(where, {**dict.fromkeys(frame.names), **row}))
    except ExpressionError as error:
        raise Problems([Problem(("where",), str(error), HOW_TO_COMPARE)]) from error


def _data(entry: FrameEntry, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    if entry.data in FRAMES:
        return
    ending = format_of(entry.data)
    if ending is None or not ending.is_frame:
        message = f"there is no frame {shown(entry.data)}, and no file ends like that"
        hint = did_you_mean(entry.data, FRAMES)
        yield Problem((*loc, "data"), message, hint or f"{', '.join(FRAMES)}, or a CSV or parquet file")
    else:
        yield from lookups.file((*loc, "data"), entry.data)


def _column(entry: FrameEntry, loc: Loc, name: str, lookups: Lookups) -> Iterator[Problem]:
    own: Mapping[str, Sequence[str]] = {ESTIMATES: tuple(OF_ESTIMATES), SAMPLES: tuple(OF_SAMPLES)}
    if entry.data in own:
        if name not in own[entry.data]:
            near = did_you_mean(name, own[entry.data])
            further = f"; what samples' metadata tell is {METADATA}NAME" if entry.data == SAMPLES else ""
            for problem in lookups.column(loc, name):
                hint = near or f"{problem.hint}{further}"
                yield Problem(loc, f"{_what(entry)} have no column {shown(name)}", hint)
        return
    known = {COMPARISONS: OF_COMPARISONS, DISAGREEMENTS: OF_DISAGREEMENTS}.get(entry.data)
    if format_of(entry.data) is Format.CSV:
        known = lookups.header(entry.data)
    if known is not None and name not in known:
        yield Problem(loc, f"{_what(entry)} have no column {shown(name)}", suggestion(name, known))
