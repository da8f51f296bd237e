"""Which metric stands for each task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.make import a_log, a_score
from vizspec.cells.cell import Cell
from vizspec.cells.select_logs import select_logs
from vizspec.estimates.headlines import default_metric, headed, headlines_of, task_metrics
from vizspec.estimates.table import Estimates, estimate
from vizspec.logs.headline import with_headlines
from vizspec.logs.record import Log
from vizspec.metrics.catalogue import Catalogue, Definition, catalogue
from vizspec.metrics.score import MetricName

ARC = a_log("r4", task="arc", scores=[a_score("choice", 0.5)])
GSM = a_log("r4", task="gsm", scores=[a_score("match", 0.8)])
SUMM = a_log("r4", task="summ", scores=[a_score("rouge", metrics={"mean": 0.6})])
ESSAY = a_log("r4", task="essay", scores=[a_score("judge", metrics={"mean": 7.2})])


def shown(logs: Sequence[Log], **named: Definition) -> tuple[tuple[Cell, ...], Catalogue, Estimates]:
    cells = select_logs(with_headlines(logs)).cells
    scores = [score for cell in cells for score in cell.log.scores]
    define = {name.replace("__", "/"): one for name, one in named.items()}
    found = catalogue(scores, define=define, headlines=headlines_of(cells))
    found = replace(found, default=default_metric(cells, found))
    return cells, found, estimate(cells, found, 0.95)


def metric_of_tasks(logs: Sequence[Log], wanted: str | None = None, **named: Definition) -> dict[str, str]:
    cells, found, estimates = shown(logs, **named)
    metrics = task_metrics(cells, found, wanted, estimates.row)
    return {benchmark.task: metric.id for benchmark, metric in metrics.items()}


def test_accuracies_of_several_scorers_are_told_by_the_headline_of_all() -> None:
    assert metric_of_tasks([ARC, GSM]) == {"arc": "headline/accuracy", "gsm": "headline/accuracy"}


def test_where_metrics_differ_each_task_is_told_by_its_own() -> None:
    assert metric_of_tasks([ARC, GSM, SUMM]) == {
        "arc": "choice/accuracy",
        "gsm": "match/accuracy",
        "summ": "rouge/mean",
    }


def test_a_task_on_a_scale_of_its_own_is_told_by_its_own_metric() -> None:
    assert metric_of_tasks([ARC, GSM, ESSAY]) == {
        "arc": "headline/accuracy",
        "gsm": "headline/accuracy",
        "essay": "judge/mean",
    }
    assert metric_of_tasks([ARC, ESSAY]) == {"arc": "choice/accuracy", "essay": "judge/mean"}


def test_the_metric_that_a_spec_names_is_the_only_one() -> None:
    assert metric_of_tasks([ARC, GSM, SUMM], "match/accuracy") == {"gsm": "match/accuracy"}
    assert metric_of_tasks([ARC, GSM, SUMM], "headline")["summ"] == "rouge/mean"


def test_a_headline_whose_direction_a_spec_tells_stands_for_all() -> None:
    of_all = metric_of_tasks([ARC, SUMM], headline__value=Definition(better="higher"))
    assert of_all == {"arc": "headline/value", "summ": "headline/value"}


def test_headlines_stand_among_the_accuracies_and_what_they_stand_for_does_not() -> None:
    _, found, _ = shown([ARC, GSM, SUMM, ESSAY])
    assert [metric.id for metric in found.select(["accuracy"])] == ["headline/value", "judge/mean"]
    assert found.select(["supplementary"]) == ()
    assert [metric.id for metric in found.select(["rouge/mean"])] == ["rouge/mean"]


def test_the_row_of_a_headline_is_the_row_that_it_stands_for() -> None:
    cells, found, estimates = shown([ARC, SUMM])
    of_summ = next(cell for cell in cells if cell.task == "summ")
    own, headline = (
        estimates.named(of_summ, MetricName(*name)) for name in (("rouge", "mean"), ("headline", "value"))
    )
    assert own is not None
    assert headline == replace(own, metric=found.metrics[0])
    worked_out = replace(estimates, rows=tuple(replace(r, n=7) if r is own else r for r in estimates.rows))
    again = headed(worked_out).named(of_summ, MetricName("headline", "value"))
    assert again is not None
    assert again.n == 7


def test_by_default_the_first_accuracy_that_is_on_every_task_is_meant() -> None:
    both = a_log("r4", task="gsm", scores=[a_score("match", 0.8), a_score("choice", 0.7)])
    _, found, _ = shown([both, ARC])
    assert found.primary(None) == found.named(MetricName("choice", "accuracy"))


def test_what_every_evaluation_declares_is_meant_by_default() -> None:
    score = a_score("match", metrics={"accuracy": 0.8, "f1": 0.7})
    logs = [replace(a_log(run, scores=[score]), headline=MetricName("match", "f1")) for run in ("r4", "r8")]
    assert metric_of_tasks(logs) == {"capitals": "match/f1"}


def test_a_headline_of_several_metrics_tells_which() -> None:
    assert shown([ARC, SUMM])[1].metrics[0].label == "Headline Score"
