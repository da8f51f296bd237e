"""What the experiment's jobs used, collected once for each source that an entry names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from vizspec.cache import JOBS, default_folder
from vizspec.slurm.compute import ComputeFacts, collect_compute
from vizspec.slurm.model.jobs import JobKind, Submission
from vizspec.slurm.model.metrics_file import UNKNOWN_SCALE, ExperimentScale
from vizspec.slurm.sources.job_output import EvaluationWork
from vizspec.spec.reach import leads_out
from vizspec.views import KINDS
from vizspec.views.entry import Need

T = TypeVar("T")

if TYPE_CHECKING:
    from vizspec.cells.cell import Cell
    from vizspec.experiment.model import Experiment
    from vizspec.gather.options import Reading
    from vizspec.spec.model import Spec


def gather_compute(
    spec: Spec,
    experiment: Experiment | None,
    base: Path,
    spec_folder: Path,
    reading: Reading,
    cells: Sequence[Cell] = (),
) -> dict[str | None, ComputeFacts]:
    """For each `from` of a compute entry (None: the cluster's own commands) what is known of the jobs.

    `cells` are the evaluations whose logs tell of tokens and time.
    """
    sources = {
        entry.jobs_file for entry in spec.views if Need.COMPUTE in (*KINDS[entry.view].needs, *entry.needs)
    }
    return {
        source: _collect(experiment, base, spec_folder / source if source else None, reading, cells)
        for source in sorted(sources, key=lambda name: name or "")
    }


def scale_of(experiment: Experiment | None) -> ExperimentScale:
    """The sizes that the jobs' figures depend on; None where the design does not say, or says several."""
    if experiment is None:
        return UNKNOWN_SCALE
    models = {run.model for run in experiment.runs if run.model} or set(experiment.models)
    return ExperimentScale(
        experiment_name=experiment.name,
        model=_only(models),
        dataset_size=_only({data.train for data in experiment.datasets}),
        eval_dataset_size=_only({data.test for data in experiment.datasets}),
        epochs=_setting(experiment, "epochs"),
        batch_size=_setting(experiment, "batch_size"),
        gradient_accumulation_steps=_setting(experiment, "gradient_accumulation_steps"),
    )


def evaluated_in(cells: Sequence[Cell], submission: Submission) -> EvaluationWork:
    """The tokens and the time of a job's evaluations, as their logs tell them; None where one does not."""
    logs = [
        cell.log
        for cell in cells
        if (cell.run, cell.epoch) == (submission.run, submission.epoch)
        and submission.task in (None, cell.task, cell.task_name, cell.log.task)
    ]
    tokens = [log.tokens for log in logs if log.tokens is not None]
    seconds = [log.seconds for log in logs if log.seconds is not None]
    if not logs or len(tokens) < len(logs) or len(seconds) < len(logs):
        return EvaluationWork()
    return EvaluationWork(sum(tokens), sum(seconds))


def _collect(
    experiment: Experiment | None,
    base: Path,
    from_file: Path | None,
    reading: Reading,
    cells: Sequence[Cell],
) -> ComputeFacts:
    runs = tuple(run.name for run in experiment.runs) if experiment is not None else ()
    recorded = Path(experiment.output_dir) if experiment is not None and experiment.output_dir else None
    if recorded is not None and reading.home is not None and leads_out(base / recorded, reading.home):
        recorded = None
    return collect_compute(
        base,
        output_dirs=(base / recorded,) if recorded is not None and _is_folder(base / recorded) else (),
        runs=runs,
        models={run.name: run.model for run in experiment.runs if run.model} if experiment else {},
        evaluated=partial(evaluated_in, cells),
        kinds=_kinds(experiment),
        scale=scale_of(experiment),
        from_file=from_file,
        progress=lambda done, total: reading.progress("asking about jobs", done, total),
        cache=default_folder() / JOBS if reading.use_cache else None,
    )


def _kinds(experiment: Experiment | None) -> tuple[JobKind, ...]:
    """The kinds of jobs that the design has: without a fine-tuned run there is no fine-tuning job."""
    types = {run.type for run in experiment.runs} if experiment is not None else set()
    trains = not types or None in types or "fine-tuned" in types
    return ("finetune", "eval") if trains else ("eval",)


def _setting(experiment: Experiment, name: str) -> int | None:
    found = {experiment.setting(run.name, name) for run in experiment.runs}
    only = _only(found)
    return only if isinstance(only, int) and not isinstance(only, bool) else None


def _only(values: set[T]) -> T | None:
    return next(iter(values)) if len(values) == 1 else None


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises where a name is too long
