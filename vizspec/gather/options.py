"""How logs, samples and jobs are read: everything about this machine that is not in the spec."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

StepProgress = Callable[[str, int, int], None]
"""Told of (what is being done, how many are done, how many there are)."""


@dataclass(frozen=True)
class Reading:
    """How samples and job metrics are read: everything about this machine that is not in the spec."""

    progress: StepProgress = lambda what, done, total: None
    jobs: int | None = None
    scheduler: str | None = None
    use_cache: bool = True
    home: Path | None = None
    """The only folder from which anything is read; None: from wherever the spec says."""
