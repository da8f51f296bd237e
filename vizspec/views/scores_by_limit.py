"""How success grows with what a sample may use: tokens or time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum
from typing import Any, ClassVar, Literal

from vizspec.cells.facets import NO_FACETS, Facets, facets_of
from vizspec.cells.labelled import Labelled
from vizspec.draw.charts import limits as lm
from vizspec.draw.charts.facets import facet_columns
from vizspec.draw.charts.inspectviz import LOWER, MODEL, UPPER
from vizspec.draw.charts.label_texts import chart_texts, shortened
from vizspec.draw.shapes.model import Axis, Band, DrawnMark, Line, Panel, Shapes
from vizspec.metrics.catalogue import Metric
from vizspec.samples.scored import SampleScores
from vizspec.statistics.intervals import level_text
from vizspec.statistics.wilson import wilson
from vizspec.text.messages import counted
from vizspec.views import _room, _score_axes, _scores, _shapes
from vizspec.views._many import SortedEntry, drafts_by_task, even, models_in_order, ranked
from vizspec.views._notes import by_reason
from vizspec.views._styles import Styles, series_colours, styles
from vizspec.views.base import (
    DRAWN_FORMATS,
    Chart,
    Draft,
    Kind,
    Skip,
)
from vizspec.views.entry import Need, as_options
from vizspec.views.selection import Selection

MOST_LINES = 12
"""As many lines can be told apart; more go on further pages."""
MOST_STEPS = 100
"""As many limits are shown of a model; of more samples those at even places."""
COLUMN = {"tokens": "total_tokens", "seconds": "total_time", "working_seconds": "working_time"}
"""What the view calls each -> what inspect-viz does."""
WORDS = {"tokens": "tokens", "seconds": "time", "working_seconds": "working time"}
LABELS = {"tokens": "Tokens", "seconds": "Total Time (s)", "working_seconds": "Working Time (s)"}
"""What inspect-viz writes at the axis."""
SPAN_OF_LOG = 100
"""From the lowest to the highest limit, where `auto` is log."""
HEIGHT, MARGIN_LEFT = 430, 52


class ScoresByLimit(SortedEntry):
    """How success grows with the tokens or the time that a sample may use, as lines, one chart a task."""

    instead_of: ClassVar[Mapping[str, str]] = as_options("limit_label", "other_termination_rate")
    view: Literal["scores_by_limit"]
    limit: Literal["tokens", "seconds", "working_seconds"] = "tokens"
    """What is limited: tokens, seconds, or seconds without waiting."""
    scale: Literal["auto", "linear", "log"] = "auto"
    """The scale of the limit; auto: log where it spans two orders of magnitude."""


@dataclass(frozen=True)
class ShareWithin:
    """The share of samples that succeed within a limit."""

    model: str
    limit: float
    share: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Limits:
    """One task's steps, a line a model."""

    entry: ScoresByLimit
    steps: tuple[ShareWithin, ...]
    title: str
    models: tuple[str, ...]
    colours: tuple[str, ...]
    facets: Mapping[str, Facets] = field(default_factory=dict)
    """Of which evaluation each model's line tells."""


def plan(entry: ScoresByLimit, selection: Selection) -> Iterator[Draft[Limits] | Skip]:
    given = styles(selection)

    def draft(metric: Metric) -> Iterator[Draft[Limits] | Skip]:
        return drafts_by_task(
            entry,
            selection,
            metric,
            lambda shown, members, task: _of_task(entry, shown, metric, (task, members), given),
            lambda whole: list(_pages(whole)),
            "lines",
        )

    return _scores.plan_per_metric(entry, selection, draft)


def _of_task(
    entry: ScoresByLimit,
    selection: Selection,
    metric: Metric,
    of: tuple[str, Sequence[Labelled]],
    given: Styles,
) -> Draft[Limits] | Skip:
    task, shown = of
    order = models_in_order(entry, (one.model for one in shown), ranked(selection, metric), metric)
    members = sorted(shown, key=lambda one: order.index(one.model))
    used = {one: tuple(_used(one, selection, metric, entry.limit)) for one in members}
    drawn = {one: pairs for one, pairs in used.items() if pairs}
    limits = {limit for pairs in drawn.values() for limit, _ in pairs}
    if len(limits) < 2:
        on = f" on '{task}'" if task else ""
        return Skip(f"no log{on} tells the {WORDS[entry.limit]} of samples with a share as score", metric)
    level = selection.estimates.level
    steps = tuple(
        step
        for one, pairs in drawn.items()
        for step in steps_of(one.model, pairs, None if one.cell.log.epochs > 1 else level, max(limits))
    )
    colours = series_colours(selection, {one.model: [one.cell] for one in drawn}, given)
    title = f"{metric.label} by {WORDS[entry.limit]}" + (f": {task}" if task else "")
    samples = counted(max(len(pairs) for pairs in drawn.values()), "sample")
    caption = f"{title}: the share of {samples} done within a limit, with {level_text(level)} (Wilson)."
    reason = f"its {WORDS[entry.limit]} is not known"
    notes = by_reason((one.model, reason) for one in members if one not in drawn)
    facets = {one.model: facets_of(one.cell, selection.labels) for one in drawn}
    content = Limits(entry, steps, title, tuple(colours), tuple(colours.values()), facets)
    parts = (("task", task),) if task else ()
    return Draft(content, title, entry.caption_or(caption), metric, notes, parts)


def _pages(whole: Limits) -> Iterator[Limits]:
    """As many lines as can be told apart at a time."""
    for some in even(list(zip(whole.models, whole.colours, strict=True)), MOST_LINES):
        models, colours = (tuple(side) for side in zip(*some, strict=True))
        steps = tuple(step for step in whole.steps if step.model in models)
        yield replace(whole, models=models, colours=colours, steps=steps)


def _used(one: Labelled, selection: Selection, metric: Metric, limit: str) -> Iterator[tuple[float, float]]:
    """What each repeat of a sample used, and its score; nothing where scores are no shares."""
    found = selection.samples.get(one.cell)
    if not isinstance(found, SampleScores):
        return
    scores = found.scores.get(metric.scorer, ())
    amounts = {
        "tokens": found.tokens,
        "seconds": found.seconds,
        "working_seconds": found.working_seconds,
    }[limit]
    known = [
        (amount, score)
        for amount, score in zip(amounts, scores, strict=False)
        if amount is not None and amount > 0 and score is not None
    ]
    if all(0 <= score <= 1 for _, score in known):
        yield from known


def steps_of(
    model: str, pairs: Sequence[tuple[float, float]], level: float | None, end: float
) -> Iterator[ShareWithin]:
    """The mean score within each limit, of pairs (used, score); a sample that needs more scores 0.

    The last limit is `end`, where the line stays what it is. The interval is Wilson's where all scores are 0
    or 1; without a level there is none, as where a sample was repeated.
    """
    ordered = sorted(pairs)
    count = len(ordered)
    last = (count - 1) / (MOST_STEPS - 1)
    places = range(count) if count <= MOST_STEPS else [round(at * last) for at in range(MOST_STEPS)]
    are_shares = all(score in (0, 1) for _, score in ordered)
    amounts, scores = [used for used, _ in ordered], [score for _, score in ordered]
    for limit in dict.fromkeys((*(ordered[place][0] for place in places), end)):
        share = fsum(scores[: bisect_right(amounts, limit)]) / count
        lower, upper = wilson(share, count, level) if are_shares and level is not None else (None, None)
        yield ShareWithin(model, limit, share, lower, upper)


def draw(content: Limits) -> Chart:
    entry = content.entry
    models = chart_texts(content.models)
    columns: dict[str, list[Any]] = {
        MODEL: [models[step.model] for step in content.steps],
        COLUMN[entry.limit]: [step.limit for step in content.steps],
        lm.SHARE: [step.share for step in content.steps],
        LOWER: [step.lower for step in content.steps],
        UPPER: [step.upper for step in content.steps],
        **facet_columns([content.facets.get(step.model, NO_FACETS) for step in content.steps]),
    }
    width = entry.width or _room.DEFAULT_WIDTH
    arguments = {
        "title": shortened(content.title, _room.title_limit(width - MARGIN_LEFT)),
        "scale": entry.scale,
        "width": width,
        "height": entry.height or HEIGHT,
        "y_domain": [0, 1],
        "margin_left": MARGIN_LEFT,
        "margin_bottom": 46,
        "x_label_anchor": "center",
        "x_label_arrow": "none",
        "y_label_anchor": "center",
        "y_label_arrow": "none",
        "color_domain": list(models.values()),
        "color_range": list(content.colours),
        **entry.options,
    }
    below = _room.legend_columns(list(models.values()), width)
    return Chart(lm.by_limit(columns, COLUMN[entry.limit], arguments, below))


def shapes(content: Limits) -> Shapes:
    """A band and a line for each model, as the chart has them."""
    entry, models = content.entry, chart_texts(content.models)
    of_models = [
        (colour, [step for step in content.steps if step.model == name])
        for name, colour in zip(content.models, content.colours, strict=True)
    ]
    bands = (band for colour, steps in of_models for band in _band(steps, colour))
    lines = (
        Line(tuple(step.limit for step in steps), tuple(step.share for step in steps), colour, thickness=1.5)
        for colour, steps in of_models
    )
    return Shapes(
        (Panel((*bands, *lines), _limit_axis(content), Axis("Success rate", domain=(0, 1), has_grid=False)),),
        content.title,
        width=entry.width or _room.DEFAULT_WIDTH,
        height=entry.height or HEIGHT,
        legend=_shapes.legend(list(models.values()), content.colours),
    )


def _band(steps: Sequence[ShareWithin], colour: str) -> Iterator[DrawnMark]:
    known = [step for step in steps if step.lower is not None]
    if known:
        ends = tuple(step.lower for step in known), tuple(step.upper for step in known)
        yield Band(tuple(step.limit for step in known), *ends, colour, lm.BAND_OPACITY)


def _limit_axis(content: Limits) -> Axis:
    entry, limits = content.entry, [step.limit for step in content.steps]
    low, high = min(limits), max(limits)
    is_log = entry.scale == "log" or (entry.scale == "auto" and high >= SPAN_OF_LOG * low)
    return Axis(
        LABELS[entry.limit],
        domain=(low, high),
        scale="log" if is_log else "linear",
        has_grid=False,
        format="~s" if not is_log and high >= _score_axes.LARGE else "",
    )


KIND = Kind(
    entry=ScoresByLimit,
    plan=plan,
    draw=draw,
    shapes=shapes,
    formats=DRAWN_FORMATS,
    skips="no log tells the tokens or the time of samples with a share as score",
    many=f"{MOST_LINES} lines",
    needs=frozenset({Need.EVERY_SAMPLE}),
    function="scores_by_limit",
    reserved=("data", "model", "success", "stderr", "facet", "ci", "marks"),
    name="{view}_{experiment}_{task}_{metric}",
)
