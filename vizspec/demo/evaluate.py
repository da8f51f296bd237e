"""Runs evaluations with Inspect, quietly and offline, and says where their logs are.

The one module here that changes the process while it works: the folder, a few environment variables and the
logging set-up are put back afterwards.
"""

from __future__ import annotations

import gc
import logging
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlparse

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog

    from vizspec.demo.task import DemoEvaluation

MAX_SAMPLES = 64


def evaluate(evaluations: Sequence[DemoEvaluation], scratch: Path) -> list[Path]:
    """The logs of the evaluations, in their order, in a folder below `scratch`.

    No two of them may have one `identity`. A failing evaluation leaves its log too. Nothing is written
    outside `scratch`, nothing to the terminal.
    """
    with _contained(scratch):
        from inspect_ai import eval as inspect_eval

        from vizspec.demo.task import inspect_task

        logs = inspect_eval(
            [inspect_task(evaluation) for evaluation in evaluations],
            log_dir=str(scratch / "logs"),
            display="none",
            score_display=False,
            log_level="critical",
            log_realtime=False,
            max_tasks=len(evaluations),
            max_samples=MAX_SAMPLES,
        )
    places = {_identity_of_log(log): Path(unquote(urlparse(log.location).path)) for log in logs}
    return [places[identity(evaluation)] for evaluation in evaluations]


def identity(evaluation: DemoEvaluation) -> tuple[str, str, int | None]:
    """What tells logs of one call apart: model, task, epoch."""
    return f"mockllm/{evaluation.model}", evaluation.cell.task, evaluation.cell.epoch


def _identity_of_log(log: EvalLog) -> tuple[str, str, int | None]:
    """The same of a log."""
    return log.eval.model, log.eval.task, (log.eval.metadata or {}).get("epoch")


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A temporary folder for logs on their way to their place."""
    with tempfile.TemporaryDirectory(prefix="vizspec-demo-") as folder:
        yield Path(folder).resolve()


@contextmanager
def _contained(scratch: Path) -> Iterator[None]:
    """Inspect's user folders and traces in `scratch`, the current folder; no log handlers left behind.

    The current folder matters because Inspect reads `.env` files there and records its git repository.
    """
    with chdir(scratch), _environment(_user_folders(scratch)), _logging_put_back(), _warnings_ignored():
        yield


def _user_folders(scratch: Path) -> dict[str, str]:
    return {
        "HOME": str(scratch),
        "XDG_DATA_HOME": str(scratch / "data"),
        "XDG_CACHE_HOME": str(scratch / "cache"),
        "INSPECT_TRACE_FILE": str(scratch / "trace.log"),
        "INSPECT_LOG_DIR": str(scratch / "logs"),
    }


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _warnings_ignored() -> Iterator[None]:
    """Inspect leaves streams for the garbage collector to close, which warns of each: collect them here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
        gc.collect()


@contextmanager
def _logging_put_back() -> Iterator[None]:
    """Inspect adds a handler to the root logger and silences others; both are undone."""
    loggers = [logging.getLogger(), logging.getLogger("inspect_ai")]
    before = [(logger, logger.level, list(logger.handlers), logger.propagate) for logger in loggers]
    try:
        yield
    finally:
        for logger, level, handlers, propagate in before:
            logger.setLevel(level)
            logger.handlers[:] = handlers
            logger.propagate = propagate
