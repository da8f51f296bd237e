"""Small experiments on disk: logs of header only, as Inspect writes them, beside a design and a spec."""

from __future__ import annotations

import errno
import fcntl
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from vizspec.limits.archives import add_zstandard

ZSTANDARD = 93
PAGES_ONLY = {"formats": ["html"]}
VIEWS = ({"view": "scores_by_task"}, {"view": "scores_heatmap"})


def write_log(
    path: Path,
    task: str = "capitals",
    model: str = "hf/1B",
    metrics: Mapping[str, Mapping[str, float]] | None = None,
    *,
    vis_label: str | None = None,
    status: str = "success",
    created: str = "2026-01-29T10:00:00+00:00",
    **spec: Any,
) -> Path:
    """An `.eval` log of 100 samples; `metrics` are by scorer, `match` with an accuracy by default."""
    add_zstandard()  # benchmarks and the trial of mutants write such logs too, without the fixtures
    path.parent.mkdir(parents=True, exist_ok=True)
    scores = [
        {
            "name": scorer,
            "scorer": scorer,
            "scored_samples": 100,
            "metrics": {name: {"name": name, "value": value} for name, value in values.items()},
        }
        for scorer, values in (metrics or {"match": {"accuracy": 0.8, "stderr": 0.04}}).items()
    ]
    header = {
        "version": 2,
        "status": status,
        "eval": {
            "created": created,
            "task": task,
            "model": model,
            "task_args": {} if vis_label is None else {"vis_label": vis_label},
            "dataset": {"samples": 100},
            "config": {"epochs": 1},
            **spec,
        },
        "results": {"total_samples": 100, "completed_samples": 100, "scores": scores},
    }
    with zipfile.ZipFile(path, "w", ZSTANDARD) as archive:
        member = "header.json" if status != "started" else "_journal/start.json"
        archive.writestr(member, json.dumps(header))
    return path


def write_spec(
    folder: Path, views: Sequence[Mapping[str, Any]] = VIEWS, name: str = "analysis.yaml", **sections: Any
) -> Path:
    """A spec that writes pages only, and a report whose interpretation is left out on purpose."""
    given = {
        "vizspec": 1,
        "output": PAGES_ONLY,
        "report": {"interpretation": False},
        "views": [dict(view) for view in views],
        **sections,
    }
    path = folder / name
    path.write_text(yaml.safe_dump(given, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def write_design(folder: Path, runs: Sequence[str], tasks: Sequence[str]) -> Path:
    """A design whose runs are all evaluated on all tasks."""
    design = {
        "experiment": {"name": folder.name},
        "runs": [
            {"name": run, "type": "fine-tuned", "model": f"model of {run}", "parameters": {}} for run in runs
        ],
        "evaluation": {
            "scorers": [{"name": "match"}],
            "tasks": [{"name": task} for task in tasks],
            "matrix": [{"run": run, "tasks": list(tasks), "epochs": None} for run in runs],
        },
        "models": {"base": [{"name": f"model of {run}"} for run in runs]},
    }
    path = folder / "experiment_summary.yaml"
    path.write_text(yaml.safe_dump(design, sort_keys=False), encoding="utf-8")
    return path


def write_experiment(
    folder: Path, runs: Sequence[str] = ("small", "large"), tasks: Sequence[str] = ("capitals", "rivers")
) -> Path:
    """An experiment whose every planned evaluation has a log, with the spec of `write_spec`."""
    folder.mkdir(parents=True, exist_ok=True)
    write_design(folder, runs, tasks)
    for place, run in enumerate(runs):
        for task in tasks:
            accuracy = round(0.5 + 0.1 * place + 0.02 * len(task), 3)
            metrics = {"match": {"accuracy": accuracy, "stderr": 0.04}}
            write_log(folder / run / "eval" / task / "logs" / "a.eval", task, f"hf/{run}", metrics)
    write_spec(folder, experiment="experiment_summary.yaml")
    return folder


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a file system that has no locks."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)


def write_evaluation(
    path: Path,
    values: Sequence[float | None] | Mapping[str, float | None],
    task: str = "capitals",
    *,
    questions: Mapping[str, str] | None = None,
    **spec: Any,
) -> Path:
    """A log with samples, whose accuracy is the mean of their scores; samples 1, 2, 3, … of a list."""
    given = values if isinstance(values, Mapping) else {str(n): value for n, value in enumerate(values, 1)}
    known = [value for value in given.values() if value is not None]
    accuracy = sum(known) / len(known) if known else 0.0
    write_log(path, task, metrics={"match": {"accuracy": accuracy}}, **spec)
    asked = questions or {}
    samples = [
        {
            "id": sample,
            "epoch": 1,
            "input": asked.get(sample, f"{task}: what is {sample}?"),
            "target": "1",
            "scores": {} if value is None else {"match": {"value": value}},
        }
        for sample, value in given.items()
    ]
    with zipfile.ZipFile(path, "a", ZSTANDARD) as archive:
        archive.writestr("summaries.json", json.dumps(samples))
    return path
