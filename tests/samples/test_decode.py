"""Members are decoded to the few fields needed, bare NaN included."""

from __future__ import annotations

import math

import pytest

from vizspec.samples.decode import decode
from vizspec.samples.raw_risk import RawRiskSample


def test_fields_that_are_not_needed_are_passed_over() -> None:
    found = decode(
        b'{"id": "a", "epoch": 2, "messages": [{"x": 1}], "scores": {"s": {"value": "C"}}}', RawRiskSample
    )
    assert (found.id, found.epoch) == ("a", 2)
    assert found.scores is not None
    assert found.scores["s"].value == "C"
    assert not found.scores["s"].speaks_of_risk


@pytest.mark.parametrize("risk", [b"null", b"0.5", b'"x"'])
def test_a_risk_score_speaks_of_risk_be_it_null(risk: bytes) -> None:
    found = decode(b'{"id": 1, "scores": {"s": {"metadata": {"risk_score": ' + risk + b"}}}}", RawRiskSample)
    assert found.scores is not None
    assert found.scores["s"].speaks_of_risk


def test_bare_nan_and_infinity_are_numbers() -> None:
    found = decode(b'{"id": 1, "scores": {"s": {"value": NaN}, "t": {"value": -Infinity}}}', RawRiskSample)
    assert found.scores is not None
    assert math.isnan(found.scores["s"].value)
    assert found.scores["t"].value == -math.inf


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"epoch": 1}', b'{"id": 1, "epoch": "x"}', b"\xff"])
def test_anything_else_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the library's
        decode(data, RawRiskSample)
