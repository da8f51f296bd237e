"""Models ranked in one task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from vizspec.cells.labels import label_models
from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.shapes.model import Axis, Bars, DrawnMark, Panel, Points, Shapes
from vizspec.metrics.catalogue import Metric
from vizspec.text.messages import listed
from vizspec.views import _room, _score_axes, _score_notes, _scores, _shapes
from vizspec.views._many import (
    ManyEntry,
    Order,
    best_first,
    chosen,
    even,
    models_in_order,
    on_pages,
    part_of,
    ranked,
    with_choice,
)
from vizspec.views._styles import styles
from vizspec.views.base import (
    DRAWN_FORMATS,
    Chart,
    Draft,
    Kind,
    Skip,
)
from vizspec.views.entry import Color, as_options
from vizspec.views.selection import Selection

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment

TELL_BY = ("task_name", "run", "task", "epoch")
"""What tells models apart that are called alike, the preferred first: conditions of the task have labels."""


MOST_ROWS = 50
"""As many models stand in one picture."""
BAND_OPACITY = 0.125
"""How strongly the band of an interval is painted."""


SHORT = {"asc": "ascending", "desc": "descending"}
"""As inspect-viz says it."""


def _in_full(value: object) -> object:
    return SHORT.get(value, value) if isinstance(value, str) else value


class ScoresByModel(ManyEntry):
    """The models of one task, ranked, with intervals; skipped where there are several tasks."""

    instead_of: ClassVar[Mapping[str, str]] = as_options("model_label", "score_label")
    view: Literal["scores_by_model"]
    sort: Annotated[
        Order | None,
        BeforeValidator(_in_full, json_schema_input_type=Order | Literal["asc", "desc"] | None),
    ] = None
    """The order of the models: by score, the highest or the lowest on top, or by their names; null: the best
    on top."""
    color: Color | None = None
    """A hex colour for all of them, such as `#416AD0`; null: each model's own, as in the other figures."""


@dataclass(frozen=True)
class ModelScores(_scores.Scores):
    """Scores of models, a row each."""

    entry: ScoresByModel


def plan(entry: ScoresByModel, selection: Selection) -> Iterator[Draft[ModelScores] | Skip]:
    style_of = styles(selection)

    def draft(metric: Metric) -> Iterator[Draft[ModelScores] | Skip]:
        shown = chosen(entry, selection, metric)
        pairs = shown.rows(metric)
        on = dict.fromkeys(selection.benchmarks[one.cell].name for one, _ in pairs)
        if len(on) > 1:
            tasks = dict.fromkeys(one.task for one, _ in pairs)
            named = tasks if len(tasks) >= len(on) else on
            yield Skip(f"it takes exactly one task, and there are {len(on)}: {listed(list(named))}", metric)
            return
        title = f"{metric.label} by model"
        caption = _score_notes.caption_of(entry, shown, metric)
        models = label_models(
            [one.cell for one, _ in pairs], [None for _ in pairs], selection.labels, TELL_BY
        )
        rows = tuple(
            replace(row, model=model)
            for row, model in zip(_scores.rows_of(pairs, shown), models, strict=True)
        )
        best = best_first(((row.model, row.value) for row in rows), metric)
        order = models_in_order(entry, models, best, metric) if entry.sort else best
        rows = tuple(sorted(rows, key=lambda row: order.index(row.model)))
        colour_of = {model: style_of[one.cell].colour for model, (one, _) in zip(models, pairs, strict=True)}
        content = ModelScores(
            entry,
            rows,
            _score_axes.axis_label(metric),
            title,
            _score_axes.axis_of(metric, selection),
            tuple(colour_of[model] for model in dict.fromkeys(order)),
        )
        caption = with_choice(caption, entry, ranked(selection, metric), metric)
        whole = Draft(content, title, caption, metric, _score_notes.remarks(shown, metric))
        parts = even(content.models, entry.limit or MOST_ROWS)
        yield from on_pages(whole, [part_of(content, models) for models in parts])

    return _scores.plan_per_metric(entry, selection, draft)


def outlook(entry: ScoresByModel, experiment: Experiment) -> Iterator[str]:
    tasks = {cell.task for cell in experiment.expected_cells()}
    if len(tasks) > 1 and entry.where is None:
        yield f"it takes exactly one task, and the evaluation matrix has {len(tasks)}"


def draw(scores: ModelScores) -> Chart:
    scores = _scores.as_drawn(scores)
    entry = scores.entry
    whiskers = iv.WhiskerColumns(
        "rule_y",
        {
            "x1": iv.LOWER,
            "x2": iv.UPPER,
            "y": iv.MODEL,
            "stroke": entry.color or iv.MODEL,
            "stroke_opacity": BAND_OPACITY,
            "stroke_width": 15,
        },
    )
    left = _room.margin_for(scores.models, 120)
    arguments = {
        "ci": False,
        "y_domain": list(scores.models),
        "color": entry.color or iv.MODEL,
        **_scores.colour_arguments(entry, scores.models, () if entry.color else scores.colours),
        "score_label": scores.label,
        "x_label_arrow": "none",
        "x_domain": list(scores.domain),
        "x_tick_format": _score_axes.tick_format(scores.domain),
        "margin_left": left,
        "height": _height(scores),
        **{
            name: value
            for name, value in _scores.shared_arguments(scores, left=left).items()
            if value is not None
        },
    }
    # inspect-viz refuses several tasks by this column: conditions of one task are one
    columns = {**_scores.columns_of(scores.rows), "task_name": [scores.rows[0].task] * len(scores.rows)}
    return Chart(iv.component("scores_by_model", columns, arguments, whiskers))


def shapes(scores: ModelScores) -> Shapes:
    """A line with a dot at its end for each model, over its interval."""
    scores = _shapes.as_shown(scores)
    entry = scores.entry
    colour_of = dict(zip(scores.models, _shapes.colours_of(scores), strict=True))
    marks: list[DrawnMark] = []
    for row in scores.rows:
        colour = entry.color or colour_of[row.model]
        marks += _shapes.intervals([row], [row.model], "x", colour=colour)
        marks.append(Bars((row.model,), (row.value,), colour, "x", thickness=3))
        marks.append(Points((row.value,), (row.model,), colour))
    panel = Panel(tuple(marks), _shapes.value_axis(scores), Axis(categories=scores.models))
    return Shapes(
        (panel,),
        scores.title,
        width=entry.width or _room.DEFAULT_WIDTH,
        height=entry.height or _height(scores),
    )


def _height(scores: ModelScores) -> int:
    return 80 + 30 * len(scores.models)


KIND = Kind(
    entry=ScoresByModel,
    plan=plan,
    draw=draw,
    shapes=shapes,
    formats=DRAWN_FORMATS,
    outlook=outlook,
    skips="there is not exactly one task",
    many=f"{MOST_ROWS} models",
    function="scores_by_model",
    reserved=("data", "model_name", "score_value", "score_stderr", "ci", "marks"),
)
