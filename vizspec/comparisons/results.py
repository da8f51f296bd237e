"""All comparisons as rows for `comparisons.csv` and `results.json`, and the samples that disagree."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from vizspec.cells.cell import Cell
from vizspec.comparisons.record import Comparison, Comparisons

VIEWER = "http://127.0.0.1:7575"
"""Where `inspect view` answers."""


@dataclass(frozen=True)
class ComparisonRow:
    """One comparison; what is not known is None. Differences are those of a less those of b.

    `p_adjusted`, `lower_together` and `upper_together` hold for all comparisons of the group at once. `wins`:
    samples on which a is better. Logs are relative to the experiment.
    """

    id: str
    group: str
    a: str
    b: str
    metric: str
    difference: float | None
    lower: float | None
    upper: float | None
    level: float
    p: float | None
    p_adjusted: float | None
    lower_together: float | None
    upper_together: float | None
    value_a: float | None
    value_b: float | None
    wins: int | None
    losses: int | None
    ties: int | None
    n: int
    n_shared: int
    only_a: int
    only_b: int
    failed: int
    changed: int
    method: str
    no_verdict: str | None
    note: str | None
    log_a: str
    log_b: str


@dataclass(frozen=True)
class DisagreementRow:
    """One sample that one evaluation has right and the other wrong, and how to see both."""

    id: str
    group: str
    metric: str
    sample: str
    right: str
    wrong: str
    log_right: str
    log_wrong: str
    open_right: str
    open_wrong: str


def comparison_rows(comparisons: Comparisons) -> tuple[ComparisonRow, ...]:
    """A row for each comparison, in the order of the questions."""
    return tuple(_row(table.asked.id, row) for table in comparisons.tables for row in table.rows)


def disagreement_rows(comparisons: Comparisons) -> tuple[DisagreementRow, ...]:
    """A row for each sample of each pair that one side alone has right."""
    return tuple(
        found
        for table in comparisons.tables
        for row in table.rows
        for found in _disagreements(table.asked.id, row)
    )


def _row(name: str, row: Comparison) -> ComparisonRow:
    samples = row.samples
    return ComparisonRow(
        id=name,
        group=row.group,
        a=row.name_a,
        b=row.name_b,
        metric=row.metric.id,
        difference=row.difference,
        lower=row.lower,
        upper=row.upper,
        level=row.level,
        p=row.p,
        p_adjusted=row.p_adjusted,
        lower_together=row.together.lower if row.together else None,
        upper_together=row.together.upper if row.together else None,
        value_a=row.value_a,
        value_b=row.value_b,
        wins=row.wins,
        losses=row.losses,
        ties=row.ties,
        n=row.n,
        n_shared=samples.shared,
        only_a=len(samples.only_a),
        only_b=len(samples.only_b),
        failed=samples.failed,
        changed=len(samples.changed),
        method=row.method,
        no_verdict=row.no_verdict,
        note=row.note,
        log_a=row.a.log.location,
        log_b=row.b.log.location,
    )


def _disagreements(name: str, row: Comparison) -> Iterator[DisagreementRow]:
    if not row.samples.is_paired:
        return
    sides = (
        (row.samples.right_a, (row.name_a, row.a), (row.name_b, row.b)),
        (
            row.samples.right_b,
            (row.name_b, row.b),
            (row.name_a, row.a),
        ),
    )
    for samples, (right, right_cell), (wrong, wrong_cell) in sides:
        for sample in samples:
            yield DisagreementRow(
                name,
                row.group,
                row.metric.id,
                sample,
                right,
                wrong,
                right_cell.log.location,
                wrong_cell.log.location,
                how_to_open(right_cell, sample),
                how_to_open(wrong_cell, sample),
            )


def how_to_open(cell: Cell, sample: str) -> str:
    """A line for a shell in the experiment's folder: it starts the viewer; the address is the sample's."""
    folder, _, name = cell.log.location.rpartition("/")
    address = f"{VIEWER}/#/logs/{quote(name)}/samples/sample/{quote(sample, safe='')}/1"
    return f"inspect view --log-dir {shlex.quote(folder or '.')}  # {address}"
