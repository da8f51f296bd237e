"""How fast scores are read and evaluations compared, as ratios.

    python -m benchmarks.comparisons [--samples 5000] [--evaluations 20]

The targets: the scores of a log are read 40 times as fast as by inspect-ai's reader and a loop, and all pairs
of 20 evaluations are compared in at most 3 times the time that reading their scores takes; of shares, of
scores with credit in part, and of areas under ROC curves.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from statistics import fmean

from benchmarks.risk_reading import multiplied
from tests.make import a_cell, a_metric, a_score
from tests.samples.logs import evaluate
from vizspec.comparisons.differences import Side, compare
from vizspec.comparisons.measure import Measured
from vizspec.samples.read_scores import read_log_scores
from vizspec.statistics.arrays import UNIT


def main() -> None:
    """Makes the logs, measures, and prints a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=5000)
    parser.add_argument("--evaluations", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        log = multiplied(evaluate(Path(folder), [0.3, 0.8]), Path(folder) / "large.eval", given.samples)
        reading = _reading(log)
        for kind in ("shares", "partial credit", "areas"):
            sides = _evaluations(kind, given.samples, given.evaluations)
            metric = a_metric("risk_scorer/auc_score" if kind == "areas" else "match/accuracy")
            compare(sides[0], sides[1], metric, 0.95)  # imports what it computes with
            began = time.perf_counter()
            for a, b in combinations(sides, 2):
                compare(a, b, metric, 0.95)
            spent = time.perf_counter() - began
            ratio = spent / (reading * given.evaluations)
            _say(f"{kind}: all pairs of {given.evaluations} take {ratio:.1f} times reading (target: 3)")


def _reading(log: Path) -> float:
    """The seconds that reading the scores of a log takes; prints how much faster that is than inspect-ai."""
    from inspect_ai.log import read_eval_log

    ours = min(_timed(lambda: read_log_scores(str(log))) for _ in range(3))
    theirs = _timed(lambda: [one.scores for one in read_eval_log(str(log)).samples or ()])
    _say(f"reading scores: {theirs / ours:.0f} times as fast as read_eval_log (target: 40)")
    return ours


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _evaluations(kind: str, samples: int, number: int) -> Sequence[Side]:
    """Evaluations whose scores agree on about four samples of five."""
    chance = random.Random(1)
    ids = tuple(map(str, range(samples)))
    hard = [chance.random() for _ in ids]
    truth = {sample: int(value > 0.5) for sample, value in zip(ids, hard, strict=True)}
    found = []
    for place in range(number):
        noise = [min(1.0, max(0.0, value + chance.gauss(0, 0.2))) for value in hard]
        values = noise if kind == "areas" else [float(value > 0.4) for value in noise]
        if kind == "partial credit":
            values = [round(value * 2) / 2 for value in noise]
        scores = a_score(metrics={"accuracy": fmean(values)})
        measured = Measured(ids, tuple(values), ids, UNIT, truth=truth if kind == "areas" else None)
        found.append(Side(a_cell(f"r{place}", scores=[scores]), f"r{place}", measured))
    return found


if __name__ == "__main__":
    main()
