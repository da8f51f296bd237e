"""The manifest: every outcome, equal for equal renders, and read with suspicion."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.make import SHA, a_manifest, a_step, failed, made, skipped
from vizspec.manifest.manifest import (
    manifest_text,
    read,
)
from vizspec.plan.outcomes import Earlier, FileOutcome, Outcome, OutputStatus

STEP = a_step("chart", id="chart")


REPORT = FileOutcome("report.md", OutputStatus.MADE, sha256=SHA, size=5)


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
    unchanged = tuple(FileOutcome(name, OutputStatus.UNCHANGED, sha256=SHA, size=10) for name in STEP.files)
    assert manifest_text(a_manifest(Outcome(STEP, unchanged))) == manifest_text(a_manifest(made(STEP)))


def test_the_order_of_documents_does_not_matter() -> None:
    other = FileOutcome("index.html", OutputStatus.MADE, sha256=SHA, size=5)
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


def test_what_pages_load_is_named_once_with_them() -> None:
    shared, data = (FileOutcome(f"assets/{name}.js", OutputStatus.MADE, sha256=SHA, size=9) for name in "ab")
    manifest = a_manifest(made(STEP), chart=(shared, data), index=(shared,))
    assert {asset.name: asset.pages for asset in manifest.assets} == {
        "assets/a.js": ("chart.html", "index.html"),
        "assets/b.js": ("chart.html",),
    }
    assert read(manifest_text(manifest)) == manifest
    assert "assets/a.js" in manifest.files
    assert manifest.earlier()["chart"].loads == {"assets/a.js": SHA, "assets/b.js": SHA}


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
    text = manifest_text(a_manifest(skipped("x", "half \ud800")))
    assert '"half ?"' in text.encode().decode()
