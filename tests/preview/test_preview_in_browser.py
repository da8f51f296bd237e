"""A preview in a real Chromium, and in Firefox where it is installed: edits arrive in every window,
and errors stand over the last good page.

Skipped where there is no browser; `VIZSPEC_REQUIRE_BROWSER=1` makes that a failure.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browsing import LIMIT_MILLISECONDS, needed_browser, until
from tests.disk import write_log, write_spec
from tests.firefox import firefox, needed_firefox, run
from vizspec.preview.session import Session, keep_up, served
from vizspec.preview.watch import NamedStamp, Sources, wait_for_change
from vizspec.render.result import Options

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
VIEWS = [{"view": "scores_by_task", "title": "First title"}]
INDEX = "iframe:not(.waiting)"
TEXTS = "[...document.querySelectorAll('[data-vizspec-chart] svg text')]"
DRAWN_TITLE = f"{TEXTS}.some((one) => one.textContent === 'Second title')"


class Ended(Exception):
    """The test is over."""


@contextmanager
def followed(spec: Path) -> Iterator[Session]:
    """A preview that follows the changes of the spec until the test is over."""
    is_over = threading.Event()

    def wait(sources: Sources, before: frozenset[NamedStamp]) -> None:
        wait_for_change(sources, before)
        if is_over.is_set():
            raise Ended

    def follow() -> None:
        with pytest.raises(Ended):
            keep_up(spec, session, Options(), wait)

    with served() as session:
        making = threading.Thread(target=follow, daemon=True)
        making.start()
        yield session
        is_over.set()
        spec.write_text(spec.read_text() + "\n")
        making.join(60)
    assert not making.is_alive()


def test_edits_and_errors_arrive_in_every_window(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    browser = needed_browser()
    write_log(tmp_path / "logs" / "a.eval")
    spec = write_spec(tmp_path, VIEWS, data={"logs": ["logs"]})
    with followed(spec) as session, sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=browser.executable, chromium_sandbox=browser.sandbox
        )
        windows = [opened.new_page(), opened.new_page(), opened.new_page()]
        complaints: list[str] = []
        for window in windows:
            window.on("pageerror", lambda error: complaints.append(str(error)))
            window.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
            window.goto(session.address)
            first = window.frame_locator(INDEX).get_by_role("heading", name="First title")
            first.wait_for(timeout=LIMIT_MILLISECONDS)
        windows.pop().close()
        for window in windows:
            window.frames[1].evaluate("window.isKept = true")
        spec.write_text(spec.read_text().replace("First", "Second"))
        for window in windows:
            second = window.frame_locator(INDEX).get_by_role("heading", name="Second title")
            second.wait_for(timeout=LIMIT_MILLISECONDS)
            assert window.frames[1].evaluate("window.isKept")  # only what changed is put into the page
            window.frames[1].evaluate("document.querySelector('[data-vizspec-chart]').scrollIntoView()")
            until(window.frames[1], DRAWN_TITLE)
        spec.write_text(spec.read_text().replace("title:", "titel:"))
        for window in windows:
            window.locator("#problems").wait_for(timeout=LIMIT_MILLISECONDS)
            assert f"{spec.name}:" in window.locator("#problems").inner_text()
            assert window.frame_locator(INDEX).get_by_role("heading", name="Second title").is_visible()
        spec.write_text(spec.read_text().replace("titel:", "title:"))
        windows[0].locator("#problems").wait_for(state="hidden", timeout=LIMIT_MILLISECONDS)
        opened.close()
        assert complaints == []


def test_edits_and_errors_arrive_in_firefox(tmp_path: Path) -> None:
    needed_firefox()
    write_log(tmp_path / "logs" / "a.eval")
    spec = write_spec(tmp_path, VIEWS, data={"logs": ["logs"]})

    async def look() -> list[str]:
        async with firefox() as tab:
            await tab.open(session.address)
            inner = "document.querySelector('iframe:not(.waiting)')?.contentDocument"
            await tab.until(f"{inner}?.body.textContent.includes('First title')")
            spec.write_text(spec.read_text().replace("First", "Second"))
            await tab.until(f"{inner}.body.textContent.includes('Second title')")
            spec.write_text(spec.read_text().replace("title:", "titel:"))
            await tab.until(f"document.querySelector('#problems').textContent.includes('{spec.name}:')")
            return [one for one in tab.complaints if not one.startswith(session.address)]

    with followed(spec) as session:
        assert run(look()) == []
