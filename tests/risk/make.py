"""Risk values for the tests, valid by default."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vizspec.risk.record import LogRisk
from vizspec.samples.record import LogSamples, Member, Predictions, Source


def log_risk(y_true: Sequence[int], y_score: Sequence[float], **changes: Any) -> LogRisk:
    """A log with one sample for each entry; the answer is right where the likelier option is."""
    known: dict[str, Any] = {
        "scorer": "risk_scorer",
        "positive": "1",
        "options": ("0", "1"),
        "sample_ids": tuple(str(number) for number in range(len(y_true))),
        "y_true": tuple(y_true),
        "y_score": tuple(y_score),
        "confidence": tuple(max(p, 1 - p) for p in y_score),
        "correct": tuple(float((p > 0.5) == (y == 1)) for p, y in zip(y_score, y_true, strict=True)),
        "n_total": len(y_true),
    }
    return LogRisk(**(known | changes))


def log_samples(*rows: tuple[Any, ...], **changes: Any) -> LogSamples:
    """Samples of (sample, epoch, probability of the last option, target, correct, reason)."""
    samples, epochs, last, target, correct, reason = zip(*rows, strict=True) if rows else ((),) * 6
    first = tuple(None if p is None else 1 - p for p in last)
    known: dict[str, Any] = {
        "source": Source("hf/one", "income"),
        "scorer": "risk_scorer",
        "other_scorers": (),
        "options": ("0", "1"),
        "orders": (("0", "1"),),
        "epochs": max(epochs, default=1),
        "total": len(set(samples)),
        "member": Member.SUMMARIES,
        "swapped": 0,
        "duplicates": 0,
        "predictions": Predictions(samples, epochs, first, last, target, correct, reason),
    }
    return LogSamples(**(known | changes))
