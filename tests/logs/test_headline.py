"""A suite whose tasks have scorers of their own has a headline: each task's own accuracy."""

from __future__ import annotations

from tests.make import a_cell, a_log, a_score
from vizspec.estimates.table import estimate
from vizspec.logs.headline import with_headlines
from vizspec.logs.record import Log, Status
from vizspec.metrics.catalogue import Catalogue, catalogue

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
    told = {(row.metric.id, row.cell.task): (row.value, row.lower, row.upper, row.method) for row in rows}
    assert told["headline/accuracy", "arc"] == told["choice/accuracy", "arc"]
    assert told["headline/accuracy", "gsm"] == told["match/accuracy", "gsm"]


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


def test_tasks_without_an_accuracy_and_failed_logs_have_no_headline() -> None:
    judged = a_log("r4", task="essay", scores=[a_score("judge", metrics={"mean": 3.0})])
    failed = a_log("r8", task="gsm", status=Status.ERROR)
    assert scorers(ARC, GSM, judged, failed)[2:] == [["judge"], []]


def test_an_accuracy_that_is_no_share_is_no_headline() -> None:
    grades = a_log("r4", task="essay", scores=[a_score("judge", 7.2)])
    assert scorers(ARC, GSM, grades)[2] == ["judge"]


def test_a_frame_keeps_its_own_headline() -> None:
    row = a_log("r4", task="gsm", scores=[a_score("headline", 0.8)])
    assert scorers(ARC, row) == [["choice"], ["headline"]]
