"""The section on compute: the jobs' tables, what is missing, and what is recommended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vizspec.report.material import Material
from vizspec.report.model import Advice, Compute, Usage
from vizspec.slurm.table import compute_table, totals_table

if TYPE_CHECKING:
    from vizspec.slurm.compute import ComputeFacts
    from vizspec.slurm.recommendations import Recommendation

NO_JOBS = "Compute utilization unavailable: no job of this experiment is known."


def compute(material: Material) -> tuple[Compute, ...]:
    """The section, where jobs were asked about, be it only to say why nothing is known of them."""
    known = material.facts.compute.values()
    return (Compute(tuple(usage_of(facts) for facts in known)),) if known else ()


def usage_of(facts: ComputeFacts) -> Usage:
    """What the report says of the jobs of one source."""
    remarks = (*facts.warnings, *facts.notes)
    if not facts.jobs:
        return Usage(remarks=remarks or (NO_JOBS,))
    return Usage(
        compute_table(facts.jobs, facts.superseded),
        totals_table(facts.totals),
        _grouped(facts.recommendations),
        remarks,
    )


def _grouped(recommendations: Sequence[Recommendation]) -> tuple[Advice, ...]:
    sentences: dict[str, list[str]] = {}
    for each in recommendations:
        sentences.setdefault(each.name, []).append(each.text)
    return tuple(Advice(name, tuple(dict.fromkeys(told))) for name, told in sentences.items())
