"""How intervals came about, in sentences."""

from __future__ import annotations

from dataclasses import replace

from tests.make import a_metric, an_estimate
from vizspec.estimates import Method
from vizspec.report.methods import method_notes


def test_one_method_needs_no_metrics_named() -> None:
    assert method_notes([an_estimate(), an_estimate()]) == (
        "95 % CI: Wilson's score interval of a proportion (Wilson 1927).",
    )


def test_rows_without_an_interval_have_no_method() -> None:
    assert method_notes([an_estimate(lower=None)]) == ()


def test_several_methods_name_their_metrics_and_where_they_hold_in_part() -> None:
    match, mean = an_estimate(), an_estimate(metric=a_metric("grade/mean"), method=Method.STUDENT)
    notes = method_notes([match, mean, replace(match, method=Method.STUDENT)])
    assert notes == (
        "95 % CI of Match Accuracy (in part): Wilson's score interval of a proportion (Wilson 1927).",
        "95 % CI of Grade, Match Accuracy (in part): "
        "value ± t · standard error, cut off at the metric's range.",
    )


def test_every_method_has_its_sentence() -> None:
    for method in Method:
        if method is not Method.NONE:
            (note,) = method_notes([an_estimate(method=method)])
            assert note != f"95 % CI: {method.value}."
