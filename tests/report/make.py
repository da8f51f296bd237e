"""Builders of what a report is made of: valid by default, so that a test states only what matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from vizspec.cells import Sorting, sort_logs
from vizspec.coverage import ledger
from vizspec.estimates import estimate
from vizspec.facts import Facts
from vizspec.logs.record import Log, Score, Status
from vizspec.metrics import catalogue
from vizspec.outcomes import FileOutcome, Outcome
from vizspec.outcomes import Status as Made
from vizspec.plan import Skipped, Step
from vizspec.spec import Spec

LEVEL = 0.95


def make_spec(**parts: Any) -> Spec:
    return Spec.model_validate({"vizspec": 1, **parts})


def make_log(
    run: str | None = "r4",
    task: str = "addition",
    *,
    model: str | None = "1B",
    epoch: int | None = None,
    vis_label: str | None = None,
    scores: Sequence[Score] = (),
    status: Status = Status.SUCCESS,
    reason: str | None = None,
    day: int = 1,
    samples: int | None = 100,
    location: str | None = None,
) -> Log:
    suffix = "" if epoch is None else f"_epoch{epoch}"
    return Log(
        location or f"{run}/eval/{task}{suffix}/logs/2025-03-{day:02}.eval",
        status,
        reason,
        datetime(2025, 3, day, 12, tzinfo=UTC),
        task=task,
        task_args={} if vis_label is None else {"vis_label": vis_label},
        model=f"hf/{model}",
        metadata={} if epoch is None else {"epoch": epoch},
        samples=samples,
        completed=samples,
        scores=tuple(scores),
        version="0.3.163",
        run=run,
    )


def accuracy(value: float | None, scorer: str = "match", scored: int | None = 100) -> Score:
    return Score(scorer, {"accuracy": value}, scored=scored)


def make_facts(logs: Sequence[Log], *, experiment: Any = None, **parts: Any) -> Facts:
    sorting: Sorting = sort_logs(logs, experiment, epochs=parts.pop("epochs", "latest"))
    scores = [score for cell in sorting.cells for score in cell.log.scores]
    metrics = catalogue(scores)
    table = estimate(sorting.cells, metrics, LEVEL)
    name = parts.pop("name", experiment.name if experiment else "ranks")
    return Facts(
        name, LEVEL, sorting, metrics, {LEVEL: table}, ledger(sorting, experiment), experiment, **parts
    )


def make_step(name: str = "scores_by_task_match", entry: int = 0, **parts: Any) -> Step:
    files = parts.pop("files", (f"{name}.html", f"{name}.png"))
    title = parts.pop("title", "Match Accuracy by task")
    caption = parts.pop("caption", "Match Accuracy of each model on each task.")
    view = parts.pop("view", "scores_by_task")
    return Step(f"{view}:{name}", entry, view, "match/accuracy", files, title, caption, None, **parts)


def made(step: Step, missing: Mapping[str, str] | None = None) -> Outcome:
    """The outcome of a step all of whose files were made, but for those that are missing for a reason."""
    reasons = missing or {}
    files = (
        FileOutcome(name, Made.SKIPPED if name in reasons else Made.MADE, reasons.get(name), "0" * 64, 10)
        for name in step.files
    )
    return Outcome(step, tuple(files))


def failed(step: Step, reason: str) -> Outcome:
    return Outcome(step, (FileOutcome(step.files[0], Made.FAILED, reason),))


def skipped(view: str, entry: int, reason: str) -> Outcome:
    return Outcome(Skipped(view, entry, view, None, reason))


def make_experiment(**parts: Any) -> Any:
    """What the report reads of an experiment."""
    cells = parts.pop("cells", ())
    runs = parts.pop("runs", ())
    return SimpleNamespace(
        name=parts.pop("name", "ranks"),
        question=parts.pop("question", "Does a higher rank help?"),
        hypothesis=parts.pop("hypothesis", "It does."),
        variables=parts.pop("variables", ()),
        runs=runs,
        tasks=parts.pop("tasks", ()),
        run=lambda name: next((run for run in runs if run.name == name), None),
        expected_cells=lambda: cells,
    )
