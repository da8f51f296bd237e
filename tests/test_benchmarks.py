"""What the benchmarks measure is there."""

from __future__ import annotations

import importlib
from operator import attrgetter

import pytest

from benchmarks.growth import Cost, table
from benchmarks.stages import STAGES


@pytest.mark.parametrize("name", [name for names in STAGES.values() for name in names])
def test_the_functions_of_each_stage_are_called_as_the_benchmark_calls_them(name: str) -> None:
    module, _, path = name.partition(":")
    assert callable(attrgetter(path)(importlib.import_module(module)))


def test_a_size_at_which_a_stage_had_nothing_to_do_has_no_part_in_its_growth(
    capsys: pytest.CaptureFixture[str],
) -> None:
    costs = {10: {"read": Cost(1, 1, 0)}, 30: {}, 100: {"read": Cost(10, 10, 0)}}
    assert list(table(costs)) == [pytest.approx(1.0)]
    assert "30: 1.00  300: 10.00  exponent 1.00" in capsys.readouterr().out
