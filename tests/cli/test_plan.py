"""`vizspec plan`: what would be made, of several specs one after another."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.disk import write_experiment

Run = Callable[..., Ran]

SPEC = """vizspec: 1
experiment: .
views:
  - {view: scores_by_task, metrics: match}
  - {view: scores_by_model, metrics: match}
"""


@pytest.fixture
def several_tasks(copy_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: an evaluated experiment with a spec of two views, one of them to be skipped."""
    folder = copy_of("several_tasks")
    (folder / "analysis.yaml").write_text(SPEC)
    monkeypatch.chdir(folder)
    return folder


def test_every_output_is_listed_with_its_files_or_the_reason(vizspec: Run, several_tasks: Path) -> None:
    ran = vizspec("plan")
    assert ran.code == 0
    name = "scores_by_task_several_tasks_match"
    assert ran.out.splitlines() == [
        f"scores_by_task:match/accuracy\trender\t{name}.html, {name}.png",
        "scores_by_model:match/accuracy\tskip\tit takes exactly one task, and there are 4: "
        "digit_odd, digit_small, digit_round, digit_prime",
    ]
    assert "warning: views[1]: scores_by_model will be skipped" in ran.err
    assert not (several_tasks / "analysis").exists()


def test_what_an_output_goes_on_with_on_further_pages_is_told(vizspec: Run, several_tasks: Path) -> None:
    (several_tasks / "analysis.yaml").write_text(SPEC.replace("match}", "match, limit: 1}", 1))
    note = "note: scores_by_task:match/accuracy:1: more models and tasks than one picture has room for: "
    assert note in vizspec("plan").err
    assert note not in vizspec("plan", "-q").err


def test_only_some_outputs_are_listed(vizspec: Run, several_tasks: Path) -> None:
    assert len(vizspec("plan", "--only", "scores_by_task", "-q").out.splitlines()) == 1
    ran = vizspec("plan", "--only", "scores_by_tsk")
    assert ran.code == 2
    assert "there are: scores_by_task, scores_by_model" in ran.err


def test_strict_finds_what_is_skipped(vizspec: Run, several_tasks: Path) -> None:
    assert vizspec("plan", "--strict", "-q").code == 1
    assert vizspec("plan", "--strict", "-q", "--only", "scores_by_task").code == 1  # the warning remains


def test_a_spec_that_fails_does_not_stop_the_next(vizspec: Run, several_tasks: Path) -> None:
    (several_tasks / "bad.yaml").write_text("vizspec: 1\nmetrics: {ci: 2}\n")
    ran = vizspec("plan", "bad.yaml", "none.yaml", "analysis.yaml")
    assert ran.code == 2
    assert "bad.yaml:2:11: error" in ran.err
    assert "there is no 'none.yaml'" in ran.err
    assert len(ran.out.splitlines()) == 2


def test_json_has_the_outputs_and_problems_of_every_spec(vizspec: Run, several_tasks: Path) -> None:
    ran = vizspec("plan", "--json", "none.yaml", "analysis.yaml")
    missing, planned = json.loads(ran.out)
    assert (ran.code, missing["path"], missing["outputs"]) == (2, "none.yaml", None)
    assert missing["problems"][0]["message"] == "there is no 'none.yaml'"
    assert [(o["action"], o["metric"]) for o in planned["outputs"]] == [
        ("render", "match/accuracy"),
        ("skip", "match/accuracy"),
    ]
    assert [problem["severity"] for problem in planned["problems"]] == ["warning"]


def test_what_is_missing_of_the_inputs_is_told_as_a_render_tells_it(
    vizspec: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_experiment(tmp_path / "caps")
    monkeypatch.chdir(folder)
    assert vizspec("plan", "--strict").code == 0
    (folder / "small" / "eval" / "rivers" / "logs" / "a.eval").write_bytes(b"")
    ran = vizspec("plan")
    assert ran.code == 0
    assert "warning: 1 log cannot be read: 'small/eval/rivers/logs/a.eval'" in ran.err
    assert vizspec("plan", "-q").err == ""
    strict = vizspec("plan", "--strict")
    assert (strict.code, strict.err) == (1, ran.err)
    (of_spec,) = json.loads(vizspec("plan", "--json").out)
    assert [f"warning: {warning}" for warning in of_spec["warnings"]] == ran.err.splitlines()


def test_no_logs_at_all_name_the_patterns_and_the_runs(vizspec: Run, good: Path) -> None:
    ran = vizspec("plan")
    assert (ran.code, ran.out) == (2, "")
    assert "'{run}/eval/*/logs/*.eval'" in ran.err
    assert "r4, r8" in ran.err
