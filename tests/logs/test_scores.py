"""Results of a log become scores: metrics, and what tells of their uncertainty."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.logs.header import EvalMetric, EvalSpec, Header, Results, ScoreEntry
from vizspec.logs.scores import (
    bare_name,
    declared_headline,
    number,
    scores_of,
    stderr_of_spread,
    without_supporting,
)
from vizspec.metrics.score import LoggedInterval, Score, ScoreGroup


def scores(*entries: ScoreEntry, epochs: int = 1, samples: int = 100) -> tuple[Score, ...]:
    spec = EvalSpec(created="2026-01-29T10:00:00Z", task="income", model="hf/1B")
    results = Results(total_samples=samples * epochs, completed_samples=samples * epochs, scores=[*entries])
    return scores_of(Header(eval=spec, version=2, results=results), samples, epochs)


def an_entry(
    name: str = "match", scorer: str | None = None, scored: int = 100, **metrics: EvalMetric
) -> ScoreEntry:
    return ScoreEntry(name, scorer or name, None, scored, 0, metrics)


def by_subject(name: str, value: float, of: str = "accuracy", **options: Any) -> EvalMetric:
    """What `grouped(accuracy(), "subject")` logs of one group."""
    metric = {"type": "metric", "name": of, "params": {}}
    return EvalMetric(name, "grouped", value, {"metric": metric, "group_key": "subject", **options})


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        (None, None),
        ({"metric": "f1"}, ("match", "f1")),
        ({"scorer": "judge", "metric": None}, ("judge", "mean")),
        ({"score": "judge"}, ("judge", "mean")),
        ({"scorer": "judge", "metric": "f1"}, None),
        ({"metric": "stderr"}, None),
        ("match", None),
    ],
)
def test_the_headline_that_a_task_declares_is_found_as_inspect_finds_it(
    declared: object, found: tuple[str, str] | None
) -> None:
    entries = [
        an_entry(
            "match",
            accuracy=EvalMetric("accuracy", value=0.5),
            f1=EvalMetric("f1", value=0.4),
            stderr=EvalMetric("stderr", value=0.1),
        ),
        an_entry("judge", mean=EvalMetric("mean", value=3.0)),
    ]
    spec = EvalSpec(created="2026-01-29T10:00:00Z", task="income", model="hf/1B", headline_metric=declared)
    header = Header(eval=spec, version=2, results=Results(100, 100, entries))
    assert declared_headline(header, scores_of(header, 100, 1)) == found


@given(
    st.one_of(
        st.text(),
        st.booleans(),
        st.none(),
        st.lists(st.integers()),
        st.sampled_from([float("nan"), float("-inf"), 10**400]),
    )
)
def test_what_is_no_finite_number_is_none(value: object) -> None:
    assert number(value) is None


def test_a_prefix_is_dropped_only_where_the_bare_name_is_free() -> None:
    assert bare_name("cruijff_kit/auc_score", {}) == "auc_score"
    assert bare_name("cruijff_kit/auc_score", {"auc_score": 1}) == "cruijff_kit/auc_score"
    assert bare_name("mine/auc_score", {}) == "mine/auc_score"
    assert bare_name("inspect_ai/", {}) == "inspect_ai/"


def test_standard_errors_are_no_metrics_however_the_log_numbers_them() -> None:
    (score,) = scores(
        an_entry(
            accuracy=EvalMetric("accuracy", value=0.5),
            stderr=EvalMetric("stderr", value=0.05),
            stderr2=EvalMetric("inspect_ai/stderr", value=0.08, params={"cluster": "document"}),
        )
    )
    assert dict(score.metrics) == {"accuracy": 0.5}
    assert (score.stderr, score.cluster) == (0.08, "document"), "the one over clusters knows of more"


def test_the_ends_of_an_interval_belong_to_their_metric() -> None:
    (score,) = scores(
        an_entry(
            mean=EvalMetric("mean", value=0.5),
            lower=EvalMetric("lower", "ci", 0.4),
            upper=EvalMetric("upper", "ci", 0.6),
            lower2=EvalMetric(
                "lower", "ci", 0.45, {"level": 0.9, "method": "bootstrap", "cluster": "document"}
            ),
            upper2=EvalMetric(
                "upper", "ci", 0.55, {"level": 0.9, "method": "bootstrap", "cluster": "document"}
            ),
        )
    )
    assert dict(score.metrics) == {"mean": 0.5}
    assert score.interval == LoggedInterval(0.45, 0.55, 0.9, "bootstrap", "document")


def test_a_metric_of_ones_own_may_be_called_lower() -> None:
    (score,) = scores(an_entry(mean=EvalMetric("mean", value=0.5), lower=EvalMetric("lower", value=0.4)))
    assert dict(score.metrics) == {"mean": 0.5, "lower": 0.4}


def test_a_spread_is_no_metric_beside_its_mean_and_gives_the_standard_error() -> None:
    (score,) = scores(an_entry(mean=EvalMetric("mean", value=0.5), std=EvalMetric("std", value=0.3)))
    assert dict(score.metrics) == {"mean": 0.5}
    assert score.stderr == pytest.approx(0.03)


def test_a_spread_alone_stays_a_metric() -> None:
    (score,) = scores(an_entry(std=EvalMetric("std", value=0.3)))
    assert dict(score.metrics) == {"std": 0.3}


def test_a_variance_gives_the_standard_error_too() -> None:
    assert stderr_of_spread({"mean": 1.0, "var": 4.0}, 100) == pytest.approx(0.2)
    assert stderr_of_spread({"mean": 1.0, "std": 2.0}, None) is None
    assert stderr_of_spread({"mean": 1.0, "std": 0.0}, 1) is None


def test_names_alone_tell_what_is_no_metric_of_a_frame() -> None:
    columns = {"mean": 0.5, "stderr": 0.1, "std": 0.2, "ci_lower": 0.4, "ci_upper": 0.6, "cost": 3.0}
    assert without_supporting(columns) == {"mean": 0.5, "cost": 3.0}
    assert without_supporting({"lower": 0.1}) == {"lower": 0.1}


def test_the_metric_of_a_group_tells_what_it_is_of_and_has_its_groups_standard_error() -> None:
    (score,) = scores(
        an_entry(
            algebra=by_subject("algebra", 0.6),
            all=by_subject("all", 0.52),
            algebra2=by_subject("algebra", 0.2, "stderr"),
            all2=by_subject("all", 0.05, "inspect_ai/stderr"),
        )
    )
    assert dict(score.metrics) == {"algebra": 0.6, "all": 0.52}
    assert score.groups == {
        "algebra": ScoreGroup("subject", "algebra", "accuracy", 0.2),
        "all": ScoreGroup("subject", "all", "accuracy", 0.05, whole="samples"),
    }


def test_a_mean_of_groups_has_not_the_mean_of_their_standard_errors() -> None:
    (score,) = scores(
        an_entry(
            law=by_subject("law", 0.6, all="groups"),
            all=by_subject("all", 0.52, all="groups"),
            all2=by_subject("all", 0.13, "stderr", all="groups"),
        )
    )
    assert score.groups["all"] == ScoreGroup("subject", "all", "accuracy", None, whole="groups")


def test_a_group_may_have_another_template_and_label() -> None:
    (score,) = scores(
        an_entry(
            of_law=by_subject("of_law", 0.6, name_template="of_{group_name}", all_label="both"),
            both=by_subject("both", 0.5, name_template="of_{group_name}", all_label="both"),
        )
    )
    assert score.groups["of_law"].template == "of_{group_name}"
    assert [group.whole for group in score.groups.values()] == [None, "samples"]


def test_two_scorers_whose_scores_have_a_key_of_one_name_are_both_kept() -> None:
    entries = [an_entry("quality", scorer, accuracy=EvalMetric("accuracy", value=v)) for scorer, v in TWO]
    assert [(score.scorer, score.metrics["accuracy"]) for score in scores(*entries)] == [
        ("judge.quality", 0.2),
        ("panel.quality", 0.7),
    ]


TWO = (("judge", 0.2), ("panel", 0.7))


def test_a_scorer_that_appears_twice_keeps_both_entries() -> None:
    entries = [an_entry(accuracy=EvalMetric("accuracy", value=value)) for value in (0.2, 0.7)]
    assert [(score.scorer, score.metrics["accuracy"]) for score in scores(*entries)] == [
        ("match", 0.2),
        ("match2", 0.7),
    ]


def test_metrics_of_unreduced_repeats_stand_beside_those_of_reduced_ones() -> None:
    reduced = ScoreEntry("match", "match", "mean", 10, 0, {"accuracy": EvalMetric("accuracy", value=0.5)})
    whole = ScoreEntry("match", "match", None, 30, 0, {"krippendorff_alpha": EvalMetric("alpha", value=0.9)})
    found = scores(reduced, whole, epochs=3, samples=10)
    assert [(score.scorer, score.reducer, score.scored) for score in found] == [
        ("match", "mean", 10),
        ("match", "unreduced", 10),
    ]


def test_what_is_no_number_is_kept_as_unknown() -> None:
    (score,) = scores(an_entry(accuracy=EvalMetric("accuracy", value=math.nan)))
    assert dict(score.metrics) == {"accuracy": None}


def test_an_interval_over_clusters_tells_of_the_clusters() -> None:
    lower, upper = (
        EvalMetric(name, "ci", value, {"cluster": "doc"}) for name, value in (("lower", 0.4), ("upper", 0.9))
    )
    (score,) = scores(an_entry(accuracy=EvalMetric("accuracy", value=0.7), lower=lower, upper=upper))
    assert (score.cluster, score.stderr) == ("doc", None)
    assert score.interval == LoggedInterval(0.4, 0.9, 0.95, cluster="doc")
