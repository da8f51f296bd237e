"""Which samples of two evaluations are the same question: by id and input, or by one of them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from vizspec.comparisons.measure import Measured
from vizspec.comparisons.questions import Pairing

MOST_CHANGED = 0.05
"""A larger share of samples whose question differs leaves no verdict."""


@dataclass(frozen=True)
class PairedSamples:
    """The samples that two evaluations share, each with both scores, and those that could not be matched.

    The columns `samples`, `a` and `b` are of one length. The names of all others are the first side's, or
    the second's where the first has not got them. `matched_by` is `id` or `input`.
    """

    samples: tuple[str, ...]
    a: tuple[float, ...]
    b: tuple[float, ...]
    matched_by: str
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()
    failed_a: tuple[str, ...] = ()
    failed_b: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    truth: tuple[int, ...] | None = None
    clusters: tuple[str, ...] | None = None
    lacking_a: tuple[float, ...] = ()
    """The scores of b on the samples that a lacks, or failed on."""
    lacking_b: tuple[float, ...] = ()

    @property
    def failed_count(self) -> int:
        """The samples that failed on a side, or on both."""
        return len({*self.failed_a, *self.failed_b})

    @property
    def is_enough(self) -> bool:
        """Whether the shared samples speak for both sides: at least half of the smaller, and two."""
        missing = (len(self.only_a) + len(self.failed_a), len(self.only_b) + len(self.failed_b))
        smaller = len(self.samples) + len(self.changed) + min(missing)
        return len(self.samples) >= 2 and 2 * len(self.samples) >= smaller

    @property
    def is_changed(self) -> bool:
        """Whether too many of the samples ask something else."""
        return len(self.changed) > MOST_CHANGED * (len(self.samples) + len(self.changed))


def pair(a: Measured, b: Measured, by: Pairing = "id_and_input") -> PairedSamples:
    """Match the samples of two evaluations.

    Where ids differ and questions do not, samples are matched by what they ask, as far as no two of
    a side ask the same.
    """
    if by == "input":
        return _matched(a, b, _by_question(a, b), by)
    if a.samples == b.samples and a.question == b.question and a.truth == b.truth:
        whole = _whole(a, b)
        if whole is not None:
            return whole
    by_id = _matched(a, b, {sample: sample for sample in set(a.samples) & set(b.samples)}, by)
    fewest = min(len(a.samples), len(b.samples))
    if by == "id_and_input" and 2 * (len(by_id.samples) + by_id.failed_count) < fewest:
        by_question = _matched(a, b, _by_question(a, b), "input")
        if len(by_question.samples) > len(by_id.samples):
            return by_question
    return by_id


def _whole(a: Measured, b: Measured) -> PairedSamples | None:
    """The pairs where both sides scored all of the same samples: most of the time, and quickly told."""
    first = tuple(value for value in a.values if value is not None)
    second = tuple(value for value in b.values if value is not None)
    if len(first) < len(a.samples) or len(second) < len(b.samples):
        return None
    truth, clusters = a.truth, a.clusters
    return PairedSamples(
        samples=a.samples,
        a=first,
        b=second,
        matched_by="id",
        truth=tuple(truth[sample] for sample in a.samples) if truth is not None else None,
        clusters=tuple(clusters[sample] for sample in a.samples) if clusters else None,
    )


def _by_question(a: Measured, b: Measured) -> dict[str, str]:
    """The sample of b for each of a whose question no other has."""
    first, second = _unique(a), _unique(b)
    return {first[question]: second[question] for question in first if question in second}


def _unique(side: Measured) -> dict[str, str]:
    times = Counter(side.question)
    pairs = zip(side.question, side.samples, strict=True)
    return {question: sample for question, sample in pairs if question and times[question] == 1}


def _matched(a: Measured, b: Measured, partner: Mapping[str, str], by: Pairing) -> PairedSamples:
    known_a, known_b = a.known, b.known
    asked_a = dict(zip(a.samples, a.question, strict=True))
    asked_b = dict(zip(b.samples, b.question, strict=True))
    changed = tuple(
        sample
        for sample in a.samples
        if sample in partner
        and (
            (by == "id_and_input" and _differ(asked_a[sample], asked_b[partner[sample]]))
            or _differ_in_class(a, b, sample, partner[sample])
        )
    )
    gone = set(changed)
    both = [sample for sample in a.samples if sample in partner and sample not in gone]
    shared = [sample for sample in both if sample in known_a and partner[sample] in known_b]
    taken = set(partner.values())
    only_a = tuple(sample for sample in a.samples if sample not in partner)
    only_b = tuple(sample for sample in b.samples if sample not in taken)
    failed_a = tuple(sample for sample in both if sample not in known_a)
    failed_b = tuple(sample for sample in both if partner[sample] not in known_b)
    lost_by_a = [partner[sample] for sample in failed_a] + list(only_b)
    lost_by_b = [*failed_b, *only_a]
    return PairedSamples(
        samples=tuple(shared),
        a=tuple(known_a[sample] for sample in shared),
        b=tuple(known_b[partner[sample]] for sample in shared),
        matched_by="input" if by == "input" else "id",
        only_a=only_a,
        only_b=only_b,
        failed_a=failed_a,
        failed_b=failed_b,
        changed=changed,
        truth=tuple(a.truth[sample] for sample in shared) if a.truth is not None else None,
        clusters=tuple(a.clusters[sample] for sample in shared) if a.clusters else None,
        lacking_a=tuple(known_b[sample] for sample in lost_by_a if sample in known_b),
        lacking_b=tuple(known_a[sample] for sample in lost_by_b if sample in known_a),
    )


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _differ_in_class(a: Measured, b: Measured, one: str, other: str) -> bool:
    """Whether the right answer of a sample is another on the other side."""
    if a.truth is None or b.truth is None:
        return False
    first, second = a.truth.get(one), b.truth.get(other)
    return first is not None and second is not None and first != second
