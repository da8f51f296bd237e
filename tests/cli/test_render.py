"""`vizspec render`: what the terminal shows, what programs read, and the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran
from tests.disk import VIEWS, write_experiment, write_spec
from tests.rendering import content
from vizspec.views import KINDS, base

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

Run = Callable[..., Ran]
EXPERIMENT: dict[str, Any] = {"experiment": "experiment_summary.yaml"}
BY_TASK = "scores_by_task_caps_match.html"


@pytest.fixture
def caps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: an experiment with logs and a spec of two views."""
    folder = write_experiment(tmp_path / "caps")
    monkeypatch.chdir(folder)
    return folder


def break_view(monkeypatch: pytest.MonkeyPatch, view: str) -> None:
    """A view that meets an error while it draws: there is no spec that makes one of ours do so."""
    from dataclasses import replace

    def draw(content: object) -> base.Picture:
        raise ZeroDivisionError("no bars")

    monkeypatch.setitem(KINDS, view, replace(KINDS[view], draw=draw))


def test_every_output_has_its_line_and_the_sum_comes_last(vizspec: Run, caps: Path) -> None:
    ran = vizspec("render")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"scores_by_task:match/accuracy\tmade\t{BY_TASK}",
        "scores_heatmap:match/accuracy\tmade\tscores_heatmap_caps_match.html",
    ]
    assert ran.err.splitlines()[-1] == "2 made; in analysis"


def test_a_second_render_says_that_nothing_changed(vizspec: Run, caps: Path) -> None:
    vizspec("render")
    assert vizspec("render").err.splitlines()[-1] == "2 unchanged; in analysis"


def test_pictures_that_no_browser_takes_are_drawn_and_counted(
    vizspec: Run, caps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIZSPEC_BROWSER", "/no/such/browser")
    write_spec(caps, VIEWS, **EXPERIMENT, output={"formats": ["html", "png"]})
    assert "PNGs of charts will be drawn with matplotlib: VIZSPEC_BROWSER names no" in vizspec("plan").err
    ran = vizspec("render", "--strict")
    assert ran.code == 0
    picture = BY_TASK.replace(".html", ".png")
    assert ran.out.splitlines()[0] == f"scores_by_task:match/accuracy\tmade\t{BY_TASK}, {picture}"
    assert "\n2 files drawn with matplotlib: VIZSPEC_BROWSER names no program" in ran.err
    assert vizspec("check").code == 0


def test_pictures_that_only_a_browser_may_take_are_counted_with_the_reason(
    vizspec: Run, caps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIZSPEC_BROWSER", "/no/such/browser")
    output = {"formats": ["html", "png"], "pictures": "browser"}
    write_spec(caps, VIEWS, **EXPERIMENT, output=output)
    ran = vizspec("render")
    assert ran.code == 0
    without = BY_TASK.replace(".html", ".png")
    assert ran.out.splitlines()[0] == f"scores_by_task:match/accuracy\tmade\t{BY_TASK} (without {without})"
    assert "\n2 files left out: " in ran.err
    assert "VIZSPEC_BROWSER names no program" in ran.err


def test_a_program_runs_only_with_leave_and_never_for_a_stranger(vizspec: Run, caps: Path) -> None:
    (caps / "figure.py").write_text("open('a.csv', 'w').write('made')")
    write_spec(caps, [{"view": "script", "run": "figure.py", "files": "a.csv"}], **EXPERIMENT)
    for command in ("validate", "plan", "render", "check"):
        assert vizspec(command).code == 0
    assert not (caps / "analysis" / "a.csv").exists()
    stranger = vizspec("render", "--allow-scripts", "--untrusted")
    assert "it runs a program of yours, which --allow-scripts allows" in stranger.out
    assert "a render with --allow-scripts runs figure.py" in vizspec("plan").err
    assert vizspec("render", "--allow-scripts").code == 0
    assert (caps / "analysis" / "a.csv").read_text() == "made"
    assert vizspec("check").code == 0
    (caps / "figure.py").write_text("open('a.csv', 'w').write('anew')")
    assert "script\tstale\tthe text 'figure.py' was replaced" in vizspec("check").out


def test_a_path_may_be_a_spec_or_a_folder(vizspec: Run, caps: Path) -> None:
    assert vizspec("render", caps).code == 0
    assert vizspec("render", caps / "analysis.yaml").code == 0
    ran = vizspec("render", caps / "none.yaml")
    assert ran.code == 2
    assert "there is no 'none.yaml'" in ran.err


def test_a_failing_view_is_told_and_takes_no_other_with_it(
    vizspec: Run, caps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_view(monkeypatch, "scores_by_task")
    ran = vizspec("render")
    assert ran.code == 1
    assert "scores_by_task:match/accuracy\tfailed\tZeroDivisionError: no bars" in ran.out
    assert "1 failed, 1 made; in analysis" in ran.err
    assert "what failed is in the run log, logs/analyze-experiment.log" in ran.err
    assert "Traceback" not in ran.out + ran.err
    assert "Traceback" in (caps / "logs" / "analyze-experiment.log").read_text()
    assert "scores_heatmap_caps_match.html" in content(caps / "analysis")


def test_quiet_tells_failures_only(vizspec: Run, caps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert vizspec("render", "--quiet") == Ran(0, "", "")
    break_view(monkeypatch, "scores_by_task")
    ran = vizspec("render", "--quiet", "--force")
    assert ran == Ran(1, "", "error: scores_by_task:match/accuracy failed: ZeroDivisionError: no bars\n")


def test_programs_read_every_outcome(vizspec: Run, caps: Path) -> None:
    write_spec(caps, [*VIEWS, {"view": "scores_by_model"}], **EXPERIMENT)
    ran = vizspec("render", "--json")
    (result,) = json.loads(ran.out)
    assert (result["path"], result["exit_code"], result["folder"], result["report"]) == (
        "analysis.yaml",
        0,
        "analysis",
        "report.md",
    )
    assert result["outcomes"][0] == {
        "id": "scores_by_task:match/accuracy",
        "status": "made",
        "files": [BY_TASK],
        "reason": None,
        "notes": [],
    }
    assert result["outcomes"][2]["status"] == "skipped"
    assert result["outcomes"][2]["reason"].startswith("it takes exactly one task")


def test_one_of_several_specs_that_fails_never_stops_the_next(vizspec: Run, caps: Path) -> None:
    (caps / "bad.yaml").write_text("vizspec: 1\nviews: [{view: scores_by_tsk}]\n")
    ran = vizspec("render", "bad.yaml", "none.yaml", "analysis.yaml")
    assert ran.code == 2
    assert "bad.yaml:2" in ran.err
    assert "2 made; in analysis" in ran.err
    ran = vizspec("render", "--json", "bad.yaml", "analysis.yaml")
    bad, good = json.loads(ran.out)
    assert (bad["exit_code"], bad["outcomes"], bad["problems"][0]["line"]) == (2, None, 2)
    assert good["exit_code"] == 0


def test_several_specs_do_not_write_into_one_folder(vizspec: Run, caps: Path) -> None:
    write_spec(caps, name="other.yaml", **EXPERIMENT)
    ran = vizspec("render", "--out", "x", "analysis.yaml", "other.yaml")
    assert ran.code == 2
    assert "--out takes one spec" in ran.err
    assert not (caps / "x").exists()


def test_strictly_a_skip_is_found(vizspec: Run, caps: Path) -> None:
    write_spec(caps, [*VIEWS, {"view": "scores_by_model"}], **EXPERIMENT)
    assert vizspec("render").code == 0
    assert vizspec("render", "--strict").code == 1


def test_strictly_and_quietly_one_line_says_what_was_found(vizspec: Run, caps: Path) -> None:
    assert vizspec("render", "--strict", "--quiet") == Ran(0, "", "")
    write_spec(caps, [*VIEWS, {"view": "scores_by_model", "where": "n_samples > 1"}], **EXPERIMENT)
    assert vizspec("render", "--strict", "--quiet") == Ran(
        1, "", "analysis.yaml: found by --strict: 1 skipped output\n"
    )


def test_strictly_a_warning_is_found_and_told_even_when_quiet(vizspec: Run, caps: Path) -> None:
    (caps / "small" / "eval" / "rivers" / "logs" / "a.eval").write_bytes(b"")
    assert vizspec("render", "--quiet").err == ""
    ran = vizspec("render", "--quiet", "--strict")
    assert ran.code == 1
    assert "warning: 1 log cannot be read" in ran.err


def test_only_some_entries_are_rendered(vizspec: Run, caps: Path) -> None:
    ran = vizspec("render", "--only", "scores_heatmap")
    assert ran.code == 0
    assert "scores_by_task:match/accuracy\tskipped\tnot asked for by --only" in ran.out
    ran = vizspec("render", "--only", "scores_heatmp")
    assert ran.code == 2
    assert "there are: scores_by_task, scores_heatmap" in ran.err


def test_what_earlier_renders_left_is_named_and_cleaned_away(vizspec: Run, caps: Path) -> None:
    vizspec("render")
    write_spec(caps, VIEWS[1:], **EXPERIMENT)
    assert (
        f"earlier renders made {BY_TASK} too; --clean removes what is not made now" in vizspec("render").err
    )
    assert f"removed what earlier renders made: {BY_TASK}" in vizspec("render", "--clean").err
    assert BY_TASK not in content(caps / "analysis")


def test_an_output_folder_that_cannot_be_written_is_told_before_anything_is_made(
    vizspec: Run, caps: Path
) -> None:
    (caps / "analysis").write_text("in the way")
    ran = vizspec("render")
    assert ran.code == 2
    assert ran.err.splitlines()[0] == "vizspec: the output folder 'analysis' cannot be written: File exists"
    assert "vizspec render --out " in ran.err
    run_log = (caps / "logs" / "analyze-experiment.log").read_text()
    assert "COMPLETE: nothing was rendered\nResult: the output folder 'analysis' cannot be written" in run_log


def test_no_logs_are_told_with_what_was_tried(vizspec: Run, caps: Path) -> None:
    for log in caps.rglob("*.eval"):
        log.unlink()
    ran = vizspec("render")
    assert ran.code == 2
    assert "tried '{run}/eval/*/logs/*.eval'" in ran.err
    assert "runs without logs: small, large" in ran.err


def test_warnings_of_the_spec_are_told(vizspec: Run, caps: Path) -> None:
    write_spec(caps, [*VIEWS, {"view": "scores_by_model"}], **EXPERIMENT)
    assert "warning: views[2]" in vizspec("render").err


VIOLATED = {"id": "low", "of": {"run": "small", "task": "rivers"}, "is": "at_most", "value": 0.1}


def test_a_violated_claim_fails_where_it_is_to(vizspec: Run, caps: Path) -> None:
    write_spec(caps, views=(), claims=[VIOLATED], **EXPERIMENT)
    plain = vizspec("render")
    assert (plain.code, "claims: Violated: low" in plain.err) == (0, True)
    assert vizspec("render", "--strict-claims").code == 1
    write_spec(caps, views=(), claims={"fail": "violated", "list": [VIOLATED]}, **EXPERIMENT)
    assert vizspec("render").code == 1


def test_programs_read_the_verdicts(vizspec: Run, caps: Path) -> None:
    write_spec(caps, views=(), claims=[VIOLATED], **EXPERIMENT)
    ((row,),) = [result["claims"] for result in json.loads(vizspec("render", "--json").out)]
    assert (row["id"], row["verdict"], row["value"]) == ("low", "Violated", 0.62)


def test_quiet_hides_no_error(vizspec: Run, caps: Path) -> None:
    (caps / "own.md.j2").write_text("{{ nothing.at.all }}")
    claims = {"fail": "violated", "list": [VIOLATED]}
    write_spec(caps, views=(), claims=claims, report={"template": "own.md.j2"}, **EXPERIMENT)
    ran = vizspec("render", "--quiet")
    assert ran.code == 1
    report, violated = ran.err.splitlines()
    assert report.startswith("error: the report is skipped: ")
    assert violated == "error: violated claims: low"
