"""One score of a risk scorer, checked: two probabilities and a target, or the reason why not.

The definitions are those of the scorers `risk_scorer` and `numeric_risk_scorer`: `option_probs` maps each
option to its probability, the positive class last; `risk_score` is the probability of the last. Older
versions wrote the probability of the first: since the probabilities tell which it is, both are read aright.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from msgspec import UNSET

from vizspec.samples.raw_risk import RawMetadata, RawRiskScore
from vizspec.samples.record import Reason
from vizspec.text.values import is_finite

ROUNDING = 0.005
"""How far a risk score may lie from the probability it stands for: half a unit of two decimals."""
FLOAT_NOISE = 1e-9
"""How far beyond 0 or 1 a probability may lie by the noise of its computation; it is then cut."""
LETTER_VALUES = {"C": 1.0, "I": 0.0, "P": 0.5, "N": 0.0, "yes": 1.0, "true": 1.0, "no": 0.0, "false": 0.0}
"""Inspect's own reading of textual score values (`inspect_ai.scorer.value_to_float`)."""


class Checked(NamedTuple):
    """One repeat of a sample as its risk scorer left it; `order` are its options in their order.

    `first` and `last` belong to `order`, and `target` is an index into it.
    """

    reason: str | None
    order: tuple[str, ...] = ()
    first: float | None = None
    last: float | None = None
    target: int | None = None
    correct: float | None = None
    swapped: bool = False


NO_RISK_SCORE = Checked(Reason.NO_RISK_SCORE.value)
NOT_SCORED = Checked(Reason.NOT_SCORED.value)


def check(score: RawRiskScore) -> Checked:
    """The score as a prediction, or the first reason against it."""
    metadata = score.metadata
    if metadata is None or not score.speaks_of_risk:
        return NO_RISK_SCORE
    order, probabilities = _probabilities(metadata)
    if len(order) > 2:
        return Checked(Reason.MULTICLASS.value, order)
    risk = metadata.risk_score
    if risk is None or risk is UNSET:
        return NO_RISK_SCORE
    reason = _wrong_number(risk)
    if reason is None and len(order) < 2:
        reason = Reason.NO_OPTION_PROBS
    reason = reason or next(filter(None, map(_wrong_number, probabilities)), None)
    if reason is not None:
        return Checked(reason.value, order)
    return _prediction(score, order, _cut(risk), _cut(probabilities[0]), _cut(probabilities[1]))


def option_text(option: Any) -> str:
    """An option or a target as text: white space at the ends and in a row says nothing, 1.0 is 1."""
    if isinstance(option, float) and option.is_integer():
        option = int(option)
    return _squeezed(str(option))


def number_of(value: Any) -> float | None:
    """A score's value as a number, as Inspect reads it; None for what it cannot read, NaN included."""
    if isinstance(value, str):
        if value in LETTER_VALUES or value.lower() in LETTER_VALUES:
            return LETTER_VALUES.get(value, LETTER_VALUES.get(value.lower()))
        try:
            value = float(value)
        except ValueError:
            return None
    return float(value) if isinstance(value, (int, float)) and is_finite(value) else None


def _probabilities(metadata: RawMetadata) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Options in their order with their probabilities; empty where the scorer gave none."""
    options = metadata.option_probs
    if not isinstance(options, dict):
        return (), ()
    return _order(tuple(options)), tuple(options.values())


@lru_cache(maxsize=256)
def _order(options: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(option_text(option) for option in options)


@lru_cache(maxsize=1024)
def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _wrong_number(value: Any) -> Reason | None:
    """What is wrong with a probability: not a number, not finite, not between 0 and 1."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not is_finite(value):
        return Reason.NOT_A_NUMBER
    return None if -FLOAT_NOISE <= value <= 1 + FLOAT_NOISE else Reason.OUT_OF_RANGE


def _cut(probability: float) -> float:
    return min(max(float(probability), 0.0), 1.0)


def _prediction(
    score: RawRiskScore, order: tuple[str, ...], risk: float, first: float, last: float
) -> Checked:
    """The prediction of two sound probabilities; the risk score itself stands for the one that it equals."""
    swapped = abs(risk - first) < abs(risk - last)
    if abs(risk - (first if swapped else last)) > ROUNDING:
        return Checked(Reason.NO_PROBABILITY.value, order)
    first, last = (risk, last) if swapped else (first, risk)
    assert score.metadata is not None
    target = _target_index(score.metadata.target, order)
    if isinstance(target, Reason):
        return Checked(target.value, order)
    return Checked(None, order, first, last, target, number_of(score.value), swapped)


def _target_index(target: Any, order: tuple[str, ...]) -> int | Reason:
    """Which option is right. Targets come as text, as numbers, as truth values, or alone in a list."""
    if isinstance(target, list) and len(target) == 1:
        target = target[0]
    if target is None or target == "" or isinstance(target, (list, dict)):
        return Reason.NO_TARGET
    for text in _target_texts(target):
        if text in order:
            return order.index(text)
    return Reason.FOREIGN_TARGET


def _target_texts(target: Any) -> tuple[str, ...]:
    """The texts by which a target may stand among the options."""
    if isinstance(target, bool):
        return (str(target), str(target).lower(), str(int(target)))
    return (option_text(target),)
