"""How often intervals hold the truth, and how often tests and rankings are wrong, in simulations.

    python -m benchmarks.coverage [--replicates 400] [--only WORD]

Each line is a setting with known truth: the method in use, its figure at the level of 95 %, the bound that it
must keep, and, where it tells something, the figure of a method that is not in use. A bound is kept where the
figure does not lie beyond it by more than chance explains (three standard errors of so many replicates).
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import alternatives
from vizspec.risk.auc import auc
from vizspec.risk.bins import bin_numbers, upper_edges
from vizspec.statistics.areas import paired_auc
from vizspec.statistics.arrays import Range
from vizspec.statistics.calibration import binned_error_interval
from vizspec.statistics.contrasts import Difference
from vizspec.statistics.differences import of_differences, of_differences_unpaired, paired, unpaired
from vizspec.statistics.intervals import Interval, from_stderr
from vizspec.statistics.means import mean
from vizspec.statistics.multiplicity import holm, inseparable_from_best, rank_intervals
from vizspec.statistics.wilson import wilson_effective

Array = NDArray[np.float64]
Chance = np.random.Generator
Draw = Callable[[Chance], tuple[bool, ...]]
"""One replicate: whether the method in use was right, then whether others were."""


class Setting(NamedTuple):
    """What is simulated, the share of replicates that must be right, and one replicate."""

    name: str
    bound: float
    draw: Draw
    others: tuple[str, ...] = ()


def main() -> None:
    """Simulates every setting and prints a line for each; exits 1 where a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replicates", type=int, default=400)
    parser.add_argument("--only", default="", help="settings whose name holds this word")
    chosen = parser.parse_args()
    failed = [
        setting.name
        for setting in settings()
        if chosen.only in setting.name and not _keeps_its_bound(setting, chosen.replicates)
    ]
    _speed()
    sys.exit(f"{len(failed)} bounds are not kept: {', '.join(failed)}" if failed else 0)


def settings() -> Iterator[Setting]:
    """All settings, means first."""
    yield from _means()
    yield from _areas()
    yield from _calibration()
    yield from _shares_on_the_same_samples()
    yield from _other_differences()
    yield from _several()


def _keeps_its_bound(setting: Setting, replicates: int) -> bool:
    chance = np.random.default_rng(20_260_101)
    found = np.array([setting.draw(chance) for _ in range(replicates)], dtype=float).mean(axis=0)
    allowance = 3 * math.sqrt(setting.bound * (1 - setting.bound) / replicates)
    is_kept = bool(found[0] >= setting.bound - allowance)
    others = "".join(
        f"; {name} {share * 100:.1f}" for name, share in zip(setting.others, found[1:], strict=True)
    )
    _tell(
        f"{'ok  ' if is_kept else 'FAIL'} {setting.name}: {found[0] * 100:.1f} % "
        f"(bound {setting.bound * 100:.1f}{others})"
    )
    return is_kept


def _holds(found: Any, truth: float) -> bool:
    lower, upper = found.lower, found.upper
    return lower is not None and upper is not None and lower <= truth <= upper


# means


def _means() -> Iterator[Setting]:
    for share in (0.5, 0.9):
        yield Setting(f"share of 5 clusters of 10, ICC 0.3, p {share}", 0.94, _clustered(share), ("t",))
    for share in (0.02, 0.98):
        yield Setting(f"3 repeats of 100 samples, p {share}", 0.94, _repeated(share), ("t",))
        yield Setting(f"3 repeats of 100 samples, p {share}, header only", 0.90, _repeated_header(share))
    yield Setting("partial credit, mean 0.95, n 40", 0.94, _partial_credit, ("t",))
    for n in (20, 40, 100):
        yield Setting(f"Brier score, base rate 0.02, n {n}", 0.94, _rare_brier(n), ("t",))


def _clustered(share: float) -> Draw:
    a, b = (part * (1 / 0.3 - 1) for part in (share, 1 - share))
    clusters = np.repeat(np.arange(5), 10).tolist()

    def draw(chance: Chance) -> tuple[bool, ...]:
        scores = (chance.random(50) < np.repeat(chance.beta(a, b, 5), 10)).astype(float)
        plain = _student(scores, alternatives.cluster_cr1(scores.tolist(), clusters))
        return _holds(mean(scores, clusters=clusters), share), _holds(plain, share)

    return draw


def _repeats(chance: Chance, share: float) -> Array:
    return chance.binomial(3, chance.beta(share * 2, (1 - share) * 2, 100)) / 3


def _repeated(share: float) -> Draw:
    def draw(chance: Chance) -> tuple[bool, ...]:
        scores = _repeats(chance, share)
        return _holds(mean(scores), share), _holds(_student(scores), share)

    return draw


def _repeated_header(share: float) -> Draw:
    def draw(chance: Chance) -> tuple[bool, ...]:
        scores = _repeats(chance, share)
        value, stderr = float(scores.mean()), float(scores.std(ddof=1)) / 10
        if not 0 < value < 1 or stderr == 0:
            return (_holds(mean(scores), share),)
        return (_holds(wilson_effective(value, stderr, 0.95, 99), share),)

    return draw


def _partial_credit(chance: Chance) -> tuple[bool, ...]:
    scores = chance.choice([0.0, 0.5, 1.0], 40, p=[0.02, 0.06, 0.92])
    return _holds(mean(scores), 0.95), _holds(_student(scores), 0.95)


def _rare_brier(n: int) -> Draw:
    """Calibrated predictions of rare events, different for every sample."""
    a, b = 0.5, 24.5
    truth = a * b / (a + b) / (a + b + 1)

    def draw(chance: Chance) -> tuple[bool, ...]:
        predicted = chance.beta(a, b, n)
        errors = (predicted - (chance.random(n) < predicted)) ** 2
        return _holds(mean(errors), truth), _holds(_student(errors), truth)

    return draw


def _student(scores: Array, stderr: float | None = None) -> Interval:
    """What Student's t gives: none of it where all scores are alike."""
    n = len(scores)
    known = float(scores.std(ddof=1)) / math.sqrt(n) if stderr is None else stderr
    return from_stderr(float(scores.mean()), known, n, 0.95, 0, 1)


# areas under ROC curves


def _areas() -> Iterator[Setting]:
    for n in (40, 100):
        yield Setting(f"AUC, base rate 0.1, n {n}", 0.91, _area(n))
        yield Setting(f"difference of AUCs, n {n}", 0.91, _area_difference(n))


def _truth_of(chance: Chance, n: int, base: float) -> Array:
    """Samples of two classes, at least two of each, as no area can do without."""
    while True:
        truth = (chance.random(n) < base).astype(float)
        if 2 <= truth.sum() <= n - 2:
            return truth


def _area(n: int) -> Draw:
    area = 0.5 * (1 + math.erf(1.0 / 2))  # classes that lie one standard deviation apart

    def draw(chance: Chance) -> tuple[bool, ...]:
        truth = _truth_of(chance, n, 0.1)
        found = auc(truth.astype(int).tolist(), (chance.normal(size=n) + truth).tolist())
        return (_holds(found, area),)

    return draw


def _area_difference(n: int) -> Draw:
    def draw(chance: Chance) -> tuple[bool, ...]:
        truth = _truth_of(chance, n, 0.3)
        shared = chance.normal(size=n)
        a, b = (shared + chance.normal(size=n) + 1.5 * truth for _ in range(2))
        return (_holds(paired_auc(truth.astype(int).tolist(), a, b), 0.0),)

    return draw


# calibration errors


def _calibration() -> Iterator[Setting]:
    distortions: dict[str, Callable[[Array], Array]] = {
        "calibrated": lambda p: p,
        "overconfident": lambda p: 1 / (1 + np.sqrt((1 - p) / p)),
        "0.15 too high": lambda p: np.clip(p - 0.15, 0, 1),
    }
    for name, distort in distortions.items():
        for n in (40, 500):
            yield Setting(f"calibration error, {name}, n {n}", 0.91, _calibration_error(distort, n))


def _calibration_error(distort: Callable[[Array], Array], n: int) -> Draw:
    many = np.random.default_rng(1).uniform(0.01, 0.99, 200_000)
    numbers = bin_numbers(many, upper_edges(many))
    truth = float(np.abs(np.bincount(numbers, many - distort(many))).sum()) / len(many)

    def draw(chance: Chance) -> tuple[bool, ...]:
        predicted = chance.uniform(0.01, 0.99, n)
        actual = (chance.random(n) < distort(predicted)).astype(float)
        bins = bin_numbers(predicted, upper_edges(predicted))
        return (_holds(binned_error_interval(predicted, actual, bins, 0.95), truth),)

    return draw


# differences


def _shares_on_the_same_samples() -> Iterator[Setting]:
    for n in (20, 100, 500, 2000):
        for discordance in (0.02, 0.1, 0.5):
            name = f"paired 0/1, n {n}, discordance {discordance}"
            yield Setting(name, 0.942, _tango(n, discordance), ("t", "Bonett-Price"))


def _tango(n: int, discordance: float) -> Draw:
    difference = discordance / 3

    def draw(chance: Chance) -> tuple[bool, ...]:
        chances = [(discordance + difference) / 2, (discordance - difference) / 2, 1 - discordance]
        only_a, only_b, same = chance.multinomial(n, chances)
        a = np.repeat([1.0, 0.0, 0.0], [only_a, only_b, same])
        b = np.repeat([0.0, 1.0, 0.0], [only_a, only_b, same])
        gaps = a - b
        plain = from_stderr(float(gaps.mean()), float(gaps.std(ddof=1)) / math.sqrt(n), n, 0.95)
        rival = alternatives.bonett_price(float(only_a), float(only_b), n, 0.95)
        return _holds(paired(a, b), difference), _holds(plain, difference), _holds(rival, difference)

    return draw


def _other_differences() -> Iterator[Setting]:
    yield Setting("paired means over 3 repeats, n 40", 0.933, _paired_repeats(40))
    yield Setting("paired, 8 clusters of 10", 0.935, _paired_clusters)
    yield Setting("difference of differences, n 100", 0.94, _difference_of_differences)
    yield Setting("difference of differences, two sample sets", 0.93, _across_sets)
    yield Setting("unpaired shares, n 50 and 80", 0.935, _unpaired(50, 80))
    yield Setting("unpaired shares, n 15 and 25", 0.935, _unpaired(15, 25))


def _paired_repeats(n: int) -> Draw:
    def draw(chance: Chance) -> tuple[bool, ...]:
        chances = chance.beta(1, 1, n)
        a, b = (chance.binomial(3, chances * lift) / 3 for lift in (1.0, 0.9))
        return (_holds(paired(a, b), 0.05),)

    return draw


def _paired_clusters(chance: Chance) -> tuple[bool, ...]:
    clusters = np.repeat(np.arange(8), 10)
    chances = chance.beta(2, 2, (2, 8))[:, clusters]
    a, b = (chance.random((2, 80)) < chances).astype(float)
    return (_holds(paired(a, b, clusters=clusters.tolist()), 0.0),)


def _difference_of_differences(chance: Chance) -> tuple[bool, ...]:
    shared = chance.random(100)
    a, b, c, d = ((shared * 0.7 + chance.random(100) * 0.3 < p).astype(float) for p in (0.7, 0.5, 0.6, 0.4))
    truth = sum(side * _chance_below(p) for side, p in ((1, 0.7), (-1, 0.5), (-1, 0.6), (1, 0.4)))
    return (_holds(of_differences(a, b, c, d), truth),)


def _chance_below(p: float) -> float:
    """The chance that 0.7 u + 0.3 v lies below p, u and v being uniform, for p between 0.3 and 0.7."""
    return (p - 0.15) / 0.7


def _across_sets(chance: Chance) -> tuple[bool, ...]:
    a, b = (chance.random((2, 60)) < 0.7).astype(float), (chance.random((2, 80)) < 0.5).astype(float)
    return (_holds(of_differences_unpaired(a[0], a[1], b[0], b[1]), 0.0),)


def _unpaired(n_a: int, n_b: int) -> Draw:
    def draw(chance: Chance) -> tuple[bool, ...]:
        a, b = ((chance.random(n) < p).astype(float) for n, p in ((n_a, 0.8), (n_b, 0.6)))
        return (_holds(unpaired(a, b), 0.2),)

    return draw


# several at once


def _several() -> Iterator[Setting]:
    yield Setting("no false difference of 6 equal models (Holm), n 200", 0.95, _no_false_difference)
    yield Setting("rank intervals of 6 models hold together, n 200", 0.952, _ranks_hold)
    yield Setting("no false best of 6 models, two of them best, n 500", 0.95, _no_false_best)
    yield Setting(
        "a rise with a dip is not confirmed, n 300",
        0.95,
        _dip_is_not_confirmed,
        ("not confirmed by Page's test",),
    )


def _models(chance: Chance, shares: list[float], n: int) -> Array:
    difficulty = chance.random(n)
    noise = chance.random((len(shares), n))
    return (0.6 * difficulty + 0.4 * noise < np.array(shares)[:, None]).astype(float)


def _pairs(scores: Array) -> dict[frozenset[int], Difference]:
    return {frozenset({i, j}): paired(scores[i], scores[j]) for i in range(len(scores)) for j in range(i)}


def _rejected(scores: Array) -> set[frozenset[int]]:
    pairs = _pairs(scores)
    adjusted = holm([found.p if found.p is not None else 1.0 for found in pairs.values()])
    return {pair for pair, p in zip(pairs, adjusted, strict=True) if p < 0.05}


def _no_false_difference(chance: Chance) -> tuple[bool, ...]:
    return (not _rejected(_models(chance, [0.6] * 6, 200)),)


def _ranks_hold(chance: Chance) -> tuple[bool, ...]:
    shares = [0.70, 0.68, 0.62, 0.55, 0.50, 0.40]
    scores = _models(chance, shares, 200)
    ranks = rank_intervals(scores.mean(axis=1).tolist(), _rejected(scores))
    return (all(one.best <= true <= one.worst for true, one in enumerate(ranks, 1)),)


def _no_false_best(chance: Chance) -> tuple[bool, ...]:
    scores = _models(chance, [0.65, 0.65, 0.6, 0.55, 0.5, 0.4], 500)
    separable = {pair for pair, found in _pairs(scores).items() if found.p is not None and found.p < 0.05}
    return (len(inseparable_from_best(scores.mean(axis=1).tolist(), separable)) > 1,)


def _dip_is_not_confirmed(chance: Chance) -> tuple[bool, ...]:
    scores = _models(chance, [0.40, 0.55, 0.45, 0.65], 300)
    steps = [paired(scores[k + 1], scores[k]) for k in range(3)]
    ends = paired(scores[3], scores[0])
    is_rising = all(step.lower is not None and step.lower > -0.02 for step in steps)
    is_confirmed = is_rising and ends.lower is not None and ends.lower > 0
    return not is_confirmed, alternatives.page(scores.T)["p"] >= 0.05


def _speed() -> None:
    """190 comparisons of 5,000 samples, beside one pass over the same numbers as text."""
    chance = np.random.default_rng(1)
    shares = np.linspace(0.5, 0.6, 20)[:, None]
    kinds: dict[str, tuple[Array, Range]] = {
        "0/1": ((chance.random((20, 5000)) < shares).astype(float), Range(0, 1)),
        "3 repeats": (chance.binomial(3, shares, (20, 5000)) / 3, Range(0, 1)),
        "continuous": (np.clip(chance.normal(shares, 0.2, (20, 5000)), 0, 1), Range(0, 1)),
    }
    for name, (scores, reach) in kinds.items():
        text = [" ".join(map(str, row)) for row in scores]
        begun = time.process_time()
        for row in text:
            [float(word) for word in row.split()]
        parsing = time.process_time() - begun
        begun = time.process_time()
        for i in range(20):
            for j in range(i):
                paired(scores[i], scores[j], scores=reach)
        taken = time.process_time() - begun
        _tell(f"     190 comparisons of 5,000 samples, {name}: {taken / parsing:.0f} times the parsing")


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
