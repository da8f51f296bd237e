"""What vizspec knows of metrics, how they are named, and what a spec's patterns mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.make import RISK, a_metric, a_score
from vizspec.metrics.catalogue import Catalogue, Definition, catalogue, matches, scorer_name
from vizspec.metrics.score import Score

REGRESSION = {"mae": 1.0, "rmse": 2.0, "r_squared": 0.5, "parse_rate": 0.9}


def ids(found: Catalogue) -> list[str]:
    return [metric.id for metric in found.metrics]


def test_metrics_stand_in_the_recipes_order() -> None:
    found = catalogue(
        [
            a_score("continuous_scorer", metrics=dict(reversed(REGRESSION.items()))),
            a_score("risk_scorer", metrics=dict(reversed(RISK.items()))),
            a_score("judge", metrics={"zeal": 1.0, "mean": 0.5}),
            a_score("match"),
            a_score("includes"),
        ]
    )
    assert ids(found) == [
        "match/accuracy",
        "includes/accuracy",
        *(f"risk_scorer/{name}" for name in RISK),
        *(f"continuous_scorer/{name}" for name in REGRESSION),
        "judge/zeal",
        "judge/mean",
    ]
    assert [metric.order for metric in found.metrics] == list(range(len(found.metrics)))
    assert [metric.id for metric in found.accuracy] == ["match/accuracy", "includes/accuracy"]
    assert found.accuracy + found.supplementary == found.metrics


@pytest.mark.parametrize(
    ("metric", "label", "better", "bounds"),
    [
        ("match/accuracy", "Match Accuracy", "higher", (0, 1)),
        ("risk_scorer/auc_score", "AUC", "higher", (0, 1)),
        ("risk_scorer/brier_score", "Brier Score", "lower", (0, 1)),
        ("risk_scorer/expected_calibration_error", "C-ECE", "lower", (0, 1)),
        ("risk_scorer/ece", "C-ECE", "lower", (0, 1)),
        ("risk_scorer/risk_calibration_error", "R-ECE", "lower", (0, 1)),
        ("risk_scorer/mean_risk_score", "Mean Risk Score", None, (0, 1)),
        ("continuous_scorer/mae", "MAE", "lower", (0, None)),
        ("continuous_scorer/r_squared", "R²", "higher", (None, 1)),
        ("judge/mean", "Judge", None, (None, None)),
        ("my_judge/zeal_score", "My Judge Zeal Score", None, (None, None)),
    ],
)
def test_a_metric_has_a_label_a_direction_and_a_range(
    metric: str, label: str, better: str | None, bounds: tuple[float | None, float | None]
) -> None:
    made = a_metric(metric)
    assert (made.label, made.better, (made.lowest, made.highest)) == (label, better, bounds)


def test_a_regression_metric_is_never_a_risk_metric() -> None:
    found = catalogue([a_score("continuous_scorer", metrics=REGRESSION)])
    assert {metric.family for metric in found.metrics} == {"regression"}
    assert not found.has_risk_scorer
    assert catalogue([a_score("numeric_risk_scorer", metrics={"auc_score": 0.5})]).has_risk_scorer


def test_a_standard_error_is_no_metric() -> None:
    score = a_score(metrics={"accuracy": 0.5, "stderr": 0.1, "bootstrap_stderr": 0.1})
    assert ids(catalogue([score])) == ["match/accuracy"]


def test_one_name_with_and_without_a_registry_prefix_is_known() -> None:
    found = catalogue([a_score("risk", metrics={"cruijff_kit/auc_score": 0.5})])
    assert (found.metrics[0].family, found.metrics[0].order) == ("risk", 0)


def test_metrics_called_alike_carry_their_scorers() -> None:
    found = catalogue(
        [
            a_score("risk", metrics={"auc_score": 0.5, "ece": 0.1, "expected_calibration_error": 0.1}),
            a_score("numeric_risk", metrics={"auc_score": 0.5}),
        ]
    )
    assert [metric.label for metric in found.metrics] == [
        "AUC (risk)",
        "AUC (numeric_risk)",
        "C-ECE (risk/expected_calibration_error)",
        "C-ECE (risk/ece)",
    ]


def test_a_metric_with_a_slash_stands_beside_one_with_underscores() -> None:
    found = catalogue([a_score("judge", metrics={"a/b": 0.1, "a__b": 0.2})])
    assert ids(found) == ["judge/a/b", "judge/a__b"]
    assert len({metric.label for metric in found.metrics}) == 2


@given(
    st.lists(
        st.builds(
            lambda scorer, names: a_score(scorer, metrics=dict.fromkeys(names, 0.5)),
            st.sampled_from(["a", "a_b", "a/b", "b"]),
            st.lists(st.sampled_from(["b", "b/c", "c", "accuracy", "ece", "auc_score", "mean"])),
        )
    )
)
def test_metrics_with_different_names_have_different_labels(scores: list[Score]) -> None:
    found = catalogue(scores).metrics
    named = {(metric.scorer, metric.name) for metric in found}
    assert len(named) == len(found)
    assert len({metric.label for metric in found}) >= len({metric.id for metric in found})


@pytest.mark.parametrize(
    ("reducer", "scorer", "name"),
    [
        (None, "match", "match"),
        ("mean", "match", "match"),
        ("at_least_1", "match", "match_at_least_1"),
        ("mode", "match_mode", "match_mode"),
    ],
)
def test_a_reducer_other_than_the_mean_is_part_of_a_scorers_name(
    reducer: str | None, scorer: str, name: str
) -> None:
    assert scorer_name(a_score(scorer, reducer=reducer)) == name


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("all", ["match/accuracy", "risk/accuracy", "risk/auc_score", "v[1]/mae"]),
        ("*", ["match/accuracy", "risk/accuracy", "risk/auc_score", "v[1]/mae"]),
        ("accuracy", ["match/accuracy", "risk/accuracy"]),
        ("supplementary", ["risk/auc_score", "v[1]/mae"]),
        ("match", ["match/accuracy"]),
        ("risk", ["risk/accuracy"]),
        ("risk/*", ["risk/accuracy", "risk/auc_score"]),
        ("*/a?c_score", ["risk/auc_score"]),
        ("auc_score", ["risk/auc_score"]),
        ("risk/cruijff_kit/auc_score", ["risk/auc_score"]),
        ("risk_cruijff_kit/auc_score", ["risk/auc_score"]),
        ("v[1]/mae", ["v[1]/mae"]),
        ("Match", []),
        ("", []),
    ],
)
def test_a_pattern_means_metrics(pattern: str, meant: list[str]) -> None:
    found = catalogue(
        [
            a_score("match"),
            a_score("risk", metrics={"accuracy": 1.0, "auc_score": 1.0}),
            a_score("v[1]", metrics={"mae": 1.0}),
        ]
    )
    assert [metric.id for metric in found.select([pattern])] == meant
    assert [metric.id for metric in found.metrics if matches(pattern, metric)] == meant


def test_only_the_metrics_to_include_are_in_the_catalogue() -> None:
    scores = [a_score("match"), a_score("risk", metrics=RISK)]
    assert ids(catalogue(scores, ["match", "auc_score"])) == ["match/accuracy", "risk/auc_score"]
    assert ids(catalogue(scores, [])) == []


def test_the_first_accuracy_is_the_primary_metric_unless_another_is_wanted() -> None:
    found = catalogue([a_score("risk", metrics=RISK), a_score("match")])
    assert found.primary(None) == found.accuracy[0]
    assert found.primary("risk/auc_score") == found.supplementary[0]
    assert found.primary("nothing") is None
    without_accuracy = catalogue([a_score("risk", metrics=RISK)])
    assert without_accuracy.primary(None) == without_accuracy.metrics[0]
    assert Catalogue().primary(None) is None


def test_a_definition_tells_what_vizspec_cannot_know() -> None:
    define = {"judge/f1": Definition(label="F1", better="higher", range=(0, 1), family="accuracy")}
    (metric,) = catalogue([a_score("judge", metrics={"f1": 0.5})], define=define).metrics
    assert (metric.label, metric.better, metric.is_unit, metric.is_accuracy) == ("F1", "higher", True, True)


def test_a_definition_leaves_what_it_does_not_say() -> None:
    define = {"risk_cruijff_kit/auc_score": Definition(label="Area")}
    (metric,) = catalogue([a_score("risk", metrics={"auc_score": 0.5})], define=define).metrics
    assert (metric.label, metric.better, metric.family) == ("Area", "higher", "risk")


@pytest.mark.parametrize(
    "given", [{"better": "bigger"}, {"range": [0]}, {"range": [0, "inf"]}, {"lable": "x"}]
)
def test_a_definition_that_says_nothing_sensible_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Definition.model_validate(given)


def test_a_value_is_admitted_inside_the_range_only() -> None:
    unit, above = a_metric("match/accuracy"), a_metric("continuous_scorer/mae")
    assert [unit.admits(value) for value in (-0.1, 0, 1, 1.1)] == [False, True, True, False]
    assert [above.admits(value) for value in (-0.1, 0, 1e9)] == [False, True, True]
