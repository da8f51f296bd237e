"""Lines over a variable: which evaluation is a point of which line and panel, and which goes across. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import column_text
from vizspec.cells.labels import TELL_BY, label_series
from vizspec.comparisons.questions import is_level
from vizspec.draw.shapes.model import AxisPlace
from vizspec.estimates.table import Estimate
from vizspec.experiment.model import RunType
from vizspec.metrics.catalogue import Metric
from vizspec.views._positions import Positions, positions
from vizspec.views.sample_matching import Levels
from vizspec.views.selection import Selection

NO_PANEL = ""


@dataclass(frozen=True)
class Arrangement:
    """What stands along the axis, makes a line and makes a panel, as the entry asks for it."""

    x: str
    series: str | None = None
    facet: Literal[False] | str | None = None
    base: Levels | Literal[False] | None = None


@dataclass(frozen=True)
class Arranged:
    """The points in the order of their lines and places, with the line and the panel of each cell.

    `across` are the evaluations of the base, `without` those that have a value and no place on the axis.
    """

    points: tuple[Estimate, ...]
    across: tuple[Estimate, ...]
    without: tuple[Cell, ...]
    places: Positions
    series_of: Mapping[Cell, str]
    panel_of: Mapping[Cell, str]
    panels: tuple[str, ...]

    @property
    def series(self) -> Mapping[str, Sequence[Cell]]:
        """The cells of each line, in the legend's order."""
        found: defaultdict[str, list[Cell]] = defaultdict(list)
        for row in self.points:
            found[self.series_of[row.cell]].append(row.cell)
        return dict(found)


def arranged(wanted: Arrangement, selection: Selection, metric: Metric) -> Arranged:
    """Where the evaluations that have a value of the metric stand.

    Raises:
        UserError: two evaluations have one place and differ in nothing that could tell them apart.
    """
    rows = [row for _, row in selection.rows(metric)]
    across = [row for row in rows if _is_base(row.cell, wanted)]
    bases = {row.cell for row in across}
    places = positions(wanted.x, (row.cell for row in rows if row.cell not in bases), selection)
    points = [row for row in rows if row.cell in places.of_cell]
    cells = [row.cell for row in points]
    panel_of = _panels(wanted.facet, selection, {cell: places.of_cell[cell] for cell in cells})
    beside = [(places.of_cell[cell], panel_of[cell]) for cell in cells]
    column = wanted.series or "model"
    names = label_series(cells, beside, column, selection.labels, _telling(wanted, selection))
    series_of = dict(zip(cells, names, strict=True))
    order = {place: rank for rank, place in enumerate(places.places)}
    lines = _lines(column, series_of, selection)
    points.sort(key=lambda row: (lines[series_of[row.cell]], order[places.of_cell[row.cell]]))
    panels = tuple(dict.fromkeys(panel_of[cell] for cell in cells))
    return Arranged(
        tuple(points),
        tuple(row for row in across if panel_of[row.cell] in panels),
        tuple(row.cell for row in rows if row.cell not in places.of_cell and row.cell not in bases),
        places,
        series_of,
        panel_of,
        _ordered(panels, wanted.facet, panel_of, cells, selection),
    )


def _is_base(cell: Cell, wanted: Arrangement) -> bool:
    """Whether a cell is of the base that the entry names; without a name, of a control without a place."""
    if isinstance(wanted.base, Mapping):
        return is_level(cell, wanted.base)
    is_control = cell.columns.get("run.type") == RunType.CONTROL
    return wanted.base is None and is_control and cell.columns.get(wanted.x) is None


def _telling(wanted: Arrangement, selection: Selection) -> tuple[str, ...]:
    """The columns that tell lines apart: what the experiment varies, then runs, tasks and checkpoints."""
    variables = selection.experiment.variables if selection.experiment is not None else ()
    names = (*(variable.name for variable in variables), *TELL_BY)
    return tuple(name for name in names if name not in (wanted.x, wanted.facet))


def _lines(column: str, series_of: Mapping[Cell, str], selection: Selection) -> Mapping[str, int]:
    """The place of each line in the legend: that of its value, then of its first cell."""
    values = positions(column, series_of, selection)
    ranks = {place: rank for rank, place in enumerate(values.places)}

    def rank(cell: Cell) -> int:
        place = values.of_cell.get(cell)
        return len(ranks) if place is None else ranks[place]

    ordered = sorted(series_of, key=rank)
    return {name: place for place, name in enumerate(dict.fromkeys(series_of[cell] for cell in ordered))}


def _panels(
    facet: Literal[False] | str | None, selection: Selection, place_of: Mapping[Cell, AxisPlace]
) -> Mapping[Cell, str]:
    """The panel of every cell of the selection."""
    if facet:
        return {cell: column_text(cell, facet, selection.labels) or "-" for cell in selection.cells}
    if facet is None:
        for candidate in _by_task(selection):
            if len(set(candidate.values())) > 1 and _has_lines(candidate, place_of):
                return candidate
    return dict.fromkeys(selection.cells, NO_PANEL)


def _by_task(selection: Selection) -> Iterator[Mapping[Cell, str]]:
    """The panels that tasks may make: what views call the task, then its plain name."""
    yield {one.cell: one.task for one in selection.labelled}
    yield {cell: column_text(cell, "task", selection.labels) or "-" for cell in selection.cells}


def _has_lines(panel_of: Mapping[Cell, str], place_of: Mapping[Cell, AxisPlace]) -> bool:
    """Whether some panel has two places: conditions may be what the axis shows, one panel a point."""
    places: defaultdict[str, set[AxisPlace]] = defaultdict(set)
    for cell, place in place_of.items():
        places[panel_of[cell]].add(place)
    return any(len(found) > 1 for found in places.values())


def _ordered(
    panels: Sequence[str],
    facet: Literal[False] | str | None,
    panel_of: Mapping[Cell, str],
    cells: Sequence[Cell],
    selection: Selection,
) -> tuple[str, ...]:
    """The panels in the order of their column's values; tasks as their cells stand."""
    if not facet:
        return tuple(panels)
    values = positions(facet, cells, selection)
    ranks = {place: rank for rank, place in enumerate(values.places)}
    with_value = sorted(values.of_cell, key=lambda cell: ranks[values.of_cell[cell]])
    return tuple(dict.fromkeys((*(panel_of[cell] for cell in with_value), *panels)))
