"""Lines, plots, matrices and tables as pages in a real Chromium with the network off: as many marks as there
are rows in the frames that they show, at the heights of their values.

Skipped where there is no browser or the runtime is not built; `VIZSPEC_REQUIRE_BROWSER=1` makes that a
failure.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browsing import ALL_ENDED, needed_browser, offline_browser, until
from tests.disk import write_spec
from vizspec.render.pipeline import render
from vizspec.render.result import Options
from vizspec.spec.open import open_spec

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

OWN = "n,score,kind\n" + "".join(f"{n},{n % 10 / 10},{'ab'[n % 2]}\n" for n in range(60)) + "60,,a\n"
VIEWS: list[dict[str, Any]] = [
    {"view": "scores_by_variable", "x": "epoch", "metrics": "match", "chance": 0.5, "name": "curve"},
    {
        "view": "plot",
        "name": "own_marks",
        "metrics": "match",
        "marks": [
            {"mark": "bar_y", "x": "model_label", "y": "value", "fill": "model_label"},
            {"mark": "rule_x", "x": "model_label", "y1": "lower", "y2": "upper"},
            {"mark": "rule_y", "y": {"value": 0.5}, "stroke": {"value": "red"}},
        ],
        "facet": {"x": "task_label"},
    },
    {
        "view": "plot",
        "name": "own_file",
        "data": "own.csv",
        "marks": [{"mark": "dot", "x": "n", "y": "score", "fill": "kind"}],
        "inputs": [{"input": "select", "column": "kind", "value": "a"}],
        "interactors": [{"interactor": "toggle_color"}],
    },
    {
        "view": "sample_heatmap",
        "metrics": "match",
        "differing": True,
        "where": "task == 'tumour_size'",
        "name": "samples",
    },
    {
        "view": "scores_heatmap",
        "rows": "model",
        "columns": "epoch",
        "metrics": "match",
        "where": "task == 'tumour_size'",
        "name": "pivot",
    },
    {"view": "table", "data": "disagreements", "name": "flips", "page": 5},
]
CELLS = 'g[aria-label="cell"] rect'
DOTS = 'g[aria-label="dot"] circle'


@pytest.fixture(scope="module")
def folder(demo_experiment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a render of the demo, without pictures."""
    experiment = tmp_path_factory.mktemp("own") / "demo"
    shutil.copytree(demo_experiment, experiment)
    (experiment / "own.csv").write_text(OWN)
    write_spec(
        experiment,
        VIEWS,
        experiment="experiment_summary.yaml",
        comparisons=[{"id": "against_base", "among": ["run"], "to": {"run": "logistic_base"}}],
        output={"formats": ["html"]},
    )
    render(open_spec(experiment), Options())
    return experiment / "analysis"


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, Any]]:
    """The estimates of accuracy by `match`, of every checkpoint."""
    found: list[dict[str, Any]] = json.loads((folder / "results.json").read_text())["estimates"]
    return [row for row in found if row["metric"] == "match/accuracy"]


@pytest.fixture(scope="module")
def offline() -> Iterator[Browser]:
    with offline_browser(needed_browser()) as opened:
        yield opened


@pytest.fixture(scope="module")
def opened(offline: Browser, folder: Path) -> Callable[[str], Page]:
    """Opens a page of the render; anything that the browser complains of fails the test."""

    def open_page(name: str) -> Page:
        page = offline.new_page()
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((folder / f"{name}.html").as_uri())
        until(page, ALL_ENDED)
        assert complaints == []
        return page

    return open_page


def latest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["epoch"] in (None, 1)]


def test_a_learning_curve_has_a_point_an_estimate_at_its_height_and_a_band_a_line(
    opened: Callable[[str], Page], rows: list[dict[str, Any]]
) -> None:
    page = opened("curve")
    trained = [row for row in rows if row["epoch"] is not None]
    bases = [row for row in rows if row["epoch"] is None]
    assert page.locator(DOTS).count() == len(trained)
    heights = page.eval_on_selector_all(DOTS, "dots => dots.map((dot) => +dot.getAttribute('cy'))")
    values = sorted((row["value"] for row in trained), reverse=True)
    scale = (max(heights) - min(heights)) / (values[0] - values[-1])
    assert sorted(heights) == pytest.approx([min(heights) + (values[0] - v) * scale for v in values], abs=0.5)
    lines = {(row["run"], row["task"]) for row in trained}
    several = [line for line in lines if sum((r["run"], r["task"]) == line for r in trained) > 1]
    assert page.locator('g[aria-label="area"] path').count() == len(several)
    # A line across for each base and for chance in each panel, and a whisker for a point alone in its line.
    across = len(bases) + 3
    assert page.locator('g[aria-label="rule"] line').count() == across + len(lines) - len(several)


def test_a_plot_has_the_marks_that_it_names_a_row_each(
    opened: Callable[[str], Page], rows: list[dict[str, Any]]
) -> None:
    page = opened("own_marks")
    shown = latest(rows)
    assert page.locator('g[aria-label="bar"] rect').count() == len(shown)
    with_interval = [row for row in shown if row["lower"] is not None]
    rules = page.locator('g[aria-label="rule"]')
    counts = sorted(rules.nth(at).locator("line").count() for at in range(rules.count()))
    assert sum(counts) == len(with_interval) + 3, "the constant is drawn once a panel"


def test_a_file_s_rows_are_points_and_inputs_and_clicks_choose_among_them(
    opened: Callable[[str], Page],
) -> None:
    page = opened("own_file")
    of_a = [n for n in range(60) if n % 2 == 0]
    until(page, f"document.querySelectorAll('{DOTS}'.replaceAll('\"', '\\\"')).length === {len(of_a)}")
    page.locator(DOTS).first.click()
    assert page.locator(DOTS).count() == len(of_a)


def test_a_matrix_of_samples_has_a_cell_for_each_sample_on_which_models_differ(
    opened: Callable[[str], Page], folder: Path
) -> None:
    page = opened("samples")
    with (folder / "disagreements.csv").open(newline="") as file:
        of_size = [row for row in csv.DictReader(file) if "size" in row["group"].lower()]
    differ = {row["sample"] for row in of_size}
    columns = page.locator('g[aria-label="x-axis tick label"] text').count()
    assert columns >= 1
    assert page.locator(CELLS).count() == 4 * columns
    assert columns >= len(differ)


def test_a_pivot_has_a_cell_for_each_pair(opened: Callable[[str], Page], rows: list[dict[str, Any]]) -> None:
    page = opened("pivot")
    shown = [row for row in rows if row["task"] == "tumour_size" and row["epoch"] is not None]
    assert page.locator(CELLS).count() == len(shown)


def test_a_table_has_a_page_of_rows_and_tells_how_many_there_are(
    opened: Callable[[str], Page], folder: Path
) -> None:
    page = opened("flips")
    with (folder / "disagreements.csv").open(newline="") as file:
        total = sum(1 for _ in csv.DictReader(file))
    until(page, "document.querySelectorAll('.ag-center-cols-container [role=row]').length === 5")
    assert f"of {total}" in page.locator(".ag-paging-panel").inner_text()
