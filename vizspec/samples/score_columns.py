"""The samples of a log as columns: scores, answers, limits, and what they took. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from vizspec.limits.json_text import INTEGER_BITS
from vizspec.samples.checked_score import number_of
from vizspec.samples.question_hashes import answer_hash, input_hash
from vizspec.samples.raw_scores import (
    RawSample,
    RawScore,
    limit_kind,
    metadata_of,
)
from vizspec.samples.scored import NoScores, Plain, SampleScores

LONGEST_NAME = 1000
"""Characters of a scorer's name, which stands in every row of a table."""


def columns_of(samples: Iterable[RawSample], metadata: tuple[str, ...]) -> SampleScores | NoScores:
    """The columns; of two entries for one repeat of one sample the first counts."""
    rows: dict[tuple[str, int], RawSample] = {}
    scores: dict[str, dict[tuple[str, int], float | None]] = {}
    pairs: dict[str, dict[tuple[str, int], tuple[float, float] | None]] = {}
    said: dict[str, dict[tuple[str, int], str | None]] = {}
    hashes: list[tuple[str, str]] = []
    for sample in samples:
        key = (str(sample.id), sample.epoch)
        if key in rows:
            continue
        hashes.append((input_hash(sample.input), answer_hash(sample.choices, sample.target)))
        for scorer, value in _values(sample.scores or {}):
            scores.setdefault(scorer, {})[key] = value
        for scorer, score in (sample.scores or {}).items():
            if (pair := _pair(score, sample.target)) is not None:
                pairs.setdefault(scorer, {})[key] = pair
            if isinstance(score.answer, str):
                said.setdefault(scorer, {})[key] = score.answer
        count = len(sample.messages) if sample.messages is not None else sample.message_count
        rows[key] = msgspec.structs.replace(
            sample, input=None, scores=None, messages=None, message_count=count
        )
    if not rows:
        return NoScores("holds no samples")
    if any(len(name) > LONGEST_NAME for name in scores):
        return NoScores(f"names a scorer in more than {LONGEST_NAME:,} characters")
    questions, answers = zip(*hashes, strict=True)
    return SampleScores(
        sample=tuple(sample for sample, _ in rows),
        epoch=tuple(epoch for _, epoch in rows),
        question=questions,
        answer=answers,
        scores={scorer: tuple(map(found.get, rows)) for scorer, found in scores.items()},
        metadata={name: tuple(_plain(row, name) for row in rows.values()) for name in metadata},
        metadata_keys=tuple(dict.fromkeys(key for row in rows.values() for key in metadata_of(row)))
        if metadata
        else (),
        limit=tuple(limit_kind(row.limit) for row in rows.values()),
        pairs={scorer: tuple(map(found.get, rows)) for scorer, found in pairs.items()},
        said={scorer: tuple(map(found.get, rows)) for scorer, found in said.items()},
        wanted=tuple(_target(row.target) for row in rows.values()),
        tokens=tuple(_tokens(row.model_usage) for row in rows.values()),
        seconds=tuple(number_of(row.total_time) for row in rows.values()),
        working_seconds=tuple(number_of(row.working_time) for row in rows.values()),
        messages=tuple(number_of(row.message_count) for row in rows.values()),
        error=tuple(_error(row.error) for row in rows.values()),
    )


def _tokens(usage: Any) -> float | None:
    """The tokens of all models of a sample."""
    used = list(usage.values()) if isinstance(usage, dict) else []
    known = [number_of(one.get("total_tokens")) for one in used if isinstance(one, dict)]
    numbers = [number for number in known if number is not None]
    return sum(numbers) if numbers and len(numbers) == len(used) else None


def _pair(score: RawScore, target: Any) -> tuple[float, float] | None:
    """The wanted and the given number: as the scorer tells both, else the target's and a score's number.

    What the numbers are of shows where errors are worked out of them: they are then what the log stores.
    """
    numbers = score.metadata
    if numbers is not None and numbers.prediction is not None:
        wanted, given = number_of(numbers.target_value), number_of(numbers.prediction)
    elif isinstance(score.value, int | float):
        wanted, given = number_of(target), number_of(score.value)
    else:
        return None
    return None if wanted is None or given is None else (wanted, given)


def _error(error: Any) -> str | None:
    """What went wrong; a summary has its words alone."""
    message = error.get("message") if isinstance(error, dict) else error
    return message if isinstance(message, str) and message else None


def _target(target: Any) -> str | None:
    if isinstance(target, list) and len(target) == 1:
        target = target[0]
    return target if isinstance(target, str) else None


def _values(scores: Mapping[str, RawScore]) -> Iterator[tuple[str, float | None]]:
    """Each score as a number by its scorer's name; a score that is a mapping is one for each of its keys."""
    for scorer, score in scores.items():
        if isinstance(score.value, dict):
            yield from ((str(key), number_of(value)) for key, value in score.value.items())
        else:
            yield scorer, number_of(score.value)


def _plain(sample: RawSample, name: str) -> Plain | None:
    value = metadata_of(sample).get(name)
    if isinstance(value, int) and value.bit_length() > INTEGER_BITS:
        return str(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)
