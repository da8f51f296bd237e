"""How intervals came about, in sentences."""

from __future__ import annotations

from dataclasses import replace

from tests.make import a_cell, a_metric, an_estimate
from vizspec.report.methods import method_notes
from vizspec.statistics.method import Method

NAMES = {an_estimate().cell: "r4"}


def test_one_method_needs_no_metrics_named() -> None:
    assert method_notes([an_estimate(), an_estimate()], NAMES) == (
        "95% CI: Wilson's score interval for a proportion (Wilson 1927).",
    )


def test_rows_without_an_interval_have_no_method() -> None:
    assert method_notes([an_estimate(lower=None)], NAMES) == ()


def test_several_methods_name_their_metrics_and_the_rows_that_share_one() -> None:
    cells = {a_cell(run): run for run in ("r1", "r2", "r3", "r4", "r5")}
    match = [an_estimate(cell) for cell in cells]
    mean = an_estimate(next(iter(cells)), a_metric("grade/mean"), method=Method.STUDENT)
    assert method_notes([*match[:4], mean, replace(match[4], method=Method.STUDENT)], cells) == (
        "95% CI of Match Accuracy (of r1, r2, r3 and 1 more): "
        "Wilson's score interval for a proportion (Wilson 1927).",
        "95% CI of Grade, Match Accuracy (of r5): value ± t · standard error, cut off at the metric's range.",
    )


def test_every_method_has_its_sentence() -> None:
    for method in Method:
        if method is not Method.NONE:
            (note,) = method_notes([an_estimate(method=method)], NAMES)
            assert note != f"95% CI: {method.value}."
