"""Pictures without a browser: what is said of one that does not start."""

from __future__ import annotations

import asyncio
import logging
import stat
from pathlib import Path

import psutil
import pytest

from tests.draw.conftest import MakeChart
from vizspec.draw.pictures.browser import Browser
from vizspec.draw.pictures.camera import DrawFailure, screenshots

pytestmark = pytest.mark.slow

pytest.importorskip("playwright")


def _program(folder: Path, line: str) -> Browser:
    program = folder / "browser"
    program.write_text(f"#!/bin/sh\n{line}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return Browser("environment", program, sandbox=False)


@pytest.mark.parametrize("line", ["exit 1", "sleep 30", "head -c 100000 /dev/urandom >&2"])
def test_a_browser_that_crashes_or_hangs_at_its_start_fails_every_chart_with_a_message(
    tmp_path: Path, make_chart: MakeChart, line: str
) -> None:
    charts = [make_chart(stem="one"), make_chart(stem="two")]
    browser = _program(tmp_path, line)
    outcomes = dict(screenshots(charts, browser=browser, load_limit_seconds=1.0))
    assert list(outcomes) == ["one", "two"]
    for outcome in outcomes.values():
        assert isinstance(outcome, DrawFailure)
        assert outcome.message.startswith("the browser did not start: ")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("echo boom >&2; exit 1", "boom"),
        (
            'echo "$0: error while loading shared libraries: libnss3.so: no such file" >&2; exit 127',
            "browser: error while loading shared libraries: libnss3.so: no such file",
        ),
    ],
)
def test_the_browsers_own_words_are_told_where_it_does_not_start(
    tmp_path: Path, make_chart: MakeChart, line: str, expected: str
) -> None:
    browser = _program(tmp_path, line)
    outcomes = dict(screenshots([make_chart(stem="one")], browser=browser))
    assert outcomes == {"one": DrawFailure(f"the browser did not start: {expected}")}


def test_of_a_browser_that_ends_without_a_word_its_exit_is_told_where_the_driver_knows_it(
    tmp_path: Path, make_chart: MakeChart
) -> None:
    """Old drivers tell of the lost browser before they hear of its exit."""
    outcomes = dict(screenshots([make_chart(stem="one")], browser=_program(tmp_path, "exit 3")))
    said = ("its program ended with exit code 3", "Target page, context or browser has been closed")
    assert outcomes["one"] in [DrawFailure(f"the browser did not start: {one}") for one in said]


def test_a_browser_that_prints_without_end_is_ended_with_its_driver(
    tmp_path: Path, make_chart: MakeChart
) -> None:
    """It keeps the driver from all else it has to do, so that no limit of Playwright's is kept."""
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    charts = [make_chart(stem="one"), make_chart(stem="two")]
    outcomes = dict(screenshots(charts, browser=_program(tmp_path, "yes >&2"), load_limit_seconds=2.0))
    reason = "the browser did not start: no answer for 3 seconds"
    assert outcomes == {"one": DrawFailure(reason), "two": DrawFailure(reason)}
    assert {process.pid for process in psutil.Process().children(recursive=True)} <= before
    # What is left of the driver is told by asyncio, whenever it is collected: to nobody.
    assert any(isinstance(handler, logging.NullHandler) for handler in logging.getLogger("asyncio").handlers)


def test_no_charts_start_no_browser(tmp_path: Path) -> None:
    assert list(screenshots([], browser=_program(tmp_path, "exit 1"))) == []


def test_pictures_are_taken_where_an_event_loop_runs_too(tmp_path: Path, make_chart: MakeChart) -> None:
    async def as_in_a_notebook() -> list[tuple[str, object]]:
        browser = _program(tmp_path, "exit 1")
        return list(screenshots([make_chart(stem="one")], browser=browser))

    outcomes = dict(asyncio.run(as_in_a_notebook()))
    assert "the browser did not start" in str(outcomes["one"])
