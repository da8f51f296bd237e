"""Which class the risk is the risk of: what the spec says, or the last option if all logs agree on it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from typing import TypeVar

from vizspec.errors import Problem
from vizspec.samples.record import LogSamples
from vizspec.text.messages import listed

K = TypeVar("K", bound=Hashable)

LOC = ("metrics", "positive")
SHOWN = 3
"""Logs named in one message; the others are counted."""


def positive_problems(logs: Mapping[K, LogSamples], positive: str | None) -> list[Problem]:
    """What is wrong with `metrics.positive` for these logs, keyed by the names to show; empty: all is well.

    Logs with quite different options (0/1 here, No/Yes there) may each have their own last option; two logs
    disagree where the positive class of one is the negative class of the other.
    """
    binary = {key: log for key, log in logs.items() if len(log.options) == 2}
    if positive is not None:
        return _absent(binary, positive)
    return [*_ambiguous(binary), *_disagreeing(binary)]


def _absent(logs: Mapping[K, LogSamples], positive: str) -> list[Problem]:
    without = {key: log for key, log in logs.items() if positive not in log.options}
    if not without:
        return []
    options = sorted({log.options for log in without.values()})
    return [
        Problem(
            LOC,
            f"the positive class {positive!r} is not among the options of {_named(without)}, "
            f"which are {' or '.join(map(_listed, options))}",
            "name one of the options, or leave it out where every log's last option is the positive class",
        )
    ]


def _ambiguous(logs: Mapping[K, LogSamples]) -> list[Problem]:
    mixed = {key: log for key, log in logs.items() if len(log.orders) > 1}
    if not mixed:
        return []
    return [_unclear(f"the samples of {_named(mixed)} give the options in different orders")]


def _disagreeing(logs: Mapping[K, LogSamples]) -> list[Problem]:
    """One problem at most: it names a log of each view."""
    first_of: dict[tuple[str, ...], K] = {}
    for key, log in logs.items():
        first_of.setdefault(log.options, key)
    for one, other in combinations(first_of, 2):
        if one[-1] == other[0] or other[-1] == one[0]:
            views = [
                f"{options[-1]!r} in {first_of[options]} (of {_listed(options)})" for options in (one, other)
            ]
            return [
                _unclear(f"the logs disagree on the positive class, their last option: {' and '.join(views)}")
            ]
    return []


def _unclear(message: str) -> Problem:
    return Problem(LOC, message, "say which class is the positive one: metrics: {positive: …}")


def _named(keys: Iterable[K]) -> str:
    return listed([str(key) for key in keys], SHOWN)


def _listed(options: tuple[str, ...]) -> str:
    return ", ".join(repr(option) for option in options)
