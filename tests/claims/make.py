"""Claims and what they are judged by, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.comparisons.make import ACCURACY, an_evaluation
from vizspec.cells.cell import Cell
from vizspec.claims.judge import Bench
from vizspec.claims.model import Claim
from vizspec.comparisons.answer import Comparer
from vizspec.comparisons.measure import measure
from vizspec.estimates.table import estimate
from vizspec.metrics.catalogue import Metric
from vizspec.samples.scored import SampleScores


def a_claim(relation: str = "better", **named: Any) -> Claim:
    return Claim.model_validate({"id": "c", "is": relation, **named})


def evaluations(values: Mapping[str, Sequence[float | None]]) -> dict[Cell, SampleScores]:
    """Runs of one task, with the scores of their samples."""
    return dict(an_evaluation(run, given) for run, given in values.items())


def a_bench(scores: Mapping[Cell, SampleScores], metric: Metric = ACCURACY) -> Bench:
    """What these evaluations tell."""
    from tests.make import a_catalogue

    catalogue = a_catalogue(scores)
    return Bench(
        Comparer(lambda cell, metric, cluster: measure(cell, metric, scores[cell], None, cluster)),
        lambda cell, metric, level: estimate([cell], catalogue, level).row(cell, metric),
    )
