"""Calls of tools as marks."""

from __future__ import annotations

from typing import Any

from vizspec.draw.charts import tool_calls as ch


def test_a_call_is_a_cell_at_its_sample_and_message() -> None:
    columns: dict[str, list[Any]] = {
        ch.SAMPLE: ["s1", "s1"],
        ch.MESSAGE: [1, 3],
        ch.TOOL: ["bash", "submit"],
        ch.LIMIT: ["token", "token"],
    }
    config: dict[str, Any] = ch.tool_calls(columns, {"title": "Calls", "tools": ["bash", "submit"]}).config
    plot = config["hconcat"][0]
    assert [mark["mark"] for mark in plot["plot"]] == ["text", "cell", "text"]
    assert plot["colorDomain"] == ["bash", "submit"]
