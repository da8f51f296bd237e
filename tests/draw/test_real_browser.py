"""Pages in a real Chromium with the network off, opened as files: everything is drawn, and answers to the
mouse.

Skipped where there is no browser or the runtime is not built; `VIZSPEC_REQUIRE_BROWSER=1` makes that a
failure.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browsing import ALL_ENDED, DRAW_ALL, LIMIT_MILLISECONDS, needed_browser, offline_browser, until
from tests.draw.conftest import SCORE, MakeChart, component, small_frame
from vizspec.draw.charts import inspectviz as iv
from vizspec.draw.pages.assets import PageAssets, load_assets, load_engine
from vizspec.draw.pages.embedding import element_id
from vizspec.draw.pages.page import chart_page, index_page
from vizspec.draw.pages.parts import ChartPage, IndexSection, IndexTable, Link, Page
from vizspec.draw.pictures import camera as pictures
from vizspec.draw.pictures.browser import Browser
from vizspec.draw.pictures.camera import Camera, DrawFailure, Ended, screenshots
from vizspec.draw.pictures.page_server import serve_pages
from vizspec.draw.pictures.png import Png

if TYPE_CHECKING:
    from playwright.sync_api import Browser as OpenBrowser
    from playwright.sync_api import BrowserContext, ViewportSize
    from playwright.sync_api import Page as BrowserPage

pytestmark = pytest.mark.slow

HOSTILE = "</script><img src=x onerror=window.ran=1>'\"\n<svg onload=window.ran=1>"


@pytest.fixture(scope="module")
def browser() -> Browser:
    return needed_browser()


@pytest.fixture(scope="module")
def assets(browser: Browser) -> PageAssets:
    return load_assets("linked")


@pytest.fixture(scope="module")
def offline(browser: Browser) -> Iterator[OpenBrowser]:
    with offline_browser(browser) as opened:
        yield opened


@dataclass
class Opened:
    """A page that has drawn its charts, and what the browser complained of on the way."""

    page: BrowserPage
    complaints: list[str]

    def inside(self, stem: str, selector: str) -> Any:
        return self.page.locator(f"#{element_id(stem)} {selector}")


def _open(browser: OpenBrowser | BrowserContext, file: Path) -> Opened:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto(file.as_uri())
    page.evaluate(DRAW_ALL)
    until(page, ALL_ENDED)
    return Opened(page, complaints)


def _write(folder: Path, name: str, page: Page) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for path, data in page.loads.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    (folder / name).write_text(page.text, encoding="utf-8", newline="\n")
    return folder / name


def _charts(make_chart: MakeChart) -> list[ChartPage]:
    return [
        make_chart("scores_by_task", "by_task"),
        make_chart("scores_heatmap", "heatmap"),
        make_chart("scores_by_factor", "by_factor"),
        make_chart("scores_radar_by_task", "radar"),
        make_chart("scores_by_model", "by_model", frame=small_frame(("arc",))),
        make_chart("scores_heatmap", "hostile", frame=small_frame((HOSTILE, "boolq")), title=HOSTILE),
    ]


@pytest.fixture(scope="module")
def index(
    tmp_path_factory: pytest.TempPathFactory, make_chart: MakeChart, assets: PageAssets, offline: OpenBrowser
) -> Opened:
    folder = tmp_path_factory.mktemp("output")
    charts = _charts(make_chart)
    for chart in charts:
        _write(folder, f"{chart.stem}.html", chart_page(chart, assets))
    sections = [IndexSection(c.title, c, HOSTILE, (Link(f"{c.stem}.html", "page"),)) for c in charts]
    sections.append(IndexSection(HOSTILE, IndexTable((HOSTILE,), ((HOSTILE,),), ("left",))))
    return _open(offline, _write(folder, "index.html", index_page(HOSTILE, sections, assets)))


def test_every_view_of_the_index_is_drawn_without_a_complaint(index: Opened) -> None:
    states = "[...document.querySelectorAll('[data-vizspec-chart]')].map((e) => e.dataset.state)"
    assert index.page.evaluate(states) == ["drawn"] * 6
    assert index.complaints == []


def test_each_view_has_one_mark_for_each_row(index: Opened) -> None:
    assert index.inside("by_task", 'g[aria-label="bar"] rect').count() == 6
    assert index.inside("heatmap", 'g[aria-label="cell"] rect').count() == 6
    assert index.inside("by_factor", 'g[aria-label="rule"]').first.locator("line").count() == 6
    assert index.inside("radar", 'g[aria-label="dot"] circle').count() == 8
    assert index.inside("by_model", 'g[aria-label="rule"]').first.locator("line").count() == 2


def test_charts_far_out_of_view_are_let_go_and_drawn_again(
    tmp_path: Path, make_chart: MakeChart, assets: PageAssets, offline: OpenBrowser
) -> None:
    charts = [make_chart("scores_by_model", f"c{n}", frame=small_frame(("arc",))) for n in range(18)]
    sections = [IndexSection(chart.stem, chart) for chart in charts]
    file = _write(tmp_path, "index.html", index_page("All", sections, assets))
    page = offline.new_page(viewport={"width": 1280, "height": 400})
    page.goto(file.as_uri())
    state = "document.querySelectorAll('[data-vizspec-chart]')[{}].dataset.state"
    for place in [*range(len(charts)), 0]:
        page.evaluate(f"document.querySelectorAll('section')[{place}].scrollIntoView()")
        until(page, f"{state.format(place)} === 'drawn'")
    drawn = "document.querySelectorAll('[data-vizspec-chart][data-state=drawn]').length"
    until(page, f"{drawn} <= 12")
    left = "[...document.querySelectorAll('[data-vizspec-chart]:not([data-state])')]"
    # A chart near the view may still be on its way.
    until(page, f"{left}.length >= 6 && {left}.every((chart) => !chart.querySelector('svg'))")
    page.close()


def test_printing_draws_all_charts_first_and_tells_how_far_it_is(
    tmp_path: Path, make_chart: MakeChart, assets: PageAssets, offline: OpenBrowser
) -> None:
    charts = [make_chart("scores_by_model", f"c{n}", frame=small_frame(("arc",))) for n in range(14)]
    sections = [IndexSection(chart.stem, chart) for chart in charts]
    page = offline.new_page(viewport={"width": 1280, "height": 400})
    page.goto(_write(tmp_path, "index.html", index_page("All", sections, assets)).as_uri())
    last = page.locator("section .unseen").last
    assert not last.is_visible()
    page.emulate_media(media="print")  # as the browser's own command has it
    assert last.inner_text() == "This chart was out of view: the page’s own “Print” draws all charts first."
    page.emulate_media(media="screen")
    page.evaluate(
        """() => {
          const drawn = () => document.querySelectorAll("[data-vizspec-chart][data-state=drawn]").length;
          window.print = () => { window.drawnForPaper = drawn(); };
          const status = document.querySelector(".status");
          window.told = [];
          const hear = () => window.told.push(status.textContent);
          new MutationObserver(hear).observe(status, { childList: true });
          document.querySelector(".print").click();
        }"""
    )
    until(page, "window.drawnForPaper === 14")
    assert "Drawing charts: 13 of 14 …" in page.evaluate("window.told")
    page.close()


def test_no_script_of_a_label_runs(index: Opened) -> None:
    assert index.page.evaluate("window.ran") is None
    assert index.page.locator("img").count() == 0


def test_every_link_of_the_index_leads_somewhere(index: Opened) -> None:
    hrefs = index.page.eval_on_selector_all("a", "links => links.map((a) => a.getAttribute('href'))")
    folder = Path(index.page.evaluate("decodeURIComponent(location.pathname)")).parent
    for href in hrefs:
        if href.startswith("#"):
            assert index.page.locator(f"[id='{href[1:]}']").count() == 1
        else:
            assert (folder / href).is_file()
    assert len(hrefs) == 1 + 2 * 7 + 6  # to the contents, to and from each heading, to each page


def test_a_tooltip_tells_the_value_under_the_mouse(index: Opened) -> None:
    cell = index.inside("heatmap", 'g[aria-label="cell"] rect').first
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    # The chart follows a mouse that moves, not one that appears.
    index.page.mouse.move(x, y - 12)
    index.page.mouse.move(x + 3, y - 10)
    tip = index.page.locator(".tippy-content")
    tip.wait_for(timeout=LIMIT_MILLISECONDS)
    assert tip.inner_text().split("\n") == ["Task", "arc", "Model", "Model 0"]


def test_a_click_on_the_legend_filters_its_own_chart_only(index: Opened) -> None:
    intervals = index.inside("by_factor", 'g[aria-label="rule"]').first.locator("line")
    index.inside("by_factor", ".legend [class$=-swatch]").first.click()
    selector = f"#{element_id('by_factor')} g[aria-label=rule]"
    shown = f"document.querySelector('{selector}').querySelectorAll('line').length"
    until(index.page, f"{shown} < 6")
    assert intervals.count() == 3
    assert index.inside("by_task", 'g[aria-label="bar"] rect').count() == 6


def test_a_click_on_the_legend_filters_bars_and_their_whiskers(
    tmp_path: Path, assets: PageAssets, offline: OpenBrowser
) -> None:
    columns: dict[str, list[Any]] = {
        iv.MODEL: ["1B", "3B"] * 2,
        iv.TASK: ["rivers", "rivers", "lakes", "lakes"],
        iv.VALUE: [0.5, 0.75, 0.4, 0.6],
        iv.STDERR: [None] * 4,
        iv.LOWER: [0.4, 0.7, 0.3, None],
        iv.UPPER: [0.6, 0.8, 0.5, None],
    }
    channels = {"x": iv.MODEL, "fx": iv.TASK, "y1": iv.LOWER, "y2": iv.UPPER, "stroke": "black"}
    whiskers = iv.WhiskerColumns("rule_x", channels)
    drawn = iv.component("scores_by_task", columns, {"ci": False}, whiskers, legend_columns=2)
    page = chart_page(ChartPage("filtered", "Filtered", drawn), assets)
    opened = _open(offline, _write(tmp_path, "one.html", page))
    bars = 'g[aria-label="bar"] rect'
    intervals = 'g[aria-label="rule"] line'
    assert (opened.inside("filtered", bars).count(), opened.inside("filtered", intervals).count()) == (4, 3)
    opened.inside("filtered", ".legend [class$=-swatch]").first.click()
    counts = f"[{bars!r}, {intervals!r}].map((s) => document.querySelectorAll(s).length).join()"
    until(opened.page, f"{counts} === '2,2'")


SIZES = """[...document.querySelectorAll(".drawing .plot > svg, .drawing img")].map((one) => {
  const { width, height } = one.getBoundingClientRect();
  return [Number(one.getAttribute("width")), width, height];
})"""


def test_on_a_phone_drawings_keep_their_size_and_are_moved_under_the_finger(index: Opened) -> None:
    index.page.set_viewport_size({"width": 390, "height": 844})
    sizes = index.page.evaluate(SIZES)
    moves = "[...document.querySelectorAll('.drawing')].map((e) => e.scrollWidth > e.clientWidth)"
    assert index.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert index.page.evaluate(moves) == [True] * 6
    index.page.set_viewport_size({"width": 1280, "height": 720})
    assert len(sizes) == 6
    assert [width for _, width, _ in sizes] == [own for own, _, _ in sizes]


def test_a_touch_of_any_chart_of_the_index_shows_its_tip_until_the_chart_is_moved(
    index: Opened, offline: OpenBrowser
) -> None:
    context = offline.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(index.page.url)
    page.evaluate(DRAW_ALL)
    until(page, ALL_ENDED)
    tip = page.locator(".tippy-content")
    for stem, mark, place in (("by_task", "bar", 1), ("heatmap", "cell", 1), ("by_task", "bar", 0)):
        touched = page.locator(f'#{element_id(stem)} g[aria-label="{mark}"] rect').nth(place)
        touched.scroll_into_view_if_needed()
        box = touched.bounding_box()
        assert box is not None
        page.wait_for_timeout(300)
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        tip.wait_for(timeout=LIMIT_MILLISECONDS)
        page.wait_for_timeout(500)
        assert "arc" in tip.inner_text().split("\n")
    page.evaluate("document.querySelector('.drawing').scrollLeft = 100")
    tip.wait_for(state="detached", timeout=LIMIT_MILLISECONDS)
    context.close()


PAPER: ViewportSize = {"width": 703, "height": 1032}
"""A4 less margins of 12 mm, in CSS pixels."""
CUT_OFF = """[...document.querySelectorAll("body *:not(script, style)")]
  .filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    const isShortened = one.matches("[class$=-label]") && one.scrollWidth > one.clientWidth;
    return left < -1 || right > innerWidth + 1 || isShortened;
  })
  .map((one) => one.outerHTML.slice(0, 80))"""


NO_RESIZING = "ResizeObserver = class { observe() {} unobserve() {} disconnect() {} };"
"""As for paper, of whose size no script is told."""


def test_on_paper_nothing_is_cut_off_however_long_a_name_or_large_a_chart(
    tmp_path: Path, make_chart: MakeChart, assets: PageAssets, offline: OpenBrowser
) -> None:
    long = "m" * 300
    numbers = tuple(f"0.{n} (0.01\u20130.2{n})" for n in range(10, 20))
    headers = ("Model", "Task", *("AUC",) * 9, long)
    table = IndexTable(headers, ((long, "t", *numbers),), ("left",) * 2 + ("right",) * 10)
    models = [f"a model with a name that is long, number {number}" for number in range(12)]
    unknown = {column: [None] * 12 for column in (iv.STDERR, iv.LOWER, iv.UPPER)}
    columns: dict[str, list[Any]] = {
        iv.MODEL: models,
        iv.TASK: ["rivers"] * 12,
        iv.VALUE: [0.5] * 12,
        **unknown,
    }
    many = iv.component("scores_by_task", columns, {"ci": False, "width": 1600}, legend_columns=4)
    large = [make_chart(stem="tall", height=3000), ChartPage("wide", "Wide", many)]
    sections = [IndexSection(long, table, long, lines=(long,)), *(IndexSection(c.stem, c) for c in large)]
    context = offline.new_context()
    context.add_init_script(NO_RESIZING)
    page = _open(context, _write(tmp_path, "index.html", index_page(long, sections, assets))).page
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    assert page.evaluate(CUT_OFF) == []
    (_, _, tall), (_, wide, height) = page.evaluate(SIZES)
    assert tall < PAPER["height"] - 100
    assert (wide <= PAPER["width"], height < PAPER["width"] - 150) == (True, True)
    pages = "[...document.querySelectorAll('section')].map((one) => getComputedStyle(one).page)"
    assert page.evaluate(pages) == ["auto", "auto", "wide"]


def test_an_inline_page_draws_alone(
    tmp_path: Path, make_chart: MakeChart, browser: Browser, offline: OpenBrowser
) -> None:
    assets = load_assets("inline")
    chart = make_chart("scores_by_task", "one", title=HOSTILE, caption=HOSTILE)
    opened = _open(offline, _write(tmp_path, "one.html", chart_page(chart, assets)))
    assert opened.inside("one", 'g[aria-label="bar"] rect').count() == 6
    assert opened.complaints == []
    assert list(tmp_path.iterdir()) == [tmp_path / "one.html"]


def test_a_page_whose_scripts_may_not_run_shows_the_picture_beside_it(
    tmp_path: Path, make_chart: MakeChart, assets: PageAssets, offline: OpenBrowser
) -> None:
    chart = replace(make_chart("scores_by_task", "one"), picture="one.png")
    _write(tmp_path, "one.html", chart_page(chart, assets))
    with closing(offline.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto((tmp_path / "one.html").as_uri())
        assert page.locator("img").is_visible()
    opened = _open(offline, tmp_path / "one.html")
    assert opened.page.locator("img").is_hidden()


def test_a_page_without_its_shared_file_says_what_is_missing(
    tmp_path: Path, make_chart: MakeChart, assets: PageAssets, offline: OpenBrowser
) -> None:
    file = tmp_path / "one.html"
    file.write_text(chart_page(make_chart("scores_by_task", "one"), assets).text, encoding="utf-8")
    page = offline.new_page()
    page.goto(file.as_uri())
    assert f"needs the file {assets.href}" in page.inner_text("[data-vizspec-chart]")


def test_a_page_without_the_file_of_its_data_says_what_is_missing(
    tmp_path: Path, make_chart: MakeChart, assets: PageAssets, offline: OpenBrowser
) -> None:
    file = _write(tmp_path, "one.html", chart_page(make_chart("scores_by_task", "one"), assets))
    (table,) = (tmp_path / "assets").glob("t_*.js")
    table.unlink()
    said = _open(offline, file).page.inner_text("[role=alert]")
    assert said == (
        "This chart could not be drawn: its data is not there: "
        f"the page needs the whole file assets/{table.name} beside it"
    )


def test_a_page_that_needs_the_network_says_so_where_there_is_none(
    tmp_path: Path, make_chart: MakeChart, offline: OpenBrowser
) -> None:
    assets = load_assets("cdn")
    file = _write(tmp_path, "one.html", chart_page(make_chart("scores_by_task", "one"), assets))
    opened = _open(offline, file)
    said = opened.page.inner_text("[role=alert]")
    assert said.startswith(
        "This chart could not be drawn: its modules could not be loaded from https://cdn.jsdelivr.net; "
    )
    assert "vizspec runtime build" in said


@pytest.fixture(scope="module")
def broken() -> ChartPage:
    """A chart that asks for a column which is not there."""
    chart = component("scores_by_task", small_frame(), score_stderr="no_such_column")
    return ChartPage("broken", "Broken", chart)


def test_pictures_come_in_inspect_vizs_size_and_the_broken_chart_with_its_message(
    make_chart: MakeChart, broken: ChartPage, browser: Browser, assets: PageAssets
) -> None:
    many = small_frame(tuple(f"task {i}" for i in range(2500)))
    one = small_frame(("arc",)).iloc[:1]
    charts = [
        make_chart("scores_by_task", "first"),
        broken,
        make_chart("scores_by_task", "again"),
        make_chart("scores_by_model", "one_row", frame=one),
        make_chart("scores_by_model", "many_rows", frame=many.assign(task_name="one")),
    ]
    outcomes = dict(screenshots(charts, browser=browser))
    assert list(outcomes) == [chart.stem for chart in charts]
    failure = outcomes.pop("broken")
    assert isinstance(failure, DrawFailure)
    assert 'Referenced column "no_such_column" not found' in failure.message
    assert all(isinstance(outcome, Png) for outcome in outcomes.values())
    first, again = outcomes["first"], outcomes["again"]
    assert first == again
    assert isinstance(first, Png)
    assert first.width == (700 + 2 * 8) * 2


@pytest.fixture(scope="module")
def endless() -> ChartPage:
    """A chart whose data take for ever."""
    from inspect_viz import Data
    from inspect_viz.mark import dot
    from inspect_viz.plot import plot
    from inspect_viz.transform import sql

    column = sql(f"(SELECT sum(a.range * b.range) + {SCORE} FROM range(9000000) a, range(9000000) b)")
    return ChartPage("endless", "Endless", plot(dot(Data.from_dataframe(small_frame()), x=column, y=SCORE)))


LIMITS = (2.0, 8.0, 32.0)


def within_some_limit(charts: list[ChartPage], browser: Browser, **limits: Any) -> dict[str, Any]:
    """The outcomes at the first limit at which the last chart, which has an end, is drawn or refused in time.

    How long that takes depends on what else the machine does.
    """
    for limit in LIMITS:
        outcomes = dict(screenshots(charts, browser=browser, limit_seconds=limit, **limits))
        last = outcomes[charts[-1].stem]
        if isinstance(last, Png) or not LATE.search(last.message):
            break
    return outcomes


LATE = re.compile(r"no answer (within|for) \d|not drawn within|the page did not answer")


@pytest.fixture(scope="module")
def beside_one_without_end(
    make_chart: MakeChart, endless: ChartPage, broken: ChartPage, browser: Browser
) -> dict[str, Any]:
    """What became of a chart that has no end, a broken one, and a good one, drawn together."""
    other = make_chart("scores_by_model", "other", frame=small_frame(("arc",)))
    return within_some_limit([endless, broken, other], browser)


def test_a_chart_without_end_fails_at_the_limit_and_takes_no_other_with_it(
    beside_one_without_end: dict[str, Any],
) -> None:
    failure = beside_one_without_end["endless"]
    assert isinstance(failure, DrawFailure)
    assert re.search(r"no answer within [\d.]+ seconds|not drawn within [\d.]+ seconds", failure.message)
    assert isinstance(beside_one_without_end["other"], Png)


def test_a_broken_chart_tells_its_own_error_beside_one_without_end(
    beside_one_without_end: dict[str, Any],
) -> None:
    failure = beside_one_without_end["broken"]
    assert isinstance(failure, DrawFailure)
    assert "no_such_column" in failure.message


def needed_program(browser: Browser) -> Path:
    """The browser's program; the test is skipped where playwright alone knows it."""
    if browser.executable is None:
        pytest.skip("the browser's program is not known")
    return browser.executable


def test_a_browser_that_is_killed_fails_its_charts_with_a_message(
    tmp_path: Path, endless: ChartPage, browser: Browser
) -> None:
    known, program = needed_program(browser), tmp_path / "browser"
    message = ""
    for seconds in (3, 12, 48):  # one of them is enough for it to start
        program.write_text(f'#!/bin/sh\nexec timeout -s KILL {seconds} {known} "$@"\n')
        program.chmod(0o755)
        killed = Browser("environment", program, browser.sandbox)
        outcomes = dict(screenshots([endless], browser=killed, limit_seconds=90.0, load_limit_seconds=8.0))
        failure = outcomes["endless"]
        assert isinstance(failure, DrawFailure)
        message = failure.message
        if "did not start" not in message:
            break
    assert message.startswith("the browser was lost")


def _running(program: Path) -> list[int]:
    """The processes whose command line begins with this program's profile or name."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit() and str(program).encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def _marked(folder: Path, browser: Browser) -> Browser:
    """The browser, told apart from others of this machine by an argument."""
    program = folder / "browser"
    program.write_text(f'#!/bin/sh\nexec {needed_program(browser)} "$@" --vizspec-mark={program}\n')
    program.chmod(0o755)
    return Browser("environment", program, browser.sandbox)


def _until(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


HAS_PROCESSES = pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for in /proc")


@HAS_PROCESSES
def test_closing_ends_a_browser_that_waits_and_one_that_draws(
    tmp_path: Path, endless: ChartPage, browser: Browser
) -> None:
    marked = _marked(tmp_path, browser)
    assert isinstance(marked.executable, Path)
    for is_drawing in (False, True):
        camera = Camera(marked)
        if is_drawing:
            threading.Thread(target=partial(_read, camera, [endless]), daemon=True).start()
        assert _until(lambda: bool(_running(tmp_path / "browser")))
        time.sleep(1.5 if is_drawing else 0.0)
        camera.close()
        assert _until(lambda: not _running(tmp_path / "browser"))


@HAS_PROCESSES
def test_a_browser_that_is_given_up_over_a_hanging_chart_is_gone_at_once_with_all_its_processes(
    tmp_path: Path, make_chart: MakeChart, browser: Browser
) -> None:
    marked = _marked(tmp_path, browser)
    before = _children(os.getpid())

    def started() -> set[int]:
        return {pid for child in _children(os.getpid()) - before for pid in {child, *_below(child)}}

    hanging = make_chart("scores_by_task", "hanging", y_ticks=40_000_000)
    with closing(Camera(marked, limit_seconds=1.0, start_limit_seconds=1.0)) as camera:
        outcomes = camera.take([hanging])
        assert _until(lambda: len(started()) > 5)  # the driver, the browser, and processes of its own
        processes = started()
        assert isinstance(dict(outcomes)["hanging"], DrawFailure)
    assert _running(tmp_path / "browser") == []
    assert _until(lambda: not any(_is_running(pid) for pid in processes))


def _children(pid: int) -> set[int]:
    """The processes that are children of any thread of this one."""
    children = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):
            children |= {int(child) for child in (task / "children").read_text().split()}
    return children


def _below(pid: int) -> set[int]:
    with suppress(OSError):
        return {one for child in _children(pid) for one in {child, *_below(child)}}
    return set()


def _is_running(pid: int) -> bool:
    """A process that has ended and that nobody asked for yet (a zombie) does not run."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _read(camera: Camera, charts: list[ChartPage]) -> None:
    with suppress(Ended):
        list(camera.take(charts))


def test_a_browser_that_dies_before_it_is_given_its_only_chart_costs_no_picture(
    tmp_path: Path, make_chart: MakeChart, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = needed_program(browser)
    program, end, ended = tmp_path / "browser", tmp_path / "end", tmp_path / "ended"
    program.write_text(
        f'#!/bin/sh\nif [ -e {end} ]; then exec {known} "$@"; fi\n'
        f'{known} "$@" &\n'
        f"while kill -0 $! && [ ! -e {end} ]; do sleep 0.05; done\nkill -KILL $!; touch {ended}\n"
    )
    program.chmod(0o755)
    until = pictures._until

    def until_and_die(page: Any, condition: str, *rest: Any) -> None:
        until(page, condition, *rest)
        if condition == pictures.PREPARED and not end.exists():
            end.touch()
            while not ended.exists():
                time.sleep(0.01)

    monkeypatch.setattr(pictures, "_until", until_and_die)
    with closing(Camera(Browser("environment", program, browser.sandbox))) as camera:
        outcomes = dict(camera.take([make_chart(stem="one")]))
    assert ended.exists()
    assert isinstance(outcomes["one"], Png)


def test_a_picture_is_the_same_to_the_byte_whatever_other_charts_are_taken_with_it(
    make_chart: MakeChart, browser: Browser
) -> None:
    charts = _charts(make_chart)
    high = make_chart("scores_by_model", "high", frame=small_frame(("arc",)), height=2500)
    in_pages_of_three = dict(screenshots(charts, browser=browser, most_alive=3))
    together = dict(screenshots([high, *reversed(charts)], browser=browser))
    taken = dict(screenshots(charts[1:], browser=browser)) | dict(screenshots(charts[:1], browser=browser))
    assert all(isinstance(picture, Png) for picture in taken.values())
    assert taken == {chart.stem: together[chart.stem] for chart in charts}
    assert taken == in_pages_of_three


def test_a_chart_whose_script_hangs_fails_and_takes_no_other_with_it(
    make_chart: MakeChart, browser: Browser
) -> None:
    hanging = make_chart("scores_by_task", "hanging", y_ticks=40_000_000)
    outcomes = within_some_limit([hanging, make_chart(stem="other")], browser, start_limit_seconds=1.0)
    failure = outcomes["hanging"]
    assert isinstance(failure, DrawFailure)
    assert failure.message.startswith(("the page did not answer", "the browser was lost", "not drawn within"))
    assert isinstance(outcomes["other"], Png)


def test_a_chart_that_is_too_high_for_a_picture_fails_with_its_size(
    make_chart: MakeChart, browser: Browser
) -> None:
    chart = make_chart("scores_by_model", "high", frame=small_frame(("arc",)), height=40_000)
    (failure,) = dict(screenshots([chart], browser=browser)).values()
    assert isinstance(failure, DrawFailure)
    assert failure.message.endswith("no side may have more than 64,000 device pixels")


def test_without_the_runtime_and_the_network_a_picture_fails_with_what_helps(
    make_chart: MakeChart, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "load_engine", lambda mode, roles: load_engine("cdn"))
    (failure,) = dict(screenshots([make_chart(stem="one")], browser=browser)).values()
    assert isinstance(failure, DrawFailure)
    assert "vizspec runtime build" in failure.message


SHAPES = """() => Object.fromEntries([...document.querySelectorAll("[data-vizspec-chart]")].map((chart) => [
  chart.id,
  [...chart.querySelectorAll("rect, line, circle, path, text, [class$=-swatch]")].map((shape) => [
    shape.tagName,
    shape.textContent,
    ...["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "width", "height", "fill", "stroke"]
      .map((name) => shape.getAttribute(name)),
  ]),
]))"""


def test_a_picture_shows_what_the_page_of_its_chart_shows(
    tmp_path: Path, make_chart: MakeChart, assets: PageAssets, browser: Browser, offline: OpenBrowser
) -> None:
    """Pages ask the database in the browser, pictures another one."""
    charts = _charts(make_chart)
    sections = [IndexSection(chart.title, chart) for chart in charts]
    page = _open(offline, _write(tmp_path, "index.html", index_page("All", sections, assets))).page
    online = offline.browser_type.launch(executable_path=browser.executable, chromium_sandbox=browser.sandbox)
    with closing(online), serve_pages(assets.engine) as stage:
        taken = online.new_page()
        taken.goto(stage.address)
        stage.show(taken, charts, assets.widget, 60.0)
        until(taken, ALL_ENDED)
        drawn = taken.evaluate(SHAPES)
    shown = page.evaluate(SHAPES)
    assert list(drawn) == [element_id(chart.stem) for chart in charts]
    assert all(len(shapes) > 5 for shapes in drawn.values())
    assert drawn == shown
