"""The comparison of the models, and the tables of the other metrics, a heading a family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from vizspec.cells.cell import Cell
from vizspec.cells.facets import Facets, facets_of
from vizspec.cells.labelled import Labelled, code_notes
from vizspec.estimates.bars import Bar, bars
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.metrics.known_metrics import Family
from vizspec.report.definitions import class_notes, definitions, parsed_notes
from vizspec.report.footnotes import Footnotes
from vizspec.report.material import Material
from vizspec.report.methods import RowName, method_notes, which_rows
from vizspec.report.model import Tables
from vizspec.report.number_texts import count_text, interval_text, n_text
from vizspec.report.table import TableColumn, TextTable, table_of
from vizspec.statistics.intervals import level_text
from vizspec.text.decimals import DASH, value_text

COMPARISON = "Model Comparison"

FAMILY_TITLES: dict[Family, str] = {
    "accuracy": "Accuracy by Group",
    "risk": "Calibration & Risk Metrics",
    "regression": "Regression Metrics",
    "classification": "Classification Metrics",
    "other": "Other Metrics",
}
"""The headings of the supplementary metrics, in their order."""

MOST_SIDE_BY_SIDE = 3
MOST_IN_A_FAMILY = 7
"""Metrics in one table: more would run off a printed page."""

NOT_SCORED = "the log holds no such metric"
NO_INTERVAL = "nothing is known of the uncertainty: no interval"
NO_COUNT = "the log does not tell how many samples were scored"


def comparison(material: Material) -> tuple[Tables, ...]:
    """The accuracies: a row a cell, with value, interval and n of each."""
    metrics = material.facts.catalogue.accuracy
    if not metrics:
        sentence = "The logs hold no accuracy metric."
        if material.facts.catalogue.supplementary:
            sentence = f"{sentence} The tables below have the metrics that they do hold."
        return (Tables("model_comparison", COMPARISON, (), (sentence,)),)
    tables = (_comparison_table(material, some) for some in _chunks(metrics, MOST_SIDE_BY_SIDE))
    return (Tables("model_comparison", COMPARISON, tuple(tables)),)


def families(material: Material) -> tuple[Tables, ...]:
    """The supplementary metrics that there are, each family under its own heading."""
    found = []
    for family, title in FAMILY_TITLES.items():
        found_metrics = [m for m in material.facts.catalogue.metrics if m.family == family]
        metrics = [m for m in found_metrics if not m.is_accuracy and not m.is_in_headline]
        if metrics:
            tables = (_family_table(material, some) for some in _chunks(metrics, MOST_IN_A_FAMILY))
            found.append(Tables("calibration", title, tuple(tables)))
    return tuple(found)


def _chunks(metrics: Sequence[Metric], most: int) -> Iterator[Sequence[Metric]]:
    for start in range(0, len(metrics), most):
        yield metrics[start : start + most]


def _comparison_table(material: Material, metrics: Sequence[Metric]) -> TextTable:
    """Value and interval in columns of their own."""
    grid = _Grid(material, metrics)
    notes = Footnotes()
    columns = grid.label_columns()
    for metric in metrics:
        rows = grid.rows_of(metric)
        texts = tuple(_value(row, notes) for row in rows)
        columns.append(TableColumn(metric.label, texts, "right", grid.bars_of(metric)))
        intervals = tuple(_interval(row, notes) for row in rows)
        columns.append(TableColumn(grid.level, intervals, "right", belongs=True))
        if not grid.has_common_n:
            columns.append(TableColumn("n", tuple(_n(row, notes) for row in rows), "right", belongs=True))
    if grid.has_common_n:
        columns.append(TableColumn("n", grid.common_n(notes), "right"))
    return table_of(columns, (*notes.sentences(), *definitions(metrics), *grid.footnotes()), grid.facets)


def _family_table(material: Material, metrics: Sequence[Metric]) -> TextTable:
    """Value and interval in one column, since a family has many metrics."""
    grid = _Grid(material, metrics)
    notes = Footnotes()
    columns = grid.label_columns()
    for metric in metrics:
        texts = tuple(_whole(row, notes, with_n=not grid.has_common_n) for row in grid.rows_of(metric))
        columns.append(TableColumn(metric.label, texts, "right", grid.bars_of(metric)))
    if grid.has_common_n:
        columns.append(TableColumn("n", grid.common_n(notes), "right"))
    return table_of(
        columns,
        (*notes.sentences(), *_directions(metrics), *definitions(metrics), *grid.footnotes()),
        grid.facets,
    )


class _Grid:
    """The cells that have at least one of the metrics, and their estimates."""

    def __init__(self, material: Material, metrics: Sequence[Metric]) -> None:
        estimates = material.facts.table
        self.level = level_text(estimates.level)
        self._answers = material.facts.answers if metrics[0].family == "classification" else {}
        self._metrics = metrics
        self._material = material
        self._labelled: list[Labelled] = []
        self._absent: list[Labelled] = []
        for one in material.labelled:
            is_scored = any(estimates.row(one.cell, metric) for metric in metrics)
            (self._labelled if is_scored else self._absent).append(one)
        self._rows = {
            metric.id: [estimates.row(one.cell, metric) for one in self._labelled] for metric in metrics
        }

    def rows_of(self, metric: Metric) -> Sequence[Estimate | None]:
        """The estimates of one metric, a place a cell; None where the log lacks the scorer."""
        return self._rows[metric.id]

    def bars_of(self, metric: Metric) -> tuple[Bar | None, ...]:
        """The estimates of one metric as pictures."""
        return bars(self.rows_of(metric), [self._material.benchmarks[one.cell] for one in self._labelled])

    @property
    def facets(self) -> tuple[Facets, ...]:
        """Of which evaluation each row tells."""
        return tuple(facets_of(one.cell, self._material.spec.data.labels) for one in self._labelled)

    def label_columns(self) -> list[TableColumn]:
        """Model and task, and the epoch where there are several."""
        columns = [
            TableColumn("Model", tuple(one.model for one in self._labelled)),
            TableColumn("Task", tuple(one.task for one in self._labelled)),
        ]
        epochs = [one.cell.epoch for one in self._labelled]
        if len(set(epochs)) > 1:
            columns.append(TableColumn("Epoch", tuple(count_text(epoch) for epoch in epochs), "right"))
        return columns

    @cached_property
    def has_common_n(self) -> bool:
        """Whether the metrics of each cell were all computed over equally many samples."""
        return all(len({row.n for row in rows}) <= 1 for rows in self._rows_by_cell())

    def common_n(self, notes: Footnotes) -> tuple[str, ...]:
        """The n of each cell, where its metrics have one in common."""
        return tuple(_n(rows[0], notes) for rows in self._rows_by_cell())

    def footnotes(self) -> tuple[str, ...]:
        """How the intervals came about, and which cells have no row."""
        rows = [row for rows in self._rows.values() for row in rows if row]
        notes = (
            *method_notes(rows, self._names()),
            *parsed_notes(rows),
            *self._class_notes(),
            *code_notes(self._labelled),
        )
        if not self._absent:
            return notes
        absent, present = (
            [RowName(one.model, one.task) for one in some] for some in (self._absent, self._labelled)
        )
        which = which_rows(absent, present)
        return (*notes, f"Without a row, since their logs hold none of these metrics: those {which}.")

    def _class_notes(self) -> tuple[str, ...]:
        names = self._names()
        return class_notes(
            {names[cell].whole: a.positive for cell, a in self._answers.items() if cell in names}
        )

    def _names(self) -> dict[Cell, RowName]:
        """What tells the cells apart: the model, and its task where there are several."""
        several = len({one.task for one in self._labelled}) > 1
        return {one.cell: RowName(one.model, one.task if several else None) for one in self._labelled}

    def _rows_by_cell(self) -> list[list[Estimate]]:
        columns = [self._rows[metric.id] for metric in self._metrics]
        return [[row for row in rows if row is not None] for rows in zip(*columns, strict=True)]


def _value(row: Estimate | None, notes: Footnotes) -> str:
    if row is None:
        return notes.marked(DASH, NOT_SCORED)
    told_here = row.value is None or row.has_interval
    return notes.marked(value_text(row.value), row.note if told_here else None)


def _interval(row: Estimate | None, notes: Footnotes) -> str:
    if row is None or row.value is None or row.has_interval:
        return DASH if row is None else interval_text(row)
    return notes.marked(DASH, row.note or NO_INTERVAL)


def _n(row: Estimate | None, notes: Footnotes) -> str:
    if row is None or row.n is not None:
        return DASH if row is None else n_text(row)
    return notes.marked(DASH, NO_COUNT)


def _whole(row: Estimate | None, notes: Footnotes, *, with_n: bool) -> str:
    """`0.876 (0.861–0.890, n = 120)`, as far as it is known."""
    if row is None or row.value is None:
        return notes.marked(DASH, NOT_SCORED if row is None else row.note)
    parts = [interval_text(row)] if row.has_interval else []
    if with_n and row.n is not None:
        parts.append(f"n = {n_text(row)}")
    text = value_text(row.value) + (f" ({', '.join(parts)})" if parts else "")
    return notes.marked(text, row.note or (None if row.has_interval else NO_INTERVAL))


def _directions(metrics: Sequence[Metric]) -> Iterator[str]:
    """Which way is better: a table of errors and scores does not show it."""
    for better, heading in (("higher", "Higher is better"), ("lower", "Lower is better")):
        labels = [metric.label for metric in metrics if metric.better == better]
        if labels:
            yield f"{heading}: {', '.join(labels)}."
