"""Designs as values: every reference in them leads somewhere."""

from __future__ import annotations

import pytest

from vizspec.demo.design import key
from vizspec.demo.kinds import KINDS, demo


@pytest.mark.parametrize("kind", KINDS)
def test_the_matrix_names_runs_and_tasks_of_the_design(kind: str) -> None:
    design = KINDS[kind]()
    assert {run.model for run in design.runs} == {model.name for model in design.models}
    assert {row.run for row in design.matrix} == {run.name for run in design.runs}
    assert {task for row in design.matrix for task in row.tasks} == {task.name for task in design.tasks}


@pytest.mark.parametrize("kind", KINDS)
def test_a_trained_run_has_seen_rows_at_each_epoch_that_the_matrix_names(kind: str) -> None:
    design = KINDS[kind]()
    for cell in design.planned():
        seen = design.run(cell.run).train_rows
        assert bool(seen) is (design.run(cell.run).type != "control")
        assert cell.epoch is None or cell.epoch < len(seen)


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_is_planned_twice(kind: str) -> None:
    keys = [key(cell) for cell in KINDS[kind]().planned()]
    assert len(set(keys)) == len(keys)


def test_the_surprises_of_the_demo_are_planned_cells() -> None:
    design = demo()
    planned = {key(cell) for cell in design.planned()}
    surprises = {*design.missing, *design.superseded, *design.broken}
    assert len(surprises) == 3
    assert surprises <= planned
