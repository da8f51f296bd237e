"""Complaints of the YAML parser, with the place and what usually helps."""

from __future__ import annotations

import pytest
import yaml

from vizspec.errors import Mark
from vizspec.parsing.yaml_errors import split_lines, syntax_problem


@pytest.mark.parametrize(
    ("text", "mark", "hint"),
    [
        ("a:\n\tb: 1", Mark(2, 1), "indent with spaces, not with tabs"),
        ("a: b: c", Mark(1, 5), "text that holds ': ' needs quotes; else look at the indentation"),
        ("a: [1, 2", Mark(1, 9), "look for a quote or bracket that was not closed"),
        ("a: 'x\nb: 2", Mark(2, 5), "look for a quote or bracket that was not closed"),
        ("a: *x", Mark(1, 4), "text that begins with '*' needs quotes"),
        ("a: %x", Mark(1, 4), "text that begins with this character needs quotes"),
        ("a: !x 1", Mark(1, 4), "write plain values: tags with '!' are not read"),
        ("a: 1\n---\nb: 1", Mark(2, 1), "keep one document to a file: remove the '---'"),
        ("a: é\nb: \x01", Mark(2, 4), "remove it"),
        ("a: 1\n b: 2", Mark(2, 3), "text that holds ': ' needs quotes; else look at the indentation"),
    ],
)
def test_a_syntax_error_has_its_place_and_advice(text: str, mark: Mark, hint: str) -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        yaml.safe_load(text)
    problem = syntax_problem(caught.value, text)
    assert (problem.mark, problem.hint) == (mark, hint)


def test_lines_are_counted_as_yaml_counts_them() -> None:
    assert split_lines("a\r\nb\rc\nd\u2028e\x0bf") == ("a", "b", "c", "d", "e\x0bf")
