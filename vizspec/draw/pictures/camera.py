"""Pictures of charts: all of a render in one headless Chromium, a page for every few of them.

The page is served from the loopback interface. Every chart ends as a
picture or as the browser's own message: where the page is lost (a crash, a script without end), the charts
that have no picture yet are drawn each in a browser of its own, so that only the guilty one fails.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from vizspec.draw.pages.assets import Widget, load_engine, load_widget
from vizspec.draw.pages.embedding import element_id
from vizspec.draw.pages.parts import ChartPage
from vizspec.draw.pictures.browser import Browser
from vizspec.draw.pictures.browser_messages import first_line, repeatable
from vizspec.draw.pictures.launch import LaunchFailed, open_browser
from vizspec.draw.pictures.page_server import serve_pages
from vizspec.draw.pictures.png import Png
from vizspec.draw.pictures.processes import ProcessMark, end_marked
from vizspec.draw.pictures.screenshot import VIEWPORT, Screenshots
from vizspec.limits.watchdog import Alive, Silent, Watchdog

if TYPE_CHECKING:
    from playwright.sync_api import Browser as OpenBrowser
    from playwright.sync_api import Page

    Step = Callable[..., None]
    """Called after each step of the work, with the seconds that the next may take, where that is new."""

LOAD_LIMIT_SECONDS = 60.0
# Playwright's own limits come first, where it keeps them.
SILENCE_MARGIN_SECONDS = 5.0
START_MARGIN = 1.5
CLOSE_LIMIT_SECONDS = 10.0
SLICE_SECONDS = 0.5
START_LIMIT_SECONDS = 10.0
# Of longer pictures Chromium leaves the end blank.
LONGEST_SIDE_PIXELS = 64_000
MAX_LOST_PAGES = 3
# Each is a program of its own with its data: a browser with 300 of them takes several gigabytes.
MOST_ALIVE = 40
PREPARED = "vizspec.isPrepared"
SETTLED = "n => document.querySelectorAll('[data-vizspec-chart][data-state]').length > n"


@dataclass(frozen=True)
class DrawFailure:
    """A chart without a picture: what the browser said."""

    message: str


class PageLost(Exception):
    """The page does not answer any more; `is_drawing`: it had been given its charts."""

    def __init__(self, message: str, is_drawing: bool = True) -> None:
        super().__init__(message)
        self.is_drawing = is_drawing


class Ended(Exception):
    """Nobody waits for the pictures any more."""


@dataclass(frozen=True)
class Settings:
    """How pictures are taken.

    The limits are for one chart, for the browser to start and to load, and for what draws charts to start.
    """

    browser: Browser
    limit_seconds: float
    load_limit_seconds: float
    start_limit_seconds: float
    scale: int
    most_alive: int


class Camera:
    """A browser that starts at once and loads the runtime, while the charts are still being made.

    Takes the pictures of one render, once; `close` it in any case.
    """

    def __init__(
        self,
        browser: Browser,
        *,
        limit_seconds: float = 60.0,
        load_limit_seconds: float = LOAD_LIMIT_SECONDS,
        start_limit_seconds: float = START_LIMIT_SECONDS,
        scale: int = 2,
        most_alive: int = MOST_ALIVE,
    ) -> None:
        """`most_alive`: so many charts are on a page at once; then another page is taken."""
        self._settings = Settings(
            browser, limit_seconds, load_limit_seconds, start_limit_seconds, scale, most_alive
        )
        self._page = _ChartsPage(self._settings)

    def take(self, charts: Sequence[ChartPage]) -> Iterator[tuple[str, Png | DrawFailure]]:
        """Yields each chart's stem and its picture or failure as they come; every chart exactly once.

        Size and padding are those of inspect-viz's `write_png`. A failure's message is the same in every run.
        """
        for stem, outcome in self._outcomes(charts):
            yield (
                stem,
                DrawFailure(repeatable(outcome.message)) if isinstance(outcome, DrawFailure) else outcome,
            )

    def close(self) -> None:
        """Ends the browser, whatever it is doing, and waits until it is gone."""
        self._page.close()

    def _outcomes(self, charts: Sequence[ChartPage]) -> Iterator[tuple[str, Png | DrawFailure]]:
        waiting = {chart.stem: chart for chart in charts}
        try:
            for stem, outcome in self._page.draw(charts):
                del waiting[stem]
                yield stem, outcome
        except PageLost as lost:
            if len(waiting) == 1 and lost.is_drawing:
                yield waiting.popitem()[0], DrawFailure(str(lost))
        except LaunchFailed as failed:
            yield from ((stem, DrawFailure(str(failed))) for stem in waiting)
            return
        yield from _drawn_apart(list(waiting.values()), self._settings)


@dataclass(frozen=True)
class _Charts:
    """What a page is given to draw, and what it draws that with."""

    charts: Sequence[ChartPage]
    widget: Widget


@dataclass(frozen=True)
class _Life:
    """What the thread of a page says and asks: that its browser has started, whether anybody still waits."""

    started: Callable[[], None]
    is_ended: Callable[[], bool]


class _ChartsPage:
    """One page of one browser, which opens at once and waits for its charts."""

    def __init__(self, settings: Settings) -> None:
        self._given: queue.SimpleQueue[_Charts | None] = queue.SimpleQueue()
        self._is_ended = threading.Event()
        self._is_silent = False
        self._mark = ProcessMark()
        self._is_started = threading.Event()
        limit = START_MARGIN * settings.load_limit_seconds
        life = _Life(self._is_started.set, self._is_ended.is_set)
        work = partial(_in_one_page, self._given.get, life, settings, self._mark)
        self._outcomes = Watchdog(work, limit)

    def draw(self, charts: Sequence[ChartPage]) -> Iterator[tuple[str, Png | DrawFailure]]:
        """Draws the charts; leaves out those that the page abandoned.

        Raises `PageLost` and `LaunchFailed`.
        """
        # inspect-viz is imported here: two threads that import it at once get in each other's way.
        self._given.put(_Charts(charts, load_widget()))
        try:
            # The browser closes after the last of them, which nobody need wait for.
            yield from islice(self._outcomes, len(charts))
        except Silent as silent:
            self._is_silent = True
            if not self._is_started.is_set():
                raise LaunchFailed(f"the browser did not start: {silent}") from silent
            raise PageLost(f"the browser was lost: {silent}") from silent

    def close(self) -> None:
        """Ends the browser, by force where it does not answer, and waits until it is gone."""
        self._is_ended.set()
        self._given.put(None)
        if not self._is_silent and self._outcomes.join(CLOSE_LIMIT_SECONDS):
            return
        end_marked(self._mark)
        self._outcomes.join(CLOSE_LIMIT_SECONDS)


def screenshots(
    charts: Sequence[ChartPage],
    browser: Browser,
    limit_seconds: float = 60.0,
    load_limit_seconds: float = LOAD_LIMIT_SECONDS,
    start_limit_seconds: float = START_LIMIT_SECONDS,
    most_alive: int = MOST_ALIVE,
) -> Iterator[tuple[str, Png | DrawFailure]]:
    """The pictures of charts that are there already."""
    if charts:
        camera = Camera(
            browser,
            limit_seconds=limit_seconds,
            load_limit_seconds=load_limit_seconds,
            start_limit_seconds=start_limit_seconds,
            most_alive=most_alive,
        )
        with closing(camera):
            yield from camera.take(charts)


def _drawn_apart(charts: Sequence[ChartPage], settings: Settings) -> Iterator[tuple[str, Png | DrawFailure]]:
    """Each chart in a browser of its own; after several lost pages in a row the rest is given up."""
    lost_in_a_row = 0
    for chart in charts:
        if lost_in_a_row == MAX_LOST_PAGES:
            yield chart.stem, DrawFailure(f"not tried: the browser was lost {MAX_LOST_PAGES} times in a row")
            continue
        try:
            with closing(_ChartsPage(settings)) as page:
                yield from page.draw([chart])
            lost_in_a_row = 0
        except (PageLost, LaunchFailed) as lost:
            lost_in_a_row += 1
            yield chart.stem, DrawFailure(str(lost))


def _in_one_page(
    next_charts: Callable[[], _Charts | None],
    life: _Life,
    settings: Settings,
    mark: ProcessMark,
    alive: Alive,
) -> Iterator[tuple[str, Png | DrawFailure]]:
    from playwright.sync_api import Error

    def step(limit_seconds: float | None = None) -> None:
        alive(limit_seconds)
        if life.is_ended():
            raise Ended

    is_drawing = False
    engine = load_engine("linked", roles=["modules"])
    with (
        serve_pages(engine, settings.limit_seconds) as server,
        open_browser(settings.browser, settings.load_limit_seconds, mark) as browser,
    ):
        life.started()
        try:
            page = _prepared(browser, server.address, settings, step)
            given = next_charts()
            if given is None:
                return
            # What comes from a CDN is loaded only now.
            start = settings.start_limit_seconds if engine.bundles else settings.load_limit_seconds
            for first in range(0, len(given.charts), settings.most_alive):
                if first:  # another page: the browser lets go of what the last one held
                    page.close()
                    page = _prepared(browser, server.address, settings, step)
                charts = given.charts[first : first + settings.most_alive]
                server.show(page, charts, given.widget, settings.limit_seconds)
                is_drawing = True
                step(2 * settings.limit_seconds + start + min(start, SILENCE_MARGIN_SECONDS))
                _wait_for_all(page, len(charts), settings.limit_seconds, start, step)
                for outcome in _taken(page, charts, settings):
                    yield outcome
                    step()
        except Error as error:
            raise PageLost(f"the browser was lost: {first_line(str(error))}", is_drawing) from error


def _prepared(browser: OpenBrowser, address: str, settings: Settings, step: Step) -> Page:
    """A page that has loaded what draws charts."""
    step(settings.load_limit_seconds + 2 * settings.limit_seconds + SILENCE_MARGIN_SECONDS)
    page = browser.new_page(viewport=VIEWPORT, device_scale_factor=settings.scale)
    page.goto(address, wait_until="domcontentloaded", timeout=settings.load_limit_seconds * 1000)
    _until(page, PREPARED, None, settings.load_limit_seconds, step)
    return page


def _wait_for_all(page: Page, count: int, limit_seconds: float, start_seconds: float, step: Step) -> None:
    """Waits while charts keep ending: the page ends one that takes too long, unless its script hangs.

    The page tries a chart twice before it gives it up; the first one takes the start of the widget longer.
    """
    limit = 2 * limit_seconds + start_seconds
    ended = 0
    while ended < count:
        _until(page, SETTLED, ended, limit, step)
        ended = page.evaluate("document.querySelectorAll('[data-vizspec-chart][data-state]').length")
        limit = 2 * limit_seconds


def _until(page: Page, condition: str, argument: object, limit_seconds: float, step: Step) -> None:
    """Waits until the page fulfils the condition; `step` is called again and again. Raises `PageLost`."""
    from playwright.sync_api import TimeoutError as LimitReached

    deadline = time.monotonic() + limit_seconds
    while True:
        try:
            page.wait_for_function(condition, arg=argument, timeout=SLICE_SECONDS * 1000, polling=20)
        except LimitReached:
            step()
        else:
            step()
            return
        if time.monotonic() > deadline:
            raise PageLost(f"the page did not answer for {limit_seconds:g} seconds")


def _taken(
    page: Page, charts: Sequence[ChartPage], settings: Settings
) -> Iterator[tuple[str, Png | DrawFailure]]:
    boxes: dict[str, Any] = page.evaluate("vizspec.measure()")
    screenshots = Screenshots(page, settings.scale)
    for chart in charts:
        name = element_id(chart.stem)
        box = boxes[name]
        is_drawn = box["state"] == "drawn"
        if is_drawn and max(box["width"], box["height"]) * settings.scale > LONGEST_SIDE_PIXELS:
            yield chart.stem, DrawFailure(_too_large(box, settings.scale))
        elif is_drawn:
            yield chart.stem, screenshots.picture(name, box["width"], box["height"])
        elif box["state"] == "failed":
            yield chart.stem, DrawFailure(box["message"])


def _too_large(box: Mapping[str, float], scale: int) -> str:
    return (
        f"{box['width']:.0f} × {box['height']:.0f} CSS pixels at scale {scale} are too many for a picture: "
        f"no side may have more than {LONGEST_SIDE_PIXELS:,} device pixels"
    )
