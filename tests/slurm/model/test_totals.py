"""GPU-hours and energy of runs and of the experiment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.slurm.model.jobs import Superseded
from vizspec.slurm.model.totals import NOTHING_SUMMED, RunTotal, Total, totals
from vizspec.slurm.model.usage import JobUsage, Known


def job(run: str, gpu_hours: float | None, energy_kwh: float | None = None, gpus: int = 1) -> JobUsage:
    return JobUsage(run, "eval", run, gpus=Known(gpus, "sacct"), gpu_hours=gpu_hours, energy_kwh=energy_kwh)


def test_a_run_is_the_sum_of_its_jobs_and_the_experiment_of_all() -> None:
    summed = totals([job("b", 1.0, 0.5), job("a", 2.0, 1.0), job("b", 3.0, 0.25)])
    assert summed.experiment == Total(3, 6.0, 1.75)
    assert summed.runs == (RunTotal("b", Total(2, 4.0, 0.75)), RunTotal("a", Total(1, 2.0, 1.0)))


def test_jobs_that_are_not_known_are_counted_and_not_summed() -> None:
    assert totals([job("a", 1.0, None), job("a", None, None)]).experiment == Total(2, 1.0, None, 1, 2)


def test_nothing_known_is_no_sum() -> None:
    assert totals([job("a", None)]).experiment == Total(1, None, None, 1, 1)


def test_a_job_without_a_gpu_lacks_no_energy() -> None:
    assert totals([job("a", 0.0, None, gpus=0)]).experiment == Total(1, 0.0, 0.0)


def test_superseded_jobs_are_summed_apart_and_in_the_experiments_total() -> None:
    replaced = [Superseded("finetune", "a", "1", "3", 2.0), Superseded("finetune", "a", "2", "3", 0.0)]
    summed = totals([job("a", 1.0, 0.5)], replaced)
    assert summed.superseded == Total(2, 2.0, 0.0, 0, 1)
    assert summed.experiment == Total(3, 3.0, 0.5, 0, 1)
    assert summed.runs == (RunTotal("a", Total(1, 1.0, 0.5)),)


def test_no_jobs_have_no_totals() -> None:
    assert totals([]) == NOTHING_SUMMED


@given(st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.floats(0, 1e6))))
def test_the_runs_add_up_to_the_experiment(rows: list[tuple[str, float | None]]) -> None:
    summed = totals([job(run, hours) for run, hours in rows])
    assert sum(each.total.jobs for each in summed.runs) == summed.experiment.jobs == len(rows)
    hours = sum(each.total.gpu_hours or 0 for each in summed.runs)
    assert hours == pytest.approx(summed.experiment.gpu_hours or 0)
