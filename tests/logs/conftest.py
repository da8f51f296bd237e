"""Logs for the tests: zips written from literal headers, and real ones that Inspect AI wrote offline."""

from __future__ import annotations

import gc
import json
import logging
import warnings
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

WriteLog = Callable[..., Path]


@pytest.fixture
def write_log() -> WriteLog:
    """Writes an `.eval` log from the parts of its header that a test is about."""

    def write(path: Path, *, member: str = "header.json", samples: int = 0, **parts: Any) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w", 93) as archive:
            for at in range(samples):
                archive.writestr(f"samples/{at}_epoch_1.json", "{}")
            archive.writestr(member, json.dumps(_header(**parts)))
        return path

    return write


def _header(*, status: str = "success", scores: Sequence[object] = (), **parts: Any) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "created": "2026-01-29T10:00:00+00:00",
        "task": "income",
        "model": "hf/1B",
        "dataset": {"samples": 100, "sample_ids": [1, 2, 3, 4]},
        "config": {"epochs": 1},
        "packages": {"inspect_ai": "0.3.285"},
    }
    results = {"total_samples": 4, "completed_samples": 4, "scores": list(scores)}
    results |= parts.pop("results", {})
    more: dict[str, Any] = {
        key: parts.pop(key) for key in ("error", "version", "metadata", "log_updates") if key in parts
    }
    header: dict[str, Any] = {"version": 2, "status": status, "eval": spec | parts, **more}
    return header | ({"results": results} if status == "success" else {})


@pytest.fixture(scope="session")
def real_logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of logs of real evaluations with the mock model: `good.eval`, `bad.eval` and `good.json`."""
    folder = tmp_path_factory.mktemp("real")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(folder / "user"))
        patch.setenv("INSPECT_TRACE_FILE", str(folder / "trace.log"))
        patch.chdir(folder)
        root = logging.getLogger()
        patch.setattr(root, "handlers", list(root.handlers))  # Inspect adds its own, and a level
        patch.setattr(root, "level", root.level)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # those of Inspect and of what it uses, not ours
            _evaluate(folder)
            gc.collect()
    return folder


def _evaluate(folder: Path) -> None:
    from inspect_ai import eval as inspect_eval
    from inspect_ai.log import read_eval_log, write_eval_log
    from inspect_ai.model import ModelOutput, ModelUsage, get_model

    def answer(messages: Any, *_: Any) -> ModelOutput:
        output = ModelOutput.from_content("mockllm", "1")
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
        return output

    for name, fails in (("good", False), ("bad", True)):
        log = inspect_eval(
            _task(fails),
            model=get_model("mockllm/1B", custom_outputs=answer),
            log_dir=str(folder / name),
            display="none",
            epochs=2,
            log_realtime=False,
            acp_server=False,
            ctl_server=False,
        )[0]
        Path(log.location).rename(folder / f"{name}.eval")
    write_eval_log(read_eval_log(str(folder / "good.eval")), str(folder / "good.json"))


def _task(fails: bool) -> Any:
    from inspect_ai import Task, task
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.scorer import accuracy, match, stderr
    from inspect_ai.solver import Generate, TaskState, generate, solver

    @solver
    def failing() -> Any:
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            raise ConnectionError("the model server is gone\nsecond line")

        return solve

    @task(name="income")
    def income(vis_label: str = "1B") -> Task:
        samples = [
            Sample(f"question {at}", target=str(at % 2), id=at, metadata={"school": at % 3})
            for at in range(6)
        ]
        return Task(
            dataset=MemoryDataset(samples),
            solver=failing() if fails else generate(),
            scorer=match(),
            metrics=[accuracy(), stderr(cluster="school")],
            metadata={"epoch": 1, "source_model": "Llama-3.2-1B"},
        )

    return income(vis_label=cast(Any, 16))  # as `-T vis_label=16` arrives
