"""Charts become pages, and pictures where there is a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.report.make import a_step
from vizspec.render.canvas import BrowserCanvas, Failure, page_of
from vizspec.spec.model import OutputSpec

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def a_component() -> Any:
    from vizspec.draw.charts import inspectviz as iv

    columns: dict[str, list[Any]] = {
        iv.MODEL: ["1B"],
        iv.TASK: ["rivers"],
        iv.VALUE: [0.5],
        iv.STDERR: [None],
        iv.LOWER: [None],
        iv.UPPER: [None],
    }
    return iv.component("scores_by_task", columns, {"ci": False})


def test_without_a_browser_every_picture_is_skipped_with_what_would_help() -> None:
    steps = [a_step("one", id="one"), a_step("two", id="two")]
    canvas = BrowserCanvas(OutputSpec(), {"VIZSPEC_BROWSER": "/no/such/browser"})
    found = list(canvas.pictures([(step, None) for step in steps]))
    assert [step.id for step, _ in found] == ["one", "two"]
    for _, failure in found:
        assert isinstance(failure, Failure)
        assert failure.is_skip
        assert "VIZSPEC_BROWSER names no program" in failure.reason


@pytest.mark.parametrize(
    ("output", "is_drawn", "is_noted"),
    [
        ({}, True, True),
        ({"pictures": "browser"}, False, False),
        ({"pictures": "matplotlib"}, True, False),
        ({"style": "paper"}, True, False),
    ],
)
def test_without_a_browser_matplotlib_draws_pictures_unless_the_spec_wants_one(
    output: dict[str, Any], is_drawn: bool, is_noted: bool
) -> None:
    canvas = BrowserCanvas(OutputSpec(**output), {"VIZSPEC_BROWSER": "/no/such/browser"})
    assert canvas.draws_pictures == is_drawn
    assert (canvas.stand_in is not None) == is_noted
    assert canvas.look.style == output.get("style", "screen")


def test_a_page_has_the_chart_and_its_caption_and_loads_what_all_pages_share() -> None:
    canvas = BrowserCanvas(OutputSpec(html="cdn"))
    page = canvas.page(a_step("one", caption="It says <b>."), a_component())
    assert "It says &lt;b&gt;." in page.text
    assert canvas.assets is canvas.assets
    assert canvas.assets.mode == "cdn"


@pytest.mark.slow
def test_a_canvas_starts_a_browser_only_where_pictures_are_expected(tmp_path: Path) -> None:
    pytest.importorskip("playwright")
    started = tmp_path / "started"
    program = tmp_path / "browser"
    program.write_text(f"#!/bin/sh\ntouch {started}; exit 1\n")
    program.chmod(0o755)
    canvas = BrowserCanvas(OutputSpec(), {"VIZSPEC_BROWSER": str(program)})
    canvas.page(a_step("one"), a_component())
    canvas.close()
    assert not started.exists()
    canvas.expect_pictures()
    canvas.close()
    assert started.exists()


def test_a_page_shows_its_title_once() -> None:
    assert page_of(a_step("one", title="Scores"), None).shows_title
    assert not page_of(a_step("one", title=""), None).shows_title
