"""The scorers that language-model experiments bring along: risk scores from logprobs, and regression.

Their logs have the form that such experiments write: `Score.metadata` with `risk_score`, `option_probs` (the
positive option last) and `target`, or with `prediction`, `target_value` and `error`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from inspect_ai.scorer import (
    CORRECT,
    INCORRECT,
    Metric,
    SampleScore,
    Score,
    Scorer,
    Target,
    metric,
    scorer,
    value_to_float,
)
from inspect_ai.solver import TaskState
from inspect_ai.util import registry_info

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "vizspec"
BINS = 10

ScorerFunction = Callable[[list[SampleScore]], float]


def _registered(name: str, compute: ScorerFunction) -> Metric:
    """`compute` as a metric named `vizspec/{name}`, whether or not the package is installed.

    Inspect prefixes a name with its package only where that is installed; logs must not depend on it.
    """

    def factory() -> Metric:
        def compute_metric(scores: list[SampleScore]) -> float:
            return compute(scores)

        return compute_metric

    made: Metric = metric(name=name)(factory)()
    if registry_info(made).name.startswith(f"{PACKAGE}/"):
        return made
    return metric(name=f"{PACKAGE}/{name}")(factory)()


def _pairs(scores: Sequence[SampleScore]) -> tuple[list[int], list[float]]:
    """True classes and risk scores of the samples that have both."""
    kept = [
        s.score.metadata for s in scores if s.score.metadata and s.score.metadata["risk_score"] is not None
    ]
    truth = [int(data["target"] == list(data["option_probs"])[-1]) for data in kept]
    return truth, [float(data["risk_score"]) for data in kept]


def _mean_risk_score(scores: list[SampleScore]) -> float:
    _, risks = _pairs(scores)
    return sum(risks) / len(risks) if risks else math.nan


def _expected_calibration_error(scores: list[SampleScore]) -> float:
    kept = [s.score for s in scores if s.score.metadata and s.score.metadata.get("option_probs")]
    confidences = [max((score.metadata or {})["option_probs"].values()) for score in kept]
    as_number = value_to_float()
    return binned_error(confidences, [as_number(score.value) for score in kept])


def _risk_calibration_error(scores: list[SampleScore]) -> float:
    truth, risks = _pairs(scores)
    return binned_error(risks, truth)


def _brier_score(scores: list[SampleScore]) -> float:
    from sklearn.metrics import brier_score_loss

    truth, risks = _pairs(scores)
    return float(brier_score_loss(truth, risks)) if len(truth) > 1 else math.nan


def _auc_score(scores: list[SampleScore]) -> float:
    from sklearn.metrics import roc_auc_score

    truth, risks = _pairs(scores)
    return float(roc_auc_score(truth, risks)) if len(set(truth)) == 2 else math.nan


def binned_error(predicted: Sequence[float], observed: Sequence[float]) -> float:
    """The expected calibration error: the mean distance of prediction and outcome over the bins, by size.

    Ten equal bins (lower, upper], 0 in the first. Guo, Pleiss, Sun and Weinberger (2017), equation 3. NaN for
    no predictions.
    """
    import numpy as np

    if not predicted:
        return math.nan
    p, o = np.asarray(predicted, dtype=float), np.asarray(observed, dtype=float)
    edges: NDArray[np.float64] = np.linspace(0, 1, BINS + 1)
    which = np.clip(np.digitize(p, edges, right=True), 1, BINS)
    distances = [abs(p[which == b].sum() - o[which == b].sum()) for b in np.unique(which)]
    return float(sum(distances) / len(p))


@scorer(
    metrics=[
        _registered("mean_risk_score", _mean_risk_score),
        _registered("expected_calibration_error", _expected_calibration_error),
        _registered("risk_calibration_error", _risk_calibration_error),
        _registered("brier_score", _brier_score),
        _registered("auc_score", _auc_score),
    ]
)
def risk_scorer(option_tokens: Sequence[str] = ("0", "1")) -> Scorer:
    """Scores the probability of the last option at the first token; the answer must be the target's text.

    Where an option is not among the first token's logprobs, `risk_score` and `option_probs` are null.
    """

    async def score(state: TaskState, target: Target) -> Score:
        answer = state.output.completion.strip()
        probabilities = _option_probabilities(state, option_tokens)
        return Score(
            value=CORRECT if answer == target.text else INCORRECT,
            answer=answer,
            explanation=None if probabilities else "an option is not among the logprobs of the first token",
            metadata={
                "risk_score": probabilities[option_tokens[-1]] if probabilities else None,
                "option_probs": probabilities,
                "target": target.text,
            },
        )

    return score


def _option_probabilities(state: TaskState, options: Sequence[str]) -> dict[str, float] | None:
    """The options' probabilities at the first token, made to sum to 1; None where one of them is not told."""
    logprobs = state.output.choices[0].logprobs
    if logprobs is None or not logprobs.content:
        return None
    probabilities = {top.token: math.exp(top.logprob) for top in logprobs.content[0].top_logprobs or []}
    if not all(option in probabilities for option in options):
        return None
    total = sum(probabilities[option] for option in options)
    return {option: probabilities[option] / total for option in options}


def _regression(scores: list[SampleScore]) -> tuple[list[float], list[float]]:
    """True and predicted numbers of the samples whose answer is a number."""
    kept = [
        s.score.metadata for s in scores if s.score.metadata and s.score.metadata["prediction"] is not None
    ]
    return [data["target_value"] for data in kept], [data["prediction"] for data in kept]


def _of_regression(function: str) -> ScorerFunction:
    """A metric of `sklearn.metrics` over the samples whose answer is a number; NaN below two of them."""

    def compute(scores: list[SampleScore]) -> float:
        from sklearn import metrics

        truth, predicted = _regression(scores)
        return float(getattr(metrics, function)(truth, predicted)) if len(truth) > 1 else math.nan

    return compute


def _parse_rate(scores: list[SampleScore]) -> float:
    return len(_regression(scores)[0]) / len(scores)


@scorer(
    metrics=[
        _registered("mae", _of_regression("mean_absolute_error")),
        _registered("rmse", _of_regression("root_mean_squared_error")),
        _registered("r_squared", _of_regression("r2_score")),
        _registered("parse_rate", _parse_rate),
    ]
)
def continuous_scorer() -> Scorer:
    """Scores a number by its absolute error; an answer without a number is incorrect and has no error."""

    async def score(state: TaskState, target: Target) -> Score:
        answer = state.output.completion.strip()
        found = re.search(r"-?\d+(\.\d+)?", answer)
        wanted = float(target.text)
        metadata: dict[str, Any] = {"prediction": None, "target_value": wanted, "error": None}
        if found is None:
            return Score(
                value=INCORRECT, answer=answer, explanation="no number in the answer", metadata=metadata
            )
        predicted = float(found.group())
        metadata |= {"prediction": predicted, "error": predicted - wanted}
        return Score(value=abs(predicted - wanted), answer=str(predicted), metadata=metadata)

    return score
