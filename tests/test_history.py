"""What a render keeps of earlier ones: orphans, entries left alone, and what their pages load."""

from __future__ import annotations

from dataclasses import replace

from tests.report.make import SHA, a_manifest, a_step, failed, made, skipped
from vizspec.history import idle_assets, with_history, with_orphans
from vizspec.manifest import Manifest
from vizspec.outcomes import FileOutcome, Outcome, Status
from vizspec.plan import Step

STEP = a_step("chart", id="chart")
SHARED = FileOutcome("assets/all.js", Status.MADE, sha256=SHA, size=10)
OLD = FileOutcome("assets/t_old.js", Status.MADE, sha256=SHA, size=10)
NEW = FileOutcome("assets/t_new.js", Status.MADE, sha256=SHA, size=10)
INDEX = FileOutcome("index.html", Status.MADE, sha256=SHA, size=5)
OTHER = a_step("other", id="other", entry=1)


def made_anew(step: Step) -> Outcome:
    """The step with other files than `made` gives it."""
    return Outcome(step, tuple(replace(file, sha256="1" * 64) for file in made(step).files))


def pages_of(manifest: Manifest) -> dict[str, tuple[str, ...]]:
    return {asset.name: asset.pages for asset in manifest.assets}


def test_of_pages_that_were_left_as_they_were_what_they_load_stays() -> None:
    before = a_manifest(made(STEP), documents=(INDEX,), chart=(SHARED, OLD), index=(SHARED, OLD))
    now = a_manifest(made(STEP), documents=(INDEX,))
    assert with_history(now, before) == before
    assert with_history(now, before).orphans == ()


def test_what_only_the_last_pages_loaded_is_idle() -> None:
    before = a_manifest(made(STEP), chart=(SHARED, OLD))
    again = made_anew(STEP)
    after = with_history(a_manifest(again, chart=(SHARED, NEW)), before)
    assert pages_of(after) == {"assets/all.js": ("chart.html",), "assets/t_new.js": ("chart.html",)}
    assert after.orphans == ()
    assert idle_assets(before, after) == (("assets/t_old.js", SHA),)
    assert idle_assets(None, after) == ()


def test_what_a_page_of_another_entry_or_an_orphan_loads_stays_with_it() -> None:
    before = a_manifest(made(STEP), made(OTHER), chart=(SHARED, OLD), other=(SHARED, OLD))
    again = made_anew(STEP)
    untouched = with_history(
        a_manifest(again, skipped("other", "not asked for", 1), chart=(NEW,)), before, {"other"}
    )
    assert pages_of(untouched)["assets/t_old.js"] == ("other.html",)
    orphaned = with_history(a_manifest(again, chart=(NEW,)), before)
    assert orphaned.orphans == ("other.html", "other.png")
    assert pages_of(orphaned) == {
        "assets/all.js": ("other.html",),
        "assets/t_new.js": ("chart.html",),
        "assets/t_old.js": ("other.html",),
    }
    once_more = with_history(a_manifest(again, chart=(NEW,)), orphaned)
    assert once_more == orphaned
    cleaned = with_orphans(once_more, ())
    assert pages_of(cleaned) == {"assets/t_new.js": ("chart.html",)}
    assert [name for name, _ in idle_assets(orphaned, cleaned)] == ["assets/all.js", "assets/t_old.js"]


def test_what_the_last_good_page_loads_stays_where_the_next_one_failed() -> None:
    before = a_manifest(made(STEP), chart=(SHARED, OLD))
    assert pages_of(with_history(a_manifest(failed(STEP, "no")), before)) == pages_of(before)


def test_a_picture_of_an_earlier_page_is_an_orphan_beside_a_page_without_one() -> None:
    before = a_manifest(made(STEP))
    now = a_manifest(made(STEP, without={"chart.png": "no browser"}))
    assert with_history(now, before).orphans == ("chart.png",)
