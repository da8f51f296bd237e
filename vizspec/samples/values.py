"""Every score of a log's samples as numbers: a column a scorer, an entry a repeat of a sample.

What the metrics of a log are means of. Columns rather than objects, as in `record`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class SampleValues:
    """All columns are of one length, ordered by (sample, epoch); None where a repeat has no such entry.

    `values`: the score of each scorer as Inspect reads it as a number (C is 1, I is 0, P a half); a score
    that has several keys is several columns, `scorer.key`. `answers`: what the scorer took for the answer.
    `predicted` and `wanted` are the numbers of a scorer that compares numbers. `target`: the sample's, where
    it is one text. `metadata`: the sample's, for the keys that were asked for. `limit`: which limit ended the
    sample. `epoch` counts Inspect's repeats from 1.
    """

    sample: tuple[str, ...] = ()
    epoch: tuple[int, ...] = ()
    values: Mapping[str, tuple[float | None, ...]] = field(default_factory=lambda: _NOTHING)
    answers: Mapping[str, tuple[str | None, ...]] = field(default_factory=lambda: _NOTHING)
    predicted: Mapping[str, tuple[float | None, ...]] = field(default_factory=lambda: _NOTHING)
    wanted: Mapping[str, tuple[float | None, ...]] = field(default_factory=lambda: _NOTHING)
    target: tuple[str | None, ...] = ()
    metadata: Mapping[str, tuple[str | None, ...]] = field(default_factory=lambda: _NOTHING)
    limit: tuple[str | None, ...] = ()

    def column(self, scorer: str) -> str | None:
        """The column of the scorer that the results call so; None where there is none, or several may be."""
        if scorer in self.values:
            return scorer
        keys = [name for name in self.values if name.endswith(f".{scorer}")]
        return keys[0] if len(keys) == 1 else None

    def means(self, scorer: str) -> dict[str, float]:
        """By sample its mean over the repeats that have a score; samples without any are not there."""
        column = self.column(scorer)
        found: dict[str, list[float]] = {}
        if column is not None:
            for sample, value in zip(self.sample, self.values[column], strict=True):
                if value is not None:
                    found.setdefault(sample, []).append(value)
        return {sample: math.fsum(values) / len(values) for sample, values in found.items()}

    def groups(self, key: str, scorer: str) -> dict[str, str]:
        """By sample with a score what its metadata says under this key; empty where some say nothing."""
        told = dict(zip(self.sample, self.metadata.get(key, ()), strict=False))
        found = {sample: told.get(sample) for sample in self.means(scorer)}
        return {s: of for s, of in found.items() if of is not None} if None not in found.values() else {}

    def limited(self) -> dict[str, str]:
        """The samples that some limit ended, each with it."""
        return {sample: limit for sample, limit in zip(self.sample, self.limit, strict=True) if limit}
