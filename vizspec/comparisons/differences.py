"""One comparison: the samples of two evaluations matched, and their difference with its interval. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import fmean

from vizspec.cells.cell import Cell
from vizspec.comparisons.logged import logged_difference, why_unpaired
from vizspec.comparisons.measure import Measured, NotReadable, never_judged
from vizspec.comparisons.pairing import PairedSamples, pair
from vizspec.comparisons.questions import Pairing
from vizspec.comparisons.record import Comparison, SamplePairing
from vizspec.estimates.table import Estimate
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.areas import paired_auc, unpaired_auc
from vizspec.statistics.arrays import UNIT, Range
from vizspec.statistics.contrasts import Difference
from vizspec.statistics.delong import delong
from vizspec.statistics.differences import outcomes, paired, unpaired
from vizspec.statistics.intervals import Interval, interval_of

_TOO_FEW = {0: "no sample has a score", 1: "one sample has a score"}

UNPAIRED = "compared on all samples of each, since they share too few"


@dataclass(frozen=True)
class Side:
    """One evaluation of a comparison: its samples' scores, or why there are none.

    `logged` gives what its log stores at a level, where the samples of a side cannot be had.
    """

    cell: Cell
    name: str
    measured: Measured | str
    logged: Callable[[float], Estimate | None] = lambda level: None


def compare(a: Side, b: Side, metric: Metric, level: float, *, by: Pairing = "id_and_input") -> Comparison:
    """Compare a with b: on the samples that they share, else on all samples of each.

    Nothing is raised: where there is nothing to compare, `no_verdict` says why.
    """
    empty = Comparison("", a.name, b.name, a.cell, b.cell, metric, level)
    never = never_judged(metric)
    if never is not None:
        return replace(empty, no_verdict=never)
    first, second = a.measured, b.measured
    if isinstance(first, str) or isinstance(second, str):
        return _of_logged(empty, a, b)
    matched = pair(first, second, by)
    if matched.is_enough:
        return _of_pairs(empty, matched, first, second, by)
    return _of_all(empty, matched, first, second)


def scores_of(a: Measured, b: Measured) -> Range:
    """The range that the scores of both sides lie in."""
    if UNIT in (a.scores, b.scores) and Range(None, None) not in (a.scores, b.scores):
        return a.scores if b.scores == UNIT else b.scores
    return a.scores if a.scores == b.scores else Range(None, None)


def difference_of(matched: PairedSamples, scores: Range, level: float) -> Difference:
    """The difference on the shared samples."""
    if matched.truth is not None:
        return paired_auc(matched.truth, matched.a, matched.b, level=level)
    return paired(matched.a, matched.b, level=level, scores=scores, clusters=matched.clusters)


def at_extremes(matched: PairedSamples, scores: Range, level: float) -> tuple[Interval, ...]:
    """The interval where all that one side lacks counts as the lowest score, and as the highest.

    None where nothing is missing, or where scores have no lowest and highest.
    """
    lowest, highest = scores
    n_lacking = len(matched.lacking_a) + len(matched.lacking_b)
    if not n_lacking or lowest is None or highest is None or matched.truth is not None:
        return ()
    found = []
    for end in (lowest, highest):
        a = (*matched.a, *(end for _ in matched.lacking_a), *matched.lacking_b)
        b = (*matched.b, *matched.lacking_a, *(end for _ in matched.lacking_b))
        clusters = matched.clusters and (*matched.clusters, *(f"lacking {n}" for n in range(n_lacking)))
        one = paired(a, b, level=level, scores=scores, clusters=clusters)
        found.append(interval_of(one.lower, one.upper))
    return tuple(ends for ends in found if ends is not None)


def _of_logged(empty: Comparison, a: Side, b: Side) -> Comparison:
    """The difference of what the logs store, where the samples of a side cannot be had."""
    reasons = [(side.cell.log.location, side.measured) for side in (a, b) if isinstance(side.measured, str)]
    location, reason = reasons[0]
    is_of_both = [text for _, text in reasons] == [reason, reason]
    why = f"{'each log' if is_of_both else location} {reason}"
    first, second = a.logged(empty.level), b.logged(empty.level)
    lacks_all = all(isinstance(side.measured, NotReadable | Measured) for side in (a, b))
    if not lacks_all or first is None or second is None:
        return replace(empty, no_verdict=why)
    found = logged_difference(first, second)
    if isinstance(found, str):
        return replace(empty, no_verdict=f"{why}, and {found}")
    return replace(
        _with(empty, found),
        value_a=first.value,
        value_b=second.value,
        no_verdict=found.no_verdict,
        note=why_unpaired(NotReadable(reason)),
        is_of_logged=True,
    )


def _of_pairs(
    empty: Comparison, matched: PairedSamples, first: Measured, second: Measured, by: Pairing
) -> Comparison:
    classes = set(matched.truth) if matched.truth is not None else {0, 1}
    described = replace(empty, samples=_samples(matched, first, second), note=_note(matched, first, second))
    if len(classes) < 2:
        return replace(described, no_verdict="the shared samples are of one class", n=len(matched.samples))
    scores = scores_of(first, second)
    found = difference_of(matched, scores, empty.level)
    changed = f"{len(matched.changed)} samples have another input or target" if matched.is_changed else None
    value_a, value_b = _values(matched, found)
    wins, losses, ties = _outcomes(matched, empty.metric)
    return replace(
        _with(described, found),
        value_a=value_a,
        value_b=value_b,
        wins=wins,
        losses=losses,
        ties=ties,
        extremes=at_extremes(matched, scores, empty.level),
        no_verdict=_first(changed, found.no_verdict),
    )


def _of_all(empty: Comparison, matched: PairedSamples, first: Measured, second: Measured) -> Comparison:
    a, b = first.known, second.known
    described = replace(
        empty,
        samples=replace(_samples(matched, first, second), matched_by=None),
        note=_note(matched, first, second),
        n=len(a) + len(b),
    )
    if (few := _TOO_FEW.get(min(len(a), len(b)))) is not None:
        return replace(described, no_verdict=few)
    if first.truth is not None and second.truth is not None:
        truth_a, truth_b = [first.truth[one] for one in a], [second.truth[one] for one in b]
        if len(set(truth_a)) < 2 or len(set(truth_b)) < 2:
            return replace(described, no_verdict="the samples of a side are of one class")
        found = unpaired_auc(truth_a, list(a.values()), truth_b, list(b.values()), level=empty.level)
        return replace(_with(described, found), no_verdict=_first(_too_changed(matched), found.no_verdict))
    found = unpaired(
        list(a.values()),
        list(b.values()),
        level=empty.level,
        scores=scores_of(first, second),
        clusters_a=[first.clusters[one] for one in a] if first.clusters else None,
        clusters_b=[second.clusters[one] for one in b] if second.clusters else None,
    )
    return replace(
        _with(described, found),
        value_a=fmean(a.values()),
        value_b=fmean(b.values()),
        no_verdict=_first(_too_changed(matched), found.no_verdict),
    )


def _too_changed(matched: PairedSamples) -> str | None:
    if not matched.changed:
        return None
    return f"{len(matched.changed)} samples of one id have another input or target"


def _with(described: Comparison, found: Difference) -> Comparison:
    return replace(
        described,
        difference=found.value,
        lower=found.lower,
        upper=found.upper,
        p=found.p,
        n=found.n,
        method=str(found.method),
    )


def _values(matched: PairedSamples, found: Difference) -> tuple[float, float]:
    """The metric of both sides on the shared samples."""
    if matched.truth is None:
        return fmean(matched.a), fmean(matched.b)
    area = float(delong(matched.truth, matched.a).areas[0])
    return area, area - found.value


def _outcomes(matched: PairedSamples, metric: Metric) -> tuple[int | None, int | None, int | None]:
    """Samples on which a is better, worse, and as good; an area is no matter of single samples."""
    if matched.truth is not None:
        return None, None, None
    above, ties, below = outcomes(matched.a, matched.b)
    return (below, above, ties) if metric.better == "lower" else (above, below, ties)


def _samples(matched: PairedSamples, first: Measured, second: Measured) -> SamplePairing:
    right_a, right_b = _disagreements(matched)
    return SamplePairing(
        shared=len(matched.samples),
        only_a=matched.only_a,
        only_b=matched.only_b,
        failed_a=matched.failed_a,
        failed_b=matched.failed_b,
        changed=matched.changed,
        matched_by=matched.matched_by,
        epochs_a=first.epochs,
        epochs_b=second.epochs,
        right_a=right_a,
        right_b=right_b,
    )


def _disagreements(matched: PairedSamples) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The samples that one side has right and the other wrong, where scores are 0 and 1."""
    if matched.truth is not None or not {*matched.a, *matched.b} <= {0, 1}:
        return (), ()
    pairs = zip(matched.samples, matched.a, matched.b, strict=True)
    differ = [(sample, one > other) for sample, one, other in pairs if one != other]
    return (
        tuple(sample for sample, is_a in differ if is_a),
        tuple(sample for sample, is_a in differ if not is_a),
    )


def _note(matched: PairedSamples, first: Measured, second: Measured) -> str | None:
    return "; ".join(_notes(matched, first, second)) or None


def _notes(matched: PairedSamples, first: Measured, second: Measured) -> Iterator[str]:
    """`38 of 40 samples paired; 1 failed in a, 1 has another input or target (id 17)`."""
    if not matched.is_enough:
        yield UNPAIRED
    elif matched.matched_by == "input":
        yield "samples are matched by what they ask, since their ids differ"
    total = len({*first.samples, *second.samples}) if matched.matched_by == "id" else 0
    lost = list(_lost(matched))
    if lost and matched.is_enough and total:
        yield f"{len(matched.samples):,} of {total:,} samples paired"
    if lost:
        yield ", ".join(lost)
    if first.epochs != second.epochs:
        yield f"the mean of {first.epochs} repeats of each sample against that of {second.epochs}"


def _lost(matched: PairedSamples) -> Iterator[str]:
    for samples, one, many in (
        (matched.failed_a, "has no score in A", "have no score in A"),
        (matched.failed_b, "has no score in B", "have no score in B"),
        (matched.only_a, "is in A alone", "are in A alone"),
        (matched.only_b, "is in B alone", "are in B alone"),
        (matched.changed, "has another input or target", "have another input or target"),
    ):
        if samples:
            count = f"{len(samples):,} {one if len(samples) == 1 else many}"
            yield f"{count} (id {samples[0]})" if len(samples) == 1 else count


def _first(*reasons: str | None) -> str | None:
    return next((reason for reason in reasons if reason), None)
