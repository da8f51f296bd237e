"""What marks, transforms, inputs and interactors take, as the installed inspect-viz has them."""

from __future__ import annotations

import inspect

import pytest

from vizspec.draw.charts.mark_signatures import (
    LEFT_OUT,
    FunctionFamily,
    expected_argument,
    known_functions,
    signature,
)


@pytest.mark.parametrize("family", ["mark", "transform", "input", "interactor"])
def test_every_function_is_one_of_inspect_viz(family: FunctionFamily) -> None:
    from importlib import import_module

    module = import_module(f"inspect_viz.{family}")
    public = {name for name in module.__all__ if inspect.isfunction(getattr(module, name, None))} - LEFT_OUT[
        family
    ]
    assert set(known_functions(family)) <= public
    assert len(known_functions(family)) > 5


def test_a_mark_takes_its_own_arguments_and_those_of_every_mark() -> None:
    line = signature("mark", "line")
    assert line is not None
    assert {"x", "y", "z", "curve", "stroke", "stroke_dasharray"} <= set(line.arguments)
    assert {"x", "y", "z", "stroke"} <= line.channels
    assert "curve" not in line.channels
    assert "stroke_dasharray" not in line.channels


def test_an_argument_without_a_default_must_be_given() -> None:
    area = signature("mark", "area_y")
    toggle = signature("interactor", "toggle")
    assert area is not None
    assert toggle is not None
    assert (area.needed, toggle.needed) == (("y",), ("channels",))


def test_nothing_that_loads_addresses_or_runs_sql_can_be_named() -> None:
    assert signature("mark", "image") is None
    assert signature("transform", "sql") is None
    dot = signature("mark", "dot")
    assert dot is not None
    assert not {"href", "data", "filter_by", "filter"} & set(dot.arguments)


def test_a_value_that_does_not_fit_is_told_with_what_does() -> None:
    asked = expected_argument("mark", "line", "curve", "setp")
    assert asked is not None
    assert asked.hint == "did you mean 'step'?"
    assert expected_argument("mark", "line", "curve", "step") is None
    assert signature("mark", "lin") is None
