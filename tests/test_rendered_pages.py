"""The pages of a whole render, opened as files in a real Chromium with the network off, and in Firefox where
it is installed: what is drawn is what the estimates say, and everything answers to the mouse.

Skipped where there is no browser or the runtime is not built; `VIZSPEC_REQUIRE_BROWSER=1` makes that a
failure.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from tests.browsing import ALL_ENDED, DRAW_ALL, LIMIT_MILLISECONDS, needed_browser, offline_browser, until
from tests.disk import write_spec
from tests.firefox import firefox, needed_firefox, run
from vizspec.render.pipeline import render
from vizspec.render.result import Options
from vizspec.spec.open import open_spec

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

VIEWS: list[dict[str, Any]] = [
    {"view": "scores_by_task", "metrics": "match", "name": "by_task"},
    {"view": "scores_heatmap", "metrics": "match", "name": "heatmap"},
    {"view": "scores_by_factor", "factor": "is_base", "metrics": "match", "name": "by_factor"},
    {"view": "scores_by_model", "metrics": "match", "where": "task == 'tumour_size'", "name": "by_model"},
    {"view": "scores_radar_by_task", "metrics": "match", "name": "radar_by_task"},
    {"view": "scores_radar_by_metric", "where": "task == 'tumour_size'", "name": "radar_by_metric"},
    {"view": "scores_by_task", "metrics": ["match", "includes"], "id": "both", "name": "both_{metric}"},
    {"view": "roc_curves"},
    {"view": "calibration_curves"},
    {"view": "prediction_histogram"},
    {"view": "compute_utilization"},
]
BARS = 'g[aria-label="bar"] rect'
CELLS = 'g[aria-label="cell"] rect'
RULES = 'g[aria-label="rule"]'
DOTS = 'g[aria-label="dot"] circle'
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def folder(demo_experiment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a render of the demo, without pictures of charts."""
    experiment = tmp_path_factory.mktemp("pages") / "demo"
    shutil.copytree(demo_experiment, experiment)
    columns = {"is_base": {"from": "run.type", "equals": "control"}}
    write_spec(
        experiment,
        VIEWS,
        experiment="experiment_summary.yaml",
        data={"columns": columns},
        output={"formats": ["html"]},
    )
    render(open_spec(experiment), Options())
    return experiment / "analysis"


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, Any]]:
    """The render's estimates."""
    found: list[dict[str, Any]] = json.loads((folder / "results.json").read_text())["estimates"]
    return found


@pytest.fixture(scope="module")
def offline() -> Iterator[Browser]:
    with offline_browser(needed_browser()) as opened:
        yield opened


@pytest.fixture(scope="module")
def opened(offline: Browser, folder: Path) -> Callable[[str], Page]:
    """Opens a file of the render, each once: a test that changes the page reloads it, or its size.

    Anything that the browser complains of fails the test.
    """

    @cache
    def open_file(name: str) -> Page:
        page = offline.new_page()
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.goto((folder / name).as_uri())
        page.evaluate(DRAW_ALL)
        until(page, ALL_ENDED)
        assert complaints == []
        return page

    return open_file


def of_metric(rows: list[dict[str, Any]], metric: str, task: str | None = None) -> list[dict[str, Any]]:
    return [row for row in rows if row["metric"] == metric and task in (None, row["task"])]


def test_bars_and_whiskers_are_the_estimates_and_their_intervals(
    opened: Callable[[str], Page], rows: list[dict[str, Any]]
) -> None:
    page = opened("by_task.html")
    estimates = of_metric(rows, "match/accuracy")
    assert page.locator(BARS).count() == len(estimates) > 6
    with_interval = [row for row in estimates if row["lower"] is not None]
    # Each whisker has a halo of its own.
    assert page.locator(f"{RULES} line").count() == 2 * len(with_interval)


def test_bars_are_as_high_as_their_estimates(
    opened: Callable[[str], Page], rows: list[dict[str, Any]]
) -> None:
    page = opened("by_task.html")
    heights = page.eval_on_selector_all(BARS, "bars => bars.map((bar) => +bar.getAttribute('height'))")
    values = [row["value"] for row in of_metric(rows, "match/accuracy")]
    scale = max(heights) / max(values)
    assert sorted(heights) == pytest.approx(sorted(value * scale for value in values), abs=0.5)


def test_a_heatmap_has_a_cell_for_each_estimate_with_its_value(
    opened: Callable[[str], Page], rows: list[dict[str, Any]]
) -> None:
    page = opened("heatmap.html")
    estimates = of_metric(rows, "match/accuracy")
    assert page.locator(CELLS).count() == len(estimates)
    shown = page.eval_on_selector_all('g[aria-label="text"] text', "texts => texts.map((t) => t.textContent)")
    values = sorted(float(text) for text in shown if text.replace(".", "", 1).isdigit())
    assert values == pytest.approx(sorted(row["value"] for row in estimates), abs=0.00051)


def test_a_factor_has_a_line_for_each_estimate(
    opened: Callable[[str], Page], rows: list[dict[str, Any]]
) -> None:
    page = opened("by_factor.html")
    assert page.locator(RULES).first.locator("line").count() == len(of_metric(rows, "match/accuracy"))


def test_ranked_models_have_a_line_each(opened: Callable[[str], Page], rows: list[dict[str, Any]]) -> None:
    page = opened("by_model.html")
    estimates = of_metric(rows, "match/accuracy", "tumour_size")
    assert page.locator(RULES).first.locator("line").count() == len(estimates)


@pytest.mark.parametrize(
    ("name", "metric", "task"),
    [("radar_by_task.html", "match/accuracy", None), ("radar_by_metric.html", None, "tumour_size")],
)
def test_a_radar_has_a_point_for_each_estimate_of_its_whole_models(
    opened: Callable[[str], Page],
    rows: list[dict[str, Any]],
    name: str,
    metric: str | None,
    task: str | None,
) -> None:
    shown = [
        row
        for row in rows
        if metric in (None, row["metric"])
        and task in (None, row["task"])
        and row["family"] != "classification"
        and not row["metric"].endswith("/mean_risk_score")  # of which no direction is better
    ]
    axes = {(row["metric"], row["task"]) for row in shown}
    by_model: dict[str, int] = {}
    for row in shown:
        by_model[row["run"]] = by_model.get(row["run"], 0) + (row["value"] is not None)
    whole = [run for run, count in by_model.items() if count == len(axes)]
    page = opened(name)
    # The polygon's first point is drawn again at its end.
    assert page.locator(DOTS).count() == len(whole) * (len(axes) + 1)


LINES = 'g[aria-label="line"] path'


def test_each_model_has_its_roc_curve_and_its_calibration_with_tips(
    opened: Callable[[str], Page], rows: list[dict[str, Any]]
) -> None:
    models = len(of_metric(rows, "risk_scorer/auc_score", "tumour_size"))
    page = opened("roc_curves_tumour_size.html")
    assert page.locator(LINES).count() == models + 1  # and chance
    legend = page.locator(".legend").inner_text()
    for row in of_metric(rows, "risk_scorer/auc_score", "tumour_size"):
        assert f"AUC {row['value']:.3f} ({row['lower']:.3f}–{row['upper']:.3f}), n = {row['n']}" in legend
    calibration = opened("calibration_curves_tumour_size.html")
    assert calibration.locator('g[aria-label="area"] path').count() == models
    assert calibration.locator(DOTS).count() > 5 * models


def test_a_histogram_counts_every_sample(opened: Callable[[str], Page], rows: list[dict[str, Any]]) -> None:
    page = opened("prediction_histogram_tumour_size.html")
    models = len(of_metric(rows, "risk_scorer/auc_score", "tumour_size"))
    assert page.locator('g[aria-label="rect"] rect').count() >= 2 * models
    notes = " ".join(page.locator("svg text").all_text_contents())
    for row in of_metric(rows, "risk_scorer/auc_score", "tumour_size"):
        assert f"n = {row['n']}" in notes


def test_a_click_on_the_legend_leaves_one_models_marks(
    opened: Callable[[str], Page], rows: list[dict[str, Any]]
) -> None:
    page = opened("by_task.html")
    first = page.locator(".legend [class$=-swatch]").first
    first.click()
    runs = {row["run"] for row in of_metric(rows, "match/accuracy")}
    most = max(sum(row["run"] == run for row in of_metric(rows, "match/accuracy")) for run in runs)
    until(page, f"document.querySelectorAll({BARS!r}).length <= {most}")
    assert page.locator(BARS).count() > 0
    page.reload()
    until(page, ALL_ENDED)


def test_the_index_shows_everything_and_every_link_leads_somewhere(
    opened: Callable[[str], Page], folder: Path
) -> None:
    page = opened("index.html")
    states = "[...document.querySelectorAll('[data-vizspec-chart]')].map((e) => e.dataset.state)"
    pages = [file for file in folder.glob("*.html") if file.name != "index.html"]
    assert page.evaluate(states) == ["drawn"] * len(pages)
    page.evaluate(
        "Promise.all([...document.images].map((one) => { one.loading = 'eager'; return one.decode(); }))"
    )
    hrefs = page.eval_on_selector_all("a", "links => links.map((a) => a.getAttribute('href'))")
    for href in hrefs:
        if href.startswith("#"):
            assert page.locator(f"[id='{href[1:]}']").count() == 1
        else:
            assert (folder / unquote(href)).is_file()
    assert {"report.md", "results.csv", "by_task.html", "roc_curves_tumour_size.html"} <= set(hrefs)


@pytest.mark.parametrize(
    ("name", "mark"), [("by_task", BARS), ("heatmap", CELLS), ("by_model", f"{RULES} line")]
)
def test_a_tip_tells_the_estimate_with_its_interval(
    opened: Callable[[str], Page], rows: list[dict[str, Any]], name: str, mark: str
) -> None:
    page = opened(f"{name}.html")
    box = page.locator(mark).first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tip = page.locator(".tippy-content")
    tip.wait_for(timeout=LIMIT_MILLISECONDS)
    lines = tip.inner_text().split("\n")
    value_of = dict(zip(lines[::2], lines[1::2], strict=True))
    intervals = {
        (round(row["value"], 3), f"{row['lower']:.3f}–{row['upper']:.3f}")
        for row in of_metric(rows, "match/accuracy")
    }
    assert (float(value_of["Score"]), value_of["Interval"]) in intervals


LISTS_BEYOND_A_PHONE = """[...document.querySelectorAll('.filter details')].filter(facet => {
    facet.open = true;
    const { left, right } = facet.querySelector('.choices').getBoundingClientRect();
    facet.open = false;
    return left < 0 || right > innerWidth;
}).map(facet => facet.textContent)"""
WITH_A_WIDE_TABLE_IN_PROSE = """(() => {
    const prose = document.createElement('div');
    prose.className = 'prose';
    prose.innerHTML = `<table><tr>${'<td>Inconclusive</td>'.repeat(9)}</tr></table>`;
    document.querySelector('main').append(prose);
    const width = document.documentElement.scrollWidth;
    prose.remove();
    return width;
})()"""


def test_the_index_fits_a_phone(opened: Callable[[str], Page]) -> None:
    page = opened("index.html")
    before = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(LISTS_BEYOND_A_PHONE) == []
    assert page.evaluate(WITH_A_WIDE_TABLE_IN_PROSE) <= 390
    page.set_viewport_size(before or {"width": 1280, "height": 720})


@pytest.fixture
def index(offline: Browser, folder: Path) -> Iterator[Page]:
    """The index as it opens; complaints of the browser and requests to a network fail the test."""
    context = offline.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if asked.url.startswith("http") else None)
    page.goto((folder / "index.html").as_uri())
    yield page
    context.close()
    assert complaints == []


def test_a_table_of_the_index_sorts_filters_hides_columns_and_is_saved(index: Page) -> None:
    section = index.locator("#model-comparison")
    section.scroll_into_view_if_needed()
    values = section.locator(".ag-center-cols-container [col-id='3']")
    values.first.wait_for(timeout=LIMIT_MILLISECONDS)
    section.locator(".ag-header-cell[col-id='3'] .ag-header-cell-label").click()
    sorted_ascending = "(cells) => cells.map((one) => parseFloat(one.textContent))"
    until(index, "document.querySelector('#model-comparison [col-id=\"3\"][aria-sort=ascending]') !== null")
    order = (
        "cells => cells.sort((a, b) => a.closest('.ag-row').ariaRowIndex - b.closest('.ag-row').ariaRowIndex)"
    )
    shown = values.evaluate_all(f"(cells) => ({sorted_ascending})(({order})(cells))")
    assert shown == sorted(shown)
    assert len(shown) > 6
    section.get_by_label("Search this table").fill("forest")
    until(index, f"document.querySelectorAll('#model-comparison [row-id]').length < {len(shown)}")
    section.locator(".columns summary").click()
    section.locator(".columns label", has_text="Task").click()
    until(index, "!document.querySelector('#model-comparison .ag-header-cell[col-id=\"1\"]')")
    with index.expect_download() as saved:
        section.get_by_role("button", name="CSV").click()
    lines = Path(saved.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert "Task" not in lines[0]
    assert all("forest" in line for line in lines[1:])


def test_tabs_links_and_colours_of_the_index(index: Page, folder: Path) -> None:
    other = "includes-accuracy-by-task"
    assert index.locator(f"#{other}").is_hidden()
    index.get_by_role("tab", name="Includes Accuracy by task").click()
    assert index.locator(f"#{other} .drawing").is_visible()
    fresh = index.context.new_page()
    fresh.goto(f"{(folder / 'index.html').as_uri()}#{other}")
    assert fresh.locator(f"#{other} .drawing").is_visible()
    fresh.close()
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = index.evaluate(paper)
    index.emulate_media(color_scheme="dark")
    assert index.evaluate(paper) != light
    index.locator(".theme").click()
    assert index.evaluate(paper) == light
    index.emulate_media(media="print")
    assert index.locator(f"#{other}").is_visible()
    assert index.locator("#match-accuracy-by-task-2-of-2, #match-accuracy-by-task").first.is_visible()
    assert index.locator("nav").is_hidden()


def test_a_page_of_one_chart_follows_dark_and_light(opened: Callable[[str], Page]) -> None:
    page = opened("by_task.html")
    light, _ = lightness(page)
    page.emulate_media(color_scheme="dark")
    dark, brightest = lightness(page)
    page.emulate_media(color_scheme="light")
    assert light > 220
    assert dark < 60
    assert brightest > 200, "its texts are light"


def test_charts_of_the_index_follow_its_own_switch(index: Page) -> None:
    index.locator("[data-vizspec-chart]:visible").first.scroll_into_view_if_needed()
    until(index, "document.querySelector('[data-state=drawn]') !== null")
    drawing = index.locator(".drawing:has([data-state=drawn])").first
    assert lightness(drawing)[0] > 150
    index.locator(".theme").click()
    index.locator(".theme").click()
    assert index.evaluate("document.documentElement.dataset.theme") == "dark"
    assert lightness(drawing)[0] < 100


def lightness(shown: Page | Locator) -> tuple[float, int]:
    """How light what is seen is on average, and at its lightest: from 0 to 255."""
    from PIL import Image, ImageStat

    statistics = ImageStat.Stat(Image.open(io.BytesIO(shown.screenshot())).convert("L"))
    return statistics.mean[0], int(statistics.extrema[0][1])


def test_one_filter_acts_on_charts_tables_and_pictures(index: Page) -> None:
    index.locator("[data-facet=task] summary").click()
    index.locator("[data-facet=task] label", has_text="Size").click()
    index.keyboard.press("Escape")
    chart = index.locator("[data-vizspec-chart]:visible").first
    chart.scroll_into_view_if_needed()
    bars = f"#{chart.get_attribute('id')} {BARS}"
    until(index, f"document.querySelectorAll({bars!r}).length === 4")
    assert index.locator("#roc-curves-size").is_visible()
    assert index.locator("#roc-curves-shape").is_hidden()
    rows = "[...document.querySelectorAll('#model-comparison tbody tr:not(.filtered-out)')]"
    assert set(index.evaluate(f"{rows}.map((row) => row.cells[1].textContent)")) == {"Size"}
    assert "task=Size" in index.url
    index.locator(".filter .clear").click()
    until(index, f"document.querySelectorAll({bars!r}).length > 4")


def test_every_chart_follows_the_filter_and_is_drawn_anew_without_a_word(index: Page) -> None:
    index.locator("[data-facet=model] summary").click()
    index.locator("[data-facet=model] label", has_text="forest").click()
    index.evaluate(DRAW_ALL)
    assert index.locator("[data-vizspec-chart]:not([data-unfiltered=''])").count() == 0
    radar = "#match-accuracy-over-tasks [data-vizspec-chart]"
    # The polygon's first point is drawn again at its end.
    until(index, f"document.querySelectorAll('{radar} {DOTS}').length === 4")
    panels = "#predicted-probabilities-size .plot"
    until(index, f"[...document.querySelectorAll('{panels}')].filter((one) => !one.hidden).length === 1")
    claims = "[...document.querySelectorAll('#per-task-breakdown tbody tr:not(.filtered-out)')].length"
    assert index.evaluate(claims) == 3
    first = "document.querySelector('[data-vizspec-chart]')"
    height = index.evaluate(f"{first}.offsetHeight")
    far = "document.querySelector('#predicted-probabilities-shape').scrollIntoView()"
    until(index, f"({far}, !{first}.dataset.state)")
    assert index.evaluate(f"{first}.offsetHeight") == height
    until(index, f"({first}.scrollIntoView(), {first}.dataset.state === 'drawn')")


def test_a_figure_shows_its_data_and_is_saved_as_picture_and_table(index: Page) -> None:
    figure = index.locator("#roc-curves-size figure")
    figure.scroll_into_view_if_needed()
    until(index, "document.querySelector('#roc-curves-size [data-vizspec-chart]').dataset.state === 'drawn'")
    for kind, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("CSV", b"Model,")):
        with index.expect_download() as saved:
            figure.get_by_role("button", name=kind).click()
        assert Path(saved.value.path()).read_bytes().startswith(start)
    figure.get_by_role("button", name="Data").click()
    figure.locator(".ag-row").first.wait_for(timeout=LIMIT_MILLISECONDS)
    assert figure.locator(".drawing").is_hidden()
    figure.get_by_role("button", name="Picture").click()
    assert figure.locator(".drawing").is_visible()


def test_the_index_has_no_serious_fault_of_accessibility(index: Page) -> None:
    axe = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.is_file():
        pytest.skip("axe-core is not installed: `npm ci` in tests")
    index.locator("#model-comparison").scroll_into_view_if_needed()
    index.locator("#model-comparison .ag-row").first.wait_for(timeout=LIMIT_MILLISECONDS)
    index.evaluate(axe.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        index.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found = index.evaluate("axe.run()")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS] == []


def test_the_index_and_a_chart_work_in_firefox(folder: Path) -> None:
    needed_firefox()

    async def look() -> list[str]:
        async with firefox() as tab:
            await tab.open((folder / "by_task.html").as_uri())
            await tab.until(f"document.querySelectorAll({BARS!r}).length > 4")
            await tab.open((folder / "index.html").as_uri())
            await tab.ask("document.querySelector('#model-comparison').scrollIntoView()")
            header = "#model-comparison .ag-header-cell[col-id='3']"
            await tab.until(f'document.querySelector("{header} .ag-header-cell-label") !== null')
            await tab.ask(f'document.querySelector("{header} .ag-header-cell-label").click()')
            await tab.until(f'document.querySelector("{header}").ariaSort === "ascending"')
            other = "includes-accuracy-by-task"
            await tab.ask(f"document.querySelector('#tab-{other}').click()")
            assert await tab.ask(f"document.querySelector('#{other} .drawing').offsetHeight > 0")
            await tab.ask("document.querySelector('[data-facet=task] input').click()")
            chart = f"#{other} [data-vizspec-chart]"
            await tab.ask(f"document.querySelector('{chart}').scrollIntoView()")
            bars = f"document.querySelectorAll('{chart} {BARS}').length"
            await tab.until(f"{bars} === 4")
            await tab.ask("document.querySelector('.filter .clear').click()")
            await tab.until(f"{bars} > 4")
            return tab.complaints

    assert run(look()) == []
