"""A real browser with the network off, for tests of pages: missed loudly where it must be there."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from vizspec.draw.pictures.browser import Browser, NoBrowser, find_browser
from vizspec.runtime import NoRuntime, find_runtime

if TYPE_CHECKING:
    from playwright.sync_api import Browser as OpenBrowser
    from playwright.sync_api import Frame, Page

DEAD_PROXY = "http://127.0.0.1:9"
LIMIT_MILLISECONDS = 180_000
DRAW_ALL = "document.body.classList.contains('index') && window.vizspec ? vizspec.drawAll() : null"
"""Draws the charts of the index that are not in view, too."""
ALL_ENDED = "[...document.querySelectorAll('[data-vizspec-chart]')].every((e) => e.dataset.state)"


def needed_browser() -> Browser:
    """The browser that pages are tested with, where the runtime is there too.

    Where one of them is missing the test is skipped; with `VIZSPEC_REQUIRE_BROWSER=1` it fails.
    """
    browser, runtime = find_browser(), find_runtime()
    missing = [found.reason for found in (browser, runtime) if isinstance(found, NoBrowser | NoRuntime)]
    if missing and os.environ.get("VIZSPEC_REQUIRE_BROWSER") == "1":
        pytest.fail("; ".join(missing))
    if missing or isinstance(browser, NoBrowser):
        pytest.skip("; ".join(missing))
    return browser


@contextmanager
def offline_browser(browser: Browser) -> Iterator[OpenBrowser]:
    """The browser, opened, with every request to the network failing."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=browser.executable,
            chromium_sandbox=browser.sandbox,
            proxy={"server": DEAD_PROXY, "bypass": "<-loopback>"},
        )
        yield opened
        opened.close()


def until(page: Page | Frame, condition: str) -> None:
    """Wait until the JavaScript holds; asked from outside, as a page's policy lets no text be evaluated."""
    end = time.monotonic() + LIMIT_MILLISECONDS / 1000
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"never came true: {condition}"
        page.wait_for_timeout(50)
