"""Score columns' names taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vizspec.logs.frame_columns import METRICS_OF_SCORERS, ScoreColumn, score_columns


def parts(*columns: str, **known: tuple[str, ...]) -> list[tuple[str, str, str | None]]:
    return [(each.scorer, each.metric, each.reducer) for each in score_columns(columns, **known)]


@pytest.mark.parametrize(
    ("column", "scorer", "metric"),
    [
        ("score_match_accuracy", "match", "accuracy"),
        ("score_my_score_x_accuracy", "my_score_x", "accuracy"),
        ("score_risk_scorer_auc_score", "risk_scorer", "auc_score"),
        ("score_risk_scorer_cruijff_kit/auc_score", "risk_scorer", "auc_score"),
        ("score_risk_scorer_expected_calibration_error", "risk_scorer", "expected_calibration_error"),
        ("score_swe_bench_scorer_stderr_stderr", "swe_bench_scorer_stderr", "stderr"),
        ("score_swe_bench_scorer_stderr_mean", "swe_bench_scorer_stderr", "mean"),
        ("score_match_bootstrap_stderr", "match", "bootstrap_stderr"),
        ("score_a/b_accuracy", "a/b", "accuracy"),
        ("score_grader_other_kit/quality", "grader_other", "quality"),
        ("score_grader_quality", "grader", "quality"),
        ("score_grader", "grader", "value"),
    ],
)
def test_a_name_is_taken_apart(column: str, scorer: str, metric: str) -> None:
    assert parts(column) == [(scorer, metric, None)]


def test_an_unknown_metric_is_split_from_a_scorer_that_another_column_names() -> None:
    assert parts("score_risk_scorer_auc_score", "score_risk_scorer_odd_one")[1] == (
        "risk_scorer",
        "odd_one",
        None,
    )


def test_the_headline_tells_scorers_and_metrics() -> None:
    assert parts("score_a_b_c_d", scorers=("a_b",)) == [("a_b", "c_d", None)]
    assert parts("score_a_b_c_d", metrics=("b_c_d",)) == [("a", "b_c_d", None)]


def test_a_headline_that_names_a_metric_with_its_package_means_the_same_metric() -> None:
    columns = ("score_risk_scorer_cruijff_kit/auc_score", "score_risk_scorer_auc_score")
    parts_of_columns = parts(*columns, metrics=("cruijff_kit/auc_score",))
    assert parts_of_columns == [("risk_scorer", "auc_score", None)] * 2


def test_a_reducer_is_told_apart_only_where_there_are_several() -> None:
    columns = ("score_match_mean_accuracy", "score_match_at_least_2_accuracy")
    assert parts(*columns, reducers=("mean", "at_least_2")) == [
        ("match", "accuracy", "mean"),
        ("match", "accuracy", "at_least_2"),
    ]
    assert parts(*columns)[0] == ("match_mean", "accuracy", None)


def test_headline_and_other_columns_are_no_scores() -> None:
    columns = ["score_headline_value", "model", "score_", "scores_x_accuracy", "score_match_accuracy"]
    assert score_columns(columns) == (ScoreColumn("score_match_accuracy", "match", "accuracy"),)


@settings(max_examples=50)
@given(scorer=st.text("abcstderr", min_size=1, max_size=8), metric=st.sampled_from(METRICS_OF_SCORERS))
def test_a_plain_scorer_and_a_known_metric_come_back(scorer: str, metric: str) -> None:
    assert parts(f"score_{scorer}_{metric}") == [(scorer, metric, None)]


def test_columns_that_begin_alike_are_of_one_scorer() -> None:
    found = score_columns(["score_attack_success_rate", "score_attack_mean_turns", "score_my_judge_cost"])
    assert [(each.scorer, each.metric) for each in found] == [
        ("attack", "success_rate"),
        ("attack", "mean_turns"),
        ("my_judge", "cost"),
    ]


def test_a_scorer_whose_name_others_begin_with_keeps_its_metric() -> None:
    found = score_columns(["score_my_judge_cost", "score_my_judge_cost_total"])
    assert [(each.scorer, each.metric) for each in found] == [
        ("my_judge", "cost"),
        ("my_judge", "cost_total"),
    ]
