"""Metrics whose names are abbreviations are spelled out."""

from __future__ import annotations

from tests.make import a_metric
from vizspec.report.definitions import definitions


def test_calibration_errors_are_spelled_out_and_other_metrics_are_not() -> None:
    names = ("auc_score", "expected_calibration_error", "risk_calibration_error")
    assert definitions(a_metric(f"risk_scorer/{name}") for name in names) == (
        "C-ECE: expected calibration error of the confidence (the probability of the likelier option) "
        "against "
        "whether the answer given was right: in 10 bins of equal width, the mean distance of the two in "
        "a bin, "
        "weighted by its samples.",
        "R-ECE: calibration error of the risk score (the probability of the positive class) against "
        "whether that "
        "class was right: in 10 bins of equal width, the mean distance of the two in a bin, weighted by its "
        "samples.",
    )


def test_the_name_of_older_logs_has_the_same_definition() -> None:
    (old,), (new,) = (
        definitions([a_metric(f"risk_scorer/{name}")]) for name in ("ece", "expected_calibration_error")
    )
    assert old == new
