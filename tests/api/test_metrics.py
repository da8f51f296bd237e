"""The metrics of a data frame, by its columns."""

from __future__ import annotations

import pandas as pd

from vizspec.api.metrics import DetectedMetrics, detect_metrics


def a_frame(*columns: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns))


def test_accuracies_and_other_metrics_are_found_by_their_columns() -> None:
    found = detect_metrics(
        a_frame(
            "eval_id",
            "score_headline_value",
            "score_match_accuracy",
            "score_match_stderr",
            "score_includes_accuracy",
            "score_includes_stderr",
            "score_risk_scorer_cruijff_kit/ece",
            "score_continuous_scorer_mae",
            "score_risk_scorer_cruijff_kit/auc_score",
        )
    )
    assert found.accuracy == ["match", "includes"]
    assert found.supplementary == [
        "risk_scorer_cruijff_kit/auc_score",
        "risk_scorer_cruijff_kit/ece",
        "continuous_scorer_mae",
    ]
    assert found.has_risk_scorer


def test_risk_metrics_stand_in_the_recipes_order_under_any_prefix() -> None:
    names = ["x", "r_mean_risk_score", "r_risk_calibration_error", "r_ece", "r_expected_calibration_error"]
    names += ["a", "p/brier_score", "r_auc_score"]
    found = detect_metrics(a_frame(*(f"score_{name}" for name in names)))
    assert found.supplementary == [
        "r_auc_score",
        "p/brier_score",
        "r_ece",
        "r_expected_calibration_error",
        "r_risk_calibration_error",
        "r_mean_risk_score",
        "x",
        "a",
    ]


def test_a_scorers_name_is_not_taken_apart() -> None:
    assert detect_metrics(a_frame("score_my_score_x_accuracy")).accuracy == ["my_score_x"]


def test_a_regression_scorer_is_no_risk_scorer() -> None:
    assert not detect_metrics(a_frame("score_continuous_scorer_mae")).has_risk_scorer


def test_a_frame_without_scores_has_no_metrics() -> None:
    assert detect_metrics(a_frame("eval_id", "score_", "score_headline_stderr")) == DetectedMetrics()
    assert detect_metrics(pd.DataFrame(columns=[1, 2])) == DetectedMetrics()
