"""A suite whose tasks have scorers of their own has a headline: each task's own accuracy."""

from __future__ import annotations

from dataclasses import replace

from tests.make import a_cell, a_log, a_score
from vizspec.estimates.table import estimate
from vizspec.logs.headline import with_headlines
from vizspec.logs.record import Log, Status
from vizspec.metrics.catalogue import Catalogue, catalogue
from vizspec.metrics.score import MetricName

ARC = a_log("r4", task="arc", scores=[a_score("choice", 0.5)])
GSM = a_log("r4", task="gsm", scores=[a_score("match", 0.8)])


def catalogue_of(*logs: Log) -> Catalogue:
    return catalogue(score for log in with_headlines(logs) for score in log.scores)


def scorers(*logs: Log) -> list[list[str]]:
    return [[score.scorer for score in log.scores] for log in with_headlines(logs)]


def test_each_task_has_its_own_accuracy_as_the_headline() -> None:
    assert scorers(ARC, GSM) == [["headline", "choice"], ["headline", "match"]]
    found = catalogue_of(ARC, GSM)
    assert [metric.id for metric in found.accuracy] == ["headline/accuracy"]
    assert found.primary(None) == found.accuracy[0]
    assert found.accuracy[0].label == "Accuracy"


def test_the_headline_is_the_very_row_of_its_scorer() -> None:
    cells = [a_cell("r4", task=log.task, scores=log.scores) for log in with_headlines([ARC, GSM])]
    rows = estimate(cells, catalogue_of(ARC, GSM), 0.95).rows
    estimates = {
        (row.metric.id, row.cell.task): (row.value, row.lower, row.upper, row.method) for row in rows
    }
    assert estimates["headline/accuracy", "arc"] == estimates["choice/accuracy", "arc"]
    assert estimates["headline/accuracy", "gsm"] == estimates["match/accuracy", "gsm"]


def test_a_scorer_of_a_task_has_its_metric_under_its_own_name_still() -> None:
    found = catalogue_of(ARC, GSM)
    assert [metric.id for metric in found.select(["accuracy"])] == ["headline/accuracy"]
    assert [metric.id for metric in found.select(["all"])] == ["headline/accuracy"]
    assert [metric.id for metric in found.select(["match"])] == ["match/accuracy"]


def test_where_a_scorer_is_on_all_tasks_there_is_no_headline() -> None:
    both = a_log("r4", task="gsm", scores=[a_score("match", 0.8), a_score("choice", 0.7)])
    assert scorers(ARC, both) == [["choice"], ["match", "choice"]]
    assert scorers(ARC, ARC) == [["choice"], ["choice"]]


def test_a_second_scorer_of_a_task_stays_an_accuracy_of_its_own() -> None:
    two = a_log("r4", task="gsm", scores=[a_score("match", 0.8), a_score("includes", 0.9)])
    assert [metric.id for metric in catalogue_of(ARC, two).accuracy] == [
        "headline/accuracy",
        "includes/accuracy",
    ]


SUMM = a_log("r4", task="summ", scores=[a_score("rouge", metrics={"mean": 0.6})])
ESSAY = a_log("r4", task="essay", scores=[a_score("judge", metrics={"mean": 7.2, "std": 1.0})])


def metrics(*logs: Log) -> list[list[str]]:
    return [[f"{score.scorer}/{name}" for score in log.scores for name in score.metrics] for log in logs]


def test_a_task_without_an_accuracy_has_its_own_metric_in_the_headline() -> None:
    found = with_headlines([ARC, GSM, SUMM])
    assert metrics(*found) == [
        ["headline/value", "choice/accuracy"],
        ["headline/value", "match/accuracy"],
        ["headline/value", "rouge/mean"],
    ]
    assert [log.headline for log in found] == [
        ("choice", "accuracy"),
        ("match", "accuracy"),
        ("rouge", "mean"),
    ]


def test_tasks_of_one_accuracy_and_one_mean_are_a_suite_already() -> None:
    assert metrics(*with_headlines([ARC, SUMM]))[1] == ["headline/value", "rouge/mean"]


def test_means_of_several_scorers_are_a_headline_of_that_name() -> None:
    other = a_log("r4", task="poem", scores=[a_score("taste", metrics={"mean": 0.4})])
    assert metrics(*with_headlines([SUMM, other])) == [
        ["headline/mean", "rouge/mean"],
        ["headline/mean", "taste/mean"],
    ]
    assert [metric.label for metric in catalogue_of(SUMM, other).accuracy] == ["Mean Score"]


def test_values_on_a_scale_of_their_own_stay_out_of_the_common_score() -> None:
    error = a_log("r4", task="prices", scores=[a_score("numbers", metrics={"mae": 0.3, "rmse": 0.4})])
    found = with_headlines([ARC, GSM, ESSAY, error])
    assert metrics(*found)[2:] == [["judge/mean", "judge/std"], ["numbers/mae", "numbers/rmse"]]
    assert [log.headline for log in found[2:]] == [("judge", "mean"), ("numbers", "mae")]


def test_the_metric_that_a_task_declares_stands_for_it() -> None:
    declared = replace(GSM, scores=(a_score("match", metrics={"accuracy": 0.8, "f1": 0.7}),))
    declared = replace(declared, headline=MetricName("match", "f1"))
    found = with_headlines([ARC, declared])
    assert metrics(*found)[1] == ["headline/value", "match/accuracy", "match/f1"]
    assert found[1].scores[0].metrics == {"value": 0.7}


def test_of_several_scorers_the_one_that_all_logs_of_a_task_have_stands_for_it() -> None:
    both = a_log("r4", task="gsm", scores=[a_score("includes", 0.9), a_score("match", 0.8)])
    one = a_log("r8", task="gsm", scores=[a_score("match", 0.7)])
    assert [log.headline for log in with_headlines([ARC, both, one])] == [
        ("choice", "accuracy"),
        ("match", "accuracy"),
        ("match", "accuracy"),
    ]


def test_a_metric_that_is_on_all_tasks_needs_no_headline() -> None:
    other = a_log("r4", task="poem", scores=[a_score("taste", metrics={"mean": 4.0}), *ESSAY.scores])
    assert metrics(*with_headlines([other, ESSAY]))[1] == ["judge/mean", "judge/std"]
    assert [log.headline for log in with_headlines([other, ESSAY])] == [None, None]


def test_failed_logs_have_no_headline() -> None:
    failed = a_log("r8", task="gsm", status=Status.ERROR)
    assert scorers(ARC, GSM, failed)[2:] == [[]]


def test_an_accuracy_that_is_no_share_is_no_headline() -> None:
    grades = a_log("r4", task="essay", scores=[a_score("judge", 7.2)])
    assert scorers(ARC, GSM, grades)[2] == ["judge"]


def test_a_frame_keeps_its_own_headline() -> None:
    row = a_log("r4", task="gsm", scores=[a_score("headline", 0.8)])
    assert scorers(ARC, row) == [["choice"], ["headline"]]
