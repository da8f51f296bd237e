"""What transforms make of groups: the same as DuckDB, which works them out for pages."""

from __future__ import annotations

from typing import Any

import pytest

from vizspec.draw.shapes.plots.aggregates import AGGREGATES, aggregated, bins_of

NUMBERS = (3.0, None, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0)
SQL = {
    "avg": "avg", "count": "count", "first": "first", "last": "last", "max": "max", "median": "median",
    "min": "min", "mode": "mode", "product": "product", "stddev": "stddev", "stddev_pop": "stddev_pop",
    "sum": "sum", "var_pop": "var_pop", "variance": "variance",
}  # fmt: skip


def by_duckdb(expression: str, values: tuple[Any, ...]) -> Any:
    duckdb = pytest.importorskip("duckdb")
    rows = ", ".join(f"({place}, {'NULL' if value is None else value})" for place, value in enumerate(values))
    query = f"SELECT {expression} FROM (SELECT v FROM (VALUES {rows}) AS t(p, v) ORDER BY p)"
    return duckdb.sql(query).fetchall()[0][0]


@pytest.mark.parametrize("transform", AGGREGATES)
@pytest.mark.parametrize("values", [NUMBERS, (7.0,)], ids=["several", "one"])
def test_a_transform_is_what_duckdb_makes_of_the_values(transform: str, values: tuple[Any, ...]) -> None:
    assert aggregated(transform, values, {}) == pytest.approx(by_duckdb(f"{SQL[transform]}(v)", values))


@pytest.mark.parametrize("share", [0, 0.1, 0.25, 0.5, 0.9, 1])
def test_a_quantile_is_one_of_the_values_as_duckdb_has_it(share: float) -> None:
    wanted = by_duckdb(f"quantile(v, {share})", NUMBERS)
    assert aggregated("quantile", NUMBERS, {"threshold": share}) == wanted


def test_distinct_values_are_taken_once() -> None:
    assert aggregated("count", NUMBERS, {"distinct": True}) == 6
    assert aggregated("sum", (1, 1, 2), {"distinct": True}) == 3


def test_a_group_without_values_has_none_but_a_count() -> None:
    assert aggregated("avg", (None,), {}) is None
    assert aggregated("count", (None,), {}) == 0
    assert aggregated("stddev", (1.0,), {}) is None


def test_texts_have_no_mean() -> None:
    assert aggregated("avg", ("a", "b"), {}) is None
    assert aggregated("max", ("a", "b"), {}) == "b"


@pytest.mark.parametrize(
    ("values", "given", "start", "width"),
    [
        ((0.03, 9.9), {}, 0, 0.5),
        ((0.0, 1.0), {}, 0, 0.05),
        ((3, 97), {"steps": 10}, 0, 10),
        ((-4, 4), {"step": 3}, -6, 3),
        ((1.5, 2.5), {"steps": 4, "nice": False}, 1.5, 0.25),
        ((0, 2), {"minstep": 1}, 0, 1),
    ],
)
def test_bins_are_those_of_mosaic(
    values: tuple[float, ...], given: dict[str, Any], start: float, width: float
) -> None:
    assert bins_of((*values, None), given) == (pytest.approx(start), pytest.approx(width))


def test_values_that_are_all_alike_have_a_bin() -> None:
    start, width = bins_of((4, 4), {})
    assert start <= 4 < start + width
