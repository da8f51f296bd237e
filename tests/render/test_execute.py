"""What execution makes of a plan: files, failures that stay alone, and what is left as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.make import a_log, some_facts
from tests.rendering import PlainCanvas
from vizspec.draw.pages.parts import Page
from vizspec.errors import UserError
from vizspec.output.folder import Folder
from vizspec.plan.outcomes import Earlier, Outcome, OutputStatus
from vizspec.plan.plan import Plan, Step, plan
from vizspec.render.canvas import Failure
from vizspec.render.execute import NOT_ALLOWED, NOT_ASKED_FOR, execute
from vizspec.spec.model import Spec
from vizspec.views.program import Program, ProgramFile

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def a_plan(*names: str) -> Plan:
    views = [{"view": "scores_by_task", "name": name} for name in names]
    return plan(Spec.model_validate({"vizspec": 1, "views": views}), some_facts([a_log("a")]))


def earlier_of(outcomes: Sequence[Outcome], fingerprints: Any) -> dict[str, Earlier]:
    return {
        o.step.id: Earlier(fingerprints[o.step.id], {f.name: f.sha256 or "" for f in o.files})
        for o in outcomes
    }


def test_every_file_of_a_step_is_written(tmp_path: Path) -> None:
    (outcome,) = execute(a_plan("one"), Folder(tmp_path), PlainCanvas(), ()).outcomes
    assert outcome.status is OutputStatus.MADE
    assert outcome.written == ("one.html", "one.png")
    assert (tmp_path / "one.png").read_bytes() == b"picture of scores_by_task:match/accuracy"


def test_a_view_that_fails_is_told_with_its_traceback_and_the_next_is_made(tmp_path: Path) -> None:
    whole = a_plan("one", "two")
    broken = Plan((_with_content(whole.steps[0], "no scores"), whole.steps[1]))
    first, second = execute(broken, Folder(tmp_path), PlainCanvas(), ()).outcomes
    assert first.status is OutputStatus.FAILED
    assert "AttributeError" in (first.reason or "")
    assert "Traceback" in (first.files[0].traceback or "")
    assert second.written == ("two.html", "two.png")


def test_without_a_browser_the_page_is_made_and_the_picture_is_skipped(tmp_path: Path) -> None:
    canvas = PlainCanvas(Failure("no browser: install one", is_skip=True))
    (outcome,) = execute(a_plan("one"), Folder(tmp_path), canvas, ()).outcomes
    assert outcome.status is OutputStatus.MADE
    assert outcome.written == ("one.html",)
    assert outcome.reason == "no browser: install one"


def test_a_picture_that_fails_makes_its_output_a_failed_one(tmp_path: Path) -> None:
    (outcome,) = execute(a_plan("one"), Folder(tmp_path), PlainCanvas(Failure("Binder Error")), ()).outcomes
    assert outcome.status is OutputStatus.FAILED
    assert outcome.written == ("one.html",)


def test_a_chart_that_fails_in_the_browser_has_a_picture_all_the_same_and_a_note(tmp_path: Path) -> None:
    canvas = PlainCanvas(Failure("Binder Error", traceback="at line 1"), replaces_failed=True)
    done = execute(a_plan("one"), Folder(tmp_path), canvas, ())
    (outcome,) = done.outcomes
    note = "drawn with matplotlib, as the browser took no picture: Binder Error"
    assert (outcome.status, outcome.reason, outcome.notes) == (OutputStatus.MADE, None, (note,))
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")
    assert outcome.files[1].traceback == "at line 1"
    kept = {
        name: replace(known, notes={"one.png": note})
        for name, known in earlier_of(done.outcomes, done.fingerprints).items()
    }
    (taken,) = execute(a_plan("one"), Folder(tmp_path), PlainCanvas(), (), earlier=kept).outcomes
    assert (taken.status, taken.notes) == (OutputStatus.MADE, ())
    assert (tmp_path / "one.png").read_bytes().startswith(b"picture")


def test_a_chart_that_none_but_a_browser_draws_and_that_fails_there_is_a_failed_one(tmp_path: Path) -> None:
    whole = a_plan("one")
    alone = Plan((replace(whole.steps[0], is_browser_alone=True),))
    canvas = PlainCanvas(Failure("Binder Error"), replaces_failed=True)
    (outcome,) = execute(alone, Folder(tmp_path), canvas, ()).outcomes
    assert (outcome.status, outcome.reason, outcome.notes) == (OutputStatus.FAILED, "Binder Error", ())


def test_what_did_not_change_is_left_as_it_is(tmp_path: Path) -> None:
    first = execute(a_plan("one", "two"), Folder(tmp_path), PlainCanvas(), ("1",))
    canvas = PlainCanvas()
    again = execute(
        a_plan("one", "two"),
        Folder(tmp_path),
        canvas,
        ("1",),
        earlier=earlier_of(first.outcomes, first.fingerprints),
    )
    assert canvas.pages == []
    assert [outcome.status for outcome in again.outcomes] == [OutputStatus.UNCHANGED, OutputStatus.UNCHANGED]


def test_without_a_browser_what_did_not_change_is_left_as_it_is_all_the_same(tmp_path: Path) -> None:
    missing = Failure("no browser: install one", is_skip=True)
    first = execute(a_plan("one"), Folder(tmp_path), PlainCanvas(missing), ())
    kept = {
        o.step.id: Earlier(first.fingerprints[o.step.id], {f.name: f.sha256 for f in o.files if f.sha256})
        for o in first.outcomes
    }
    canvas = PlainCanvas(missing)
    (again,) = execute(a_plan("one"), Folder(tmp_path), canvas, (), earlier=kept).outcomes
    assert canvas.pages == []
    assert [(f.name, f.status) for f in again.files] == [
        ("one.html", OutputStatus.UNCHANGED),
        ("one.png", OutputStatus.SKIPPED),
    ]
    with_one = PlainCanvas()
    execute(a_plan("one"), Folder(tmp_path), with_one, (), earlier=kept)
    assert len(with_one.pages) == 1


def test_without_a_browser_the_picture_is_drawn_and_a_note_says_so(tmp_path: Path) -> None:
    canvas = PlainCanvas(Failure("no browser", is_skip=True), stand_in="drawn with matplotlib: no browser")
    done = execute(a_plan("one"), Folder(tmp_path), canvas, ())
    (outcome,) = done.outcomes
    assert outcome.written == ("one.html", "one.png")
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")
    assert (outcome.reason, outcome.notes) == (None, ("drawn with matplotlib: no browser",))
    kept = {
        name: replace(known, notes={"one.png": "drawn with matplotlib: no browser"})
        for name, known in earlier_of(done.outcomes, done.fingerprints).items()
    }
    (again,) = execute(a_plan("one"), Folder(tmp_path), canvas, (), earlier=kept).outcomes
    assert (again.status, again.notes) == (OutputStatus.UNCHANGED, outcome.notes)
    (taken,) = execute(a_plan("one"), Folder(tmp_path), PlainCanvas(), (), earlier=kept).outcomes
    assert (taken.status, taken.notes) == (OutputStatus.MADE, ())


def test_a_picture_that_a_browser_took_stays_where_there_is_none_now(tmp_path: Path) -> None:
    first = execute(a_plan("one"), Folder(tmp_path), PlainCanvas(), ())
    without = PlainCanvas(Failure("no browser", is_skip=True), stand_in="drawn with matplotlib: no browser")
    kept = earlier_of(first.outcomes, first.fingerprints)
    (again,) = execute(a_plan("one"), Folder(tmp_path), without, (), earlier=kept).outcomes
    assert (again.status, again.notes) == (OutputStatus.UNCHANGED, ())


class LoadingCanvas(PlainCanvas):
    """Pages that load a file that all share, and one of their own."""

    def page(self, step: Step, component: Any) -> Page:
        own = {f"assets/{step.stem}.js": step.stem.encode()}
        return replace(super().page(step, component), loads={"assets/all.js": b"script", **own})


def test_what_pages_load_is_written_with_them(tmp_path: Path) -> None:
    done = execute(a_plan("one", "two"), Folder(tmp_path), LoadingCanvas(), ())
    assert {name: [file.name for file in files] for name, files in done.loads.items()} == {
        "one.html": ["assets/all.js", "assets/one.js"],
        "two.html": ["assets/all.js", "assets/two.js"],
    }
    assert (tmp_path / "assets" / "all.js").read_bytes() == b"script"
    assert (tmp_path / "assets" / "two.js").read_bytes() == b"two"
    assert [outcome.written for outcome in done.outcomes] == [
        ("one.html", "one.png"),
        ("two.html", "two.png"),
    ]


def test_a_page_whose_files_cannot_be_written_fails(tmp_path: Path) -> None:
    (tmp_path / "assets" / "one.js").mkdir(parents=True)
    first, second = execute(a_plan("one", "two"), Folder(tmp_path), LoadingCanvas(), ()).outcomes
    assert (first.status, second.status) == (OutputStatus.FAILED, OutputStatus.MADE)
    assert first.reason == "'assets/one.js' cannot be written: Is a directory"
    assert not (tmp_path / "one.html").exists()


def test_a_page_is_made_anew_where_a_file_that_it_loads_is_not_as_it_was(tmp_path: Path) -> None:
    first = execute(a_plan("one", "two"), Folder(tmp_path), LoadingCanvas(), ())
    earlier = {
        name: replace(known, loads={file.name: file.sha256 or "" for file in first.loads[f"{stem}.html"]})
        for (name, known), stem in zip(
            earlier_of(first.outcomes, first.fingerprints).items(), ("one", "two"), strict=True
        )
    }
    (tmp_path / "assets" / "one.js").unlink()
    canvas = LoadingCanvas()
    again = execute(a_plan("one", "two"), Folder(tmp_path), canvas, (), earlier=earlier)
    assert [outcome.status for outcome in again.outcomes] == [OutputStatus.MADE, OutputStatus.UNCHANGED]
    assert len(canvas.pages) == 1
    assert (tmp_path / "assets" / "one.js").read_bytes() == b"one"


@pytest.mark.parametrize(
    ("error", "reason"),
    [(UserError("no port", "free one"), "no port"), (ImportError("no duckdb"), "ImportError: no duckdb")],
)
def test_pictures_that_cannot_be_taken_at_all_take_nothing_else_with_them(
    tmp_path: Path, error: Exception, reason: str
) -> None:
    class BrokenCanvas(PlainCanvas):
        def pictures(self, charts: Sequence[tuple[Step, Any]]) -> Iterator[tuple[Step, bytes | Failure]]:
            yield charts[0][0], b"picture"
            raise error

    first, second = execute(a_plan("one", "two"), Folder(tmp_path), BrokenCanvas(), ()).outcomes
    assert first.written == ("one.html", "one.png")
    assert second.written == ("two.html",)
    assert (second.status, second.reason) == (OutputStatus.FAILED, reason)


def test_pictures_are_expected_before_the_first_chart_is_drawn(tmp_path: Path) -> None:
    class ExpectingCanvas(PlainCanvas):
        def page(self, step: Step, component: Any) -> Page:
            assert self.is_expecting
            return super().page(step, component)

    canvas = ExpectingCanvas()
    (outcome,) = execute(a_plan("one"), Folder(tmp_path), canvas, ()).outcomes
    assert outcome.status is OutputStatus.MADE


def test_no_pictures_are_expected_where_no_chart_is_to_be_drawn(tmp_path: Path) -> None:
    first = execute(a_plan("one"), Folder(tmp_path), PlainCanvas(), ())
    kept = earlier_of(first.outcomes, first.fingerprints)
    unchanged, not_asked_for = PlainCanvas(), PlainCanvas()
    execute(a_plan("one"), Folder(tmp_path), unchanged, (), earlier=kept)
    execute(a_plan("one"), Folder(tmp_path), not_asked_for, (), only=())
    assert not unchanged.is_expecting
    assert not not_asked_for.is_expecting


@pytest.mark.parametrize("damage", ["edit", "remove"])
def test_a_file_that_is_not_as_it_was_written_is_made_again(tmp_path: Path, damage: str) -> None:
    first = execute(a_plan("one", "two"), Folder(tmp_path), PlainCanvas(), ())
    if damage == "edit":
        (tmp_path / "one.html").write_text("edited")
    else:
        (tmp_path / "one.html").unlink()
    canvas = PlainCanvas()
    earlier = earlier_of(first.outcomes, first.fingerprints)
    execute(a_plan("one", "two"), Folder(tmp_path), canvas, (), earlier=earlier)
    assert canvas.pages == ["scores_by_task:match/accuracy"]


def test_another_version_or_setting_makes_everything_again(tmp_path: Path) -> None:
    first = execute(a_plan("one"), Folder(tmp_path), PlainCanvas(), ("inspect-viz 1",))
    canvas = PlainCanvas()
    earlier = earlier_of(first.outcomes, first.fingerprints)
    execute(a_plan("one"), Folder(tmp_path), canvas, ("inspect-viz 2",), earlier=earlier)
    assert len(canvas.pages) == 1


def test_a_file_that_cannot_be_written_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "one.html").mkdir()
    first, second = execute(a_plan("one", "two"), Folder(tmp_path), PlainCanvas(), ()).outcomes
    assert first.status is OutputStatus.FAILED
    assert "'one.html' cannot be written" in (first.reason or "")
    assert second.status is OutputStatus.MADE


def _with_content(step: Step, content: Any) -> Step:
    return replace(step, content=content)


class UnknownCurves:
    """Content of no kind: whoever draws it fails at the first thing that is asked of it."""

    def __init__(self) -> None:
        self.tries = 0

    def __getattr__(self, name: str) -> Any:
        self.tries += 1
        raise ValueError("no curves")


def test_images_that_cannot_be_drawn_are_tried_once_and_their_page_by_itself(tmp_path: Path) -> None:
    content = UnknownCurves()
    curves = Step("roc", 0, "roc_curves", None, ("roc.html", "roc.svg"), "", "", content)
    (outcome,) = execute(Plan((curves,)), Folder(tmp_path), PlainCanvas(), ()).outcomes
    assert [(file.name, file.reason) for file in outcome.files] == [
        ("roc.html", "ValueError: no curves"),
        ("roc.svg", "ValueError: no curves"),
    ]
    assert content.tries == 2


class BrokenCanvas(PlainCanvas):
    """Pages of which the first cannot be written as text."""

    def page(self, step: Step, component: Any) -> Page:
        if not self.pages:
            self.pages.append(step.id)
            raise ValueError("no state")
        return super().page(step, component)


def test_a_page_that_cannot_be_made_fails_alone(tmp_path: Path) -> None:
    first, second = execute(a_plan("one", "two"), Folder(tmp_path), BrokenCanvas(), ()).outcomes
    assert (first.status, first.reason) == (OutputStatus.FAILED, "ValueError: no state")
    assert second.status is OutputStatus.MADE


class LostCanvas(PlainCanvas):
    """One picture, and no more."""

    def pictures(self, charts: Sequence[tuple[Step, Any]]) -> Iterator[tuple[Step, bytes | Failure]]:
        yield charts[0][0], b"picture"
        raise UserError("no loopback server could be started")


def test_where_no_more_pictures_can_be_taken_the_others_say_why(tmp_path: Path) -> None:
    first, second = execute(a_plan("one", "two"), Folder(tmp_path), LostCanvas(), ()).outcomes
    assert first.written == ("one.html", "one.png")
    assert second.status is OutputStatus.FAILED
    assert second.written == ("two.html",)
    assert "no loopback server" in (second.reason or "")


def test_entries_that_were_not_asked_for_are_not_made(tmp_path: Path) -> None:
    first, second = execute(a_plan("one", "two"), Folder(tmp_path), PlainCanvas(), (), only={1}).outcomes
    assert (first.status, first.reason) == (OutputStatus.SKIPPED, NOT_ASKED_FOR)
    assert second.status is OutputStatus.MADE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["two.html", "two.png"]


def test_entries_that_were_not_asked_for_stay_where_they_are_current(tmp_path: Path) -> None:
    whole = execute(a_plan("one", "two"), Folder(tmp_path), PlainCanvas(), ())
    earlier = earlier_of(whole.outcomes, whole.fingerprints)
    again = execute(
        a_plan("one", "two"), Folder(tmp_path), PlainCanvas(), (), earlier=earlier, only={1}
    ).outcomes
    assert [outcome.status for outcome in again] == [OutputStatus.UNCHANGED, OutputStatus.UNCHANGED]


def test_the_progress_tells_every_step_and_every_picture(tmp_path: Path) -> None:
    events: list[tuple[str, int, int]] = []
    execute(
        a_plan("one", "two"), Folder(tmp_path), PlainCanvas(), (), progress=lambda *what: events.append(what)
    )
    assert events == [
        ("drawing", 0, 2),
        ("drawing", 1, 2),
        ("taking pictures", 1, 2),
        ("taking pictures", 2, 2),
    ]


def a_script(*files: str) -> Plan:
    views = [{"view": "script", "run": "figure.py", "files": list(files)}]
    facts = replace(
        some_facts([a_log("a")]), programs={"figure.py": ProgramFile(Path("/here/figure.py"), "abc")}
    )
    return plan(Spec.model_validate({"vizspec": 1, "views": views}), facts)


def test_a_program_does_not_run_where_that_is_not_allowed(tmp_path: Path) -> None:
    (outcome,) = execute(a_script("a.png"), Folder(tmp_path), PlainCanvas(), ()).outcomes
    assert (outcome.status, outcome.reason) == (OutputStatus.SKIPPED, NOT_ALLOWED)


def test_a_program_runs_once_for_all_its_outputs_and_one_file_may_fail(tmp_path: Path) -> None:
    ran: list[str] = []

    def run(program: Program) -> dict[str, bytes | Failure]:
        ran.append(program.name)
        return {"a.png": b"a", "b.png": Failure("figure.py did not write 'b.png'", traceback="no b")}

    first, second = execute(a_script("a.png", "b.png"), Folder(tmp_path), PlainCanvas(), (), run=run).outcomes
    assert ran == ["figure.py"]
    assert (first.status, first.written) == (OutputStatus.MADE, ("a.png",))
    assert (second.status, second.reason) == (OutputStatus.FAILED, "figure.py did not write 'b.png'")
    assert second.files[0].traceback == "no b"


def test_what_a_program_made_stays_where_nothing_changed_though_it_may_not_run(tmp_path: Path) -> None:
    made = execute(a_script("a.png"), Folder(tmp_path), PlainCanvas(), (), run=lambda _: {"a.png": b"a"})
    kept = earlier_of(made.outcomes, made.fingerprints)
    (again,) = execute(a_script("a.png"), Folder(tmp_path), PlainCanvas(), (), earlier=kept).outcomes
    assert again.status is OutputStatus.UNCHANGED
