"""What sections share: the labels of the cells, and their estimates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.make import a_log, a_metric
from tests.report.make import a_spec, some_material
from vizspec.errors import UserError
from vizspec.sorting import Sorting
from vizspec.spec import ReportSpec


def test_models_and_tasks_stand_in_the_cells_order() -> None:
    material = some_material([a_log("r8", task="b"), a_log("r16", task="a"), a_log("r4", task="a")])
    assert (material.models, material.tasks) == (("r4", "r8", "r16"), ("a", "b"))


def test_only_cells_with_a_value_are_scored() -> None:
    material = some_material([a_log("r4", accuracy=0.5), a_log("r8", accuracy=None), a_log("r9", scores=[])])
    assert [(one.labelled.model, one.value) for one in material.scored(a_metric())] == [("r4", 0.5)]


def test_cells_that_nothing_tells_apart_are_an_error() -> None:
    first, second = (some_material([a_log("r4", location=name)]) for name in ("a.eval", "b.eval"))
    both = Sorting((*first.facts.cells, *second.facts.cells), ())
    material = replace(first, facts=replace(first.facts, sorting=both))
    with pytest.raises(UserError, match=r"'a\.eval' and 'b\.eval'"):
        _ = material.labelled


def test_a_spec_without_a_report_has_the_default_one() -> None:
    assert some_material(spec=a_spec(report=False)).report == ReportSpec()
