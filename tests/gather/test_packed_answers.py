"""Comparisons and verdicts as bytes, and back."""

from __future__ import annotations

from dataclasses import replace

from tests.make import a_cell, a_metric
from vizspec.claims.record import CaseVerdict, ClaimOutcome, Verdict
from vizspec.comparisons.questions import Asked
from vizspec.comparisons.record import (
    Comparison,
    Comparisons,
    ComparisonTable,
    Effect,
    NoEffect,
    Ranked,
    SamplePairing,
)
from vizspec.gather.packed_answers import Answers, packed, unpacked
from vizspec.statistics.intervals import Interval

A, B = a_cell("r4"), a_cell("r8")
METRIC = a_metric()
SAMPLES = SamplePairing(38, ("s1",), ("s2",), ("s3",), ("s4",), ("s5",), "id", 2, 3, ("s6", "s7"), ("s8",))
ROW = Comparison(
    group="on capitals",
    name_a="r4",
    name_b="r8",
    a=A,
    b=B,
    metric=METRIC,
    level=0.95,
    value_a=0.75,
    value_b=0.5,
    difference=0.25,
    lower=0.1,
    upper=1,
    p=0.01,
    p_adjusted=0.02,
    together=Interval(0.05, 0.6),
    wins=12,
    losses=2,
    ties=24,
    samples=SAMPLES,
    method="tango",
    n=38,
    extremes=(Interval(0.0, 0.4), Interval(0.2, 0.5)),
    no_verdict="the shared samples are of one class",
    note="repeats differ",
    is_of_logged=True,
)
ASKED = Asked("match/accuracy", ("run",), (("run", "r8"),), id="runs")
CASE = CaseVerdict(
    "capitals", ClaimOutcome.VIOLATED, 0.25, 0.1, 1, 0.9, -0.1, 38, "tango", 0.01, needed=80, cells=(B,)
)


def test_answers_come_back_as_they_were() -> None:
    ranked = Ranked("on capitals", METRIC, (A, B), ("r4", "r8"), ((1, 1), (2, 2)), (A,))
    found = Answers(
        Comparisons(
            tables=(ComparisonTable(ASKED, METRIC, (ROW,), (ranked,), ("nothing on rivers",)),),
            leads=(ROW, replace(ROW, together=None, extremes=())),
            effects=(Effect("rank", "8", "4", METRIC, 0.1, -0.1, 1, 1, 2, 80, "no samples"),),
            no_effects=(NoEffect("seed", "it has one level"),),
            notable=("r4, r8 are alike",),
            in_texts=(ROW,),
        ),
        (
            Verdict(
                "better", "r4 is better", METRIC.id, ClaimOutcome.VIOLATED, (CASE,), "so it is", sha256="ab"
            ),
        ),
    )
    again = unpacked(packed(found, [A, B]), [(ASKED, METRIC)], [A, B], [METRIC])
    assert repr(again) == repr(found)
    assert again == found
