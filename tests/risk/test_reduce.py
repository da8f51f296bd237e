"""Repeats of a sample become one entry; too little to draw is said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.risk.make import log_samples
from vizspec.risk.record import LogRisk, NoRisk
from vizspec.risk.reduce import log_risk
from vizspec.samples.record import NoSamples, Reason, Source

MISSING = Reason.NO_RISK_SCORE.value
TWO = (("a", 1, 0.2, 0, 1.0, None), ("b", 1, 0.7, 1, 0.0, None))


def test_one_repeat_is_taken_as_it_is() -> None:
    risk = log_risk(log_samples(*TWO))
    assert isinstance(risk, LogRisk)
    assert (risk.sample_ids, risk.y_true, risk.y_score) == (("a", "b"), (0, 1), (0.2, 0.7))
    assert (risk.confidence, risk.correct) == ((0.8, 0.7), (1.0, 0.0))
    assert (risk.positive, risk.n_total, risk.n_valid, risk.n_positive, risk.invalid) == ("1", 2, 2, 1, ())


def test_repeats_are_reduced_to_their_mean_before_anything_else() -> None:
    risk = log_risk(
        log_samples(
            ("a", 1, 0.2, 0, 1.0, None),
            ("a", 2, 0.4, 0, 0.0, None),
            ("a", 3, 0.9, 0, 0.0, None),
            ("b", 1, 0.6, 1, 1.0, None),
            ("b", 2, None, None, None, MISSING),
            ("b", 3, 0.8, 1, None, None),
        )
    )
    assert isinstance(risk, LogRisk)
    assert risk.y_score == pytest.approx((0.5, 0.7))
    assert risk.correct == pytest.approx((1 / 3, 1.0))
    assert (risk.y_true, risk.n_total, risk.epochs, risk.incomplete) == ((0, 1), 2, 3, 1)


def test_the_confidence_is_the_mean_probability_of_the_likelier_option() -> None:
    risk = log_risk(
        log_samples(
            ("a", 1, 0.9, 1, 1.0, None),
            ("a", 2, 0.2, 1, 0.0, None),
            ("b", 1, 0.1, 0, 1.0, None),
            ("b", 2, 0.3, 0, 1.0, None),
        )
    )
    assert isinstance(risk, LogRisk)
    assert risk.confidence == pytest.approx((0.55, 0.8))


def test_samples_without_a_prediction_are_counted_by_reason() -> None:
    samples = log_samples(*TWO, ("c", 1, None, None, None, MISSING), ("d", 1, None, None, None, MISSING))
    risk = log_risk(samples)
    assert isinstance(risk, LogRisk)
    assert risk.invalid == ((MISSING, 2),)
    assert risk.coverage == "2 of 4 samples had a usable risk score"


def test_a_target_that_changes_between_repeats_makes_a_sample_invalid() -> None:
    changing = (("c", 1, 0.5, 0, 1.0, None), ("c", 2, 0.5, 1, 1.0, None))
    risk = log_risk(log_samples(*TWO, *changing))
    assert isinstance(risk, LogRisk)
    assert risk.invalid == ((Reason.CHANGING_TARGET.value, 1),)


def test_the_other_class_turns_truth_and_probability_over() -> None:
    risk = log_risk(log_samples(*TWO), positive="0")
    assert isinstance(risk, LogRisk)
    assert (risk.y_true, risk.positive) == ((1, 0), "0")
    assert risk.y_score == pytest.approx((0.8, 0.3))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            [("a", 1, None, None, None, MISSING)] * 1,
            f"has no valid samples of 1 (1 whose {MISSING})",
        ),
        ([TWO[0]], "has 1 valid sample of 1"),
        (
            [TWO[0], ("b", 1, 0.3, 0, 1.0, None)],
            "has one class only: the target of all 2 valid samples is '0'",
        ),
        (
            [TWO[1], ("c", 1, 0.3, 1, 1.0, None)],
            "has one class only: the target of all 2 valid samples is '1'",
        ),
    ],
)
def test_too_little_for_a_curve_is_said_and_what_there_is_is_kept(
    rows: list[tuple[Any, ...]], reason: str
) -> None:
    found = log_risk(log_samples(*rows))
    assert isinstance(found, NoRisk)
    assert found.reason == reason
    assert found.risk is not None
    assert found.risk.n_total == len(rows)


def test_three_options_are_told_as_such() -> None:
    rows = [(str(n), 1, None, None, None, Reason.MULTICLASS.value) for n in range(3)]
    found = log_risk(log_samples(*rows, options=("A", "B", "C"), orders=(("A", "B", "C"),)))
    assert isinstance(found, NoRisk)
    assert "options are more than two" in found.reason


def test_a_log_that_could_not_be_read_keeps_its_reason_and_source() -> None:
    source = Source("hf/one")
    assert log_risk(NoSamples("is unfinished", source)) == NoRisk("is unfinished", None, source)


def test_oddities_of_a_log_are_noted() -> None:
    risk = log_risk(log_samples(*TWO, swapped=2, duplicates=1))
    assert isinstance(risk, LogRisk)
    assert "is the probability of '0', not of '1'" in risk.notes[0]
    assert "stand in the log twice" in risk.notes[1]
