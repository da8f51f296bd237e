"""The section on compute: the jobs' tables, what is missing, and what is recommended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vizspec.report.material import Material
from vizspec.report.model import Advice, Compute, ComputeUsage
from vizspec.report.table import TableLike
from vizspec.slurm.output.table import NAMING, compute_table, totals_table, work_table
from vizspec.text.decimals import DASH
from vizspec.text.messages import counted, listed

if TYPE_CHECKING:
    from vizspec.slurm.compute import ComputeFacts
    from vizspec.slurm.model.usage import JobUsage
    from vizspec.slurm.recommendations import Recommendation

NO_JOBS = "Compute utilization unavailable: no job of this experiment is known."


def compute(material: Material) -> tuple[Compute, ...]:
    """The section, where jobs were asked about, be it only to say why nothing is known of them."""
    known = material.facts.compute.values()
    return (Compute(tuple(usage_of(facts) for facts in known)),) if known else ()


def usage_of(facts: ComputeFacts) -> ComputeUsage:
    """What the report says of the jobs of one source."""
    remarks = (*facts.warnings, *facts.notes)
    if not facts.jobs:
        return ComputeUsage(remarks=remarks or (NO_JOBS,))
    table, totals = compute_table(facts.jobs, facts.superseded), totals_table(facts.totals)
    advice = _grouped(facts.recommendations)
    work = work_table(facts.jobs)
    if _is_empty(table) and _is_empty(totals):
        remark = f"No source tells what {counted(len(facts.jobs), 'job')} used"
        names = listed(list(dict.fromkeys(job.name for job in facts.jobs)))
        return ComputeUsage(
            recommendations=advice, remarks=(f"{remark}: {names}.", *table.footnotes, *remarks), work=work
        )
    if _is_empty(totals):
        return ComputeUsage(table, None, advice, (_no_totals(facts.jobs), *remarks), work)
    return ComputeUsage(table, totals, advice, remarks, work)


def _no_totals(jobs: Sequence[JobUsage]) -> str:
    missing = "number of GPUs" if any(job.wall_seconds for job in jobs) else "wall time"
    return f"GPU-hours and energy are not summed: no job's {missing} is known."


def _is_empty(table: TableLike) -> bool:
    """Whether every cell beside the two that name a row (run and type, run and jobs) is a dash."""
    return all(text == DASH for row in table.rows for text in row[NAMING:])


def _grouped(recommendations: Sequence[Recommendation]) -> tuple[Advice, ...]:
    """Each sentence once, under all the names that it is meant for."""
    names: dict[str, dict[str, None]] = {}
    for each in recommendations:
        names.setdefault(each.text, {})[each.name] = None
    sentences: dict[str, list[str]] = {}
    for text, meant in names.items():
        sentences.setdefault(listed(list(meant)), []).append(text)
    return tuple(Advice(meant, tuple(texts)) for meant, texts in sentences.items())
