"""Several comparisons at once: adjusted p-values, simultaneous intervals, ranks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple


class Ranks(NamedTuple):
    """The ranks that one of several may have: 1 is the best."""

    best: int
    worst: int


def holm(p: Sequence[float]) -> tuple[float, ...]:
    """The p-values, adjusted so that those below α are false together in at most α of all families.

    S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6
    (1979) 65. In the order given.

    Raises:
        ValueError: a p-value does not lie between 0 and 1.
    """
    if not all(0 <= value <= 1 for value in p):
        raise ValueError("a p-value lies between 0 and 1")
    adjusted, reached = [0.0] * len(p), 0.0
    for position, number in enumerate(sorted(range(len(p)), key=p.__getitem__)):
        reached = max(reached, min(1.0, (len(p) - position) * p[number]))
        adjusted[number] = reached
    return tuple(adjusted)


def bonferroni_level(level: float, count: int) -> float:
    """The level that each of `count` intervals needs for all to hold together at `level`.

    Raises:
        ValueError: `count` is below 1.
    """
    if count < 1:
        raise ValueError(f"a family has at least one interval, not {count}")
    return 1 - (1 - level) / count


def rank_intervals(values: Sequence[float], separable: Collection[frozenset[int]]) -> tuple[Ranks, ...]:
    """The ranks that each may have, where only the pairs in `separable` are known to differ.

    `values`: the higher the better; `separable`: pairs of indices. Where the pairs are those that Holm's
    procedure rejects, all intervals hold together (D. Mohamad, J. van Zwet, J. Goeman et al., "Simultaneous
    confidence intervals for ranks", Journal of Multivariate Analysis 2019).
    """
    count = len(values)
    ranks = []
    for i, value in enumerate(values):
        others = [values[j] for j in range(count) if j != i and frozenset({i, j}) in separable]
        above = sum(other > value for other in others)
        ranks.append(Ranks(1 + above, count - (len(others) - above)))
    return tuple(ranks)


def inseparable_from_best(values: Sequence[float], separable: Collection[frozenset[int]]) -> tuple[int, ...]:
    """The indices of the highest value and of all that are not known to be below it, the best first."""
    order = sorted(range(len(values)), key=lambda i: -values[i])
    return tuple(i for i in order if frozenset({order[0], i}) not in separable)
