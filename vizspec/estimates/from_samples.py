"""Risk metrics from the samples take the place of the stored ones; where the two differ, it is said. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from vizspec.cells.cell import Cell
from vizspec.cells.notices import LogNotice
from vizspec.estimates.table import Estimate, Estimates
from vizspec.metrics.catalogue import Catalogue, Metric
from vizspec.metrics.known_metrics import RISK_METRICS, RISK_SCORERS
from vizspec.metrics.score import Score
from vizspec.risk.compare import OTHER_NAMES, differences
from vizspec.risk.record import LogRisk, NoRisk, RiskEstimate
from vizspec.risk.statistics import METRICS
from vizspec.samples.record import WHY_NO_SCORE, Reason
from vizspec.text.messages import counted

Risks = Mapping[Cell, LogRisk | NoRisk]
FromSamples = Mapping[Cell, tuple[RiskEstimate, ...]]
"""What the samples of each cell give at one confidence level."""

STORED_NOT_SHOWN = "the number that the log stores stands in a warning"


@dataclass(frozen=True)
class Recomputed:
    """The estimates with the recomputed rows, and what is to be told of each stored value that differs."""

    estimates: Estimates
    warnings: tuple[LogNotice, ...] = ()


def scores_of(risks: Risks) -> Iterator[Score]:
    """What the samples give beside the stored scores: the metrics of each risk scorer, for the catalogue.

    A metric that the log stores under an older name is that metric, and no second one.
    """
    for cell, risk in with_samples(risks).items():
        older = {OTHER_NAMES[name] for name in _stored(cell, risk) if name in OTHER_NAMES}
        yield Score(risk.scorer, dict.fromkeys(name for name in METRICS if name not in older))


def may_have_risk(cell: Cell) -> bool:
    """Whether the log has a scorer that gives risk scores, as far as its results tell."""
    return any(
        score.scorer in RISK_SCORERS or not set(score.metrics).isdisjoint(RISK_METRICS)
        for score in cell.log.scores
    )


def recompute(estimates: Estimates, catalogue: Catalogue, risks: Risks, found: FromSamples) -> Recomputed:
    """Put what was found in the samples, at the estimates' own level, where the stored metrics stood."""
    rows = {(row.cell, row.metric.id): row for row in estimates.rows}
    warnings: list[LogNotice] = []
    for cell, risk in with_samples(risks).items():
        stored = _stored(cell, risk)
        for each in found[cell]:
            known = _known(catalogue, risk.scorer, each.metric)
            for metric in known:
                rows.pop((cell, metric.id), None)
            if known:
                is_stored = any(stored.get(metric.name) is not None for metric in known)
                rows[cell, known[0].id] = estimate_of(cell, known[0], estimates.level, each, is_stored)
        warnings += (LogNotice(cell, text) for text in differences(stored, risk, found[cell]))
    ordered = sorted(rows.values(), key=_place(estimates, catalogue))
    return Recomputed(replace(estimates, rows=tuple(ordered)), tuple(warnings))


def risk_notes(risks: Risks) -> Iterator[LogNotice]:
    """What a reader must know of the samples: what is missing, what was averaged, what is odd."""
    for cell, risk in with_samples(risks).items():
        if risk.n_valid < risk.n_total:
            yield LogNotice(cell, "; ".join((risk.coverage, *_without(risk))))
        if risk.epochs > 1:
            text = (
                f"the {risk.epochs} repeats of each sample count as one sample, with their mean probability"
            )
            yield LogNotice(cell, text)
        yield from (LogNotice(cell, note) for note in risk.notes)


def _without(risk: LogRisk) -> Iterator[str]:
    """`3 have none (target is missing)`."""
    for reason, number in risk.invalid:
        why = WHY_NO_SCORE if reason == Reason.NO_RISK_SCORE else reason
        yield f"{counted(number, 'has', 'have')} none ({why})"


def with_samples(risks: Risks) -> dict[Cell, LogRisk]:
    """The cells whose samples gave risk scores, be it too few for a figure."""
    read = {cell: found if isinstance(found, LogRisk) else found.risk for cell, found in risks.items()}
    return {cell: risk for cell, risk in read.items() if risk is not None}


def _known(catalogue: Catalogue, scorer: str, name: str) -> list[Metric]:
    """The catalogue's metrics of this name, and of the names that older logs have for it."""
    names = [name, *(older for older, newer in OTHER_NAMES.items() if newer == name)]
    return [m for wanted in names for m in catalogue.metrics if (m.scorer, m.name) == (scorer, wanted)]


def _stored(cell: Cell, risk: LogRisk) -> Mapping[str, float | None]:
    """The risk metrics as the log stores them."""
    return next((score.metrics for score in cell.log.scores if score.scorer == risk.scorer), {})


def estimate_of(
    cell: Cell, metric: Metric, level: float, found: RiskEstimate, is_stored: bool = False
) -> Estimate:
    """What was worked out from samples as a row of the table; `is_stored`: the log has a value of its own."""
    is_lost = found.value is None and is_stored
    note = f"{found.note}: {STORED_NOT_SHOWN}" if is_lost else found.note
    return Estimate(
        cell,
        metric,
        level,
        found.value,
        found.lower,
        found.upper,
        found.stderr,
        found.n,
        found.method,
        note,
        noise=found.noise,
        unbiased=found.unbiased,
    )


def _place(estimates: Estimates, catalogue: Catalogue) -> Callable[[Estimate], tuple[int, int]]:
    """The order of the table: cells as they stood, metrics as in the catalogue."""
    cells = {cell: place for place, cell in enumerate(dict.fromkeys(row.cell for row in estimates.rows))}
    metrics = {metric.id: place for place, metric in enumerate(catalogue.metrics)}
    return lambda row: (cells.get(row.cell, len(cells)), metrics[row.metric.id])
