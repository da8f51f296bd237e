"""The manifest: every outcome, equal for equal renders, and read with suspicion."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.make import a_spec, a_step, failed, made, skipped
from vizspec.execute import Earlier
from vizspec.inputs import InputFile, inputs_of
from vizspec.manifest import (
    Manifest,
    idle_assets,
    manifest_of,
    manifest_text,
    read,
    with_history,
    with_orphans,
)
from vizspec.outcomes import FileOutcome, Outcome, Status
from vizspec.plan import Step

SHA = "0" * 64
STEP = a_step("chart", id="chart")


def a_manifest(*outcomes: Outcome, documents: tuple[FileOutcome, ...] = ()) -> Manifest:
    inputs = inputs_of(
        a_spec(),
        spec_file=InputFile(name="analysis.yaml", sha256=SHA),
        versions=(("vizspec", "0.1.0"),),
    )
    prints = {outcome.step.id: f"print of {outcome.step.id}" for outcome in outcomes}
    return manifest_of("ranks", inputs, outcomes, prints, documents, ("odd",))


REPORT = FileOutcome("report.md", Status.MADE, sha256=SHA, size=5)


def test_what_is_written_is_read_again() -> None:
    manifest = a_manifest(made(STEP), skipped("heatmap", "one model"), failed(a_step(id="x"), "no"))
    assert read(manifest_text(manifest)) == manifest


def test_the_text_is_json_with_sorted_keys() -> None:
    text = manifest_text(a_manifest(made(STEP), documents=(REPORT,)))
    data = json.loads(text)
    assert text == json.dumps(data, indent=2, sort_keys=True) + "\n"
    assert data["manifest"] == 1


def test_every_outcome_has_its_reason() -> None:
    outcomes = (
        made(STEP, without={"chart.png": "no browser"}),
        skipped("heatmap", "one model", 1),
        failed(a_step(id="radar", entry=2), "ValueError: x"),
    )
    stored = a_manifest(*outcomes).outputs
    assert [(output.id, output.entry, output.status, output.reason) for output in stored] == [
        ("chart", 0, "made", "no browser"),
        ("heatmap", 1, "skipped", "one model"),
        ("radar", 2, "failed", "ValueError: x"),
    ]
    assert [(file.name, file.status) for file in stored[0].files] == [
        ("chart.html", "made"),
        ("chart.png", "skipped"),
    ]


def test_a_render_that_changed_nothing_gives_the_same_text() -> None:
    unchanged = tuple(FileOutcome(name, Status.UNCHANGED, sha256=SHA, size=10) for name in STEP.files)
    assert manifest_text(a_manifest(Outcome(STEP, unchanged))) == manifest_text(a_manifest(made(STEP)))


def test_the_order_of_documents_does_not_matter() -> None:
    other = FileOutcome("index.html", Status.MADE, sha256=SHA, size=5)
    assert a_manifest(documents=(REPORT, other)) == a_manifest(documents=(other, REPORT))


def test_the_files_are_those_that_were_made() -> None:
    manifest = a_manifest(made(STEP, without={"chart.png": "no browser"}), documents=(REPORT,))
    assert manifest.files == ("chart.html", "report.md")


def test_the_next_render_may_leave_alone_what_did_not_fail() -> None:
    partial = made(a_step("b", id="b"), without={"b.png": "no browser"})
    manifest = a_manifest(made(STEP), partial, failed(a_step(id="c"), "no"), skipped("d", "no"))
    assert manifest.earlier() == {
        "chart": Earlier("print of chart", {"chart.html": SHA, "chart.png": SHA}),
        "b": Earlier("print of b", {"b.html": SHA}),
    }


def test_a_picture_of_an_earlier_page_is_an_orphan_beside_a_page_without_one() -> None:
    before = a_manifest(made(STEP))
    now = a_manifest(made(STEP, without={"chart.png": "no browser"}))
    assert with_history(now, before).orphans == ("chart.png",)


SHARED = FileOutcome("assets/all.js", Status.MADE, sha256=SHA, size=10)
OLD = FileOutcome("assets/t_old.js", Status.MADE, sha256=SHA, size=10)
NEW = FileOutcome("assets/t_new.js", Status.MADE, sha256=SHA, size=10)
INDEX = FileOutcome("index.html", Status.MADE, sha256=SHA, size=5)
OTHER = a_step("other", id="other", entry=1)


def loading(manifest: Manifest, **pages: tuple[FileOutcome, ...]) -> Manifest:
    """The manifest with what pages load, given by their stems."""
    loads = {f"{stem}.html": files for stem, files in pages.items()}
    return manifest.model_copy(
        update={"assets": manifest_of("ranks", manifest.inputs, (), {}, loads=loads).assets}
    )


def made_anew(step: Step) -> Outcome:
    """The step with other files than `made` gives it."""
    return Outcome(step, tuple(replace(file, sha256="1" * 64) for file in made(step).files))


def pages_of(manifest: Manifest) -> dict[str, tuple[str, ...]]:
    return {asset.name: asset.pages for asset in manifest.assets}


def test_what_pages_load_is_named_once_with_them() -> None:
    manifest = loading(a_manifest(made(STEP)), chart=(SHARED, NEW), index=(SHARED, NEW))
    assert pages_of(manifest) == {
        "assets/all.js": ("chart.html", "index.html"),
        "assets/t_new.js": ("chart.html", "index.html"),
    }
    assert read(manifest_text(manifest)) == manifest
    assert "assets/all.js" in manifest.files
    assert manifest.earlier()["chart"].loads == {"assets/all.js": SHA, "assets/t_new.js": SHA}


def test_of_pages_that_were_left_as_they_were_what_they_load_stays() -> None:
    before = loading(a_manifest(made(STEP), documents=(INDEX,)), chart=(SHARED, OLD), index=(SHARED, OLD))
    now = a_manifest(made(STEP), documents=(INDEX,))
    assert with_history(now, before) == before
    assert with_history(now, before).orphans == ()


def test_what_only_the_last_pages_loaded_is_idle() -> None:
    before = loading(a_manifest(made(STEP)), chart=(SHARED, OLD))
    again = made_anew(STEP)
    after = with_history(loading(a_manifest(again), chart=(SHARED, NEW)), before)
    assert pages_of(after) == {"assets/all.js": ("chart.html",), "assets/t_new.js": ("chart.html",)}
    assert after.orphans == ()
    assert idle_assets(before, after) == (("assets/t_old.js", SHA),)
    assert idle_assets(None, after) == ()


def test_what_a_page_of_another_entry_or_an_orphan_loads_stays_with_it() -> None:
    before = loading(a_manifest(made(STEP), made(OTHER)), chart=(SHARED, OLD), other=(SHARED, OLD))
    again = made_anew(STEP)
    untouched = with_history(
        loading(a_manifest(again, skipped("other", "not asked for", 1)), chart=(NEW,)), before, {"other"}
    )
    assert pages_of(untouched)["assets/t_old.js"] == ("other.html",)
    orphaned = with_history(loading(a_manifest(again), chart=(NEW,)), before)
    assert orphaned.orphans == ("other.html", "other.png")
    assert pages_of(orphaned) == {
        "assets/all.js": ("other.html",),
        "assets/t_new.js": ("chart.html",),
        "assets/t_old.js": ("other.html",),
    }
    once_more = with_history(loading(a_manifest(again), chart=(NEW,)), orphaned)
    assert once_more == orphaned
    cleaned = with_orphans(once_more, ())
    assert pages_of(cleaned) == {"assets/t_new.js": ("chart.html",)}
    assert [name for name, _ in idle_assets(orphaned, cleaned)] == ["assets/all.js", "assets/t_old.js"]


def test_what_the_last_good_page_loads_stays_where_the_next_one_failed() -> None:
    before = loading(a_manifest(made(STEP)), chart=(SHARED, OLD))
    assert pages_of(with_history(a_manifest(failed(STEP, "no")), before)) == pages_of(before)


def test_keys_of_a_later_version_are_passed_over() -> None:
    data = json.loads(manifest_text(a_manifest(made(STEP))))
    data["outputs"][0]["colour"] = "blue"
    data["mood"] = "good"
    assert read(json.dumps(data)) == a_manifest(made(STEP))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"manifest": 2, "experiment": "x"}',
        '{"manifest": 1}',
        b"\xff\xfe",
        b"\0",
    ],
)
def test_what_is_no_manifest_is_none(text: str | bytes) -> None:
    assert read(text) is None


@pytest.mark.parametrize("name", ["../x.md", "/etc/passwd", "a/../../b", "", ".", "a\\b", "a\0b"])
def test_a_manifest_that_names_files_elsewhere_is_none(name: str) -> None:
    data: dict[str, Any] = {"manifest": 1, "experiment": "x", "documents": [{"name": name, "status": "made"}]}
    assert read(json.dumps(data)) is None


@given(st.one_of(st.binary(max_size=40), st.text(max_size=40)))
def test_reading_never_raises(text: str | bytes) -> None:
    assert read(text) is None


def test_half_characters_are_replaced() -> None:
    manifest_text(a_manifest(skipped("x", "half \ud800"))).encode()
