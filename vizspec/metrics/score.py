"""What one scorer says of one evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """One scorer's metrics in one log.

    `metrics` has the bare metric names (`accuracy`, `auc_score`: no registry prefix) in the log's order;
    a value that is missing or not a finite number is None. `stderr` is the standard error that the log
    gives for the scorer's `accuracy` or `mean`. `clustered`: that standard error was computed over clusters
    of samples. `scored` counts the samples that have a score: None where the log does not tell.
    """

    scorer: str
    metrics: Mapping[str, float | None]
    reducer: str | None = None
    stderr: float | None = None
    clustered: bool = False
    scored: int | None = None
    unscored: int | None = None
