"""The arguments of inspect-viz's functions, read without importing it."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from vizspec.draw.charts.signatures import known_options
from vizspec.views import KINDS

DRAWN = sorted({kind.function: view for view, kind in KINDS.items() if kind.function}.values())


@pytest.mark.parametrize("view", DRAWN)
def test_the_arguments_are_those_of_the_installed_function(view: str) -> None:
    from inspect_viz import plot as plots
    from inspect_viz import table as tables
    from inspect_viz import view as views

    function = KINDS[view].function or ""
    installed = next(getattr(where, function) for where in (views, plots, tables) if hasattr(where, function))
    various = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    named = {p.name for p in inspect.signature(installed).parameters.values() if p.kind not in various}
    known = known_options(function)
    assert known is not None
    assert named <= {*known.own, *known.attributes}


@pytest.mark.parametrize("view", DRAWN)
def test_what_vizspec_gives_itself_is_an_argument(view: str) -> None:
    known = known_options(KINDS[view].function or "")
    assert known is not None
    assert set(KINDS[view].reserved) <= {*known.own, *known.attributes}


def test_attributes_of_the_plot_are_known_where_they_are_passed_on() -> None:
    known = known_options("scores_by_task")
    assert known is not None
    assert {"margin_bottom", "x_label_anchor"} <= set(known.attributes)
    assert not set(known.own) & set(known.attributes)


def test_nothing_is_known_of_a_function_that_is_not_there() -> None:
    assert known_options("scores_by_colour") is None


def test_inspect_viz_is_not_imported() -> None:
    code = (
        "import sys; from vizspec.draw.charts.signatures import known_options; "
        "assert known_options('scores_by_task'); assert 'inspect_viz' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
