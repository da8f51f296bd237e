"""Risk values: one log's predictions with one entry a sample, and the estimates made of them."""

from __future__ import annotations

from dataclasses import dataclass

from vizspec.samples.record import UNKNOWN_SOURCE, Member, Source
from vizspec.statistics.method import Method


@dataclass(frozen=True)
class LogRisk:
    """The predictions of one log for one positive class, one entry a sample, ordered by sample id.

    `y_true`: 1 where the right answer is the positive class; `y_score`: its predicted probability, the mean
    over the sample's valid repeats. `confidence`: the probability of the likelier option; `correct`: the
    scorer's own value as a number (1 right, 0 wrong; a mean over repeats; None where it is not a number).
    `epochs`: how many repeats of a sample the log has. `invalid`: for each reason, how many samples have no
    prediction because of it. `incomplete`: samples of which some, not all, repeats could be used.
    """

    scorer: str
    positive: str
    options: tuple[str, ...]
    sample_ids: tuple[str, ...]
    y_true: tuple[int, ...]
    y_score: tuple[float, ...]
    confidence: tuple[float, ...]
    correct: tuple[float | None, ...]
    n_total: int
    epochs: int = 1
    member: Member = Member.SAMPLES
    invalid: tuple[tuple[str, int], ...] = ()
    incomplete: int = 0
    notes: tuple[str, ...] = ()
    """Oddities of the log that a reader of the report should know."""
    other_scorers: tuple[str, ...] = ()
    """Scorers of the same log that gave risk scores too and were not used."""
    source: Source = UNKNOWN_SOURCE

    @property
    def n_valid(self) -> int:
        """Samples with a usable prediction."""
        return len(self.y_true)

    @property
    def n_positive(self) -> int:
        """Valid samples of the positive class."""
        return sum(self.y_true)

    @property
    def coverage(self) -> str:
        """How many samples count: "3,812 of 5,000 samples had a usable risk score"."""
        return f"{self.n_valid:,} of {self.n_total:,} samples had a usable risk score"


@dataclass(frozen=True)
class NoRisk:
    """A log that no risk figure can show, and why, in words that follow its name.

    `risk` holds what was read where there is something (one class only: its Brier score is still defined).
    `is_passing`: the log was kept back, and another reading may get it.
    """

    reason: str
    risk: LogRisk | None = None
    source: Source = UNKNOWN_SOURCE
    is_passing: bool = False


@dataclass(frozen=True)
class RiskEstimate:
    """One metric recomputed from the samples.

    A bound or the value is None where it is not defined, and `note` then says why; else it is a remark.
    `method` names the interval's method; `n` counts the samples that entered. Of calibration errors: `noise`
    is the error that calibrated predictions like these hardly ever exceed, `unbiased` the error without that
    of noise.
    """

    metric: str
    value: float | None
    lower: float | None
    upper: float | None
    stderr: float | None
    n: int
    method: Method
    note: str | None = None
    epochs: int = 1
    noise: float | None = None
    unbiased: float | None = None
