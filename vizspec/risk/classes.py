"""Whether the samples of a log fall into two classes, as their targets tell, and how they were answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vizspec.risk.classification import ClassifiedSamples
from vizspec.samples.checked_score import option_text
from vizspec.samples.scored import SampleScores
from vizspec.text.natural_order import natural_key

FEWEST_SAMPLES = 8
"""The targets of fewer samples may be two by chance."""
CLASSES = 2


def classes_of(found: SampleScores) -> tuple[str, ...]:
    """The two classes, in their natural order; none where the samples have more targets, or others.

    A letter is a class where it stands for one answer throughout: not where the choices change with the
    question, or are shuffled.
    """
    targets = dict(zip(found.sample, zip(found.wanted, found.answer, strict=True), strict=True))
    meant = set(targets.values())
    names = {option_text(wanted) for wanted, _ in meant if wanted is not None}
    is_told = all(wanted is not None for wanted, _ in meant)
    if not is_told or len(targets) < FEWEST_SAMPLES or not len(names) == len(meant) == CLASSES:
        return ()
    return tuple(sorted(names, key=natural_key))


def answers_of_scores(
    found: SampleScores, scorers: Iterable[str], positive: str | None
) -> ClassifiedSamples | None:
    """The answers as the first of the scorers judged them that calls each right or wrong; None without one.

    `positive` is the spec's word for the positive class; without it that is the last of the classes.
    None too where the samples are of no two classes, or the positive class is neither.
    """
    classes = classes_of(found)
    chosen = option_text(positive) if positive is not None else classes[-1] if classes else None
    if chosen is None or chosen not in classes:
        return None
    for scorer in scorers:
        right = found.means(scorer)
        if right and all(value in (0, 1) for value in right.values()):
            return _answers(found, scorer, right, classes, chosen)
    return None


def _answers(
    found: SampleScores, scorer: str, right: Mapping[str, float], classes: tuple[str, ...], positive: str
) -> ClassifiedSamples:
    wanted = {sample: option_text(text) for sample, text in zip(found.sample, found.wanted, strict=True)}
    said = dict(zip(found.sample, found.said.get(scorer, ()), strict=False))
    is_positive = {sample: wanted[sample] == positive for sample in right}
    unnamed = 0
    for sample, value in right.items():
        answer = said.get(sample)
        if value == 0 and answer is not None:
            other = next(name for name in classes if name != wanted[sample])
            unnamed += other.casefold() not in answer.casefold()
    return ClassifiedSamples(
        positive, tuple(is_positive.values()), tuple(value == 1 for value in right.values()), unnamed
    )
