"""Differences of evaluations on the samples that they share: which are shown, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from vizspec.cells.column_texts import Labels
from vizspec.cells.facets import facets_of
from vizspec.comparisons.questions import Asked
from vizspec.comparisons.record import Comparison, ComparisonTable
from vizspec.draw.charts.label_texts import chart_texts
from vizspec.errors import Loc, Problem
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.intervals import level_text
from vizspec.text.decimals import ends_text, value_text
from vizspec.text.messages import capitalized
from vizspec.text.natural_order import natural_key
from vizspec.views import _drawn_forest, _scores
from vizspec.views._drawn_forest import ALIKE, APART, BETTER, UNJUDGED, WORSE, Forest, ForestRow
from vizspec.views._many import Order, even, on_pages, with_left_out
from vizspec.views._notes import by_reason
from vizspec.views.base import DRAWN_FORMATS, Draft, Kind, Lookups, Skip, metrics_of
from vizspec.views.entry import ChartEntry, FiniteNumber, Need, Texts, Whole
from vizspec.views.sample_matching import Matching, Scalar, cluster_key
from vizspec.views.selection import Selection

MOST_ROWS = 60
"""As many comparisons stand in one picture."""
MOST_PAGES = 10
"""As many pictures are read; an entry with more should choose."""
LABEL_LIMIT = 64
DEFAULT = "run"


class ComparisonsEntry(ChartEntry, Matching):
    """Differences of evaluations on the same samples, with intervals, as a forest plot."""

    view: Literal["comparisons"]
    compare: str | None = None
    """The column in which evaluations differ; by default the entries of `comparisons:`, else `run`."""
    baseline: Scalar | None = None
    """The level with which all others are compared; null: all pairs are."""
    within: Texts | None = None
    """The columns in which they are alike; null: everything else."""
    margin: Annotated[FiniteNumber, Field(gt=0)] | None = None
    """A difference that would matter, drawn on both sides of none."""
    adjust: Literal["holm", "none"] = "holm"
    """Whether p-values and intervals hold for all comparisons of a group at once."""
    top: Annotated[Whole, Field(ge=1)] | None = None
    """Only so many, those of the largest differences; the caption names what is left out. null: all."""
    sort: Order | None = None
    """Their order: by the difference, the highest or the lowest first, or by their names; null: that of the
    evaluations."""
    limit: Annotated[Whole, Field(ge=1)] | None = None
    """How many comparisons one picture shows; more are on further pages. null: as many as can be read."""

    def asked(self, metric: str, level: float) -> Asked:
        """The question of the entry in one metric; its own level stands before the spec's."""
        column = self.compare or DEFAULT
        return Asked(
            metric=metric,
            among=(column,),
            to=() if self.baseline is None else ((column, self.baseline),),
            within=self.within,
            where=self.where,
            level=self.ci or level,
            margin=self.margin,
            adjust=self.adjust,
            pair=self.pair,
            cluster=cluster_key(self.cluster),
        )


def plan(entry: ComparisonsEntry, selection: Selection) -> Iterator[Draft[Forest] | Skip]:
    own = [table for table in selection.comparisons.tables if table.asked.id]
    if entry.compare is None and own:
        for table in own:
            yield from _drafts(entry, table, table.asked.id, selection.labels)
        return
    if (reason := _scores.no_metric(entry, selection)) is not None:
        yield Skip(reason)
    for metric in metrics_of(entry, selection):
        found = selection.comparisons.answer(entry.asked(metric.id, selection.estimates.level))
        if found is None:
            yield Skip("its samples were not read", metric)
        else:
            yield from _drafts(entry, found, entry.compare or DEFAULT, selection.labels)


def _drafts(
    entry: ComparisonsEntry, table: ComparisonTable, what: str, labels: Labels
) -> Iterator[Draft[Forest] | Skip]:
    """The comparisons of a table, on as many pages as they need."""
    metric, every = table.metric, [row for row in table.rows if row.difference is not None]
    if not every:
        reasons = (*table.left_out, *(row.no_verdict for row in table.rows if row.no_verdict))
        yield Skip(next(iter(reasons), "no two evaluations are compared"), metric)
        return
    drawn = _in_order(_largest(every, entry.top), entry.sort)
    if len(drawn) > (entry.limit or MOST_ROWS) * MOST_PAGES:
        reason = f"{len(drawn):,} comparisons are more than {MOST_PAGES} pictures have room for"
        yield Skip(f"{reason}: name a baseline, or how many with `top`", metric)
        return
    title = f"Differences in {metric.label} by {' and '.join(table.asked.among)}"
    names = chart_texts([label_of(row) for row in drawn], LABEL_LIMIT)
    rows = tuple(_row(row, names[label_of(row)], labels) for row in drawn)
    content = Forest(entry, rows, title, _axis(metric), table.asked.margin)
    caption = entry.caption_or(_caption(drawn, table))
    largest = [label_of(row) for row in _by_size(every)]
    caption = with_left_out(caption, entry.top, largest, "largest", "comparisons", "difference")
    parts = (("view", f"comparisons_{what}"),)
    whole = Draft(content, title, caption, metric, tuple(_notes(table)), parts)
    pages = [replace(content, rows=tuple(some)) for some in even(rows, entry.limit or MOST_ROWS)]
    yield from on_pages(whole, pages, "comparisons")


def _largest(rows: Sequence[Comparison], top: int | None) -> list[Comparison]:
    """The rows of the largest differences, in the order of the table."""
    kept = {id(row) for row in _by_size(rows)[:top]}
    return [row for row in rows if id(row) in kept]


def _by_size(rows: Sequence[Comparison]) -> list[Comparison]:
    """The rows, that of the largest difference first."""
    return sorted(rows, key=lambda row: -abs(row.difference or 0.0))


def _in_order(rows: list[Comparison], order: Order | None) -> list[Comparison]:
    if order is None:
        return rows
    if order == "name":
        return sorted(rows, key=lambda row: natural_key(label_of(row)))
    return sorted(rows, key=lambda row: row.difference or 0.0, reverse=order == "descending")


def label_of(row: Comparison) -> str:
    """`Size: forest - logistic`."""
    pair = f"{row.name_a} \N{MINUS SIGN} {row.name_b}"
    return f"{row.group}: {pair}" if row.group else pair


def verdict_of(row: Comparison) -> str:
    """What the comparison decides, as the legend says it."""
    if row.no_verdict is not None or row.p is None:
        return UNJUDGED
    if not row.is_separate():
        return ALIKE
    if row.metric.better is None:
        return APART
    return BETTER if (row.gain or 0) > 0 else WORSE


def _row(row: Comparison, label: str, labels: Labels) -> ForestRow:
    assert row.difference is not None
    text = f"{value_text(row.difference)} ({interval_of(row)})"
    p = row.p_adjusted if row.p_adjusted is not None else row.p
    interval = f"{text}, p = {value_text(p)}" if p is not None else text
    wide = row.together
    return ForestRow(
        label,
        row.difference,
        row.lower,
        row.upper,
        wide.lower if wide else None,
        wide.upper if wide else None,
        verdict_of(row),
        interval,
        (facets_of(row.a, labels), facets_of(row.b, labels)),
    )


def interval_of(row: Comparison) -> str:
    """`-0.012 to 0.081`, or that it is not known."""
    return ends_text(row.lower, row.upper) if row.has_interval else "interval not known"


def _axis(metric: Metric) -> str:
    direction = {"higher": "right: the first is better", "lower": "left: the first is better"}
    sides = direction.get(metric.better or "")
    return f"Difference in {metric.label}" + (f" ({sides})" if sides else "")


def _caption(rows: Sequence[Comparison], table: ComparisonTable) -> str:
    level = level_text(table.asked.level)
    methods = ", ".join(sorted({row.method for row in rows if row.has_interval}))
    intervals = f"intervals: {level} ({methods})" if methods else "no interval is known"
    is_paired = all(row.samples.is_paired for row in rows)
    text = f"On the same samples; {intervals}" if is_paired else capitalized(intervals)
    if any(row.together is not None for row in rows):
        text += "; thin lines hold for all comparisons of a group at once (Bonferroni), verdicts are Holm's"
    if table.asked.margin is not None:
        text += f"; dashed: a difference of {table.asked.margin:g}"
    return f"{text}."


def _notes(table: ComparisonTable) -> Iterator[str]:
    yield from table.left_out
    yield from by_reason((label_of(row), row.no_verdict) for row in table.rows if row.no_verdict)
    yield from by_reason((label_of(row), row.note) for row in table.rows if row.note)


def check(entry: ComparisonsEntry, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    if entry.compare is not None:
        yield from lookups.column((*loc, "compare"), entry.compare)
    for place, name in enumerate(entry.within or ()):
        yield from lookups.column((*loc, "within", place), name)
        if name == (entry.compare or DEFAULT):
            message = f"'{name}' cannot be both compared and held equal"
            yield Problem((*loc, "within", place), message, "leave it out of one of them")
    if entry.compare is None and entry.baseline is not None:
        yield Problem((*loc, "baseline"), "a baseline of what?", "name the column under `compare`")


KIND = Kind(
    entry=ComparisonsEntry,
    plan=plan,
    draw=_drawn_forest.draw,
    shapes=_drawn_forest.shapes,
    formats=DRAWN_FORMATS,
    check=check,
    skips="no two evaluations differ in what is compared and are alike in the rest, or none can be compared",
    needs=frozenset({Need.SCORES}),
    many=f"{MOST_ROWS} comparisons; of more than {MOST_ROWS * MOST_PAGES} none, with the reason",
    function="plot",
    reserved=("legend", "x_domain", "y_domain", "color_domain", "color_range"),
)
