"""Suggestions and quoted texts."""

from __future__ import annotations

import pytest

from vizspec.text.messages import nearest, shown


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("metrc", ["metrics", "metric", "view"], "metric"),
        ("scores_heatmp", ["scores_heatmap", "scores_by_task"], "scores_heatmap"),
        ("Scores-By-Task", ["scores_heatmap", "scores_by_task"], "scores_by_task"),
        ("zzz", ["scores_heatmap"], None),
        ("x", [], None),
    ],
)
def test_the_nearest_known_word_is_suggested(word: str, known: list[str], expected: str | None) -> None:
    assert nearest(word, known) == expected


def test_a_quoted_text_stays_on_one_line_and_short() -> None:
    assert shown("a\nb\x1b[31m") == "'a\\nb\\x1b[31m'"
    assert shown("x" * 300) == "'" + "x" * 60 + "…'"
