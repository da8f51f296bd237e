"""Files on disk as documents, and problems with their lines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vizspec.errors import Mark, Problem, Problems, UserError, format_problem
from vizspec.parsing.yaml_file import LARGEST_BYTES, locate, read_yaml
from vizspec.parsing.yaml_source import parse


def refused(path: Path) -> Problem:
    with pytest.raises(Problems) as caught:
        read_yaml(path, one_dialect=True)
    (problem,) = caught.value.problems
    return problem


def written(folder: Path, content: bytes) -> Path:
    path = folder / "analysis.yaml"
    path.write_bytes(content)
    return path


def test_a_file_is_read_with_its_places(tmp_path: Path) -> None:
    yaml = read_yaml(written(tmp_path, b"a: 1\nb: \xc3\xa9\n"), one_dialect=True)
    assert yaml.data == {"a": 1, "b": "é"}
    assert yaml.mark(("b",)) == Mark(2, 1)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    yaml = read_yaml(written(tmp_path, b"\xef\xbb\xbfa: 1\n"), one_dialect=True)
    assert yaml.data == {"a": 1}
    assert yaml.mark(("a",)) == Mark(1, 1)


@pytest.mark.parametrize(
    ("content", "message", "mark"),
    [
        (b"", "the file holds no settings: it is empty", None),
        (b"a: 1\nb: x\xe9y\n", "the byte 0xE9 is not UTF-8 text", Mark(2, 5)),
        ("a: 1".encode("utf-16"), "the file is UTF-16 text", Mark(1, 1)),
        (b"PK\x03\x04\x00\x00\xff", "the file is binary, not YAML text", Mark(1, 1)),
        (b"a\x00b", "the file is binary, not YAML text", Mark(1, 1)),
        (b"- 1", "expected keys with values, found a list", Mark(1, 1)),
    ],
)
def test_what_is_no_yaml_mapping_is_refused(
    tmp_path: Path, content: bytes, message: str, mark: Mark | None
) -> None:
    path = written(tmp_path, content)
    problem = refused(path)
    assert (problem.message, problem.mark, problem.file) == (message, mark, str(path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no file '.*nothing\.yaml'"):
        read_yaml(tmp_path / "nothing.yaml", one_dialect=True)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder, not a file"):
        read_yaml(tmp_path, one_dialect=True)


def test_a_file_that_the_system_does_not_open_says_why(tmp_path: Path) -> None:
    path = tmp_path / "analysis.yaml"
    path.symlink_to(path)  # nobody may open it, not even root
    with pytest.raises(UserError, match=r"cannot read '.*analysis\.yaml': Too many levels of symbolic links"):
        read_yaml(path, one_dialect=True)


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "analysis.yaml/below"])
def test_a_path_that_cannot_be_is_told(tmp_path: Path, name: str) -> None:
    written(tmp_path, b"a: 1")
    with pytest.raises(UserError, match="cannot read"):
        read_yaml(tmp_path / name, one_dialect=True)


def test_a_file_that_no_one_wrote_by_hand_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"")
    os.truncate(path, LARGEST_BYTES + 1)
    with pytest.raises(UserError, match="larger than 2 MiB"):
        read_yaml(path, one_dialect=True)


def test_problems_found_later_get_their_line_and_are_sorted() -> None:
    yaml = parse("views:\n  - view: bars\n    metrc: x\n", one_dialect=True)
    later = Problem(("views", 0, "metrc"), "unknown key", "did you mean 'metrics'?")
    earlier = Problem(("output",), "required, but missing", severity="warning")
    assert [format_problem(problem) for problem in locate([later, earlier], yaml, "analysis.yaml")] == [
        "analysis.yaml:1:1: warning: output: required, but missing\n    1 | views:\n      | ^",
        "analysis.yaml:3:5: error: views[0].metrc: unknown key\n"
        "    3 |     metrc: x\n"
        "      |     ^ did you mean 'metrics'?",
    ]


def test_a_place_that_is_known_already_is_kept() -> None:
    yaml = parse("a: 1\nb: 2\n", one_dialect=True)
    (problem,) = locate([Problem(("a",), "no", mark=Mark(2, 1), file="other.yaml")], yaml, "x.yaml")
    assert (problem.mark, problem.file, problem.excerpt) == (Mark(2, 1), "other.yaml", "b: 2")
