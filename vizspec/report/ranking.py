"""Who is best, and how sure that is: ties and overlapping intervals are told, never decided away."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vizspec.cells.benchmarks import trial_note
from vizspec.cells.trials import trials
from vizspec.metrics.catalogue import Better, Metric
from vizspec.report.material import Material, Scored
from vizspec.text.messages import listed

OVERLAP_NOTE = (
    "Overlapping intervals show neither that two models differ nor that they are alike; "
    "a comparison on the same samples, pair by pair, can tell more."
)


@dataclass(frozen=True)
class Ranking:
    """The best of some cells (several where they tie), and how the others stand to them.

    `overlapping` have an interval that meets that of the best, `clear` one that does not; of `unknown` one
    of the two intervals is not known. `trials` are not ranked: each is of a part of the others' samples.
    """

    best: tuple[Scored, ...]
    overlapping: tuple[Scored, ...] = ()
    clear: tuple[Scored, ...] = ()
    unknown: tuple[Scored, ...] = ()
    trials: tuple[Scored, ...] = ()

    @property
    def is_tie(self) -> bool:
        return len(self.best) > 1


def why_unranked(metric: Metric) -> str:
    """Why nothing is best in a metric without a better direction, as the end of a sentence."""
    if metric.is_doubtful:
        return "its values are no shares between 0 and 1, so nothing is ranked by it: see Warnings"
    if metric.is_of_unknown_direction:
        return f"vizspec does not know which direction is better: say it in metrics.define, for {metric.id}"
    return "neither direction is better, so there is no best"


def rank(scored: Sequence[Scored], better: Better) -> Ranking | None:
    """The ranking of cells by their values; None where there is no cell.

    Values outside their metric's range have no place in it.
    """
    scored = [one for one in scored if not one.row.is_outside]
    if not scored:
        return None
    of_trials = trials(one.labelled.cell.log for one in scored)
    left_out = tuple(one for one in scored if one.labelled.cell.log.location in of_trials)
    scored = [one for one in scored if one not in left_out]
    top = (max if better == "higher" else min)(one.value for one in scored)
    best = tuple(one for one in scored if math.isclose(one.value, top, rel_tol=1e-9, abs_tol=1e-12))
    rest = [one for one in scored if one not in best]
    known = [one for one in rest if _both_known(one, best[0])]
    overlapping = tuple(one for one in known if any(_overlap(one, other) for other in best))
    return Ranking(
        best,
        overlapping,
        tuple(one for one in known if one not in overlapping),
        tuple(one for one in rest if one not in known),
        left_out,
    )


def trials_text(material: Material, ranking: Ranking) -> str:
    """`one (2 of 44 samples), a trial`: who is not ranked, and why."""
    ranked = (*ranking.best, *ranking.overlapping, *ranking.clear, *ranking.unknown)
    others = [one.labelled.cell for one in ranked]
    told = [
        f"{material.name(one.labelled)} ({trial_note(one.labelled.cell, others)})" for one in ranking.trials
    ]
    return f"{listed(told)}, {'a trial' if len(told) == 1 else 'trials'}"


def _both_known(one: Scored, other: Scored) -> bool:
    return one.row.has_interval and other.row.has_interval


def _overlap(one: Scored, other: Scored) -> bool:
    ends = (one.row.lower, one.row.upper, other.row.lower, other.row.upper)
    if any(end is None for end in ends):
        return False
    low, high, other_low, other_high = (float(end) for end in ends if end is not None)
    return low <= other_high and other_low <= high
