"""Values that labels have room for."""

from __future__ import annotations

import pytest

from vizspec.cells.short_values import code_of, short_column, short_values

LONG = "a text of many words that no label has room for"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("1.5", "1.5"),
        ("openai/gpt-4.1", "openai/gpt-4.1"),
        ("org/model.v2", "org/model.v2"),
        ("data/words by hand.csv", "words by hand"),
        ("/scratch/somebody/data/words_4L_80P_1000.json", "words_4L_80P_1000"),
        ("[0, 50]", "[0, 50]"),
        ('{"a": 1}', code_of('{"a": 1}')),
        (LONG, code_of(LONG)),
        ("two\nlines", code_of("two\nlines")),
    ],
)
def test_a_value_is_short(text: str, short: str) -> None:
    assert short_values([text]) == {text: short}


def test_different_values_have_different_forms() -> None:
    paths = ["a/words.csv", "b/words.csv"]
    assert len(set(short_values(paths).values())) == 2
    assert short_values(["x" * 30 + "/words.csv", "words.csv"])["words.csv"] == "words.csv"


def test_a_column_is_called_by_its_end_where_no_other_has_it() -> None:
    columns = ["task_args.scale", "generate.seed", "task_args.seed", "dataset_name"]
    assert [short_column(name, columns) for name in columns] == [
        "scale",
        "generate.seed",
        "task_args.seed",
        "dataset",
    ]
