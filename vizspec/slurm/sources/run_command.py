"""Running a program: the only place of this package that starts one. No shell, always a time limit."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

TIMEOUT_SECONDS = 30.0

Ending = Literal["done", "failed", "missing", "timed out"]


@dataclass(frozen=True)
class Completed:
    """How a program ended: `done` is exit status 0, `missing` is not there or does not start."""

    ending: Ending
    stdout: str = ""
    stderr: str = ""


class RunCommand(Protocol):
    """Runs one program: never raises for what the program does, nor for its absence."""

    def __call__(self, argv: Sequence[str], timeout: float) -> Completed:
        """The outcome of `argv`, at the latest after `timeout` seconds."""


def run_command(argv: Sequence[str], timeout: float, env: Mapping[str, str] | None = None) -> Completed:
    """Runs `argv` in a process group of its own, which is killed as a whole when the time is over.

    `env` defaults to this process's environment; the program always speaks English and without colours.
    """
    try:
        process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**(os.environ if env is None else env), "LC_ALL": "C", "TERM": "dumb"},
            start_new_session=True,
        )
    except OSError as error:
        return Completed("missing", stderr=str(error))
    with process:
        try:
            stdout, stderr = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            _kill_group(process)
            return Completed("timed out")
    ending: Ending = "done" if process.returncode == 0 else "failed"
    return Completed(ending, _text(stdout), _text(stderr))


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kills the children too: one of them may hold the pipes open long after the program itself is gone."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()


def _text(output: bytes) -> str:
    return output.decode("utf-8", errors="replace")
