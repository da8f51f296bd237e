"""Starts a headless Chromium, and ends it: the only module that does."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from vizspec.draw.pictures.browser import Browser
from vizspec.draw.pictures.browser_messages import launch_message
from vizspec.draw.pictures.processes import ProcessMark

# Processes of a full browser that nobody sees here: a spare page, and the popup of the address bar.
BROWSER_ARGUMENTS = (
    "--disable-features=SpareRendererForSitePerProcess,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
)
NO_SANDBOX_MESSAGE = "No usable sandbox"


class LaunchFailed(Exception):
    """The browser could not be started: why, in its own words."""


@contextmanager
def open_browser(browser: Browser, limit_seconds: float, mark: ProcessMark) -> Iterator[Any]:
    """Playwright's browser, started within the limit, and closed with the context. Raises `LaunchFailed`.

    Its command line has the mark, by which its processes can be ended from another thread.
    """
    from playwright.sync_api import Error, sync_playwright

    _keep_off_the_terminal(logging.getLogger("asyncio"))
    with sync_playwright() as playwright:
        opened = _launched(playwright.chromium, browser, limit_seconds, mark)
        try:
            yield opened
        finally:
            # A browser that has crashed cannot be closed, and its loss is told already.
            with suppress(Error):
                opened.close()


def _keep_off_the_terminal(log: logging.Logger) -> None:
    """What nobody has made a place for goes nowhere.

    Of a driver that was ended, playwright leaves errors that asyncio tells of whenever they are collected;
    the loss itself is told by who ended it.
    """
    if not log.handlers:
        log.addHandler(logging.NullHandler())


def _launched(chromium: Any, browser: Browser, limit_seconds: float, mark: ProcessMark) -> Any:
    """The browser, started; without its sandbox where the machine does not allow it one."""
    from playwright.sync_api import Error

    options = {
        "executable_path": browser.executable,
        "args": [*BROWSER_ARGUMENTS, mark.switch],
        "timeout": limit_seconds * 1000,
        # An interrupt is for the render, which then closes the browser.
        "handle_sigint": False,
    }
    try:
        return chromium.launch(chromium_sandbox=browser.sandbox, **options)
    except Error as error:
        if not (browser.sandbox and NO_SANDBOX_MESSAGE in str(error)):
            raise _launch_failed(error, browser) from error
    try:
        return chromium.launch(chromium_sandbox=False, **options)
    except Error as error:
        raise _launch_failed(error, browser) from error


def _launch_failed(error: Exception, browser: Browser) -> LaunchFailed:
    text = str(error)
    if browser.executable is not None:
        text = text.replace(str(browser.executable), browser.executable.name)
    return LaunchFailed(f"the browser did not start: {launch_message(text)}")
