"""What was read of the samples of one log: a column a field, an entry a repeat of a sample.

Columns rather than objects: a log has tens of thousands of samples, and the columns go through the cache
and between processes at little cost. Nothing here depends on which class is the positive one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

WHY_NO_SCORE = "no log probabilities, or an answer that is not a number"


class Reason(StrEnum):
    """Why a repeat of a sample has no usable prediction. The text follows "samples whose …"."""

    NOT_SCORED = "risk scorer gave no score"
    NO_RISK_SCORE = f"risk score is missing ({WHY_NO_SCORE})"
    NO_OPTION_PROBS = "option probabilities are missing"
    MULTICLASS = "options are more than two, for which no risk score is defined"
    OTHER_OPTIONS = "options are not those of the other samples"
    NOT_A_NUMBER = "risk score is not a finite number"
    OUT_OF_RANGE = "risk score lies outside 0 to 1"
    NO_PROBABILITY = "risk score is the probability of none of the options"
    NO_TARGET = "target is missing"
    FOREIGN_TARGET = "target is none of the options"
    CHANGING_TARGET = "target differs between repeats"


class Member(StrEnum):
    """Where the predictions of a log were read from, the cheapest first."""

    REDUCTIONS = "reductions.json"
    SUMMARIES = "summaries.json"
    SAMPLES = "samples/*.json"
    INSPECT = "inspect-ai"


@dataclass(frozen=True)
class Source:
    """What a log says of itself: enough to label it where nothing better is known."""

    model: str | None = None
    task: str | None = None
    vis_label: str | None = None
    checkpoint: str | None = None


UNKNOWN_SOURCE = Source()


def source_of(
    model: str | None, task: str | None, args: Mapping[str, Any] | None, metadata: Mapping[str, Any] | None
) -> Source:
    """What the header of a log says of itself, by the arguments of its task and its metadata."""
    vis_label = (args or {}).get("vis_label")
    checkpoint = (metadata or {}).get("epoch")
    return Source(
        model=model,
        task=task,
        vis_label=None if vis_label in (None, "") else str(vis_label),
        checkpoint=None if checkpoint is None else str(checkpoint),
    )


@dataclass(frozen=True)
class Predictions:
    """The predictions of one scorer in one log. All columns are of one length, ordered by (sample, epoch).

    `first`, `last`: the probabilities of the first and of the last option; `target`: the index of the
    right option, 0 or 1; `correct`: the scorer's own value as a number. Each is None where `reason` tells why
    the repeat cannot be used (`correct` may be None by itself). `epoch` counts Inspect's repeats from 1.
    """

    sample: tuple[str, ...] = ()
    epoch: tuple[int, ...] = ()
    first: tuple[float | None, ...] = ()
    last: tuple[float | None, ...] = ()
    target: tuple[int | None, ...] = ()
    correct: tuple[float | None, ...] = ()
    reason: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class LogSamples:
    """The predictions of one log, and how they were come by.

    `options`: the classes in the scorer's order (the last is the positive one unless the spec says
    otherwise); `orders`: every order met (more than one: the samples disagree). `total`: samples, each
    counted once. `swapped`: repeats whose stored risk score is the probability of the first option.
    `duplicates`: repeats that were there a second time and were left out.
    """

    source: Source
    scorer: str
    other_scorers: tuple[str, ...]
    options: tuple[str, ...]
    orders: tuple[tuple[str, ...], ...]
    epochs: int
    total: int
    member: Member
    swapped: int
    duplicates: int
    predictions: Predictions


@dataclass(frozen=True)
class NoSamples:
    """A log of which no prediction could be read, and why, in words that follow its name.

    `usable`: the log itself is sound and finished; it has no risk scores. `is_passing`: it was kept back, and
    another reading may get it.
    """

    reason: str
    source: Source = UNKNOWN_SOURCE
    total: int | None = None
    usable: bool = False
    is_passing: bool = False
