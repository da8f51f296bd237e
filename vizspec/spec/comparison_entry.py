"""The entries of `comparisons:`, what is compared with what, as models of the language."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vizspec.comparisons.questions import Asked
from vizspec.views.entry import FiniteNumber, Level, Texts
from vizspec.views.sample_matching import Levels, Matching, cluster_key


class ComparisonEntry(Matching):
    """Evaluations compared with each other, on the samples that they share."""

    id: str = Field(min_length=1)
    """A name for files, tables and messages."""
    metric: Texts = ()
    """The metrics, one table each; by default `metrics.primary`."""
    among: Texts = Field(min_length=1)
    """The columns in which evaluations differ that are compared."""
    to: Levels = Field(default_factory=dict)
    """The baseline with which all others are compared; by default all pairs are."""
    for_each: Texts | None = None
    """The columns in which they are alike; by default everything else."""
    where: str | None = None
    """Only cells of which this expression over their columns is true."""
    margin: Annotated[FiniteNumber, Field(gt=0)] | None = None
    """A difference that would matter, which the chart shows."""
    adjust: Literal["holm", "none"] = "holm"
    """Whether p-values and intervals hold for all comparisons of a group at once."""
    level: Level | None = None
    """The confidence level, instead of `metrics.ci`."""
    why: str | None = None
    """What the comparison is for, for readers."""

    def asked(self, metric: str, level: float) -> Asked:
        """The question in one metric, at the spec's level where the entry has none."""
        return Asked(
            metric=metric,
            among=self.among,
            to=tuple(self.to.items()),
            within=self.for_each,
            where=self.where,
            level=self.level or level,
            margin=self.margin,
            adjust=self.adjust,
            pair=self.pair,
            cluster=cluster_key(self.cluster),
            id=self.id,
        )
