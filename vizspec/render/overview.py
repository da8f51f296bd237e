"""What the index shows of all evaluations: their scores, their coverage, and what to filter by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vizspec.cells.benchmarks import Benchmark, benchmarks
from vizspec.cells.column_texts import Labels
from vizspec.cells.coverage_rows import MISSING, CoverageRow, coverage_rows
from vizspec.cells.facets import Facets, choices, facets_named, facets_of
from vizspec.cells.labelled import Labelled
from vizspec.cells.labels import label
from vizspec.cells.log_use import Fate
from vizspec.draw.pages.parts import Facet, GridCell, IndexGrid, IndexRow, IndexSection, IndexTable
from vizspec.estimates.bars import Bar, bars
from vizspec.estimates.headlines import task_metrics
from vizspec.estimates.table import Estimate
from vizspec.report.number_texts import interval_text, n_text
from vizspec.statistics.intervals import level_text
from vizspec.text.decimals import DASH, value_text
from vizspec.text.log_viewer import log_link
from vizspec.text.messages import listed
from vizspec.text.natural_order import natural_key

if TYPE_CHECKING:
    from vizspec.gather.facts import Facts
    from vizspec.metrics.catalogue import Metric
    from vizspec.spec.model import Spec

SIGNS = {
    Fate.KEPT.value: "✓",
    MISSING: "✗",
    **dict.fromkeys(("superseded", "trial", "filtered", "other-epoch", "unmatched"), "·"),
}
"""What cells of the grid of coverage show, by their mark; of logs that went wrong they show `WRONG`."""
WRONG = "!"
SCORES = "Scores"
LOGS = "All logs"


@dataclass(frozen=True)
class Overview:
    """The scores in one metric, what became of each evaluation and log, and the choices of the filter."""

    scores: IndexSection | None = None
    coverage: tuple[IndexSection, ...] = ()
    facets: tuple[Facet, ...] = ()


def overview(spec: Spec, facts: Facts) -> Overview:
    """The overview of an experiment.

    Raises:
        UserError: two evaluations would be called alike.
    """
    labels = spec.data.labels
    labelled = label(facts.cells, labels)
    rows = coverage_rows(facts.ledger, facts.selected)
    of_task = task_metrics(facts.cells, facts.catalogue, spec.metrics.primary, facts.table.row)
    links = _Links(spec.data.log_viewer, rows)
    models = {
        use.log.location: facets_of(use.cell, labels).model
        for use in facts.selected.uses
        if use.cell is not None
    }
    of_rows = [_facets(row, models, labels) for row in rows]
    known = [*(facets_of(cell, labels) for cell in facts.cells), *of_rows]
    return Overview(
        _scores(of_task, labelled, facts, labels, links) if of_task and labelled else None,
        (_coverage_grid(rows, of_rows, links), _log_table(rows, of_rows, links)) if rows else (),
        tuple(Facet(name, values) for name, values in choices(known)),
    )


class _Links:
    """Where logs are told of: in the log viewer, else in the index's table of all logs."""

    def __init__(self, viewer: str | None, rows: Sequence[CoverageRow]) -> None:
        self._viewer = viewer
        self._anchors = {row.log: f"log-{place}" for place, row in enumerate(rows, 1) if row.log is not None}

    def anchor(self, place: int) -> str:
        """The anchor of a row of the table of all logs."""
        return f"log-{place + 1}"

    def viewer(self, log: str | None) -> str | None:
        """The log's address in the log viewer."""
        return log_link(self._viewer, log) if log is not None else None

    def log(self, log: str) -> str | None:
        """The log's address in the viewer, else its line in the index."""
        return self.viewer(log) or (f"#{self._anchors[log]}" if log in self._anchors else None)


def _scores(
    of_task: Mapping[Benchmark, Metric],
    labelled: Sequence[Labelled],
    facts: Facts,
    labels: Labels,
    links: _Links,
) -> IndexSection:
    """Models by tasks, with colours by how good they are, and the best value of each task marked."""
    on = benchmarks(facts.cells)
    metrics = [of_task.get(on[one.cell]) for one in labelled]
    rows = [
        None if metric is None else facts.table.row(one.cell, metric)
        for one, metric in zip(labelled, metrics, strict=True)
    ]
    shown = _bars(rows, metrics, [on[one.cell] for one in labelled])
    level = level_text(facts.table.level)
    cells = {
        (one.model, one.task): _score(one, row, bar, level, facets_of(one.cell, labels), links)
        for one, row, bar in zip(labelled, rows, shown, strict=True)
    }
    models = tuple(dict.fromkeys(one.model for one in labelled))
    tasks = tuple(dict.fromkeys(one.task for one in labelled))
    grid = tuple((model, tuple(cells.get((model, task)) for task in tasks)) for model in models)
    caption = f"{_told(of_task)} Bold: the best value of its task; the summary tells which leads are sure."
    return IndexSection(SCORES, IndexGrid("Model", tasks, grid), caption)


def _bars(
    rows: Sequence[Estimate | None], metrics: Sequence[Metric | None], tasks: Sequence[Benchmark]
) -> list[Bar | None]:
    """The estimates as pictures, those of each metric on a scale of their own."""
    shown: list[Bar | None] = [None] * len(rows)
    for metric in dict.fromkeys(metrics):
        of_metric = [row if of == metric else None for row, of in zip(rows, metrics, strict=True)]
        for at, bar in enumerate(bars(of_metric, tasks)):
            shown[at] = bar or shown[at]
    return shown


def _told(of_task: Mapping[Benchmark, Metric]) -> str:
    """What the numbers are: a metric, or that of each task; and which way is better."""
    tasks: defaultdict[Metric, list[str]] = defaultdict(list)
    for benchmark, metric in of_task.items():
        tasks[metric].append(benchmark.name)
    ways = {"higher": "higher is better", "lower": "lower is better"}
    if len(tasks) == 1:
        (metric,) = tasks
        way = ways.get(metric.better or "")
        return f"{metric.label}." + (f" {way.capitalize()}." if way else "")
    phrases = [
        f"{metric.label} of {listed(names)} ({ways.get(metric.better or '', 'not ranked')})"
        for metric, names in tasks.items()
    ]
    return f"{'; '.join(phrases)}."


def _score(
    one: Labelled, row: Estimate | None, bar: Bar | None, level: str, facets: Facets, links: _Links
) -> GridCell:
    href = links.log(one.cell.log.location)
    name = f"{one.model} on {one.task}"
    if row is None or row.value is None:
        return GridCell(DASH, f"{name}: no value", href, facets=facets)
    details = [f"{level} {interval_text(row)}"] if row.has_interval else []
    details += [f"n = {n_text(row)}"] if row.n is not None else []
    note = f"{name}: {value_text(row.value)}" + (f" ({', '.join(details)})" if details else "")
    heat = bar.heat if bar is not None else None
    return GridCell(
        value_text(row.value), note, href, heat, is_best=bar is not None and bar.is_best, facets=facets
    )


def _coverage_grid(rows: Sequence[CoverageRow], facets: Sequence[Facets], links: _Links) -> IndexSection:
    """Runs by tasks and epochs, coloured by what became of them; models where no log is of a run."""
    has_runs = any(one.run is not None for one in facets)
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    columns: dict[str, tuple[int, str]] = {}
    order = {task: at for at, task in enumerate(dict.fromkeys(one.task or DASH for one in facets))}
    for place, one in enumerate(facets):
        task = one.task or DASH
        column = task if one.epoch is None else f"{task} · epoch {one.epoch}"
        columns.setdefault(column, (order[task], one.epoch or ""))
        places[(one.run if has_runs else one.model) or DASH, column].append(place)
    names = tuple(sorted(columns, key=lambda name: (columns[name][0], natural_key(columns[name][1]))))
    lines = tuple(dict.fromkeys(line for line, _ in places))
    grid = tuple(
        (line, tuple(_fate(line, name, places.get((line, name)), rows, facets, links) for name in names))
        for line in lines
    )
    fates = dict.fromkeys(
        cell.mark for _, cells in grid for cell in cells if cell is not None and cell.mark is not None
    )
    keys = tuple((mark, f"{_sign(mark)} {mark.replace('-', ' ')}") for mark in fates)
    return IndexSection("Evaluations", IndexGrid("Run" if has_runs else "Model", names, grid, keys))


def _fate(
    line: str,
    column: str,
    places: Sequence[int] | None,
    rows: Sequence[CoverageRow],
    facets: Sequence[Facets],
    links: _Links,
) -> GridCell | None:
    """The cell of one evaluation, by the fate of the log that is shown, else of its first."""
    if not places:
        return None
    first = next((place for place in places if rows[place].fate == Fate.KEPT), places[0])
    row = rows[first]
    mark = row.fate.replace(" ", "-")
    more = f"; {len(places)} logs" if len(places) > 1 else ""
    note = f"{line}, {column}: {row.fate}" + (f", {row.reason}" if row.reason else "") + more
    return GridCell(_sign(mark), note, f"#{links.anchor(first)}", mark=mark, facets=facets[first])


def _sign(mark: str) -> str:
    return SIGNS.get(mark, WRONG)


def _log_table(rows: Sequence[CoverageRow], facets: Sequence[Facets], links: _Links) -> IndexSection:
    """Every planned evaluation and every log, a row each."""
    headers = ("Run", "Task", "Epoch", "Fate", "Reason", "Log")
    texts = tuple(
        (one.run or DASH, one.task or DASH, one.epoch or DASH, row.fate, row.reason or "", row.log or DASH)
        for row, one in zip(rows, facets, strict=True)
    )
    details = tuple(
        IndexRow(links.anchor(place), facets=one, links=_log_links(links.viewer(row.log)))
        for place, (row, one) in enumerate(zip(rows, facets, strict=True))
    )
    table = IndexTable(headers, texts, ("left", "left", "right", "left", "left", "left"), details)
    return IndexSection(LOGS, table, is_folded=True)


def _log_links(address: str | None) -> Mapping[int, str]:
    return {} if address is None else {5: address}


def _facets(row: CoverageRow, models: Mapping[str, str | None], labels: Labels) -> Facets:
    """The facets of a log or of a planned evaluation; `models` are known by logs, of the rest none is."""
    named = facets_named(row.run, row.task, row.vis_label, row.epoch, labels)
    return replace(named, model=models.get(row.log or ""))
