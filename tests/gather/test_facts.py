"""The bundle of all that is known."""

from __future__ import annotations

from tests.make import a_log, an_experiment, some_facts


def test_tables_use_the_first_level_of_the_estimates() -> None:
    facts = some_facts([a_log("r4")], an_experiment(), levels=(0.9, 0.95))
    assert facts.table is facts.estimates[0.9]
    assert facts.table.level == 0.9


def test_the_cells_are_those_that_were_kept() -> None:
    facts = some_facts([a_log("r4"), a_log("r5")], an_experiment())
    assert [cell.run for cell in facts.cells] == ["r4"]
    assert facts.cells == facts.selected.cells
