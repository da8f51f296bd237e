"""What names of metrics tell."""

from __future__ import annotations

import pytest

from vizspec.metrics.known_metrics import CLASSIFICATION, display_name, of_name, risk_metric, without_prefix
from vizspec.risk.classification import NAMES
from vizspec.risk.statistics import METRICS


@pytest.mark.parametrize(
    ("scorer", "name"),
    [*(("risk_scorer", name) for name in METRICS), *((CLASSIFICATION, name) for name in NAMES)],
)
def test_every_metric_that_is_worked_out_has_a_family_and_a_label(scorer: str, name: str) -> None:
    known = of_name(scorer, name)
    assert known.family in {"risk", "classification"}
    assert known.label != name


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("cruijff_kit/auc_score", "auc_score"),
        ("risk_scorer_cruijff_kit/auc_score", "risk_scorer/auc_score"),
        ("risk_scorer/cruijff_kit/auc_score", "risk_scorer/auc_score"),
        ("other/auc_score", "other/auc_score"),
        ("cruijff_kit", "cruijff_kit"),
    ],
)
def test_a_registry_is_no_part_of_a_name(name: str, bare: str) -> None:
    assert without_prefix(name) == bare


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("risk_scorer_cruijff_kit/auc_score", "AUC"),
        ("risk_scorer_auc_score", "AUC"),
        ("brier_score", "Brier Score"),
        ("x/expected_calibration_error", "C-ECE"),
        ("x_ece", "C-ECE"),
        ("risk_calibration_error", "R-ECE"),
        ("mean_risk_score", "Mean Risk Score"),
        ("cruijff_kit/exact_match", "Exact Match"),
        ("r_squared", "R²"),
        ("piece", "Piece"),
    ],
)
def test_a_name_is_displayed_as_people_read_it(name: str, shown: str) -> None:
    assert display_name(name) == shown


def test_only_the_five_risk_metrics_are_risk_metrics() -> None:
    assert risk_metric("x/ece") == "ece"
    assert risk_metric("mae") is None
