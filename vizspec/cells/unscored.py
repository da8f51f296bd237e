"""Sentences on shown evaluations of which some samples have no score: their numbers are of the rest. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vizspec.cells.cell import Cell
from vizspec.logs.record import Log
from vizspec.metrics.score import Score
from vizspec.text.messages import agreeing, listed

NAMED = 5
"""How many logs are named; the tables show n of all."""


def unscored(cells: Iterable[Cell]) -> Iterator[str]:
    """`6 of 10 samples of 'a.eval' have no score (errors)`, and what else did not go as planned."""
    sentences = [(cell.log.location, sentence) for cell in cells for sentence in _of_log(cell.log)]
    yield from (sentence for _, sentence in sentences[:NAMED])
    others = dict.fromkeys(location for location, _ in sentences[NAMED:])
    if others:
        names = listed([f"'{location}'" for location in others], NAMED)
        yield f"samples of other logs have no score either, and n in the tables counts the rest: {names}"


def _of_log(log: Log) -> Iterator[str]:
    lacking: dict[tuple[int, str], list[str]] = {}
    scores = [score for score in log.scores if score.stands_for is None]
    for score in scores:
        missing = _missing(log, score)
        if missing:
            lacking.setdefault((missing, _why(log, score)), []).append(score.scorer)
    for (missing, why), scorers in lacking.items():
        by = f" by {', '.join(scorers)}" if len(scorers) < len(scores) else ""
        verb = agreeing(missing, "has", "have")
        yield f"{missing:,} of {log.samples:,} samples of '{log.location}' {verb} no score{by}{why}"
    failed = _not_completed(log)
    if failed and log.scores and not lacking:
        whole = (log.samples or 0) * log.epochs
        verb, they = agreeing(failed, "was", "were"), agreeing(failed, "it", "they")
        samples = f"{failed:,} of {whole:,} samples of '{log.location}' {verb}"
        if all(score.scored is None for score in scores):
            yield f"{samples} not completed, and nothing tells how many have a score"
        else:
            yield f"{samples} scored although {they} ended in an error"


def _missing(log: Log, score: Score) -> int:
    return 0 if log.samples is None or score.scored is None else max(log.samples - score.scored, 0)


def _not_completed(log: Log) -> int:
    """Repeats of samples that ended in an error, or were never begun."""
    if log.samples is None or log.completed is None:
        return 0
    return max(log.samples * log.epochs - log.completed - log.stopped, 0)


def _why(log: Log, score: Score) -> str:
    """What is known of the reason; a scorer may also have given no number."""
    reasons = []
    if log.stopped:
        reasons.append(f"{log.stopped:,} stopped early")
    if _not_completed(log):
        reasons.append("errors")
    if score.unscored:
        reasons.append(f"{score.unscored:,} without a number" if reasons else "the scorer gave no number")
    return f" ({', '.join(reasons)})" if reasons else ""
