"""`vizspec validate`: its verdicts, where it tells them, and its exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Run = Callable[..., Ran]


def test_a_valid_spec_is_said_to_be_valid(vizspec: Run, good: Path) -> None:
    assert vizspec("validate", "analysis.yaml") == (0, "", "analysis.yaml is valid\n")


def test_the_current_folder_is_meant_where_nothing_is_named(vizspec: Run, good: Path) -> None:
    assert vizspec("validate") == (0, "", "analysis.yaml is valid\n")


def test_a_mistake_is_told_at_its_place_with_exit_code_2(vizspec: Run, bad: Path) -> None:
    assert vizspec("validate", "bad.yaml") == (
        2,
        "",
        "bad.yaml:2:11: error: metrics.ci: expected a number below 1, found the number 2\n"
        "    2 | metrics: {ci: 2}\n"
        "      |           ^\n"
        "1 error\n",
    )


def test_several_specs_each_have_their_verdict(vizspec: Run, bad: Path, good: Path) -> None:
    ran = vizspec("validate", "bad.yaml", "none.yaml", "analysis.yaml")
    assert ran.code == 2
    assert "bad.yaml:2:11: error" in ran.err
    assert "there is no 'none.yaml'" in ran.err
    assert "analysis.yaml is valid" in ran.err


def test_a_warning_is_found_with_strict_only(vizspec: Run, doubtful: Path) -> None:
    ran = vizspec("validate", "doubtful.yaml")
    assert ran.code == 0
    assert "doubtful.yaml:4:5: warning: views[0]: scores_by_model will be skipped" in ran.err
    assert vizspec("validate", "doubtful.yaml", "--strict").code == 1


def test_quiet_tells_errors_only(vizspec: Run, good: Path, bad: Path, doubtful: Path) -> None:
    assert vizspec("validate", "-q", "analysis.yaml", "doubtful.yaml") == (0, "", "")
    assert "error" in vizspec("validate", "-q", "bad.yaml").err


def test_quiet_tells_what_strict_finds(vizspec: Run, doubtful: Path) -> None:
    ran = vizspec("validate", "-q", "--strict", "doubtful.yaml")
    assert ran.code == 1
    assert "warning" in ran.err


def test_json_has_every_problem_of_every_spec(vizspec: Run, bad: Path, doubtful: Path) -> None:
    ran = vizspec("validate", "--json", "bad.yaml", "doubtful.yaml", "none.yaml")
    result = json.loads(ran.out)
    assert (ran.code, ran.err, result["valid"]) == (2, "", False)
    assert [(p["file"], p["line"], p["column"], p["severity"], p["path"]) for p in result["problems"]] == [
        ("bad.yaml", 2, 11, "error", "metrics.ci"),
        ("doubtful.yaml", 4, 5, "warning", "views[0]"),
        ("none.yaml", None, None, "error", ""),
    ]


def test_json_of_a_valid_spec_has_no_problems(vizspec: Run, good: Path) -> None:
    assert json.loads(vizspec("validate", "--json").out) == {"problems": [], "valid": True}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file holds no settings: it is empty"),
        (b"\x50\x4b\x03\x04\x00", "the file is binary, not YAML text"),
        (b"a: \xe9", "the byte 0xE9 is not UTF-8 text"),
        (b"a: [", "not valid YAML"),
        (b"\xff\xfea\x00", "the file is UTF-16 text"),
        (b"- 1", "expected keys with values, found a list"),
        (b"a: " + b"[" * 1200, "nested too deeply"),
    ],
)
def test_what_is_no_spec_is_told_without_a_traceback(
    vizspec: Run, folder: Path, content: bytes, message: str
) -> None:
    (folder / "analysis.yaml").write_bytes(content)
    ran = vizspec("validate")
    assert ran.code == 2
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_control_characters_of_a_spec_never_reach_the_terminal(
    folder: Path, vizspec: Callable[..., Ran]
) -> None:
    (folder / "analysis.yaml").write_text(
        'vizspec: 1\nviews: [{view: "\\e[2J\\x9b31m\\u202E", name: "\\a"}]\n'
    )
    for arguments in (["validate"], ["validate", "--json"], ["plan"], ["render"]):
        done = vizspec(*arguments)
        assert done.code == 2
        assert not set("\x1b\x9b\x07\u202e") & set(done.out + done.err)
