"""Which style a model has: one colour in every figure of an experiment, whatever a figure leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vizspec.cells.benchmarks import benchmarks
from vizspec.cells.cell import Cell
from vizspec.cells.labels import label
from vizspec.draw.palette import DASHES, FAMILIES, Style, categorical, distinct, families, ordinal, shaded
from vizspec.experiment.variables import ScaleType
from vizspec.text.values import same_value
from vizspec.views.selection import Selection

if TYPE_CHECKING:
    from vizspec.experiment.variables import Variable


Styles = Mapping[Cell, Style]


def styles(selection: Selection) -> Mapping[Cell, Style]:
    """A style for each cell of the whole experiment; colours go along an ordinal variable where there is one.

    What a figure of the whole experiment calls one model has one colour, which another model has only where
    there are more than the palette has. Lines of one model in one task, its conditions, differ in their dash.
    """
    everyone = _everyone(selection)
    models = {one.cell: one.model for one in label(everyone, selection.labels)}
    order = list(dict.fromkeys(models.values()))
    variable = _ordinal_variable(selection)
    if variable is None:
        found = categorical(order)
    else:
        levels = list(variable.ordered)
        ranks = {models[cell]: _rank(levels, cell.columns.get(variable.name)) for cell in reversed(everyone)}
        bases = {models[cell]: cell.model for cell in reversed(everyone)}
        along = _along({model: ranks[model] for model in order}, bases)
        shades = shaded([style.colour for style in along.values()])
        found = {
            model: replace(style, colour=shade)
            for (model, style), shade in zip(along.items(), shades, strict=True)
        }
    places = _places((models[cell], task) for cell, task in _tasks(everyone))
    return {
        cell: Style(found[model].colour, _dash(found[model], place))
        for (cell, model), place in zip(models.items(), places, strict=True)
    }


def _along(ranks: Mapping[str, int], bases: Mapping[str, str]) -> Mapping[str, Style]:
    """Along the ordered scale; each base model has a colour of its own where there are some, and not many."""
    several = 1 < len({bases[model] for model in ranks}) <= len(FAMILIES)
    is_crossed = several and len(set(ranks.values())) < len(ranks)
    return (
        families({model: (bases[model], rank) for model, rank in ranks.items()})
        if is_crossed
        else ordinal(ranks)
    )


def colours(selection: Selection) -> Mapping[str, str]:
    """A colour for each model's label of a chart, and no two share one: its own, else a shade of it."""
    own = model_colours(selection)
    return dict(zip(own, distinct(list(own.values())), strict=True))


def model_colours(selection: Selection, given: Styles | None = None) -> Mapping[str, str]:
    """The colour of each model's label: that of the model's first cell in the experiment.

    `given`: the styles of the experiment, where many figures need them.
    """
    given = styles(selection) if given is None else given
    place = {cell: number for number, cell in enumerate(given)}
    of_label: dict[str, str] = {}
    for one in sorted(selection.labelled, key=lambda one: place[one.cell]):
        of_label.setdefault(one.model, given[one.cell].colour)
    return of_label


def series_colours(
    selection: Selection, series: Mapping[str, Sequence[Cell]], given: Styles | None = None
) -> Mapping[str, str]:
    """A colour for each series, and no two share one: its own, else a shade of it.

    `given`: the styles of the experiment, where many figures need them.
    """
    own = own_series_colours(selection, series, given)
    return dict(zip(own, distinct(list(own.values())), strict=True))


def own_series_colours(
    selection: Selection, series: Mapping[str, Sequence[Cell]], given: Styles | None = None
) -> Mapping[str, str]:
    """The colour of each series: that of its run in the other figures where it has one, else by its place."""
    runs = {name: {cell.run for cell in cells} for name, cells in series.items()}
    if any(len(of_series) > 1 or None in of_series for of_series in runs.values()):
        found = [style.colour for style in categorical(list(series)).values()]
    else:
        given = styles(selection) if given is None else given
        shown = set(selection.everyone)
        found = [given[min(cells, key=lambda cell: cell not in shown)].colour for cells in series.values()]
    return dict(zip(series, found, strict=True))


def _everyone(selection: Selection) -> tuple[Cell, ...]:
    return tuple(dict.fromkeys((*selection.everyone, *selection.cells)))


def _tasks(cells: Sequence[Cell]) -> Iterable[tuple[Cell, str]]:
    on = benchmarks(cells)
    return ((cell, on[cell].name) for cell in cells)


def _places(keys: Iterable[Hashable]) -> list[int]:
    """How many of the same key stand before each."""
    seen: defaultdict[Any, int] = defaultdict(int)
    found = []
    for key in keys:
        found.append(seen[key])
        seen[key] += 1
    return found


def _dash(style: Style, place: int) -> tuple[float, ...]:
    return DASHES[(DASHES.index(style.dash) + place) % len(DASHES)]


def _ordinal_variable(selection: Selection) -> Variable | None:
    variables = selection.experiment.variables if selection.experiment is not None else ()
    return next((v for v in variables if v.kind == ScaleType.ORDINAL and len(v.levels) > 1), None)


def _rank(order: Sequence[object], value: object) -> int:
    return next((place for place, level in enumerate(order) if same_value(level, value)), -1)
