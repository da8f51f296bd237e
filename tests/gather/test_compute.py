"""What jobs used, for each source that an entry names, and the sizes that their figures depend on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.make import a_cell, a_run, an_experiment
from vizspec.cells.cell import Cell
from vizspec.experiment.model import TrainingDataset
from vizspec.gather.compute import evaluated_in, gather_compute, scale_of
from vizspec.gather.options import Reading
from vizspec.slurm.model.jobs import Submission
from vizspec.slurm.model.metrics_file import UNKNOWN_SCALE
from vizspec.slurm.sources.job_output import EvaluationWork
from vizspec.spec.model import Spec

SAVED = '[{"job_id": "101", "run_name": "r4", "job_type": "finetune", "gpu_util_mean": 50.0}]'


def a_spec(*sources: str | None) -> Spec:
    views: list[dict[str, Any]] = [
        {"view": "compute_utilization", **({} if source is None else {"from": source})} for source in sources
    ]
    return Spec.model_validate({"vizspec": 1, "views": views})


def test_every_source_is_asked_once(tmp_path: Path) -> None:
    (tmp_path / "compute_metrics.json").write_text(SAVED)
    spec = a_spec("compute_metrics.json", "compute_metrics.json")
    found = gather_compute(spec, None, tmp_path, tmp_path, Reading(use_cache=False))
    assert list(found) == ["compute_metrics.json"]
    (job,) = found["compute_metrics.json"].jobs
    assert job.run == "r4"


def test_without_a_view_of_jobs_nothing_is_asked(tmp_path: Path) -> None:
    spec = Spec.model_validate({"vizspec": 1, "views": [{"view": "scores_by_task"}]})
    assert gather_compute(spec, None, tmp_path, tmp_path, Reading(use_cache=False)) == {}


def test_the_sizes_are_those_that_all_runs_share() -> None:
    experiment = an_experiment(
        [a_run("r4", epochs=2, batch_size=4), a_run("r8", epochs=2, batch_size=8)],
        datasets=(TrainingDataset("words", train=400, test=50),),
    )
    scale = scale_of(experiment)
    assert (scale.experiment_name, scale.model, scale.epochs) == ("ranks", "1B", 2)
    assert (scale.dataset_size, scale.eval_dataset_size) == (400, 50)
    assert scale.batch_size is None


@pytest.mark.parametrize("value", [True, "many", None])
def test_a_setting_that_is_no_whole_number_is_not_known(value: object) -> None:
    assert scale_of(an_experiment([a_run("r4", epochs=value)])).epochs is None


def test_without_a_design_no_size_is_known() -> None:
    assert scale_of(None) == UNKNOWN_SCALE


def evaluated(epoch: int, **log_fields: Any) -> Cell:
    cell = a_cell("r4", None, "cap", epoch=epoch)
    return replace(cell, log=replace(cell.log, **log_fields))


def test_an_evaluation_job_has_the_tokens_and_the_time_of_its_logs() -> None:
    cells = [evaluated(0, tokens=1200, seconds=60.0), evaluated(1, tokens=7, seconds=7.0)]
    job = Submission("eval", "r4/cap/epoch0", "r4", "cap", 0)
    assert evaluated_in(cells, job) == EvaluationWork(1200, 60.0)
    assert evaluated_in(cells, Submission("eval", "r4/other/epoch0", "r4", "other", 0)) == EvaluationWork()
    assert evaluated_in([evaluated(0)], job) == EvaluationWork()
