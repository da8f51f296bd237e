"""The columns by which the page filters a chart."""

from __future__ import annotations

from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.draw.charts.facets import OTHER_SIDE, facet_columns


def test_each_facet_that_some_row_tells_of_is_a_column() -> None:
    rows = [Facets("forest", "size", "1", None), Facets("bayes", "size", None, None)]
    assert facet_columns(rows) == {
        "facet_model": ["forest", "bayes"],
        "facet_task": ["size", "size"],
        "facet_epoch": ["1", None],
    }


def test_the_other_of_two_evaluations_has_columns_of_its_own() -> None:
    assert facet_columns([Facets(run="base")], OTHER_SIDE) == {"facet_run_b": ["base"]}


def test_rows_that_tell_of_no_evaluation_have_no_column() -> None:
    assert facet_columns([NO_FACETS, NO_FACETS]) == {}
