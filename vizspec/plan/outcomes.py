"""What became of each planned output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vizspec.plan.plan import Skipped, Step


class OutputStatus(StrEnum):
    """How an output, or one of its files, ended."""

    MADE = "made"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class FileOutcome:
    """One file of an output: `reason` says why it was skipped or failed, `note` why a file that is there was
    not made as it would be elsewhere.
    """

    name: str
    status: OutputStatus
    reason: str | None = None
    sha256: str | None = None
    size: int | None = None
    traceback: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Outcome:
    """A planned output, or a skip of the plan, with what became of it."""

    step: Step | Skipped
    files: tuple[FileOutcome, ...] = ()

    @property
    def status(self) -> OutputStatus:
        """The worst of the files: one failed file makes a failed output, one made file a made one."""
        if isinstance(self.step, Skipped):
            return OutputStatus.SKIPPED
        found = {file.status for file in self.files}
        order = (OutputStatus.FAILED, OutputStatus.MADE, OutputStatus.UNCHANGED, OutputStatus.SKIPPED)
        return next((status for status in order if status in found), OutputStatus.SKIPPED)

    @property
    def reason(self) -> str | None:
        """Why the output, or a file of it, is not there."""
        if isinstance(self.step, Skipped):
            return self.step.reason
        reasons = [file.reason for file in self.files if file.reason]
        return "; ".join(dict.fromkeys(reasons)) or None

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known of its files, each once."""
        return tuple(dict.fromkeys(file.note for file in self.files if file.note))

    @property
    def written(self) -> tuple[str, ...]:
        """The names of the files that stand in the output folder now."""
        return tuple(f.name for f in self.files if f.status in (OutputStatus.MADE, OutputStatus.UNCHANGED))


@dataclass(frozen=True)
class Earlier:
    """What the last render made of a step: the SHA-256 of its files and of those that its page loads; `notes`
    of files that were not made as they would be elsewhere.
    """

    fingerprint: str
    files: Mapping[str, str]
    loads: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
