"""Success within a limit, as marks."""

from __future__ import annotations

from typing import Any

from vizspec.draw.charts.inspectviz import LOWER, MODEL, UPPER
from vizspec.draw.charts.limits import SHARE, by_limit


def marks(lower: float | None) -> list[str]:
    columns: dict[str, list[Any]] = {
        MODEL: ["1B", "1B"],
        "total_tokens": [10.0, 20.0],
        SHARE: [0.5, 1.0],
        LOWER: [lower, lower],
        UPPER: [0.9, 1.0],
    }
    config: dict[str, Any] = by_limit(columns, "total_tokens", {"title": "Success"}).config
    return [mark["mark"] for mark in config["hconcat"][0]["plot"][1:]]


def test_lines_have_the_bands_of_their_columns() -> None:
    assert marks(0.2) == ["line", "line", "area"]


def test_lines_without_intervals_have_no_band() -> None:
    assert marks(None) == ["line", "line"]
