"""Pictures of charts: all of a render in one page of one headless Chromium.

The only module that starts a browser. The page is served from the loopback interface. Every chart ends as a
picture or as the browser's own message: where the page is lost (a crash, a script without end), the charts
that have no picture yet are drawn each in a browser of its own, so that only the guilty one fails.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizspec.draw.assets import PageAssets, load_assets
from vizspec.draw.browser import Browser
from vizspec.draw.messages import first_line, launch_message, repeatable
from vizspec.draw.page import ChartPage, element_id, pictures_html
from vizspec.draw.png import Png, png_size, with_resolution
from vizspec.draw.server import Content, serve
from vizspec.draw.watched import Alive, Silent, watched

if TYPE_CHECKING:
    from playwright.sync_api import Page

# inspect-viz's picture of one chart: its browser's viewport, and the white around the chart.
PADDING = 8
VIEWPORT = {"width": 1280 + 2 * PADDING, "height": 720}
LOAD_LIMIT_SECONDS = 60.0
# Playwright's own limits come first, where it keeps them.
SILENCE_MARGIN_SECONDS = 5.0
MAX_LOST_PAGES = 3
# The database is a large program of which a picture needs little: compiling functions when they are first
# called, and only with the fast compiler, saves a fifth of the time to the first chart. The features are
# processes of a full browser that nobody sees here: a spare page, and the popup of the address bar.
BROWSER_ARGUMENTS = (
    "--js-flags=--wasm-lazy-compilation,--wasm-lazy-validation,--liftoff-only",
    "--disable-features=SpareRendererForSitePerProcess,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
)
NO_SANDBOX_MESSAGE = "No usable sandbox"
SETTLED = "n => document.querySelectorAll('[data-vizspec-chart][data-state]').length > n"


@dataclass(frozen=True)
class DrawFailure:
    """A chart without a picture: what the browser said."""

    message: str


class PageLost(Exception):
    """The page with the charts does not answer any more."""


class LaunchFailed(Exception):
    """The browser could not be started."""


@dataclass(frozen=True)
class Settings:
    """How pictures are taken; the limits are for one chart, and for the browser to start and to load."""

    browser: Browser
    assets: PageAssets
    limit_seconds: float
    load_limit_seconds: float
    scale: int


def screenshots(
    charts: Sequence[ChartPage],
    *,
    browser: Browser,
    assets: PageAssets | None = None,
    limit_seconds: float = 60.0,
    load_limit_seconds: float = LOAD_LIMIT_SECONDS,
    scale: int = 2,
) -> Iterator[tuple[str, Png | DrawFailure]]:
    """Yields each chart's stem and its picture or failure as they come; every chart exactly once.

    Size and padding are those of inspect-viz's `write_png`. `assets` are loaded where they are not given.
    A failure's message is the same in every run.
    """
    settings = Settings(browser, assets or load_assets("linked"), limit_seconds, load_limit_seconds, scale)
    for stem, outcome in _outcomes(charts, settings):
        yield stem, DrawFailure(repeatable(outcome.message)) if isinstance(outcome, DrawFailure) else outcome


def _outcomes(charts: Sequence[ChartPage], settings: Settings) -> Iterator[tuple[str, Png | DrawFailure]]:
    waiting = {chart.stem: chart for chart in charts}
    try:
        for stem, outcome in _drawn_together(list(charts), settings):
            del waiting[stem]
            yield stem, outcome
    except PageLost as lost:
        if len(waiting) == 1:
            yield waiting.popitem()[0], DrawFailure(str(lost))
    except LaunchFailed as failed:
        yield from ((stem, DrawFailure(str(failed))) for stem in waiting)
        return
    yield from _drawn_apart(list(waiting.values()), settings)


def _drawn_apart(charts: Sequence[ChartPage], settings: Settings) -> Iterator[tuple[str, Png | DrawFailure]]:
    """Each chart in a browser of its own; after several lost pages in a row the rest is given up."""
    lost_in_a_row = 0
    for chart in charts:
        if lost_in_a_row == MAX_LOST_PAGES:
            yield chart.stem, DrawFailure(f"not tried: the browser was lost {MAX_LOST_PAGES} times in a row")
            continue
        try:
            yield from _drawn_together([chart], settings)
            lost_in_a_row = 0
        except (PageLost, LaunchFailed) as lost:
            lost_in_a_row += 1
            yield chart.stem, DrawFailure(str(lost))


def _drawn_together(
    charts: Sequence[ChartPage], settings: Settings
) -> Iterator[tuple[str, Png | DrawFailure]]:
    """Draws the charts in one page; leaves out those that the page abandoned.

    Raises `PageLost` and `LaunchFailed`.
    """
    if not charts:
        return
    limit = settings.load_limit_seconds + 2 * settings.limit_seconds + SILENCE_MARGIN_SECONDS
    try:
        yield from watched(lambda alive: _in_one_page(charts, settings, alive), limit)
    except Silent as silent:
        raise PageLost(f"the browser was lost: {silent}") from silent


def _in_one_page(
    charts: Sequence[ChartPage], settings: Settings, alive: Alive
) -> Iterator[tuple[str, Png | DrawFailure]]:
    from playwright.sync_api import Error

    with serve(_contents(charts, settings)) as address, _open_browser(settings) as browser:
        alive()
        try:
            page = browser.new_page(viewport=VIEWPORT, device_scale_factor=settings.scale)
            page.goto(address, wait_until="commit")
            _wait_for_all(page, len(charts), settings, alive)
            yield from _taken(page, charts, settings)
        except Error as error:
            raise PageLost(f"the browser was lost: {first_line(str(error))}") from error


def _contents(charts: Sequence[ChartPage], settings: Settings) -> dict[str, Content]:
    bundles = {
        role: Content("application/octet-stream", data) for role, data in settings.assets.bundles.items()
    }
    html = pictures_html(charts, settings.assets, PADDING, settings.limit_seconds)
    return {"": Content("text/html; charset=utf-8", html.encode()), **bundles}


@contextmanager
def _open_browser(settings: Settings) -> Iterator[Any]:
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        browser = _launched(playwright.chromium, settings)
        try:
            yield browser
        finally:
            # A browser that has crashed cannot be closed, and its loss is told already.
            with suppress(Error):
                browser.close()


def _launched(chromium: Any, settings: Settings) -> Any:
    """The browser, started; without its sandbox where the machine does not allow it one."""
    from playwright.sync_api import Error

    browser = settings.browser
    options = {
        "executable_path": browser.executable,
        "args": list(BROWSER_ARGUMENTS),
        "timeout": settings.load_limit_seconds * 1000,
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


def _wait_for_all(page: Page, count: int, settings: Settings, alive: Alive) -> None:
    """Waits while charts keep ending: the page ends one that takes too long, unless its script hangs.

    The page tries a chart twice before it gives it up.
    """
    from playwright.sync_api import TimeoutError as LimitReached

    limit = 2 * settings.limit_seconds + settings.load_limit_seconds
    ended = 0
    while ended < count:
        try:
            page.wait_for_function(SETTLED, arg=ended, timeout=limit * 1000, polling=20)
        except LimitReached as error:
            raise PageLost(f"the page did not answer for {limit:g} seconds") from error
        ended = page.evaluate("document.querySelectorAll('[data-vizspec-chart][data-state]').length")
        limit = 2 * settings.limit_seconds
        alive()


def _taken(
    page: Page, charts: Sequence[ChartPage], settings: Settings
) -> Iterator[tuple[str, Png | DrawFailure]]:
    boxes: dict[str, Any] = page.evaluate("vizspec.measure()")
    session = _picture_session(page, settings.scale)
    for chart in charts:
        box = boxes[element_id(chart.stem)]
        if box["state"] == "drawn":
            yield chart.stem, _picture(session, box["clip"], settings.scale)
        elif box["state"] == "failed":
            yield chart.stem, DrawFailure(box["message"])


def _picture_session(page: Page, scale: int) -> Any:
    """A session of the browser's protocol; what it captures has the scale that this very session sets."""
    session = page.context.new_cdp_session(page)
    session.send(
        "Emulation.setDeviceMetricsOverride", {**VIEWPORT, "deviceScaleFactor": scale, "mobile": False}
    )
    return session


def _picture(session: Any, clip: dict[str, float], scale: int) -> Png:
    # The protocol's own command: playwright's adds waiting that is worth three pictures.
    answer = session.send(
        "Page.captureScreenshot",
        {"format": "png", "clip": {**clip, "scale": 1}, "captureBeyondViewport": True},
    )
    data = base64.b64decode(answer["data"])
    return Png(with_resolution(data, scale), *png_size(data))
