"""A render as values: how it was asked for, and what it made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vizspec.claims.judge import VIOLATED
from vizspec.claims.record import Verdict
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Skipped
from vizspec.render.execute import NOT_ASKED_FOR
from vizspec.spec.open import shown_path

INDEX = "index.html"
"""The page of a render that has every view, in the output folder."""


@dataclass(frozen=True)
class Options:
    """How to render: everything that is not in the spec."""

    only: tuple[str, ...] = ()
    out: Path | None = None
    strict: bool = False
    strict_claims: bool = False
    force: bool = False
    clean: bool = False
    jobs: int | None = None
    scheduler: str | None = None
    use_cache: bool = True
    is_trusted: bool = True
    allow_scripts: bool = False
    """Whether programs that the spec names may run; never those of a spec that is not trusted."""
    index_alone: bool = False
    """Whether of the documents the index alone is made, without the report's text and the results' files."""


@dataclass(frozen=True)
class Documents:
    """The documents that were written, and what to tell the user."""

    files: tuple[FileOutcome, ...]
    report: str | None = None
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    """Why a report that is wanted is not there, or what its texts ask for and nobody knows."""
    index: str | None = None
    """What identifies the index that stands there now."""
    loads: Mapping[str, tuple[FileOutcome, ...]] = field(default_factory=dict)
    """The files that the index loads, where it was made, by its name."""


@dataclass(frozen=True)
class Rendered:
    """What a render made: the outcome of every output, the report's path, and what to tell the user."""

    outcomes: tuple[Outcome, ...]
    folder: Path
    report: str | None
    warnings: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()
    run_log: str = ""
    verdicts: tuple[Verdict, ...] = ()
    fails_on_violation: bool = False
    """Whether a violated claim is a failure."""

    has_evaluations: bool = True
    notes: tuple[str, ...] = ()
    """What to know besides, and no warning."""
    errors: tuple[str, ...] = ()
    """What is wrong besides outputs that failed: why there is no report, what its texts ask for in vain."""

    @property
    def violated(self) -> tuple[str, ...]:
        """The claims that the results contradict."""
        return tuple(verdict.id for verdict in self.verdicts if verdict.outcome is VIOLATED)

    @property
    def shown_folder(self) -> str:
        return shown_path(self.folder)

    @property
    def skipped(self) -> int:
        """How many outputs were skipped, wholly or in one format: by more than `skip_if` and `--only`."""
        return sum(OutputStatus.SKIPPED in _statuses(outcome) for outcome in self._asked)

    def exit_code(self, strict: bool, has_warnings: bool) -> int:
        """0: all well; 1: an output, the report, a text or a claim failed, or `strict` found something."""
        has_failed = any(OutputStatus.FAILED in _statuses(outcome) for outcome in self._asked)
        is_found = strict and (self.skipped or self.warnings or has_warnings)
        is_violated = self.fails_on_violation and bool(self.violated)
        return int(bool(has_failed or self.errors or is_found or is_violated))

    @property
    def _asked(self) -> tuple[Outcome, ...]:
        outcomes = (outcome for outcome in self.outcomes if outcome.reason != NOT_ASKED_FOR)
        return tuple(one for one in outcomes if not (isinstance(one.step, Skipped) and one.step.is_chosen))


def _statuses(outcome: Outcome) -> frozenset[OutputStatus]:
    return frozenset((outcome.status, *(file.status for file in outcome.files)))
