"""A plot of marks that a spec names, by inspect-viz's own functions: values in, a component out. No files.

Columns reach it under aliases, so that no name of the user's becomes SQL; constants of colours are colours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vizspec.draw.charts.inspectviz import data_of
from vizspec.draw.charts.symbols import with_symbols
from vizspec.draw.charts.titles import titled
from vizspec.draw.palette import Symbol
from vizspec.draw.shapes.plots.mark_calls import ColumnValues, PlotCall, PlotColumn, Transformed


@dataclass(frozen=True)
class Controls:
    """What stands above a plot to choose rows with, and what the mouse does in it."""

    inputs: tuple[PlotCall, ...] = ()
    interactors: tuple[PlotCall, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The plot's attributes; `legends` are the scales that have one."""

    title: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    legends: tuple[str, ...] = ()
    legend_columns: int = 0
    has_panels: bool = False
    symbols: tuple[str, Mapping[str, Symbol]] | None = None
    """The column that gives dots their colour, by its alias, and the symbol of each of its values."""


SELECTS = ("interval", "toggle", "nearest", "region")
"""How interactors begin that choose rows: what is not chosen is drawn faint."""
BRUSHES = ("interval", "region")
"""How those begin that draw a frame, which they misplace beside the first panel."""
BOUND = {
    "toggle_color": frozenset({"fill", "stroke"}),
    **dict.fromkeys(("toggle_x", "interval_x", "nearest_x"), frozenset({"x"})),
    **dict.fromkeys(("toggle_y", "interval_y", "nearest_y"), frozenset({"y"})),
}
"""The channels of which interactors need one that shows a column."""
FAINT = 0.15


def component(columns: ColumnValues, marks: Sequence[PlotCall], choices: Controls, layout: Layout) -> Any:
    """The component. Marks that show no column are drawn without data."""
    from inspect_viz import input as inputs
    from inspect_viz import mark
    from inspect_viz.layout import hconcat, vconcat
    from inspect_viz.plot import legend, plot

    data = data_of(columns)
    parts = [
        _error_bars(call, columns)
        if call.function == "error_bar_y"
        else _mark(getattr(mark, call.function), call, data)
        for call in marks
    ]
    parts = _with_interactors(parts, marks, choices.interactors)
    attributes: dict[str, Any] = {
        **titled(layout.title, over_panels=layout.has_panels),
        "legend": [
            legend(scale, frame_anchor="bottom", columns=layout.legend_columns or None, target=data.selection)  # type: ignore[arg-type] # checked when the spec was
            for scale in layout.legends
        ]
        or None,
        **layout.attributes,
    }
    drawn = plot(*parts, **attributes)
    if layout.symbols is not None:
        drawn = with_symbols(drawn, *layout.symbols)
    if not choices.inputs:
        return drawn
    above_it = [getattr(inputs, call.function)(data, **dict(call.arguments)) for call in choices.inputs]
    return vconcat(hconcat(*above_it), drawn)


def _mark(function: Any, call: PlotCall, data: Any) -> Any:
    given = _plain(call)
    shows_data = any(isinstance(value, PlotColumn | Transformed) for _, value in call.arguments)
    if not shows_data:
        return function(**given)
    return function(data, filter_by=data.selection, **given)


def _error_bars(call: PlotCall, columns: ColumnValues) -> Any:
    """Upright error bars as rules between their ends: Mosaic's own mark of them fails when it is made.

    They show all rows, whatever inputs choose.
    """
    from inspect_viz import mark

    from vizspec.draw.shapes.plots.rows import layers_of

    (layer,) = layers_of([call], columns)
    ends = {name: [row.get(name) for row in layer.rows] for name in sorted(layer.channels)}
    constants = {name: value for name, value in layer.constants.items() if name != "ci"}
    channels: dict[str, Any] = {name: name for name in ends}
    return mark.rule_x(data_of(ends), **channels, **constants)


def _plain(call: PlotCall) -> dict[str, Any]:
    return {name: _argument(value) for name, value in call.arguments}


def _argument(value: Any) -> Any:
    """A value as inspect-viz takes it."""
    from inspect_viz import transform

    if isinstance(value, PlotColumn):
        return value.alias
    if isinstance(value, Transformed):
        of = [] if value.alias is None else [value.alias]
        return getattr(transform, value.transform)(*of, **dict(value.arguments))
    if isinstance(value, tuple):
        return [_argument(one) for one in value]
    if isinstance(value, Mapping):
        return {name: one.alias if isinstance(one, PlotColumn) else one for name, one in value.items()}
    return value


def _with_interactors(parts: list[Any], marks: Sequence[PlotCall], calls: Sequence[PlotCall]) -> list[Any]:
    """The marks with the interactors, each behind the mark that it is about; what they choose stands out."""
    from inspect_viz import Selection, interactor

    if not calls:
        return parts
    chosen = Selection.intersect()
    behind: dict[int, list[Any]] = {}
    for call in calls:
        target = {"target": chosen} if call.function.startswith(SELECTS) else {}
        made = getattr(interactor, call.function)(**target, **_plain(call))
        behind.setdefault(_place(call, marks), []).append(made)
    together = [part for at, mark in enumerate(parts) for part in (mark, *behind.get(at, ()))]
    if not any(call.function.startswith(SELECTS) for call in calls):
        return together
    return [*together, interactor.highlight(by=chosen, opacity=FAINT)]


def _place(call: PlotCall, marks: Sequence[PlotCall]) -> int:
    """The mark that an interactor is about: the last one that shows a column on its channel."""
    wanted = BOUND.get(call.function)
    if wanted is None:
        return len(marks) - 1
    with_channel = (
        at
        for at, mark in enumerate(marks)
        if any(name in wanted and isinstance(value, PlotColumn) for name, value in mark.arguments)
    )
    return max(with_channel, default=len(marks) - 1)
