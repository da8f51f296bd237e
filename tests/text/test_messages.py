"""Suggestions and quoted texts."""

from __future__ import annotations

import pytest

from vizspec.text.messages import (
    agreeing,
    capitalized,
    counted,
    did_you_mean,
    joined,
    listed,
    nearest,
    shown,
    suggestion,
)


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


def test_a_hint_asks_for_the_nearest_word_or_lists_the_known_ones() -> None:
    assert suggestion("metrc", ["metrics", "metric"]) == "did you mean 'metric'?"
    assert suggestion("zzz", ["a", "b"]) == "known: a, b"
    assert suggestion("zzz", [f"w{n}" for n in range(22)]).endswith("w18, w19 and 2 more")
    assert suggestion("zzz", []) == "there are none"
    assert did_you_mean("zzz", ["a"]) is None


def test_a_count_agrees_with_its_noun() -> None:
    assert counted(1, "model") == "1 model"
    assert counted(1200, "model") == "1,200 models"
    assert counted(0, "log is", "logs are") == "0 logs are"
    assert [agreeing(number, "is", "are") for number in (0, 1, 2)] == ["are", "is", "are"]


def test_a_long_list_tells_how_many_more_there_are() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed(["a", "b", "c", "d"], 2) == "a, b and 2 more"
    assert listed(["a: x", "b: y", "c: z"], 2, "; ") == "a: x; b: y; and 1 more"


def test_a_sentence_begins_with_a_capital_letter_and_keeps_the_others() -> None:
    assert capitalized("no AUC of ROC") == "No AUC of ROC"


def test_all_of_some_names_are_joined_by_a_word() -> None:
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert joined(["a", "b"], "or") == "a or b"
