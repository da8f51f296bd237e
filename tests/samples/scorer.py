"""A risk scorer by the published definition, for logs that are really evaluated.

Inspect looks at the annotations of metrics when it runs, so that they must not be postponed.
"""

import math
from typing import Any

from inspect_ai.scorer import Metric, Score, Scorer, metric, scorer


@metric
def mean_risk_score() -> Metric:
    """The mean of the known risk scores."""

    def compute(scores: list[Score]) -> float:
        risks = [metadata["risk_score"] for metadata in _known(scores)]
        return _mean(risks)

    return compute


@metric
def brier_score() -> Metric:
    """The mean squared distance of risk and truth."""

    def compute(scores: list[Score]) -> float:
        errors = [(one["risk_score"] - (one["target"] == "1")) ** 2 for one in _known(scores)]
        return _mean(errors)

    return compute


@metric
def auc_score() -> Metric:
    """The share of pairs, one of each class, that the risk puts in the right order."""

    def compute(scores: list[Score]) -> float:
        ones = [one["risk_score"] for one in _known(scores) if one["target"] == "1"]
        zeros = [one["risk_score"] for one in _known(scores) if one["target"] == "0"]
        wins = [(one > zero) + 0.5 * (one == zero) for one in ones for zero in zeros]
        return _mean(wins)

    return compute


@metric
def expected_calibration_error() -> Metric:
    """How far confidence is from being right."""

    def compute(scores: list[Score]) -> float:
        known = [(score.metadata or {}, score.value) for score in scores]
        return _binned(
            [(max(m["option_probs"].values()), float(str(v))) for m, v in known if m.get("option_probs")]
        )

    return compute


@metric
def risk_calibration_error() -> Metric:
    """How far risk is from the truth."""

    def compute(scores: list[Score]) -> float:
        return _binned([(one["risk_score"], float(one["target"] == "1")) for one in _known(scores)])

    return compute


@scorer(
    metrics=[
        auc_score(),
        brier_score(),
        expected_calibration_error(),
        risk_calibration_error(),
        mean_risk_score(),
    ]
)
def risk_scorer() -> Scorer:
    """The options' probabilities from the log probabilities of the first token; the exact text is right."""

    async def score(state: Any, target: Any) -> Score:
        logprobs = state.output.choices[0].logprobs
        metadata: dict[str, Any] = {"risk_score": None, "option_probs": None, "target": target.text}
        if logprobs:
            top = logprobs.content[0].top_logprobs
            metadata["option_probs"] = {token.token: math.exp(token.logprob) for token in top}
            metadata["risk_score"] = metadata["option_probs"]["1"]
        answer = state.output.completion
        return Score(value="C" if answer == target.text else "I", answer=answer, metadata=metadata)

    return score


def _known(scores: list[Score]) -> list[dict[str, Any]]:
    metadata = [score.metadata or {} for score in scores]
    return [one for one in metadata if one.get("risk_score") is not None]


def _mean(numbers: list[float]) -> float:
    """Inspect computes metrics while the evaluation runs, at first of nothing."""
    return sum(numbers) / len(numbers) if numbers else math.nan


def _binned(pairs: list[tuple[float, float]]) -> float:
    """Ten bins of equal width, each with its upper edge; the mean distance, weighted by the bins' sizes."""
    error = 0.0
    for number in range(10):
        lower = number * 0.1
        inside = [(p, a) for p, a in pairs if lower < p <= lower + 0.1 or (number == 0 and p == 0)]
        if inside:
            error += abs(sum(p for p, _ in inside) - sum(a for _, a in inside)) / len(pairs)
    return error
