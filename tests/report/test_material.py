"""What sections share: the labels of the cells, and their estimates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.make import a_log, a_metric, a_score
from tests.report.make import a_spec, some_material
from vizspec.cells.benchmarks import Benchmark
from vizspec.cells.log_use import SelectedLogs
from vizspec.comparisons.record import Comparison, Comparisons
from vizspec.errors import UserError
from vizspec.metrics.score import MetricName
from vizspec.report.material import Task
from vizspec.spec.model import ReportSpec


def test_tasks_stand_in_the_cells_order() -> None:
    material = some_material([a_log("r8", task="b"), a_log("r16", task="a"), a_log("r4", task="a")])
    assert [task.name for task in material.tasks] == ["a", "b"]


def test_only_cells_with_a_value_are_scored() -> None:
    material = some_material([a_log("r4", accuracy=0.5), a_log("r8", accuracy=None), a_log("r9", scores=[])])
    assert [(one.labelled.model, one.value) for one in material.scored(a_metric())] == [("r4", 0.5)]


def test_cells_that_nothing_tells_apart_are_an_error() -> None:
    first, second = (some_material([a_log("r4", location=name)]) for name in ("a.eval", "b.eval"))
    both = SelectedLogs((*first.facts.cells, *second.facts.cells), ())
    material = replace(first, facts=replace(first.facts, selected=both))
    with pytest.raises(UserError, match=r"'a\.eval' and 'b\.eval'"):
        _ = material.labelled


def test_a_spec_without_a_report_has_the_default_one() -> None:
    assert some_material(spec=a_spec(report=False)).report == ReportSpec()


def test_labels_of_one_task_are_its_conditions() -> None:
    logs = [a_log("r4", task="shape", vis_label=label) for label in ("12", "32")]
    material = some_material([*logs, a_log("r4", task="size", vis_label="S")])
    assert material.tasks == (
        Task(Benchmark("shape"), "shape", ("12", "32")),
        Task(Benchmark("size"), "S", ("S",)),
    )
    assert [material.name(one) for one in material.labelled] == ["r4 on 12", "r4 on 32", "r4"]


def test_tasks_of_one_label_keep_names_of_their_own() -> None:
    logs = [a_log(run, task=task, vis_label="12") for run, task in (("r4", "shape"), ("r8", "size"))]
    assert [task.name for task in some_material(logs).tasks] == ["12 (shape)", "12 (size)"]


def test_what_is_known_of_a_headline_is_known_of_the_metric_that_it_is() -> None:
    logs = [
        a_log(run, scores=[own, replace(own, scorer="headline", stands_for=MetricName("match", "accuracy"))])
        for run, accuracy in (("r4", 0.9), ("r8", 0.8))
        for own in [a_score("match", accuracy)]
    ]
    plain = some_material(logs)
    a, b = plain.facts.cells
    headline = next(one for one in plain.facts.catalogue.metrics if one.scorer == "headline")
    sure = Comparison("", "r4", "r8", a, b, headline, 0.95, 0.9, 0.8, 0.1, 0.05, 0.15, p=0.001)
    material = replace(plain, facts=replace(plain.facts, comparisons=Comparisons(leads=(sure,))))
    for name in ("headline", "match"):
        metric = next(one for one in plain.facts.catalogue.metrics if one.scorer == name)
        first, second = material.scored(metric)
        found = material.lead(first, second)
        assert found is not None
        assert (found.lower, found.is_sure) == (0.05, True)
