"""A render from the spec to the manifest: what is made, what is kept, and what stops it."""

from __future__ import annotations

import hashlib
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.disk import VIEWS, write_experiment, write_log, write_spec
from tests.rendering import PlainCanvas, content, rendered, states
from vizspec.draw.pages.assets import Engine, PageAssets, Widget
from vizspec.draw.pages.parts import Page
from vizspec.errors import Problems, UserError
from vizspec.gather.options import Reading
from vizspec.output.folder import Folder
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Skipped, Step
from vizspec.render.canvas import Failure
from vizspec.render.execute import NOT_ASKED_FOR
from vizspec.render.pipeline import make_plan, render
from vizspec.render.result import Options, Rendered
from vizspec.render.run_log import RUN_LOG
from vizspec.spec.open import open_spec

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

BY_TASK = "scores_by_task_caps_match.html"
HEATMAP = "scores_heatmap_caps_match.html"
DOCUMENTS = {"coverage.csv", "index.html", "manifest.json", "report.md", "results.csv", "results.json"}
EXPERIMENT: dict[str, Any] = {"experiment": "experiment_summary.yaml"}


@pytest.fixture
def caps(tmp_path: Path) -> Path:
    return write_experiment(tmp_path / "caps")


def statuses(done: Rendered) -> list[str]:
    return [outcome.status.value for outcome in done.outcomes]


def test_a_render_makes_what_the_spec_lists_and_what_tells_of_it(caps: Path) -> None:
    done = rendered(caps)
    assert set(content(caps / "analysis")) == {BY_TASK, HEATMAP, *DOCUMENTS}
    assert (done.exit_code(strict=True, has_warnings=False), done.report) == (0, "report.md")


def test_a_second_render_leaves_every_file_as_it_is(caps: Path) -> None:
    rendered(caps)
    before = {path: path.stat().st_mtime_ns for path in (caps / "analysis").glob("*.html")}
    first = content(caps / "analysis")
    canvas = PlainCanvas()
    assert statuses(rendered(caps, canvas)) == ["unchanged", "unchanged"]
    assert canvas.pages == []
    assert content(caps / "analysis") == first
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_cluster_that_is_not_there_is_told_before_any_log_is_read(caps: Path) -> None:
    pytest.importorskip("distributed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    events: list[tuple[str, int, int]] = []
    with pytest.raises(UserError, match="no Dask scheduler answers"):
        render(open_spec(caps), Options(scheduler=address), lambda *what: events.append(what))
    assert events == []


def test_force_makes_everything_anew(caps: Path) -> None:
    rendered(caps)
    assert statuses(rendered(caps, force=True)) == ["made", "made"]


def test_a_changed_entry_is_made_and_the_others_are_left_alone(caps: Path) -> None:
    rendered(caps)
    write_spec(caps, [VIEWS[0], {**VIEWS[1], "title": "New"}], **EXPERIMENT)
    canvas = PlainCanvas()
    assert statuses(rendered(caps, canvas)) == ["unchanged", "made"]
    assert canvas.pages == ["scores_heatmap:match/accuracy"]


def test_a_report_that_was_edited_is_kept_with_a_warning(caps: Path) -> None:
    rendered(caps)
    report = caps / "analysis" / "report.md"
    made = report.read_text()
    report.write_text(made + "my own conclusion")
    (warning,) = [warning_text for warning_text in rendered(caps).warnings if "edited" in warning_text]
    assert "'report.md.bak'" in warning
    assert report.read_text() == made
    assert (caps / "analysis" / "report.md.bak").read_text().endswith("my own conclusion")


def test_what_takes_pictures_is_ended_however_a_render_ends(caps: Path) -> None:
    class BrokenCanvas(PlainCanvas):
        @property
        def assets(self) -> PageAssets:
            raise LookupError("a bug")

    whole, broken = PlainCanvas(), BrokenCanvas()
    rendered(caps, whole)
    with pytest.raises(LookupError):
        rendered(caps, broken, force=True)
    assert whole.is_closed
    assert broken.is_closed


def test_a_new_log_redoes_what_shows_it(caps: Path) -> None:
    rendered(caps)
    write_log(caps / "small" / "eval" / "capitals" / "logs" / "b.eval", metrics={"match": {"accuracy": 0.1}})
    assert statuses(rendered(caps)) == ["made", "made"]


def test_only_some_entries_are_made_and_the_manifest_keeps_the_others(caps: Path) -> None:
    rendered(caps)
    whole = json.loads((caps / "analysis" / "manifest.json").read_text())
    write_spec(caps, [{**view, "title": "New"} for view in VIEWS], **EXPERIMENT)
    done = rendered(caps, only=("scores_heatmap",))
    assert [(o.status.value, o.reason) for o in done.outcomes] == [
        ("skipped", NOT_ASKED_FOR),
        ("made", None),
    ]
    kept = json.loads((caps / "analysis" / "manifest.json").read_text())
    assert kept["outputs"][0] == whole["outputs"][0]
    assert kept["outputs"][1] != whole["outputs"][1]
    assert (caps / "analysis" / BY_TASK).is_file()
    assert done.exit_code(strict=True, has_warnings=False) == 0
    stale = {name: reason for name, state, reason in states(caps) if state == "stale"}
    assert stale["scores_by_task:match/accuracy"].startswith("its entry changed (analysis.yaml:")
    assert {"index.html", "report.md"} < stale.keys()
    assert statuses(rendered(caps)) == ["made", "unchanged"]


def test_of_a_first_render_of_some_entries_the_others_are_missing(caps: Path) -> None:
    rendered(caps, only=("scores_heatmap",))
    (left_out, *shown) = states(caps)
    assert left_out == ("scores_by_task:match/accuracy", "missing", f"it was left out: {NOT_ASKED_FOR}")
    assert [(name, state) for name, state, _ in shown] == [("index.html", "stale"), ("report.md", "stale")]


def test_only_what_the_spec_has_can_be_asked_for(caps: Path) -> None:
    with pytest.raises(UserError, match="--only radar: no entry has this id or view") as raised:
        rendered(caps, only=("radar",))
    assert raised.value.hint == "there are: scores_by_task, scores_heatmap"
    assert not (caps / "analysis").exists()


def test_another_folder_may_be_written_to(caps: Path, tmp_path: Path) -> None:
    rendered(caps, out=tmp_path / "elsewhere")
    assert BY_TASK in content(tmp_path / "elsewhere")
    assert not (caps / "analysis").exists()


def test_what_an_earlier_render_made_stays_until_it_is_cleaned_away(caps: Path) -> None:
    rendered(caps)
    (caps / "analysis" / "notes.txt").write_text("mine")
    write_spec(caps, VIEWS[:1], **EXPERIMENT)
    done = rendered(caps)
    assert (done.orphans, done.removed) == ((HEATMAP,), ())
    assert states(caps) == [
        (HEATMAP, "orphaned", "an earlier render made it; `vizspec render --clean` removes it")
    ]
    again = rendered(caps, clean=True)
    assert (again.orphans, again.removed) == ((), (HEATMAP,))
    assert set(content(caps / "analysis")) == {BY_TASK, *DOCUMENTS, "notes.txt"}
    assert states(caps) == []


def test_an_orphan_is_remembered_over_several_renders(caps: Path) -> None:
    rendered(caps)
    write_spec(caps, VIEWS[:1], **EXPERIMENT)
    rendered(caps)
    assert rendered(caps).orphans == (HEATMAP,)


class LoadingCanvas(PlainCanvas):
    """Pages that load a file named by what they show."""

    def page(self, step: Step, component: Any) -> Page:
        name = f"assets/{hashlib.sha256(repr(step.content).encode()).hexdigest()[:8]}.js"
        return Page(f"{step.id} loads {name}", {name: step.stem.encode()})


def assets(folder: Path) -> set[str]:
    return {name for name in content(folder / "analysis") if name.startswith("assets/")}


def test_what_no_page_loads_any_more_goes_without_a_word(caps: Path) -> None:
    rendered(caps, LoadingCanvas())
    old = assets(caps)
    assert len(old) == 2
    write_log(caps / "small" / "eval" / "capitals" / "logs" / "b.eval", metrics={"match": {"accuracy": 0.1}})
    again = rendered(caps, LoadingCanvas())
    assert (len(assets(caps)), assets(caps) & old) == (2, set())
    assert (again.removed, again.orphans) == ((), ())
    assert states(caps) == []


def test_what_a_page_loads_that_the_spec_lists_no_more_stays_until_the_page_is_cleaned_away(
    caps: Path,
) -> None:
    rendered(caps, LoadingCanvas())
    old = assets(caps)
    write_spec(caps, VIEWS[:1], **EXPERIMENT)
    for _ in range(2):
        assert HEATMAP in rendered(caps, LoadingCanvas()).orphans
        assert assets(caps) == old
    assert rendered(caps, LoadingCanvas(), clean=True).removed == (HEATMAP,)
    assert len(assets(caps)) == 1
    assert states(caps) == []


def test_what_somebody_changed_in_a_file_that_no_page_loads_is_not_thrown_away(caps: Path) -> None:
    rendered(caps, LoadingCanvas())
    (edited,) = (name for name in sorted(assets(caps))[:1])
    (caps / "analysis" / edited).write_text("mine")
    write_log(caps / "small" / "eval" / "capitals" / "logs" / "b.eval", metrics={"match": {"accuracy": 0.1}})
    rendered(caps, LoadingCanvas())
    assert (caps / "analysis" / edited).read_text() == "mine"


def test_only_some_entries_are_made_and_the_others_keep_what_their_pages_load(caps: Path) -> None:
    rendered(caps, LoadingCanvas())
    old = assets(caps)
    write_log(caps / "small" / "eval" / "capitals" / "logs" / "b.eval", metrics={"match": {"accuracy": 0.1}})
    rendered(caps, LoadingCanvas(), only=("scores_heatmap",))
    (kept,) = assets(caps) & old
    assert kept in (caps / "analysis" / BY_TASK).read_text()


def test_a_check_finds_what_a_page_lacks_and_a_render_mends_it(caps: Path) -> None:
    rendered(caps, LoadingCanvas())
    whole = content(caps / "analysis")
    lost = sorted(assets(caps))[0]
    (caps / "analysis" / lost).unlink()
    assert states(caps) == [(lost, "missing", "it was made, and is not there")]
    assert sorted(statuses(rendered(caps, LoadingCanvas()))) == ["made", "unchanged"]
    assert content(caps / "analysis") == whole
    assert states(caps) == []


class LinkedCanvas(PlainCanvas):
    """An index that loads the runtime and what its charts show."""

    assets = PageAssets(Engine("linked"), Widget())


def test_what_the_index_loads_is_kept_with_it(caps: Path) -> None:
    rendered(caps, LinkedCanvas())
    whole = content(caps / "analysis")
    old = assets(caps)
    assert len(old) == 3
    assert all(f'src="{name}"' in whole["index.html"].decode() for name in old)
    assert statuses(rendered(caps, LinkedCanvas())) == ["unchanged", "unchanged"]
    assert content(caps / "analysis") == whole
    for name in old:
        (caps / "analysis" / name).unlink()
        assert states(caps) == [(name, "missing", "it was made, and is not there")]
        rendered(caps, LinkedCanvas())
        assert content(caps / "analysis") == whole
    write_log(
        caps / "small" / "eval" / "capitals" / "logs" / "b.eval",
        metrics={"match": {"accuracy": 0.1, "stderr": 0.04}},
    )
    rendered(caps, LinkedCanvas())
    assert (len(assets(caps)), len(assets(caps) & old)) == (3, 1)
    assert states(caps) == []


def test_nothing_but_what_a_manifest_lists_is_cleaned_away(caps: Path) -> None:
    rendered(caps)
    (caps / "analysis" / "manifest.json").write_text("{}")
    write_spec(caps, VIEWS[:1], **EXPERIMENT)
    assert rendered(caps, clean=True).removed == ()
    assert (caps / "analysis" / HEATMAP).is_file()


def test_a_report_may_be_all_that_is_wanted(caps: Path) -> None:
    write_spec(caps, [], **EXPERIMENT)
    assert rendered(caps).outcomes == ()
    assert set(content(caps / "analysis")) == DOCUMENTS


def test_no_report_may_be_wanted(caps: Path) -> None:
    write_spec(caps, report=False, **EXPERIMENT)
    done = rendered(caps)
    assert (done.report, done.exit_code(strict=True, has_warnings=False)) == (None, 0)
    assert set(content(caps / "analysis")) == {BY_TASK, HEATMAP, *DOCUMENTS} - {"report.md"}


@pytest.mark.parametrize(
    ("template", "why"),
    [("{{ nothing.at.all }}", "'nothing' is undefined"), ("{{ 1 / 0 }}", "division by zero")],
)
def test_a_broken_template_takes_the_report_alone(caps: Path, template: str, why: str) -> None:
    rendered(caps)
    old = (caps / "analysis" / "report.md").read_bytes()
    (caps / "own.md.j2").write_text(template)
    write_spec(caps, report={"template": "own.md.j2", "interpretation": False}, **EXPERIMENT)
    done = rendered(caps)
    assert done.exit_code(strict=False, has_warnings=False) == 1
    (error,) = done.errors
    assert error.startswith("the report is skipped: ")
    assert why in error
    assert (caps / "analysis" / "report.md").read_bytes() == old
    assert BY_TASK in content(caps / "analysis")


def test_a_template_of_ones_own_writes_the_report(caps: Path) -> None:
    (caps / "own.md.j2").write_text("{% for section in report.sections %}{{ section.title }}\n{% endfor %}")
    write_spec(caps, report={"template": "own.md.j2", "interpretation": False}, **EXPERIMENT)
    rendered(caps)
    assert (caps / "analysis" / "report.md").read_text().startswith("Executive Summary\n")


def test_no_logs_name_the_patterns_and_the_runs(caps: Path) -> None:
    for log in caps.rglob("*.eval"):
        log.unlink()
    with pytest.raises(UserError, match="no logs were found") as raised:
        rendered(caps)
    assert "'{run}/eval/*/logs/*.eval', '{run}/eval/logs/*.eval'" in raised.value.message
    assert "runs without logs: small, large" in raised.value.message


@pytest.mark.parametrize("broken", [b"", b"hello", b"PK\x03\x04 cut off"])
def test_logs_none_of_which_can_be_read_give_a_report_that_says_so(caps: Path, broken: bytes) -> None:
    for log in caps.rglob("*.eval"):
        log.write_bytes(broken)
    done = rendered(caps)
    assert [outcome.reason for outcome in done.outcomes] == ["there are no evaluations"] * 2
    assert done.warnings[0] == "none of the logs that were found can be shown: 4 unreadable"
    assert done.exit_code(strict=True, has_warnings=False) == 1
    assert "0 shown" in (caps / "analysis" / "report.md").read_text()


def test_one_broken_log_takes_no_other_with_it(caps: Path) -> None:
    (caps / "small" / "eval" / "rivers" / "logs" / "a.eval").write_bytes(b"")
    done = rendered(caps)
    assert statuses(done) == ["made", "made"]
    assert "small/eval/rivers/logs/a.eval' (the file is empty)" in done.warnings[0]
    assert "small/eval/rivers/logs/a.eval" in (caps / "analysis" / "report.md").read_text()


def test_scores_that_are_no_numbers_are_unknown(caps: Path) -> None:
    for run in ("small", "large"):
        path = caps / run / "eval" / "rivers" / "logs" / "a.eval"
        write_log(path, "rivers", f"hf/{run}", {"match": {"accuracy": float("nan")}})
    done = rendered(caps)
    (first, _) = done.outcomes
    assert first.status is OutputStatus.MADE
    assert not isinstance(first.step, Skipped)
    assert first.step.notes == ("no value of Match Accuracy: all of rivers",)
    assert "| nan" not in (caps / "analysis" / "report.md").read_text().lower()
    json.loads((caps / "analysis" / "results.json").read_text(), parse_constant=pytest.fail)


def test_an_output_folder_that_cannot_be_made_stops_before_anything_is_made(caps: Path) -> None:
    (caps / "analysis").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written: File exists") as raised:
        rendered(caps)
    assert "--out" in (raised.value.hint or "")
    assert (caps / "analysis").read_text() == "in the way"
    assert "cannot be written" in (caps / RUN_LOG).read_text()


def test_while_one_render_goes_on_another_is_refused(caps: Path) -> None:
    folder = Folder(caps / "analysis")
    folder.prepare()
    with folder.locked(), pytest.raises(UserError, match="another vizspec is writing"):
        rendered(caps)
    assert statuses(rendered(caps)) == ["made", "made"]


def test_a_document_that_cannot_be_written_says_what_to_do_and_spares_the_old_ones(caps: Path) -> None:
    rendered(caps)
    (caps / "analysis" / "results.csv").unlink()
    (caps / "analysis" / "results.csv").mkdir()
    old = content(caps / "analysis")
    with pytest.raises(UserError, match=r"'results\.csv' cannot be written") as raised:
        rendered(caps)
    assert raised.value.hint == "see to what is there, or render to another folder with --out"
    assert content(caps / "analysis") == old


def test_a_run_log_that_cannot_be_written_is_a_warning(caps: Path) -> None:
    (caps / "logs").write_text("in the way")
    (warning,) = rendered(caps).warnings
    assert "the run log" in warning
    assert "cannot be written" in warning


def test_the_run_log_tells_of_every_stage(caps: Path) -> None:
    rendered(caps)
    text = (caps / "logs" / "analyze-experiment.log").read_text()
    assert text.startswith("[2026-01-30 12:00:00] LOCATE_EXPERIMENT: caps\n")
    actions = [line.split("] ")[1].split(":")[0] for line in text.splitlines() if line.startswith("[")]
    assert list(dict.fromkeys(actions)) == [
        "LOCATE_EXPERIMENT",
        "PARSE_CONFIG",
        "LOAD_EVALS",
        "SELECT_VIEW",
        "GENERATE_PLOT",
        "GENERATE_REPORT",
        "COMPLETE",
    ]


def test_what_cannot_be_planned_is_told_at_its_line(caps: Path) -> None:
    write_spec(caps, [VIEWS[0], {**VIEWS[0], "id": "again"}], **EXPERIMENT)
    with pytest.raises(Problems) as raised:
        make_plan(open_spec(caps), Reading(use_cache=False))
    (problem,) = raised.value.problems
    assert problem.mark is not None
    assert problem.mark.line > 1


def test_a_picture_without_a_browser_is_no_failure_unless_it_must_be(caps: Path) -> None:
    write_spec(caps, output={"formats": ["html", "png"]}, **EXPERIMENT)
    done = rendered(caps, PlainCanvas(Failure("no browser", is_skip=True)))
    assert done.exit_code(strict=False, has_warnings=False) == 0
    assert done.exit_code(strict=True, has_warnings=False) == 1


@pytest.mark.parametrize(
    ("outcome", "strict", "code"),
    [
        (FileOutcome("a.html", OutputStatus.FAILED, "no"), False, 1),
        (FileOutcome("a.html", OutputStatus.MADE), True, 0),
        (FileOutcome("a.html", OutputStatus.SKIPPED, NOT_ASKED_FOR), True, 0),
        (FileOutcome("a.html", OutputStatus.SKIPPED, "no browser"), False, 0),
    ],
)
def test_the_exit_code_tells_of_failures_and_strictly_of_skips(
    outcome: FileOutcome, strict: bool, code: int
) -> None:
    from tests.report.make import a_step

    done = Rendered((Outcome(a_step(), (outcome,)),), Path("analysis"), None)
    assert done.exit_code(strict, has_warnings=False) == code


def test_strictly_a_warning_is_found_too() -> None:
    assert Rendered((), Path("analysis"), None).exit_code(strict=True, has_warnings=True) == 1
    assert Rendered((), Path("analysis"), None, ("odd",)).exit_code(strict=True, has_warnings=False) == 1


def test_two_specs_in_one_folder_are_told_of(caps: Path) -> None:
    assert not [warning_text for warning_text in rendered(caps).warnings if "held a render" in warning_text]
    other = write_spec(caps, VIEWS, "other.yaml", **EXPERIMENT)
    (warning,) = [
        warning_text for warning_text in rendered(other).warnings if "held a render" in warning_text
    ]
    assert "a render of 'analysis.yaml' of the experiment 'caps'" in warning


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1234\n"


def log_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/eval/*/logs/a.eval"))


def test_good_outputs_outlive_logs_that_are_pointers_of_git_lfs(caps: Path) -> None:
    rendered(caps)
    before = content(caps / "analysis")
    log_files(caps)[0].write_bytes(POINTER)
    for act in (lambda: rendered(caps), lambda: rendered(caps, clean=True), lambda: states(caps)):
        with pytest.raises(UserError, match="is a Git LFS pointer, not the log itself: git lfs pull"):
            act()
    assert content(caps / "analysis") == before


def test_good_outputs_outlive_logs_that_are_gone_and_are_replaced_by_force_alone(caps: Path) -> None:
    write_spec(caps, [*VIEWS, {"view": "compute_utilization"}], **EXPERIMENT)
    rendered(caps)
    before = content(caps / "analysis")
    for path in log_files(caps):
        path.unlink()
    for act in (lambda: rendered(caps), lambda: rendered(caps, clean=True), lambda: states(caps)):
        with pytest.raises(
            UserError, match="the last render showed some: 4 logs of the last render are gone"
        ):
            act()
    assert content(caps / "analysis") == before
    assert not rendered(caps, force=True).has_evaluations
    assert states(caps) == []  # what showed evaluations is nothing to be rid of, as long as there are none


def test_an_address_that_cannot_be_listed_stops_a_render_before_it_replaces_anything(caps: Path) -> None:
    rendered(caps)
    before = content(caps / "analysis")
    write_spec(caps, data={"logs": ["{run}/eval/*/logs/*.eval", "nosuch://bucket/logs"]}, **EXPERIMENT)
    with pytest.raises(UserError, match="nobody can tell which logs there are: 'nosuch://bucket/logs'"):
        rendered(caps, force=True)
    assert content(caps / "analysis") == before


def test_good_outputs_outlive_the_logs_of_a_single_evaluation(caps: Path) -> None:
    rendered(caps)
    before = content(caps / "analysis")
    log_files(caps)[0].unlink()
    for act in (lambda: rendered(caps), lambda: states(caps)):
        with pytest.raises(UserError, match="showed is gone: 'large/eval/capitals"):
            act()
    assert content(caps / "analysis") == before
    assert rendered(caps, force=True).has_evaluations
    assert states(caps) == []


def test_a_log_that_is_gone_where_a_newer_one_was_shown_is_told_once(caps: Path) -> None:
    old = log_files(caps)[0]
    write_log(old.with_name("b.eval"), "capitals", "hf/large", created="2026-02-01T10:00:00+00:00")
    rendered(caps)
    old.unlink()
    gone = "1 log of the last render is gone: 'large/eval/capitals/logs/a.eval'"
    assert gone in rendered(caps).warnings
    assert gone not in rendered(caps).warnings


def test_without_git_a_claim_that_was_changed_after_a_render_is_told_in_every_later_report(
    caps: Path,
) -> None:
    def report(value: float) -> str:
        claim = {"id": "c", "of": {"run": "small"}, "is": "at_least", "value": value, "for_each": "task"}
        write_spec(caps, claims=[claim], **EXPERIMENT)
        rendered(caps)
        return (caps / "analysis" / "report.md").read_text()

    note = "Written, or changed, after a render that had 4 logs."
    assert [note in report(value) for value in (0.4, 0.4, 0.3, 0.3)] == [False, False, True, True]
