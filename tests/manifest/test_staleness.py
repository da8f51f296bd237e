"""What of a render is not as a render would make it now, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.report.make import a_spec, a_step, failed, made, skipped
from vizspec.manifest.inputs import InputFile, Inputs, LogInput, inputs_of
from vizspec.manifest.manifest import Manifest, manifest_of
from vizspec.manifest.staleness import Finding, Now, OutputState, findings
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.render.execute import NOT_ASKED_FOR

SHA = "0" * 64
OTHER = "1" * 64
STEP = a_step("chart", id="scores_by_task:match/accuracy")
REPORT = FileOutcome("report.md", OutputStatus.MADE, sha256=SHA, size=5)
BY_TASK = {"view": "scores_by_task"}


def inputs(*views: dict[str, Any], **parts: Any) -> Inputs:
    logs = tuple(LogInput(name=name, sha256=digest) for name, digest in parts.pop("logs", {}).items())
    versions = parts.pop("versions", (("vizspec", "0.1.0"),))
    return inputs_of(a_spec(views=list(views), **parts), logs=logs, versions=versions)


def before(*outcomes: Outcome, given: Inputs | None = None, **named: Any) -> Manifest:
    prints = {outcome.step.id: f"print of {outcome.step.id}" for outcome in outcomes}
    documents, loads = named.pop("documents", ()), named.pop("loads", None)
    manifest = manifest_of("ranks", given or inputs(BY_TASK), outcomes, prints, documents, loads=loads)
    return manifest.model_copy(update=named)


def now(
    *planned: str,
    given: Inputs | None = None,
    prints: Mapping[str, str] | None = None,
    skips: tuple[str, ...] = (),
    files: Mapping[str, str | None] | None = None,
) -> Now:
    """By default everything is as `before` left it."""
    held = {**dict.fromkeys((*STEP.files, "report.md", "old.html"), SHA), **(files or {})}
    made_of = {**{name: f"print of {name}" for name in planned}, **(prints or {})}
    return Now(given or inputs(BY_TASK), made_of, frozenset(skips), ("analysis.yaml:9",), held.get)


def test_what_is_as_a_render_left_it_has_nothing_to_tell() -> None:
    manifest = before(made(STEP), skipped("heatmap", "one model"), documents=(REPORT,))
    assert findings(manifest, now(STEP.id, skips=("heatmap",))) == ()


def test_an_output_that_is_gone_is_missing() -> None:
    (found,) = findings(before(made(STEP)), now(STEP.id, files={"chart.png": None}))
    assert found == Finding("chart.png", OutputState.MISSING, "it was made, and is not there")


def test_an_output_that_is_not_as_it_was_written_is_edited() -> None:
    (found,) = findings(before(made(STEP)), now(STEP.id, files={"chart.html": OTHER}))
    assert (found.name, found.state) == ("chart.html", OutputState.EDITED)


def test_an_output_whose_entry_changed_is_stale_and_names_its_line() -> None:
    given = inputs({**BY_TASK, "title": "New"})
    found = findings(before(made(STEP)), now(given=given, prints={STEP.id: "another"}))
    assert found == (Finding(STEP.id, OutputState.STALE, "its entry changed (analysis.yaml:9)"),)


def test_an_output_whose_log_was_replaced_says_which() -> None:
    old, new = inputs(BY_TASK, logs={"a.eval": SHA}), inputs(BY_TASK, logs={"a.eval": OTHER})
    (found,) = findings(before(made(STEP), given=old), now(given=new, prints={STEP.id: "another"}))
    assert found.reason == "the log 'a.eval' was replaced"


def test_an_output_that_changed_for_no_known_reason_is_stale_all_the_same() -> None:
    (found,) = findings(before(made(STEP)), now(prints={STEP.id: "another"}))
    assert found == Finding(STEP.id, OutputState.STALE, "what it shows has changed")


def test_an_output_that_the_spec_lists_no_more_is_orphaned_while_its_files_are_there() -> None:
    found = findings(before(made(STEP)), now(files={"chart.png": None}))
    assert found == (Finding("chart.html", OutputState.ORPHANED, "the spec does not list it any more"),)


def test_an_output_that_would_be_skipped_now_is_orphaned() -> None:
    found = findings(before(made(STEP)), now(skips=(STEP.id,)))
    assert {one.reason for one in found} == {"it would be skipped now"}


def test_an_output_that_was_never_rendered_is_missing() -> None:
    (found,) = findings(before(), now("new"))
    assert found == Finding("new", OutputState.MISSING, "it was never rendered")


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (failed(STEP, "ValueError: no"), "it failed: ValueError: no"),
        (
            Outcome(
                STEP, tuple(FileOutcome(name, OutputStatus.SKIPPED, NOT_ASKED_FOR) for name in STEP.files)
            ),
            f"it was left out: {NOT_ASKED_FOR}",
        ),
    ],
)
def test_an_output_that_was_not_made_is_missing_with_the_reason(outcome: Outcome, reason: str) -> None:
    assert findings(before(outcome), now(STEP.id)) == (Finding(STEP.id, OutputState.MISSING, reason),)


def test_an_output_whose_picture_had_no_browser_is_well() -> None:
    outcome = made(STEP, without={"chart.png": "no browser"})
    assert findings(before(outcome), now(STEP.id, files={"chart.png": None})) == ()


def test_a_file_of_an_earlier_render_is_orphaned_while_it_is_there() -> None:
    manifest = before(orphans=("old.html", "gone.html"))
    assert [(one.name, one.state) for one in findings(manifest, now())] == [
        ("old.html", OutputState.ORPHANED)
    ]


def test_documents_are_stale_where_something_changed_that_they_tell() -> None:
    results = FileOutcome("results.csv", OutputStatus.MADE, sha256=SHA, size=1)
    manifest = before(documents=(REPORT, results))
    there = {"results.csv": SHA}
    titled = inputs({**BY_TASK, "title": "New"})
    stale = [one.name for one in findings(manifest, now(given=titled, files=there))]
    assert stale == ["report.md"]
    logs = inputs(BY_TASK, logs={"new.eval": SHA})
    stale = [one.name for one in findings(manifest, now(given=logs, files=there))]
    assert stale == ["report.md", "results.csv"]


def test_what_pages_load_is_looked_at_once_and_never_stale() -> None:
    shared = FileOutcome("assets/all.js", OutputStatus.MADE, sha256=SHA, size=1)
    manifest = before(made(STEP), loads={"chart.html": (shared,), "index.html": (shared,)})
    logs = inputs(BY_TASK, logs={"new.eval": SHA})
    assert findings(manifest, now(STEP.id, given=logs, files={"assets/all.js": SHA})) == ()
    found = findings(manifest, now(STEP.id, files={"assets/all.js": OTHER}))
    assert [(one.name, one.state) for one in found] == [("assets/all.js", OutputState.EDITED)]
    (missing,) = findings(manifest, now(STEP.id))
    assert missing == Finding("assets/all.js", OutputState.MISSING, "it was made, and is not there")


def test_what_only_an_orphan_loads_is_its_own_affair() -> None:
    lost = FileOutcome("assets/t_lost.js", OutputStatus.MADE, sha256=SHA, size=1)
    manifest = before(loads={"old.html": (lost,)}, orphans=("old.html",))
    assert [one.name for one in findings(manifest, now())] == ["old.html"]


INDEX = FileOutcome("index.html", OutputStatus.MADE, sha256=SHA, size=5)


@pytest.mark.parametrize(
    ("manifest", "plan"),
    [
        (before(made(STEP), documents=(INDEX, REPORT)), now(prints={STEP.id: "another"})),
        (before(documents=(INDEX, REPORT)), now("new")),
        (before(failed(STEP, "no"), documents=(INDEX, REPORT)), now(STEP.id)),
        (
            before(made(STEP, without={"chart.png": "no browser"}), documents=(INDEX, REPORT)),
            replace(now(STEP.id), can_take_pictures=True),
        ),
    ],
)
def test_what_shows_all_outputs_is_stale_where_one_would_be_made_anew(manifest: Manifest, plan: Now) -> None:
    held = {**dict.fromkeys(STEP.files, SHA), "index.html": SHA, "report.md": SHA}
    found = findings(manifest, replace(plan, sha256=held.get))
    why = "outputs that it shows would be made anew"
    assert [(one.name, one.reason) for one in found[-2:]] == [("index.html", why), ("report.md", why)]


def test_what_shows_all_outputs_is_well_where_one_was_only_lost_or_edited() -> None:
    manifest = before(made(STEP), documents=(INDEX, REPORT))
    for digest in (None, OTHER):
        found = findings(manifest, now(STEP.id, files={"chart.html": digest, "index.html": SHA}))
        assert [one.name for one in found] == ["chart.html"]


def test_a_picture_that_is_left_of_an_earlier_page_is_told_once() -> None:
    manifest = before(made(STEP, without={"chart.png": "no browser"}), orphans=("chart.png",))
    found = findings(manifest, replace(now(STEP.id), can_take_pictures=True))
    assert [(one.name, one.state) for one in found] == [("chart.png", OutputState.MISSING)]


def test_an_edited_document_is_told_once() -> None:
    given = inputs(BY_TASK, logs={"new.eval": SHA})
    found = findings(before(documents=(REPORT,)), now(given=given, files={"report.md": OTHER}))
    assert [(one.name, one.state) for one in found] == [("report.md", OutputState.EDITED)]


def test_a_picture_that_was_left_out_is_missing_where_it_could_be_made() -> None:
    page = before(made(STEP, without={"chart.png": "no browser"}))
    assert findings(page, now(STEP.id)) == ()
    can = replace(now(STEP.id), can_take_pictures=True)
    assert findings(page, can) == (Finding("chart.png", OutputState.MISSING, "it was left out: no browser"),)


def test_a_picture_that_stands_in_for_another_is_stale_where_there_is_a_browser() -> None:
    drawn = made(STEP)
    note = "drawn with matplotlib: no browser"
    files = tuple(replace(file, note=note if file.name == "chart.png" else None) for file in drawn.files)
    manifest = before(replace(drawn, files=files))
    held = dict.fromkeys(STEP.files, SHA)
    without = replace(now(STEP.id), sha256=held.get, can_take_pictures=True)
    assert findings(manifest, without) == ()
    found = findings(manifest, replace(without, has_browser=True))
    assert found == (Finding("chart.png", OutputState.STALE, note),)


def test_what_a_program_did_not_make_as_it_was_not_allowed_is_no_finding() -> None:
    skipped = Outcome(STEP, (FileOutcome("chart.png", OutputStatus.SKIPPED, "not allowed"),))
    manifest = before(skipped)
    assert [one.state for one in findings(manifest, now(STEP.id))] == [OutputState.MISSING]
    assert findings(manifest, replace(now(STEP.id), by_programs=frozenset({STEP.id}))) == ()


def test_a_comment_in_the_spec_makes_only_the_report_stale_which_names_its_hash() -> None:
    documents = (REPORT, FileOutcome("results.csv", OutputStatus.MADE, sha256=SHA, size=5))
    old = inputs(BY_TASK).model_copy(update={"spec": InputFile(name="analysis.yaml", sha256=SHA)})
    new = old.model_copy(update={"spec": InputFile(name="analysis.yaml", sha256=OTHER)})
    held = {"report.md": SHA, "results.csv": SHA}
    found = findings(before(given=old, documents=documents), replace(now(given=new), sha256=held.get))
    assert [(one.name, one.reason) for one in found] == [
        ("report.md", "it names the spec by its hash, and the spec's text changed")
    ]
