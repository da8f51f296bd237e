"""Evaluations with scores of samples, for tests: all that is not said is alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from tests.make import a_cell, a_metric, a_score
from vizspec.cells.cell import Cell
from vizspec.comparisons.measure import Measured, measure
from vizspec.comparisons.record import Comparison
from vizspec.metrics.catalogue import Metric
from vizspec.samples.scored import SampleScores
from vizspec.statistics.arrays import UNIT, Range

ACCURACY = a_metric()


def scored(
    values: Mapping[str, float | None],
    *,
    scorer: str = "match",
    questions: Mapping[str, str] | None = None,
    metadata: Mapping[str, Sequence[str | None]] | None = None,
) -> SampleScores:
    """The samples of one log, each asking what its id names unless `questions` says otherwise."""
    asked = questions or {}
    return SampleScores(
        sample=tuple(values),
        epoch=(1,) * len(values),
        question=tuple(asked.get(sample, f"what is {sample}?") for sample in values),
        answer=("right",) * len(values),
        scores={scorer: tuple(values.values())},
        metadata={name: tuple(column) for name, column in (metadata or {}).items()},
    )


def a_side(values: Sequence[float | None] | Mapping[str, float | None], **named: Any) -> Measured:
    """What an evaluation scored: of a list, samples 1, 2, 3, …"""
    given = values if isinstance(values, Mapping) else {str(n): value for n, value in enumerate(values, 1)}
    scores: Range = named.pop("scores", UNIT)
    questions = named.pop("questions", {})
    return Measured(
        tuple(given),
        tuple(given.values()),
        tuple(questions.get(sample, f"what is {sample}?") for sample in given),
        scores,
        **named,
    )


def an_evaluation(
    run: str, values: Sequence[float | None], metric: Metric = ACCURACY, **named: Any
) -> tuple[Cell, SampleScores]:
    """A cell whose log stores the mean of its samples' scores, and these."""
    scores = scored({str(n): value for n, value in enumerate(values, 1)}, scorer=metric.scorer)
    known = [value for value in values if value is not None]
    score = a_score(metric.scorer, metrics={metric.name: fmean(known)} if known else {metric.name: None})
    return a_cell(run, scores=[score], samples=len(values), **named), scores


def measured(cell: Cell, scores: SampleScores, metric: Metric = ACCURACY) -> Measured:
    """The values of an evaluation that has them."""
    found = measure(cell, metric, scores)
    assert isinstance(found, Measured), found
    return found


def a_comparison(
    a: str = "r4",
    b: str = "r8",
    difference: float | None = 0.1,
    lower: float | None = 0.02,
    upper: float | None = 0.18,
    p: float | None = 0.01,
    **named: Any,
) -> Comparison:
    """A comparison of two runs on 100 samples."""
    given = {"group": "capitals", "level": 0.95, "n": 100, "method": "tango", **named}
    metric = given.pop("metric", ACCURACY)
    cells = given.pop("cells", (a_cell(a), a_cell(b)))
    return Comparison(
        name_a=a,
        name_b=b,
        a=cells[0],
        b=cells[1],
        metric=metric,
        difference=difference,
        lower=lower,
        upper=upper,
        p=p,
        **given,
    )
