"""The few fields of a log's members that predictions are made of, as msgspec structs.

Types are loose where scorers are free to write what they like (`Any`): the checks come later, one sample at a
time, so that one odd sample does not cost the log.
"""

from __future__ import annotations

from typing import Any

import msgspec

from vizspec.samples.decode import RepeatNumber


class RawMetadata(msgspec.Struct, frozen=True, gc=False):
    """What a risk scorer tells of one sample."""

    risk_score: Any = msgspec.UNSET
    option_probs: Any = msgspec.UNSET
    target: Any = None

    @property
    def speaks_of_risk(self) -> bool:
        """Whether either key stands there, be it null."""
        return self.risk_score is not msgspec.UNSET or self.option_probs is not msgspec.UNSET


class RawRiskScore(msgspec.Struct, frozen=True, gc=False):
    """One scorer's score of one sample."""

    value: Any = None
    metadata: RawMetadata | None = None

    @property
    def speaks_of_risk(self) -> bool:
        """Whether a risk scorer wrote it, be the risk score null."""
        return self.metadata is not None and self.metadata.speaks_of_risk


class RawRiskSample(msgspec.Struct, frozen=True):
    """One repeat of one sample; summaries and samples have these fields alike."""

    id: int | str
    epoch: RepeatNumber = 1
    scores: dict[str, RawRiskScore] | None = None


class RawReducedScore(msgspec.Struct, frozen=True, gc=False):
    """One scorer's score of one sample after its repeats were reduced."""

    sample_id: int | str | None = None
    value: Any = None
    metadata: RawMetadata | None = None


class RawReduction(msgspec.Struct, frozen=True):
    """All reduced scores of one scorer."""

    scorer: str
    samples: list[RawReducedScore]


class RawScorerResult(msgspec.Struct, frozen=True):
    """The names under which a log stores the metrics of a scorer."""

    name: str
    metrics: dict[str, Any] = {}


class RawResults(msgspec.Struct, frozen=True):
    """How many samples were evaluated and completed, each counted once a repeat."""

    total_samples: int = 0
    completed_samples: int = 0
    scores: list[RawScorerResult] = []


class RawConfig(msgspec.Struct, frozen=True):
    """How the evaluation ran."""

    epochs: RepeatNumber | None = None


class RawEval(msgspec.Struct, frozen=True):
    """What was evaluated."""

    model: str | None = None
    task: str | None = None
    task_args: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None
    config: RawConfig = msgspec.field(default_factory=RawConfig)


class RawHeader(msgspec.Struct, frozen=True):
    """`header.json`, which is written last: it stands in finished logs only."""

    status: str
    eval: RawEval
    results: RawResults | None = None
