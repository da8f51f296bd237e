"""What every scorer said of every sample of one log, and what each sample asked: a column a field."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

Plain = bool | int | float | str
"""What a sample's metadata say of one key; lists and mappings are the text of them."""


@dataclass(frozen=True)
class SampleScores:
    """The scores of one log, an entry a repeat of a sample; all columns are of one length.

    `sample`: the ids as text; `epoch`: Inspect's repeats, from 1; `question`: a hash of the normalised input,
    `answer`: one of the choices, in whatever order, and the target's text. `scores` has a column a scorer, of
    numbers as Inspect reads them: None where a sample failed, or its score is no finite number. `metadata`
    has a column for each of the keys of the samples' metadata that were asked for, and `metadata_keys` names
    all that there are, where some were asked for. `limit`: which limit ended a sample. `pairs`: the number
    that was wanted and the one that was given, of each scorer that compares numbers.
    `said`: the answer, as each scorer read it; `wanted`: the target, where it is one text.
    `tokens`, `seconds` and `working_seconds`: what a repeat used of all models, and its time with and without
    waiting; `messages`: how many there were; `error`: what halted it.
    """

    sample: tuple[str, ...] = ()
    epoch: tuple[int, ...] = ()
    question: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    scores: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    metadata: Mapping[str, tuple[Plain | None, ...]] = field(default_factory=dict)
    metadata_keys: tuple[str, ...] = ()
    limit: tuple[str | None, ...] = ()
    pairs: Mapping[str, tuple[tuple[float, float] | None, ...]] = field(default_factory=dict)
    said: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    wanted: tuple[str | None, ...] = ()
    tokens: tuple[float | None, ...] = ()
    seconds: tuple[float | None, ...] = ()
    working_seconds: tuple[float | None, ...] = ()
    messages: tuple[float | None, ...] = ()
    error: tuple[str | None, ...] = ()

    def means(self, scorer: str) -> dict[str, float]:
        """By sample its mean over the repeats that have a score; samples without any are not there."""
        pairs = list(zip(self.sample, self.scores.get(scorer, ()), strict=False))
        single = {sample: float(value) for sample, value in pairs if value is not None}
        if len(single) == sum(value is not None for _, value in pairs):
            return single
        found: dict[str, list[float]] = {}
        for sample, value in pairs:
            if value is not None:
                found.setdefault(sample, []).append(value)
        return {sample: math.fsum(values) / len(values) for sample, values in found.items()}

    def groups(self, key: str, scorer: str) -> dict[str, str]:
        """By sample with a score what its metadata says under this key; empty where some say nothing."""
        by_sample = dict(zip(self.sample, self.metadata.get(key, ()), strict=False))
        found = {sample: by_sample.get(sample) for sample in self.means(scorer)}
        known = {sample: str(group) for sample, group in found.items() if group is not None}
        return known if len(known) == len(found) else {}

    def first_pairs(self, scorer: str) -> list[tuple[float, float]]:
        """The pair of numbers of each sample that has one; of repeats the first tells, as in the results."""
        first: dict[str, tuple[float, float] | None] = {}
        for sample, pair in zip(self.sample, self.pairs.get(scorer, ()), strict=False):
            first.setdefault(sample, pair)
        return [pair for pair in first.values() if pair is not None]

    def limited(self) -> dict[str, str]:
        """The samples that a limit ended, in some repeat of theirs, each with the limit."""
        pairs = zip(self.sample, self.limit, strict=False)
        return {sample: limit for sample, limit in pairs if limit is not None}


@dataclass(frozen=True)
class NoScores:
    """A log of which no score of a sample could be read, and why, in words that follow its name.

    `is_passing`: it was kept back, and another reading may get it.
    """

    reason: str
    is_passing: bool = False


@dataclass(frozen=True)
class ToolCalls:
    """The calls of one log, an entry each: the sample (with its repeat from the second on), the place of the
    message among the sample's, from 0, the tool, and the limit that ended the sample.
    """

    sample: tuple[str, ...] = ()
    message: tuple[int, ...] = ()
    tool: tuple[str, ...] = ()
    limit: tuple[str | None, ...] = ()
