"""What the run log tells of a render, stage by stage."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vizspec.cells.log_use import Fate
from vizspec.plan.outcomes import Outcome, Status
from vizspec.render.run_log import Action, RunLog
from vizspec.views import KINDS
from vizspec.views.base import Need

if TYPE_CHECKING:
    from vizspec.gather.facts import Facts
    from vizspec.plan.plan import Plan
    from vizspec.render.result import Rendered
    from vizspec.spec.open import Opened


class RunLogEntries:
    """Records the stages of one render in a run log that may fail to be written without stopping it."""

    def __init__(self, log: RunLog) -> None:
        self._log = log

    @property
    def problem(self) -> str | None:
        """Why the log could not be written; None where it was."""
        return self._log.problem

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
        told = ", ".join(f"{number} {fate}" for fate, number in sorted(uses.items()))
        self._log.record(Action.LOAD_EVALS, f"{len(facts.selected.uses)} logs", result=told)
        for use in facts.selected.with_fate(Fate.SUPERSEDED, Fate.TRIAL):
            self._log.record(Action.DEDUPLICATE, use.log.location, result=use.reason)
        for step in plan.steps:
            self._log.record(Action.SELECT_VIEW, step.id, result="render")
        for skip in plan.skips:
            self._log.record(Action.SELECT_VIEW, skip.id, result=f"skip: {skip.reason}")

    def finished(self, rendered: Rendered) -> None:
        """Every output has its outcome."""
        for outcome in rendered.outcomes:
            if outcome.status is not Status.SKIPPED or outcome.files:
                self._outcome(outcome)
        if rendered.report is not None:
            self._log.record(Action.GENERATE_REPORT, rendered.report)
        counts = Counter(outcome.status.value for outcome in rendered.outcomes)
        told = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()))
        self._log.record(Action.COMPLETE, rendered.shown_folder, result=told or "nothing to draw")

    def _outcome(self, outcome: Outcome) -> None:
        action = (
            Action.COMPUTE_METRICS if Need.COMPUTE in KINDS[outcome.step.view].needs else Action.GENERATE_PLOT
        )
        told = outcome.status.value + (f": {outcome.reason}" if outcome.reason else "")
        self._log.record(action, outcome.step.id, ", ".join(outcome.written) or None, told)
        for file in outcome.files:
            if file.traceback is not None:
                self._log.record(action, f"{outcome.step.id}: traceback", file.traceback)
