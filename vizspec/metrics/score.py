"""What one scorer says of one evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class ScoreGroup:
    """What a metric is made of that was worked out by groups of samples.

    `key` is the samples' metadata that tells their group, `name` that of this group as the log writes it, by
    the `template`. `of` is the metric that was applied to the group (`accuracy`). `whole`: the number stands
    for all groups, being the metric over all `samples`, or the mean of the `groups`.
    """

    key: str
    name: str
    of: str
    stderr: float | None = None
    whole: Literal["samples", "groups"] | None = None
    template: str = "{group_name}"


@dataclass(frozen=True)
class LoggedInterval:
    """A confidence interval of the scorer's accuracy or mean that the log gives itself."""

    lower: float
    upper: float
    level: float
    method: str = "t"
    """`t` or `bootstrap`."""
    cluster: str | None = None


class MetricName(NamedTuple):
    """A metric by its parts, `scorer` as metrics name it."""

    scorer: str
    name: str

    @property
    def id(self) -> str:
        """`scorer/metric`."""
        return f"{self.scorer}/{self.name}"


@dataclass(frozen=True)
class Score:
    """One scorer's metrics in one log.

    `metrics` has the bare metric names (`accuracy`, `auc_score`: no registry prefix) in the log's order;
    a value that is missing or not a finite number is None. `stderr` is the standard error that the log
    gives for the scorer's `accuracy` or `mean`, over clusters of samples where `cluster` names the metadata
    that makes them. `scored` counts the samples that have a score: None where the log does not
    tell. `groups` tells, by name, of the metrics that were worked out by groups.
    """

    scorer: str
    metrics: Mapping[str, float | None]
    reducer: str | None = None
    stderr: float | None = None
    cluster: str | None = None
    scored: int | None = None
    unscored: int | None = None
    groups: Mapping[str, ScoreGroup] = field(default_factory=lambda: _NOTHING)
    interval: LoggedInterval | None = None
    stands_for: MetricName | None = None
    """The metric whose number this is: a headline has none of its own."""

    @property
    def clustered(self) -> bool:
        """Whether the standard error was computed over clusters of samples."""
        return self.cluster is not None
