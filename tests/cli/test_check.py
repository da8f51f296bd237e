"""`vizspec check`: what is not as a render would make it, the exit code, and what programs read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Ran
from tests.disk import VIEWS, write_experiment, write_log, write_spec
from tests.rendering import REPOSITORY, rendered

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

Run = Callable[..., Ran]
EXPERIMENT = {"experiment": "experiment_summary.yaml"}
BY_TASK = "scores_by_task_caps_match.html"


@pytest.fixture
def caps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a rendered experiment."""
    folder = write_experiment(tmp_path / "caps")
    rendered(folder, force=True)
    monkeypatch.chdir(folder)
    return folder


def found(ran: Ran) -> list[list[str]]:
    return [line.split("\t") for line in ran.out.splitlines()]


@pytest.fixture(autouse=True)
def _same_drawing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is kept of logs stays in the test's folder."""
    monkeypatch.setenv("VIZSPEC_CACHE", str(tmp_path / "cache"))


def test_a_fresh_render_has_nothing_to_find(vizspec: Run, caps: Path) -> None:
    ran = vizspec("check")
    assert ran == Ran(0, "", "analysis.yaml: every output is as a render would make it\n")
    assert vizspec("check", "--quiet") == Ran(0, "", "")


def test_a_missing_output_is_found(vizspec: Run, caps: Path) -> None:
    (caps / "analysis" / BY_TASK).unlink()
    ran = vizspec("check")
    assert (ran.code, found(ran)) == (1, [[BY_TASK, "missing", "it was made, and is not there"]])


def test_an_edited_output_is_found(vizspec: Run, caps: Path) -> None:
    (caps / "analysis" / "report.md").write_text("mine")
    assert found(vizspec("check")) == [["report.md", "edited", "it is not as the last render wrote it"]]


def test_a_checkout_with_other_line_ends_is_up_to_date(vizspec: Run, caps: Path) -> None:
    texts = (file for file in caps.rglob("*") if file.suffix in (".yaml", ".html", ".md", ".js", ".json"))
    for file in texts:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert vizspec("check", "--quiet") == Ran(0, "", "")
    assert vizspec("render", "--quiet").code == 0
    assert not list(caps.rglob("*.bak"))


def test_a_stale_output_names_the_line_that_changed(vizspec: Run, caps: Path) -> None:
    write_spec(caps, [VIEWS[0], {**VIEWS[1], "title": "New"}], **EXPERIMENT)
    (first, *_) = found(vizspec("check"))
    line = next(
        number
        for number, text in enumerate((caps / "analysis.yaml").read_text().splitlines(), 1)
        if "scores_heatmap" in text
    )
    assert first == [
        "scores_heatmap:match/accuracy",
        "stale",
        f"its entry changed (analysis.yaml:{line})",
    ]


def test_a_replaced_log_makes_what_shows_it_stale(vizspec: Run, caps: Path) -> None:
    write_log(caps / "small" / "eval" / "rivers" / "logs" / "a.eval", "rivers", "hf/small")
    ran = vizspec("check", "--json")
    states = {one["name"]: one for one in json.loads(ran.out)}
    assert ran.code == 1
    assert states["scores_by_task:match/accuracy"] == {
        "spec": "analysis.yaml",
        "name": "scores_by_task:match/accuracy",
        "state": "stale",
        "reason": "the log 'small/eval/rivers/logs/a.eval' was replaced",
    }
    assert states["results.csv"]["state"] == "stale"


def test_an_orphan_is_found(vizspec: Run, caps: Path) -> None:
    write_spec(caps, VIEWS[1:], **EXPERIMENT)
    assert [BY_TASK, "orphaned", "the spec does not list it any more"] in found(vizspec("check"))


def test_nothing_is_drawn_or_written(vizspec: Run, caps: Path) -> None:
    (caps / "analysis" / BY_TASK).unlink()
    before = {path: path.stat().st_mtime_ns for path in caps.rglob("*")}
    vizspec("check")
    assert {path: path.stat().st_mtime_ns for path in caps.rglob("*")} == before


def test_without_a_render_the_next_step_is_told(vizspec: Run, caps: Path) -> None:
    ran = vizspec("check", "--out", "elsewhere")
    assert ran.code == 2
    assert "'elsewhere' has no manifest of a render" in ran.err
    assert "render first: vizspec render analysis.yaml" in ran.err
    assert not (caps / "elsewhere").exists()


def test_a_manifest_that_cannot_be_read_is_none(vizspec: Run, caps: Path) -> None:
    (caps / "analysis" / "manifest.json").write_text("{")
    assert vizspec("check").code == 2


def test_a_spec_that_is_wrong_does_not_stop_the_next(vizspec: Run, caps: Path) -> None:
    (caps / "bad.yaml").write_text("vizspec: 2\n")
    (caps / "analysis" / BY_TASK).unlink()
    ran = vizspec("check", "bad.yaml", "none.yaml", "analysis.yaml")
    assert ran.code == 2
    assert "bad.yaml:1" in ran.err
    assert [row[0] for row in found(ran)] == [BY_TASK]


def hook(name: str) -> list[str]:
    """What pre-commit runs, without the program's name."""
    hooks = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (entry,) = (one["entry"] for one in hooks if one["id"] == name)
    return str(entry).split()[1:]


def test_the_hook_checks_the_experiments_of_the_files_that_changed(
    vizspec: Run, caps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(caps.parent)
    changed = ["caps/analysis/report.md", "caps/small/eval/rivers/logs/a.eval", "README.md"]
    assert vizspec(*hook("vizspec-check"), *changed) == Ran(0, "", "")
    (caps / "analysis" / "report.md").write_text("mine")
    ran = vizspec(*hook("vizspec-check"), *changed)
    assert (ran.code, [line[0] for line in found(ran)]) == (1, ["report.md"])
    assert ran.err == ("caps/analysis.yaml: 1 found; what mends it: vizspec render caps/analysis.yaml\n")
    assert vizspec(*hook("vizspec-check"), "README.md") == Ran(0, "", "")


def test_the_hook_passes_over_an_experiment_that_was_never_rendered(vizspec: Run, caps: Path) -> None:
    (caps / "analysis" / "manifest.json").unlink()
    assert vizspec(*hook("vizspec-check"), "analysis.yaml") == Ran(0, "", "")
    assert vizspec("check").code == 2


def test_the_hook_never_passes_over_a_manifest_that_is_damaged_or_a_spec_that_is_wrong(
    vizspec: Run, caps: Path
) -> None:
    (caps / "analysis" / "manifest.json").write_text("<<<<<<< HEAD\n")
    ran = vizspec(*hook("vizspec-check"), "analysis/manifest.json")
    assert ran.code == 2
    assert "'analysis/manifest.json' is damaged, or of another version" in ran.err
    (caps / "analysis.yaml").write_text("vizspec: 1\nviews: [{view: scores}]\n")
    ran = vizspec(*hook("vizspec-check"), "analysis.yaml")
    assert (ran.code, "analysis.yaml:2" in ran.err) == (2, True)


@pytest.mark.parametrize("name", ["check", "validate"])
def test_changed_files_must_be_named(vizspec: Run, caps: Path, name: str) -> None:
    ran = vizspec(name, "--changed")
    assert ran.code == 2
    assert "--changed needs the files that changed" in ran.err


def test_what_mends_it_is_told_as_it_is_to_be_typed(vizspec: Run, caps: Path) -> None:
    elsewhere = caps / "some where"
    rendered(caps, out=elsewhere)
    write_spec(caps, VIEWS[:1], **EXPERIMENT)
    ran = vizspec("check", "--out", elsewhere)
    assert f"what mends it: vizspec render analysis.yaml --out '{elsewhere}' --clean" in ran.err


def test_the_hook_of_specs_validates_those_of_the_designs_that_changed(vizspec: Run, caps: Path) -> None:
    assert vizspec(*hook("vizspec-validate"), "experiment_summary.yaml") == Ran(0, "", "")
    (caps / "experiment_summary.yaml").write_text("tasks: [\n")
    ran = vizspec(*hook("vizspec-validate"), "experiment_summary.yaml")
    assert ran.code == 2
    assert "experiment_summary.yaml:2:1: error" in ran.err
