"""Who is best, and how sure that is: the best is named where it is known to be above each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vizspec.cells.benchmarks import trial_note
from vizspec.cells.trials import trials
from vizspec.comparisons.leads import Basis, Lead
from vizspec.metrics.catalogue import Metric
from vizspec.metrics.known_metrics import Better
from vizspec.report.material import Material, Scored
from vizspec.text.messages import agreeing, listed

LeadOver = Callable[[Scored, Scored], Lead | None]
"""By how much the first leads the second; None where no interval is known."""


class Rival(NamedTuple):
    """One that is not the highest, and by how much it is led."""

    scored: Scored
    lead: Lead | None


@dataclass(frozen=True)
class Ranking:
    """The highest of some cells (several where they tie), and how the others stand to it, nearest first.

    `beaten` are known to be below the highest, `level` cannot be told apart from it; of `unknown` no interval
    tells. `trials` are not ranked: each is of a part of the others' samples.
    """

    best: tuple[Scored, ...]
    beaten: tuple[Rival, ...] = ()
    level: tuple[Rival, ...] = ()
    unknown: tuple[Rival, ...] = ()
    trials: tuple[Scored, ...] = ()

    @property
    def is_tie(self) -> bool:
        return len(self.best) > 1

    @property
    def is_alone(self) -> bool:
        """Whether there is nobody to compare with."""
        return len(self.best) == 1 and not (self.beaten or self.level or self.unknown or self.trials)

    @property
    def is_sure(self) -> bool:
        """Whether one is known to be above each other."""
        return len(self.best) == 1 and not (self.level or self.unknown) and bool(self.beaten)

    @property
    def leaders(self) -> tuple[Scored, ...]:
        """The highest, and all that cannot be told apart from it."""
        return (*self.best, *(rival.scored for rival in self.level))


def why_unranked(metric: Metric) -> str:
    """Why nothing is best in a metric without a better direction, as the end of a sentence."""
    if metric.is_doubtful:
        return "its values are not shares between 0 and 1, so nothing is ranked by it: see Warnings"
    if metric.is_of_unknown_direction:
        return f"vizspec does not know which direction is better: say it in metrics.define, for {metric.id}"
    return "neither direction is better, so there is no best"


def rank(scored: Sequence[Scored], better: Better, lead_over: LeadOver) -> Ranking | None:
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
    rest = sorted((one for one in scored if one not in best), key=lambda one: abs(one.value - top))
    rivals = [Rival(one, lead_over(best[0], one)) for one in rest]
    return Ranking(
        best,
        tuple(rival for rival in rivals if rival.lead is not None and rival.lead.is_sure),
        tuple(rival for rival in rivals if rival.lead is not None and not rival.lead.is_sure),
        tuple(rival for rival in rivals if rival.lead is None),
        left_out,
    )


def trials_text(material: Material, ranking: Ranking) -> str:
    """`one (2 of 44 samples), a trial`: who is not ranked, and why."""
    rivals = (*ranking.beaten, *ranking.level, *ranking.unknown)
    others = [one.labelled.cell for one in (*ranking.best, *(rival.scored for rival in rivals))]
    trials = [
        f"{material.name(one.labelled)} ({trial_note(one.labelled.cell, others)})" for one in ranking.trials
    ]
    return f"{listed(trials)}, {agreeing(len(trials), 'a trial', 'trials')}"


def bases(ranking: Ranking) -> tuple[Basis, ...]:
    """What the leads were worked out from."""
    leads = [rival.lead for rival in (*ranking.beaten, *ranking.level) if rival.lead is not None]
    return tuple(dict.fromkeys(lead.basis for lead in leads))
