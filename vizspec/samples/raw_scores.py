"""The fields of a log's members that the scores of samples are made of, as msgspec structs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from vizspec.samples.decode import RepeatNumber


class RawPair(msgspec.Struct, frozen=True, gc=False):
    """What a scorer that compares numbers tells of one sample."""

    prediction: Any = None
    target_value: Any = None


class RawScore(msgspec.Struct, frozen=True, gc=False):
    """One scorer's score of one sample."""

    value: Any = None
    answer: Any = None
    metadata: RawPair | None = None


class CountedMessage(msgspec.Struct, frozen=True, gc=False):
    """One message, which is counted and not looked into."""


class RawSample(msgspec.Struct, frozen=True):
    """One repeat of one sample; summaries and samples have these fields alike."""

    id: int | str
    epoch: RepeatNumber = 1
    input: Any = ""
    choices: list[Any] | None = None
    target: Any = ""
    limit: Any = None
    scores: dict[str, RawScore] | None = None
    model_usage: Any = None
    total_time: Any = None
    working_time: Any = None
    error: Any = None
    message_count: Any = None
    messages: list[CountedMessage | str | int | None] | None = None


class RawSampleWithMetadata(RawSample, frozen=True):
    """The same with the sample's metadata, which may be large."""

    metadata: dict[str, Any] = {}


class RawLog(msgspec.Struct, frozen=True):
    """A log that is one text of JSON."""

    status: str = ""
    samples: list[RawSampleWithMetadata] | None = None


class RawEnding(msgspec.Struct, frozen=True):
    """How a log ended."""

    status: str = ""


def metadata_of(sample: RawSample) -> Mapping[str, Any]:
    """The sample's metadata; none where it was read without."""
    return sample.metadata if isinstance(sample, RawSampleWithMetadata) else {}


def limit_kind(limit: Any) -> str | None:
    """The kind of limit that ended a sample; a summary has its name alone."""
    kind = limit.get("type") if isinstance(limit, dict) else limit
    return kind if isinstance(kind, str) and kind else None
