"""Writes the files of an example that are not Inspect's: summary, data, run logs, GPU samples, README."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from vizspec.demo import jobs
from vizspec.demo.data import DemoTable, Example, examples, training_examples
from vizspec.demo.design import DemoDesign
from vizspec.demo.experiment_summary import summary_text
from vizspec.demo.layout import FolderLayout
from vizspec.experiment.load import EXPERIMENT_FILE, RUN_LOGS

TRAINING_SAMPLES = 24
EVALUATION_SAMPLES = 8

README = """\
# {name}

{question}

An example experiment, made by `vizspec demo`. The data set is `{dataset}`, which scikit-learn ships. The
models are classifiers and regressions of scikit-learn, fitted on its rows: each is asked in words about rows
that it has not seen, and its answers and their log-probabilities are what the fitted model gives. An epoch is
a checkpoint: how many training rows the model had seen. The logs are written by Inspect AI.

Only the files of the cluster are illustrative: no GPU and no scheduler took part, so the job ids in `logs/`
and the samples in every `gpu_metrics.csv` are made up.
{surprises}"""

SURPRISES = """
Some things went wrong, as they do:
{list}
"""


def write_experiment_files(
    directory: Path, design: DemoDesign, table: DemoTable, layout: FolderLayout
) -> None:
    """Write every file of the experiment but its evaluation logs."""
    for path, text in _files(design, table, layout):
        place = directory / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")


def _files(design: DemoDesign, table: DemoTable, layout: FolderLayout) -> Iterator[tuple[PurePosixPath, str]]:
    yield PurePosixPath("README.md"), readme_text(design)
    yield PurePosixPath(EXPERIMENT_FILE), summary_text(design, layout, len(table.outcome))
    yield PurePosixPath("data", f"{design.dataset}.json"), _data_text(design, table)
    if training := jobs.training_submissions(design):
        yield PurePosixPath(RUN_LOGS["finetune"][0]), jobs.run_log_text(training)
    yield PurePosixPath(RUN_LOGS["eval"][0]), jobs.run_log_text(jobs.evaluation_submissions(design))
    yield from _gpu_files(design, layout)


def _gpu_files(design: DemoDesign, layout: FolderLayout) -> Iterator[tuple[PurePosixPath, str]]:
    """A file for each training, and one for each checkpoint that was evaluated."""
    for run in design.runs:
        if run.type == "fine-tuned":
            text = jobs.gpu_metrics_text(run.name, TRAINING_SAMPLES, training=True)
            yield layout.artifacts(run.name) / "gpu_metrics.csv", text
    for run_name, epoch in dict.fromkeys((cell.run, cell.epoch) for cell in design.evaluated()):
        if epoch is not None:
            text = jobs.gpu_metrics_text(f"{run_name}/{epoch}", EVALUATION_SAMPLES, training=False)
            yield layout.artifacts(run_name) / f"epoch_{epoch}" / "gpu_metrics.csv", text


def _data_text(design: DemoDesign, table: DemoTable) -> str:
    """The rows as they are asked, by split and task."""
    rows = min(len(table.outcome) - design.samples, max(sum(run.train_rows[-1:]) for run in design.runs))
    splits = {
        "train": {t.name: training_examples(table, t, design.samples, rows) for t in design.tasks},
        "test": {t.name: examples(table, t, design.samples) for t in design.tasks},
    }
    by_split = {
        split: {task: [_pair(example) for example in asked] for task, asked in by_task.items()}
        for split, by_task in splits.items()
    }
    return json.dumps(by_split, indent=1) + "\n"


def _pair(example: Example) -> dict[str, str]:
    return {"input": example.prompt, "output": example.target}


def readme_text(design: DemoDesign) -> str:
    """What the example is, what in it is real, and what went wrong in it on purpose."""
    lines = [
        *(f"- {place(cell)} was never evaluated." for cell in sorted(design.missing, key=str)),
        *(
            f"- {place(cell)} was evaluated twice, first on half of the samples."
            for cell in design.superseded
        ),
        *(f"- {place(cell)} was tried again after it had succeeded, and failed." for cell in design.broken),
    ]
    surprises = SURPRISES.format(list="\n".join(lines)) if lines else ""
    return README.format(
        name=design.name, question=design.question, dataset=design.dataset, surprises=surprises
    )


def place(cell: tuple[str, str, int | None]) -> str:
    """A cell in words."""
    run, task, epoch = cell
    return f"`{run}` on `{task}`" + ("" if epoch is None else f" at epoch {epoch}")
