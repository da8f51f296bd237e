"""Scores of many samples become columns, in whatever order they come."""

from __future__ import annotations

import random
from typing import Any

import msgspec

from tests.samples.logs import risk_score
from vizspec.samples.collector import Collector
from vizspec.samples.raw_risk import RawRiskScore
from vizspec.samples.record import LogSamples, Member, NoSamples, Source

SOURCE = Source("hf/one")


def raw(score: dict[str, Any]) -> RawRiskScore:
    return msgspec.convert(score, RawRiskScore)


def collected(
    *rows: tuple[int, int, dict[str, RawRiskScore]], epochs: int | None = None
) -> LogSamples | NoSamples:
    collector = Collector()
    for sample, epoch, scores in rows:
        collector.add(sample, epoch, scores)
    return collector.result(SOURCE, epochs, Member.SAMPLES)


def test_the_order_in_which_samples_come_makes_no_difference() -> None:
    keys = [(number, epoch) for number in range(9) for epoch in (1, 2)]
    rows = [(n, epoch, {"risk_scorer": raw(risk_score(n / 20 + epoch / 10))}) for n, epoch in keys]
    shuffled = random.Random(1).sample(rows, len(rows))
    assert collected(*rows) == collected(*shuffled)


def test_repeats_are_counted_where_the_header_does_not_tell() -> None:
    found = collected(*[(1, epoch, {"s": raw(risk_score(0.5))}) for epoch in (1, 2, 3)])
    assert isinstance(found, LogSamples)
    assert (found.epochs, found.total) == (3, 1)


def test_three_options_are_kept_to_be_told_of() -> None:
    three = risk_score(None, option_probs={"A": 0.2, "B": 0.3, "C": 0.5})
    found = collected((1, 1, {"risk_scorer": raw(three)}))
    assert isinstance(found, LogSamples)
    assert found.options == ("A", "B", "C")


def test_no_samples_and_no_scores_are_told_apart() -> None:
    assert collected() == NoSamples("the log holds no samples", SOURCE, 0, usable=True)
    assert collected((1, 1, {})) == NoSamples("has no scored samples", SOURCE, 1, usable=True)


def test_the_names_of_scorers_without_risk_are_cut_in_the_reason() -> None:
    collector = Collector()
    collector.add(1, 1, {"x" * 2000: raw({"value": "C"})})
    found = collector.result(Source(), 1, Member.SAMPLES)
    assert isinstance(found, NoSamples)
    assert found.reason == f"has no risk scores (its scorers: {'x' * 199}…)"
