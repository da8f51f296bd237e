"""The section on compute never vanishes: it has the table, or the reason why there is none."""

from __future__ import annotations

from tests.report.make import some_material
from vizspec.report.compute import NO_JOBS, compute, usage_of
from vizspec.report.model import Advice, Compute, ComputeUsage
from vizspec.slurm.compute import ComputeFacts
from vizspec.slurm.model.totals import totals
from vizspec.slurm.model.usage import JobUsage, Known
from vizspec.slurm.recommendations import Recommendation

JOB = JobUsage("r4", "finetune", "r4", job_id="17", wall_seconds=Known(60.0, "seff"))


def test_without_a_compute_view_there_is_no_section() -> None:
    assert compute(some_material()) == ()


def test_each_source_has_its_part() -> None:
    (section,) = compute(some_material(compute={None: ComputeFacts((JOB,)), "saved.json": ComputeFacts()}))
    assert isinstance(section, Compute)
    assert [part.table is None for part in section.parts] == [False, True]


def test_unknown_jobs_leave_the_reason() -> None:
    missing = ComputeFacts(warnings=("Compute utilization unavailable: no run log.",), notes=("No seff.",))
    assert usage_of(missing) == ComputeUsage(
        remarks=("Compute utilization unavailable: no run log.", "No seff.")
    )
    assert usage_of(ComputeFacts()) == ComputeUsage(remarks=(NO_JOBS,))


def test_recommendations_are_grouped_by_name_and_told_once() -> None:
    texts = [("r4", "less memory"), ("r8", "more time"), ("r4", "less memory"), ("r4", "fewer cores")]
    facts = ComputeFacts((JOB,), recommendations=tuple(Recommendation(*text, "jobstats") for text in texts))
    assert usage_of(facts).recommendations == (
        Advice("r4", ("less memory", "fewer cores")),
        Advice("r8", ("more time",)),
    )


def test_a_recommendation_for_several_jobs_is_told_once_with_their_names() -> None:
    texts = [("r4", "less memory"), ("r8", "less memory"), ("r8", "more time")]
    facts = ComputeFacts((JOB,), recommendations=tuple(Recommendation(*text, "jobstats") for text in texts))
    assert usage_of(facts).recommendations == (
        Advice("r4, r8", ("less memory",)),
        Advice("r8", ("more time",)),
    )


def test_sums_of_nothing_are_a_sentence_instead_of_a_table() -> None:
    power = JobUsage("r4", "finetune", "r4", power_mean_w=Known(300.0, "nvidia-smi"))
    facts = ComputeFacts((power,), totals=totals([power]))
    assert (usage_of(facts).totals, usage_of(facts).remarks) == (
        None,
        ("GPU-hours and energy are not summed: no job's wall time is known.",),
    )
    timed = ComputeFacts((JOB,), totals=totals([JOB]))
    assert (usage_of(timed).totals, usage_of(timed).remarks) == (
        None,
        ("GPU-hours and energy are not summed: no job's number of GPUs is known.",),
    )


def test_jobs_of_which_nothing_is_known_are_told_in_a_sentence() -> None:
    unknown = (JobUsage("r4", "finetune", "r4", job_id="17"), JobUsage("r8", "finetune", "r8", job_id="18"))
    facts = ComputeFacts(unknown, totals=totals(unknown), notes=("No seff.",))
    assert usage_of(facts) == ComputeUsage(remarks=("No source tells what 2 jobs used: r4, r8.", "No seff."))
