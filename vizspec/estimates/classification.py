"""What answers are worth as a classification, in logs whose samples are of two classes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from vizspec.cells.cell import Cell
from vizspec.estimates.from_samples import Risks, estimate_of, with_samples
from vizspec.estimates.table import Estimate, Estimates
from vizspec.metrics.catalogue import Catalogue
from vizspec.metrics.known_metrics import ACCURACY, CLASSIFICATION
from vizspec.metrics.score import Score
from vizspec.risk.classes import FEWEST_SAMPLES, answers_of_scores, classes_of
from vizspec.risk.classification import NAMES, ClassifiedSamples, answers_of_risk, classification_estimates
from vizspec.samples.checked_score import option_text
from vizspec.samples.scored import SampleScores

CellAnswers = Mapping[Cell, ClassifiedSamples]

SCORE = Score(CLASSIFICATION, dict.fromkeys(NAMES))
"""What a classification adds to a log's scores, for the catalogue."""


def may_be_classification(cell: Cell) -> bool:
    """Whether its samples may be of two classes, and each answer right or wrong, as far as results tell."""
    return (cell.log.samples or 0) >= FEWEST_SAMPLES and any(_judges(score) for score in cell.log.scores)


def cell_answers(
    cells: Iterable[Cell], risks: Risks, scores: Mapping[Cell, SampleScores], positive: str | None
) -> dict[Cell, ClassifiedSamples]:
    """The answers of each cell that is a classification, of risk scores where it has them."""
    by_risk = with_samples(risks)
    found: dict[Cell, ClassifiedSamples] = {}
    for cell in cells:
        answers = None
        if cell in by_risk:
            answers = answers_of_risk(by_risk[cell])
        elif cell in scores:
            scorers = [score.scorer for score in cell.log.scores if _judges(score)]
            answers = answers_of_scores(scores[cell], scorers, positive)
        if answers is not None:
            found[cell] = answers
    return found


def foreign_classes(scores: Mapping[Cell, SampleScores], positive: str | None) -> Iterator[str]:
    """Sentences on the logs whose samples are of two classes, neither of which is the spec's positive one."""
    for cell, found in scores.items():
        classes = classes_of(found) if positive is not None else ()
        if classes and may_be_classification(cell) and option_text(positive) not in classes:
            named = " and ".join(f"'{name}'" for name in classes)
            yield (
                f"the samples of '{cell.log.location}' are of the classes {named}, and not of "
                f"metrics.positive ('{positive}'): it has no metrics of a classification"
            )


def with_classification(estimates: Estimates, metrics: Catalogue, answers: CellAnswers) -> Estimates:
    """The estimates with those of the answers, as far as the catalogue has them; what a log stores stays."""
    known = {metric.name: metric for metric in metrics.metrics if metric.scorer == CLASSIFICATION}
    rows: dict[Cell, list[Estimate]] = {}
    for row in estimates.rows:
        rows.setdefault(row.cell, []).append(row)
    for cell, given in answers.items():
        own = rows.setdefault(cell, [])
        stored = {row.metric.id for row in own}
        for found in classification_estimates(given, estimates.level):
            metric = known.get(found.metric)
            if metric is not None and metric.id not in stored:
                own.append(estimate_of(cell, metric, estimates.level, found))
    places = {metric.id: place for place, metric in enumerate(metrics.metrics)}
    ordered = (row for own in rows.values() for row in sorted(own, key=lambda row: places[row.metric.id]))
    return replace(estimates, rows=tuple(ordered))


def _judges(score: Score) -> bool:
    """Whether the scorer's accuracy is its own, and of all samples."""
    return score.stands_for is None and score.metrics.get(ACCURACY) is not None
