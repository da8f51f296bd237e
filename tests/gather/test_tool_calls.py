"""The calls of tools of the cells that a view shows."""

from __future__ import annotations

from pathlib import Path

from tests.disk import write_experiment
from tests.gather.test_gather import a_spec, gathered
from vizspec.samples.scored import ToolCalls


def test_calls_are_read_where_a_view_shows_them_and_nowhere_else(tmp_path: Path) -> None:
    base = write_experiment(tmp_path)
    assert gathered(a_spec({"view": "scores_by_task"}), base).calls == {}
    found = gathered(a_spec({"view": "sample_tool_calls"}), base)
    assert set(found.calls) == set(found.cells)
    assert set(found.calls.values()) == {ToolCalls()}
