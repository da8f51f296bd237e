"""The run log `logs/analyze-experiment.log`: what was done, when, and what came of it.

The only output that has the wall clock. A log that cannot be written never stops a run: the reason is kept.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.cells.log_use import Fate
from vizspec.plan.outcomes import Outcome, OutputStatus
from vizspec.spec.reach import WRITTEN_LOG
from vizspec.views import KINDS
from vizspec.views.entry import Need

if TYPE_CHECKING:
    from vizspec.gather.facts import Facts
    from vizspec.plan.plan import Plan
    from vizspec.render.result import Rendered
    from vizspec.spec.open import Opened

RUN_LOG = Path(WRITTEN_LOG)
"""Its place in the experiment's folder."""

_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
"""A link in its place may lead to any file of the user's, a pipe may have no reader: neither is written."""

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
            handle = os.open(self._path, _APPEND, 0o666)
            with os.fdopen(handle, "a", encoding="utf-8", errors="replace") as file:
                file.write(entry)
        except OSError as error:
            self.problem = f"the run log '{self._path}' cannot be written: {error.strerror or error}"
            return self.problem
        return None


class RunLogEntries:
    """Records the stages of one render in a run log that may fail to be written without stopping it."""

    def __init__(self, log: RunLog) -> None:
        self._log = log

    @property
    def problem(self) -> str | None:
        """Why the log could not be written; None where it was."""
        return self._log.problem

    def refused(self, reason: str) -> None:
        """The output folder cannot be written: nothing is made."""
        self._log.record(Action.COMPLETE, "nothing was rendered", result=reason)

    def opened(self, opened: Opened) -> None:
        """The spec and the experiment were read."""
        self._log.record(Action.LOCATE_EXPERIMENT, opened.name, opened.shown_path)
        warnings = len(opened.warnings)
        self._log.record(
            Action.PARSE_CONFIG, f"{len(opened.spec.views)} views", result=f"valid, {warnings} warnings"
        )

    def planned(self, facts: Facts, plan: Plan) -> None:
        """The logs were read and the outputs planned."""
        uses = Counter(use.fate.value for use in facts.selected.uses)
        counts = ", ".join(f"{number} {fate}" for fate, number in sorted(uses.items()))
        self._log.record(Action.LOAD_EVALS, f"{len(facts.selected.uses)} logs", result=counts)
        for use in facts.selected.with_fate(Fate.SUPERSEDED, Fate.TRIAL):
            self._log.record(Action.DEDUPLICATE, use.log.location, result=use.reason)
        for step in plan.steps:
            self._log.record(Action.SELECT_VIEW, step.id, result="render")
        for skip in plan.skips:
            self._log.record(Action.SELECT_VIEW, skip.id, result=f"skip: {skip.reason}")

    def finished(self, rendered: Rendered) -> None:
        """Every output has its outcome."""
        for outcome in rendered.outcomes:
            if outcome.status is not OutputStatus.SKIPPED or outcome.files:
                self._outcome(outcome)
        if rendered.report is not None:
            self._log.record(Action.GENERATE_REPORT, rendered.report)
        counts = Counter(outcome.status.value for outcome in rendered.outcomes)
        text = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()))
        self._log.record(Action.COMPLETE, rendered.shown_folder, result=text or "nothing to draw")

    def _outcome(self, outcome: Outcome) -> None:
        action = (
            Action.COMPUTE_METRICS if Need.COMPUTE in KINDS[outcome.step.view].needs else Action.GENERATE_PLOT
        )
        result = outcome.status.value + (f": {outcome.reason}" if outcome.reason else "")
        self._log.record(action, outcome.step.id, ", ".join(outcome.written) or None, result)
        for file in outcome.files:
            if file.traceback is not None:
                self._log.record(action, f"{outcome.step.id}: traceback", file.traceback)


def entry_text(
    when: datetime, action: Action, brief: str, details: str | None = None, result: str | None = None
) -> str:
    """`[YYYY-MM-DD HH:MM:SS] ACTION: brief`, `Details: …`, `Result: …`, a blank line; each on one line.

    Further lines of the details stand below them, indented: none begins like an entry.
    """
    lines = [f"[{when.strftime(_TIME)}] {action.value}: {_one_line(brief)}"]
    lines += [
        f"{name}: {_block(text) if name == 'Details' else _one_line(text)}"
        for name, text in (("Details", details), ("Result", result))
        if text
    ]
    return "\n".join(lines) + "\n\n"


def _block(text: str) -> str:
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return "\n    ".join(lines)


def _one_line(text: str) -> str:
    """No text of a log, a label or an error may begin an entry of its own."""
    return " ".join(text.split())
