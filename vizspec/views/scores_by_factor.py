"""The effect of a factor with two levels, for each model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from vizspec.cells.benchmarks import Benchmark
from vizspec.cells.column_texts import column_text
from vizspec.cells.columns import text_of
from vizspec.cells.labelled import Labelled
from vizspec.cells.labels import label_models
from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.charts.label_texts import chart_texts
from vizspec.draw.palette import lighter
from vizspec.draw.shapes.model import Axis, Bars, DrawnMark, Panel, Points, Shapes
from vizspec.errors import Loc, Problem
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.text.messages import listed
from vizspec.text.natural_order import natural_key
from vizspec.text.values import same_value
from vizspec.views import _room, _score_axes, _score_notes, _scores, _shapes
from vizspec.views._many import (
    ManyEntry,
    best_first,
    even,
    models_in_order,
    on_pages,
    part_of,
    with_choice,
)
from vizspec.views._notes import by_reason
from vizspec.views.base import (
    DRAWN_FORMATS,
    Chart,
    Draft,
    Kind,
    Lookups,
    Skip,
)
from vizspec.views.entry import Color, as_options
from vizspec.views.selection import Selection

if TYPE_CHECKING:
    from vizspec.cells.cell import Cell
    from vizspec.experiment.model import Experiment

BLUE = "#3266ae"
LIGHTER = 0.6
"""How much lighter the second level is, where the user names no colour for it."""
MOST_MODELS = 30
"""As many models stand in one picture."""
FRAME_PIXELS = 80
MODEL_PIXELS = 50


class ScoresByFactor(ManyEntry):
    """Each model's scores at both levels of a factor, in one task; skipped where no task has both levels."""

    instead_of: ClassVar[Mapping[str, str]] = as_options("model_label", "score_label")
    view: Literal["scores_by_factor"]
    factor: str
    """The column with two values: a variable, a run parameter or a derived column."""
    labels: tuple[str, str] | None = None
    """What people read for the two levels, the first (false) level first."""
    color: Color | tuple[Color, Color] | None = None
    """A hex colour for both levels, or one for each."""

    @property
    def factor_name(self) -> str:
        return self.factor.rpartition(".")[2] or self.factor


LabelledEstimate = tuple[Labelled, Estimate]


def _compared(entry: ScoresByFactor) -> str:
    """What of the title tells the factor: its levels as people read them, else its name in words."""
    if entry.labels is not None:
        return f"of {entry.labels[0]} and {entry.labels[1]}"
    return f"by {entry.factor_name.replace('_', ' ')}"


class FactorLevels(NamedTuple):
    """The values of a factor in their order, with what people read for them."""

    values: tuple[object, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class FactorScores(_scores.Scores):
    """Scores whose rows carry the factor: false at the first level, true at the second."""

    entry: ScoresByFactor
    levels: tuple[str, str] = ("", "")


def plan(entry: ScoresByFactor, selection: Selection) -> Iterator[Draft[FactorScores] | Skip]:
    def draft(metric: Metric) -> Iterator[Draft[FactorScores] | Skip]:
        cells = [one.cell for one, _ in selection.rows(metric)]
        levels = _levels(entry, cells, selection)
        if len(levels.values) != 2:
            yield Skip(_not_two(entry.factor, levels, metric, selection), metric)
            return
        pairs = _with_a_level(entry, selection, metric)
        if not _is_in_one_task(entry, selection, pairs, levels):
            yield Skip(_in_no_task(entry, selection, pairs), metric)
            return
        title = f"{metric.label} {_compared(entry)}"
        rows = _rows(entry, selection, pairs, levels)
        labels = (levels.labels[0], levels.labels[1])
        notes = (*_one_level(rows, labels), *_unknown(entry, selection, metric))
        axis = _score_axes.axis_of(metric, selection)
        content = FactorScores(entry, rows, _score_axes.axis_label(metric), title, axis, levels=labels)
        best = best_first(((row.model, row.value) for row in rows), metric)
        caption = with_choice(_score_notes.caption_of(entry, selection, metric), entry, best, metric)
        whole = Draft(content, title, caption, metric, notes)
        there = set(best[: entry.top])
        models = [model for model in models_in_order(entry, content.models, best, metric) if model in there]
        ordered = sorted((row for row in rows if row.model in there), key=lambda row: models.index(row.model))
        parts = even(models, entry.limit or MOST_MODELS)
        shown = replace(content, rows=tuple(ordered))
        yield from on_pages(whole, [part_of(shown, some) for some in parts])

    return _scores.plan_per_metric(entry, selection, draft)


def outlook(entry: ScoresByFactor, experiment: Experiment) -> Iterator[str]:
    variable = next((v for v in experiment.variables if v.name == entry.factor), None)
    if variable is not None and len(variable.levels) != 2:
        yield f"a factor has two levels, and the variable '{entry.factor}' has {len(variable.levels)}"


def draw(scores: FactorScores) -> Chart:
    scores = _scores.as_drawn(scores)
    levels = chart_texts(scores.levels)
    entry = scores.entry
    color = _colours(entry)[0]
    whiskers = iv.WhiskerColumns(
        "rule_y",
        {
            "x1": iv.LOWER,
            "x2": iv.UPPER,
            "y": iv.FACTOR,
            "fy": iv.MODEL,
            "stroke": f"{color}20",
            "stroke_width": 15,
        },
    )
    left = _room.margin_for(scores.models, 100)
    arguments = {
        "factor": iv.FACTOR,
        "factor_labels": tuple(iv.sql_text(text) for text in levels.values()),
        "color_domain": list(levels.values()),
        "score_value": iv.VALUE,
        "score_stderr": iv.STDERR,
        "score_label": scores.label,
        "x_label_arrow": "none",
        "model": iv.MODEL,
        "model_label": "Model",
        "ci": False,
        "color": _colours(entry),
        "fy_domain": list(scores.models),
        "x_domain": list(scores.domain),
        "x_tick_format": _score_axes.tick_format(scores.domain),
        "height": _height(scores),
        "margin_left": left,
        **{
            name: value
            for name, value in _scores.shared_arguments(scores, left=left).items()
            if value is not None
        },
    }
    columns = {**_scores.columns_of(scores.rows), iv.FACTOR: [row.factor for row in scores.rows]}
    legend = _room.legend_columns(list(levels.values()), entry.width or _room.DEFAULT_WIDTH)
    return Chart(iv.component("scores_by_factor", columns, arguments, whiskers, legend_columns=legend))


def shapes(scores: FactorScores) -> Shapes:
    """A line with a dot at its end for each level of each model, over its interval."""
    scores = _shapes.as_shown(scores)
    entry = scores.entry
    colours, levels = _colours(entry), chart_texts(scores.levels)
    marks: list[DrawnMark] = []
    for place, colour in enumerate(colours):
        rows = [row for row in scores.rows if row.factor == bool(place)]
        at, values = tuple(row.model for row in rows), tuple(row.value for row in rows)
        marks += _shapes.intervals(rows, at, "x", (place, 2), colour=colours[0])
        marks.append(Bars(at, values, colour, "x", (place, 2), thickness=3))
        marks.append(Points(values, at, colour, slot=(place, 2)))
    panel = Panel(tuple(marks), _shapes.value_axis(scores), Axis(categories=scores.models))
    return Shapes(
        (panel,),
        scores.title,
        width=entry.width or _room.DEFAULT_WIDTH,
        height=entry.height or _height(scores),
        legend=_shapes.legend(list(levels.values()), colours),
    )


def _colours(entry: ScoresByFactor) -> tuple[str, str]:
    """Those of the first and the second level."""
    if isinstance(entry.color, str):
        return entry.color, lighter(entry.color, LIGHTER)
    return entry.color or (BLUE, lighter(BLUE, LIGHTER))


def _height(scores: FactorScores) -> int:
    return FRAME_PIXELS + MODEL_PIXELS * len(scores.models)


def _levels(entry: ScoresByFactor, cells: Sequence[Cell], selection: Selection) -> FactorLevels:
    """The factor's values among the cells: in the variable's order, false before true, else by name."""
    found: list[object] = []
    for cell in cells:
        value = cell.columns.get(entry.factor)
        if value is not None and not any(same_value(value, known) for known in found):
            found.append(value)
    declared = _declared(entry.factor, selection)

    def place(value: object) -> tuple[int, object]:
        known = [place for place, level in enumerate(declared) if same_value(level, value)]
        return (known[0] if known else len(declared), natural_key(str(value).lower()))

    found.sort(key=place)
    labels = entry.labels if entry.labels and len(found) == 2 else tuple(str(value) for value in found)
    return FactorLevels(tuple(found), labels)


def _declared(factor: str, selection: Selection) -> tuple[object, ...]:
    variable = selection.experiment.variable(factor) if selection.experiment else None
    return variable.ordered if variable is not None else ()


def _not_two(factor: str, levels: FactorLevels, metric: Metric, selection: Selection) -> str:
    if not levels.values:
        is_elsewhere = any(cell.columns.get(factor) is not None for cell in selection.cells)
        which = f"no evaluation with a value of {metric.id}" if is_elsewhere else "no evaluation"
        return f"{which} has the column '{factor}' (missing column)"
    found = ", ".join(str(value) for value in levels.values)
    return (
        f"the factor '{factor}' needs both its levels, and the evaluations have {len(levels.values)}: {found}"
    )


def _with_a_level(entry: ScoresByFactor, selection: Selection, metric: Metric) -> list[LabelledEstimate]:
    return [pair for pair in selection.rows(metric) if pair[0].cell.columns.get(entry.factor) is not None]


def _is_in_one_task(
    entry: ScoresByFactor, selection: Selection, pairs: Sequence[LabelledEstimate], levels: FactorLevels
) -> bool:
    """Whether some benchmark has both levels: elsewhere the factor is mixed up with the task."""
    found: dict[Benchmark, set[bool]] = {}
    for one, _ in pairs:
        is_second = same_value(one.cell.columns[entry.factor], levels.values[1])
        found.setdefault(selection.benchmarks[one.cell], set()).add(is_second)
    return any(len(levels) == 2 for levels in found.values())


def _in_no_task(entry: ScoresByFactor, selection: Selection, pairs: Sequence[LabelledEstimate]) -> str:
    tasks: dict[str, str] = {}
    for one, _ in pairs:
        tasks[selection.benchmarks[one.cell].name] = text_of(one.cell.columns[entry.factor])
    levels = listed([f"{level} in '{task}'" for task, level in tasks.items()])
    return (
        f"no task has both levels of the factor '{entry.factor}' ({levels}): "
        "its effect cannot be told from that of the tasks"
    )


def _rows(
    entry: ScoresByFactor, selection: Selection, pairs: Sequence[LabelledEstimate], levels: FactorLevels
) -> tuple[_scores.ScoreRow, ...]:
    cells = [one.cell for one, _ in pairs]
    second = [same_value(cell.columns[entry.factor], levels.values[1]) for cell in cells]
    variables = [v.name for v in selection.experiment.variables] if selection.experiment else []
    tell_by = [name for name in (*variables, "task_name", "task", "run", "epoch") if name != entry.factor]
    models = _within_tasks(label_models(cells, second, selection.labels, tell_by), cells, selection)
    rows = _scores.rows_of(pairs, selection)
    return tuple(
        replace(row, model=model, factor=is_second)
        for row, model, is_second in zip(rows, models, second, strict=True)
    )


def _within_tasks(models: Sequence[str], cells: Sequence[Cell], selection: Selection) -> list[str]:
    """The models' labels, with the task where one would stand for evaluations on several."""
    tasks: dict[str, set[str]] = {}
    for model, cell in zip(models, cells, strict=True):
        tasks.setdefault(model, set()).add(selection.benchmarks[cell].name)
    return [
        f"{model} ({selection.benchmarks[cell].name})" if len(tasks[model]) > 1 else model
        for model, cell in zip(models, cells, strict=True)
    ]


def _one_level(rows: Sequence[_scores.ScoreRow], labels: Sequence[str]) -> tuple[str, ...]:
    """A sentence on the models that have an evaluation at one level only, so that no effect is seen."""
    levels: dict[str, set[bool | None]] = {}
    for row in rows:
        levels.setdefault(row.model, set()).add(row.factor)
    return by_reason(
        (model, f"no evaluation at '{label}'")
        for model, has in levels.items()
        for is_second, label in zip((False, True), labels, strict=True)
        if is_second not in has
    )


def _unknown(entry: ScoresByFactor, selection: Selection, metric: Metric) -> tuple[str, ...]:
    reason = f"'{entry.factor}' is not known"
    missing = by_reason(
        (f"{one.model} · {one.task}", reason)
        for one, _ in selection.rows(metric)
        if column_text(one.cell, entry.factor) is None
    )
    return _score_notes.left_out(selection, metric) + missing


def check(entry: ScoresByFactor, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    return lookups.column((*loc, "factor"), entry.factor)


KIND = Kind(
    entry=ScoresByFactor,
    plan=plan,
    draw=draw,
    shapes=shapes,
    formats=DRAWN_FORMATS,
    check=check,
    outlook=outlook,
    skips="the factor has not both its levels among the evaluations of any task, or its column is missing",
    many=f"{MOST_MODELS} rows, one of each model and task",
    function="scores_by_factor",
    reserved=("data", "factor_labels", "model", "score_value", "score_stderr", "ci", "marks"),
)
