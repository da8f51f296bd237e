"""One score is a prediction, or says why it is none."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples.logs import risk_score
from vizspec.samples.checked_score import Checked, check, number_of, option_text
from vizspec.samples.raw_risk import RawRiskScore
from vizspec.samples.record import Reason

words = st.text("01 a\t", max_size=3)


def checked(score: dict[str, Any]) -> Checked:
    return check(msgspec.convert(score, RawRiskScore))


def test_a_sound_score_is_a_prediction() -> None:
    found = checked(risk_score(0.75, "1", "C"))
    assert found == Checked(None, ("0", "1"), 0.25, 0.75, 1, 1.0, False)


@pytest.mark.parametrize("target", ["1", 1, 1.0, True, [1], " 1 "])
def test_targets_come_as_text_numbers_truth_values_and_lists_of_one(target: Any) -> None:
    assert checked(risk_score(0.75, target)).target == 1


def test_truth_values_are_found_among_options_of_that_name() -> None:
    assert checked(risk_score(0.75, True, options=("False", "True"))).target == 1
    assert checked(risk_score(0.75, False, options=("false", "true"))).target == 0


@pytest.mark.parametrize(
    ("score", "reason"),
    [
        ({"value": "C"}, Reason.NO_RISK_SCORE),
        ({"value": "C", "metadata": None}, Reason.NO_RISK_SCORE),
        (risk_score(None), Reason.NO_RISK_SCORE),
        (risk_score(0.5, option_probs=None), Reason.NO_OPTION_PROBS),
        (risk_score(0.5, option_probs={"1": 0.5}), Reason.NO_OPTION_PROBS),
        (risk_score(0.5, option_probs="Key removed from summary (> 1k)"), Reason.NO_OPTION_PROBS),
        (risk_score(0.5, option_probs={"A": 0.5, "B": 0.25, "C": 0.25}), Reason.MULTICLASS),
        (risk_score(None, option_probs={"A": 0.5, "B": 0.25, "C": 0.25}), Reason.MULTICLASS),
        (risk_score(math.nan), Reason.NOT_A_NUMBER),
        (risk_score(math.inf), Reason.NOT_A_NUMBER),
        (risk_score("high"), Reason.NOT_A_NUMBER),
        (risk_score(True), Reason.NOT_A_NUMBER),
        (risk_score(0.5, option_probs={"0": None, "1": 0.5}), Reason.NOT_A_NUMBER),
        (risk_score(1.2), Reason.OUT_OF_RANGE),
        (risk_score(-0.2), Reason.OUT_OF_RANGE),
        (risk_score(0.5, option_probs={"0": 1.5, "1": 0.5}), Reason.OUT_OF_RANGE),
        (risk_score(0.5, option_probs={"0": 0.9, "1": 0.1}), Reason.NO_PROBABILITY),
        (risk_score(0.5, None), Reason.NO_TARGET),
        (risk_score(0.5, ""), Reason.NO_TARGET),
        (risk_score(0.5, ["0", "1"]), Reason.NO_TARGET),
        (risk_score(0.5, "2"), Reason.FOREIGN_TARGET),
    ],
)
def test_every_unusable_score_has_its_reason(score: dict[str, Any], reason: Reason) -> None:
    found = checked(score)
    assert found.reason == reason
    assert found.last is None


def test_a_risk_score_of_the_first_option_is_seen_and_not_taken_for_the_last() -> None:
    found = checked(risk_score(0.2, "1", option_probs={"0": 0.2, "1": 0.8}))
    assert (found.first, found.last, found.swapped) == (0.2, 0.8, True)


def test_a_risk_score_near_one_half_belongs_to_the_option_it_equals() -> None:
    found = checked(risk_score(0.499, "1", option_probs={"0": 0.499, "1": 0.501}))
    assert (found.first, found.last, found.swapped) == (0.499, 0.501, True)


def test_noise_in_the_last_digit_does_not_put_a_probability_out_of_range() -> None:
    found = checked(risk_score(1.0000000000000002, option_probs={"0": -1e-17, "1": 1.0000000000000002}))
    assert (found.first, found.last) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("C", 1.0),
        ("I", 0.0),
        ("P", 0.5),
        ("N", 0.0),
        ("yes", 1.0),
        ("FALSE", 0.0),
        ("0.25", 0.25),
        (1, 1.0),
        (True, 1.0),
        ("maybe", None),
        (math.nan, None),
        ("nan", None),
        ([1], None),
        (None, None),
        (10**400, None),
    ],
)
def test_values_are_read_as_inspect_reads_them(value: Any, number: float | None) -> None:
    assert number_of(value) == number


@settings(max_examples=50)
@given(words)
def test_an_option_is_the_same_with_any_white_space_around_it(text: str) -> None:
    assert option_text(f" \n{text}\t") == option_text(text)


@settings(max_examples=50)
@given(
    st.floats() | st.none() | words | st.booleans() | st.integers(),
    st.none() | words | st.dictionaries(words, st.floats() | st.none() | words, max_size=4),
    st.none() | words | st.integers() | st.floats() | st.lists(words),
)
def test_whatever_a_scorer_writes_probabilities_stay_between_0_and_1(
    risk: Any, probs: Any, target: Any
) -> None:
    found = checked(risk_score(risk, target, option_probs=probs))
    if found.reason is None:
        assert found.last is not None
        assert found.first is not None
        assert 0 <= found.last <= 1
        assert 0 <= found.first <= 1
        assert found.target in (0, 1)
    else:
        assert found.last is None
