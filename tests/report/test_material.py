"""What sections share: the labels of the cells, and their estimates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.make import a_log, a_metric
from tests.report.make import a_spec, some_material
from vizspec.cells.benchmarks import Benchmark
from vizspec.cells.log_use import SelectedLogs
from vizspec.errors import UserError
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
