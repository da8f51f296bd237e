"""The run log `logs/analyze-experiment.log`: what was done, when, and what came of it.

The only output that has the wall clock. A log that cannot be written never stops a run: the reason is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

RUN_LOG = Path("logs/analyze-experiment.log")
"""Its place in the experiment's folder."""

_TIME = "%Y-%m-%d %H:%M:%S"


class Action(StrEnum):
    """What a run does, step by step."""

    LOCATE_EXPERIMENT = "LOCATE_EXPERIMENT"
    PARSE_CONFIG = "PARSE_CONFIG"
    LOAD_EVALS = "LOAD_EVALS"
    DEDUPLICATE = "DEDUPLICATE"
    SELECT_VIEW = "SELECT_VIEW"
    GENERATE_PLOT = "GENERATE_PLOT"
    COMPUTE_METRICS = "COMPUTE_METRICS"
    GENERATE_REPORT = "GENERATE_REPORT"
    COMPLETE = "COMPLETE"


class RunLog:
    """Appends entries to a log file. `problem` is why it could not, once that has happened."""

    def __init__(self, path: Path, now: Callable[[], datetime] = datetime.now) -> None:
        self._path = path
        self._now = now
        self.problem: str | None = None

    def record(
        self, action: Action, brief: str, details: str | None = None, result: str | None = None
    ) -> str | None:
        """Append an entry; the reason why it could not be written, or None."""
        entry = entry_text(self._now(), action, brief, details, result)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8", errors="replace") as file:
                file.write(entry)
        except OSError as error:
            self.problem = f"the run log '{self._path}' cannot be written: {error.strerror or error}"
            return self.problem
        return None


def entry_text(
    when: datetime, action: Action, brief: str, details: str | None = None, result: str | None = None
) -> str:
    """`[YYYY-MM-DD HH:MM:SS] ACTION: brief`, `Details: …`, `Result: …`, a blank line; each on one line."""
    lines = [f"[{when.strftime(_TIME)}] {action.value}: {_one_line(brief)}"]
    lines += [
        f"{name}: {_one_line(told)}" for name, told in (("Details", details), ("Result", result)) if told
    ]
    return "\n".join(lines) + "\n\n"


def _one_line(text: str) -> str:
    """No text of a log, a label or an error may begin an entry of its own."""
    return " ".join(text.split())
