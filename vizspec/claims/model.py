"""The entries of `claims:` as models of the language: each reads as a sentence of the results to come."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from vizspec.views.entry import (
    FiniteNumber,
    Level,
    Model,
    Texts,
)
from vizspec.views.sample_matching import Levels, Matching


class Relation(StrEnum):
    """What a claim says of its evaluations; better is what the metric's direction says."""

    BETTER = "better"
    WORSE = "worse"
    NOT_WORSE = "not_worse"
    SAME = "same"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RISING = "rising"
    FALLING = "falling"
    TREND = "trend"
    BEST = "best"


OF_ONE = frozenset({Relation.AT_LEAST, Relation.AT_MOST})
"""Relations of single estimates, for which no sample need be read."""

Margin = Annotated[FiniteNumber, Field(gt=0)]

NEEDED: dict[Relation, tuple[str, ...]] = {
    Relation.BETTER: ("than",),
    Relation.WORSE: ("than",),
    Relation.NOT_WORSE: ("than", "margin"),
    Relation.SAME: ("than", "margin"),
    Relation.AT_LEAST: ("value",),
    Relation.AT_MOST: ("value",),
    Relation.RISING: ("over",),
    Relation.FALLING: ("over",),
    Relation.TREND: ("over",),
    Relation.BEST: ("among",),
}
"""The keys that each relation cannot do without."""

POSSIBLE: dict[Relation, tuple[str, ...]] = {
    Relation.BETTER: ("by", "in", "versus"),
    Relation.WORSE: ("by",),
    Relation.RISING: ("margin",),
    Relation.FALLING: ("margin",),
}
"""The keys that it may have besides those of every claim."""

PARTICULAR = ("than", "by", "margin", "value", "over", "among", "in", "versus")
"""The keys that only some relations have."""


class Claim(Matching):
    """One claim: `of` evaluations `is` something, `than` others where it compares."""

    id: str = Field(min_length=1)
    """A name for messages, tables and files."""
    claim: str | None = None
    """The claim in words of your own; by default its parts read as a sentence."""
    metric: str | None = None
    """`scorer/metric`; by default `metrics.primary`."""
    of: Levels = Field(default_factory=dict)
    """The evaluations that it speaks of: values of columns."""
    relation: Relation = Field(alias="is")
    """What they are: better, worse, not_worse, same, at_least, at_most, rising, falling, trend, best."""
    than: Levels | None = None
    """The evaluations that they are compared with."""
    by: Margin | None = None
    """By how much they are better, or worse, at least."""
    margin: Margin | None = None
    """Which difference does not matter."""
    value: FiniteNumber | None = None
    """The threshold of `at_least` and `at_most`."""
    over: str | None = None
    """The ordered column along which scores rise: a variable, or `epoch`."""
    among: Texts | None = None
    """The columns in which the rivals of the best differ."""
    within: Levels | None = Field(default=None, alias="in")
    """Where the gain is to be greater: values of columns; with `versus`."""
    versus: Levels | None = None
    """Where the gain is to be smaller."""
    for_each: Texts = ()
    """The claim holds for each combination of these columns' values."""
    where: str | None = None
    """Only cells of which this expression over their columns is true."""
    level: Level | None = None
    """The confidence level, instead of `metrics.ci`."""
    why: str | None = None
    """Why it is expected, for readers."""

    @property
    def given(self) -> tuple[str, ...]:
        """The particular keys that it has."""
        held = {name: getattr(self, "within" if name == "in" else name) for name in PARTICULAR}
        return tuple(name for name, value in held.items() if value is not None)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it names."""
        sides = (self.of, self.than, self.within, self.versus)
        named = (name for side in sides if side for name in side)
        return tuple(
            dict.fromkeys((*named, *self.for_each, *(self.among or ()), *([self.over] if self.over else [])))
        )

    @property
    def speaks_of_epochs(self) -> bool:
        """Whether evaluations of all checkpoints are meant, not only of the latest."""
        return "epoch" in self.columns


class ClaimsSection(Model):
    """Claims with what their violation does."""

    fail: Literal["violated"] | None = None
    """`violated`: a render exits with 1 where a claim is violated."""
    list: tuple[Claim, ...] = ()
    """The claims."""
