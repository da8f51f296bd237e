"""What the benchmarks measure is there."""

from __future__ import annotations

import importlib
from operator import attrgetter

import pytest

from benchmarks.stages import STAGES


@pytest.mark.parametrize("name", [name for names in STAGES.values() for name in names])
def test_the_functions_of_each_stage_are_called_as_the_benchmark_calls_them(name: str) -> None:
    module, _, path = name.partition(":")
    assert callable(attrgetter(path)(importlib.import_module(module)))
