"""Labels that try to break SQL, HTML, Markdown, Mosaic and file names: all is drawn, and nothing runs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import DRAW_ALL, until
from tests.disk import write_log, write_spec
from tests.rendering import content
from vizspec.draw.pictures.browser import Browser, find_browser
from vizspec.plan.outcomes import OutputStatus
from vizspec.render.pipeline import render
from vizspec.render.result import Options, Rendered
from vizspec.runtime import Runtime, find_runtime
from vizspec.spec.open import open_spec

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

HOSTILE = (
    "$x ${y} $$z",
    "</script><script>alert('run')</script>",
    "<img src=x onerror=alert('run')>",
    "a/b 'c' \"d\" | <e> \\ `f`\nnext **line**",
    "../../😀 👨‍👩‍👧",
    "x" * 300,
    "x" * 150 + "y" + "x" * 149,
)
RUNS = ("$r '1'", '<script> "2"', "r|3 `x`", "r..\\4 😀")
METRICS = ("a/b", "a__b", "$c", "</script>", "d'e\"f")
CHARTS = 1 + len(METRICS) + 12
"""How many the spec of the test asks for; the plot of all metrics has two pages."""


def write_hostile(folder: Path) -> Path:
    """A folder of logs in which everything that can be named is named badly, and a spec that shows it all."""
    for run, model in enumerate(RUNS):
        for place, task in enumerate(HOSTILE):
            value = (run * 7 + place * 3) % 10 / 10
            write_log(
                folder / model / "eval" / f"t{place}" / "logs" / "a.eval",
                f"t{place}",
                f"hf/m{run}",
                {
                    "match": {"accuracy": value, "stderr": 0.05},
                    "own": {name: value / (1 + at) for at, name in enumerate(METRICS)},
                },
                vis_label=task,
                metadata={"hint": (run + place) % 2 == 0},
            )
    few = f"task in {['t0', 't1']!r}"
    views: list[dict[str, Any]] = [
        {
            "view": "scores_by_task",
            "metrics": "all",
            "title": "{metric} " + HOSTILE[1],
            "caption": HOSTILE[3],
        },
        {"view": "scores_heatmap", "metrics": "match"},
        {"view": "scores_heatmap", "metrics": "match", "orientation": "vertical", "name": HOSTILE[4]},
        {"view": "scores_radar_by_task", "metrics": "match"},
        {"view": "scores_radar_by_metric", "metrics": "own/*", "where": "task == 't0'"},
        {
            "view": "scores_by_factor",
            "factor": "metadata.hint",
            "metrics": "match",
            "labels": [HOSTILE[0], HOSTILE[5]],
            "where": few,
            "title": "$x $$z",
        },
        {"view": "scores_by_model", "metrics": "match", "where": "task == 't2'", "title": HOSTILE[5]},
        {"view": "scores_by_variable", "metrics": "match", "x": "vis_label", "facet": "metadata.hint"},
        {"view": "scores_heatmap", "metrics": "match", "rows": "vis_label", "columns": "run"},
        {
            "view": "plot",
            "metrics": "all",
            "marks": [
                {"mark": "dot", "x": "value", "y": "vis_label", "fill": "model", "symbol": "metric"},
                {"mark": "text", "x": "value", "y": "run", "text": "vis_label"},
                {"mark": "text", "x": {"value": 0.5}, "y": "run", "text": {"value": HOSTILE[0]}},
            ],
            "facet": {"x": "metric_label"},
            "inputs": [{"input": "select", "column": "vis_label", "label": HOSTILE[1]}],
        },
        {"view": "plot", "data": "own.csv", "marks": [{"mark": "dot", "x": HOSTILE[0], "y": HOSTILE[1]}]},
        {"view": "table", "metrics": "all", "columns": ["run", "vis_label", "metric", "value"]},
    ]
    rows = [(HOSTILE[0], HOSTILE[1]), (1, 2), (3, 4)]
    with (folder / "own.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    labels = {"model": {f"m{run}": HOSTILE[run] for run in range(len(RUNS))}}
    data = {"logs": ["{run}/eval/*/logs/*.eval"], "labels": labels}
    define = {f"own/{name}": {"better": "higher"} for name in METRICS}
    output = {"formats": ["html", "png"]}
    return write_spec(folder, views, data=data, metrics={"define": define}, output=output)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rendered, Path]:
    """The render of it with real pages and pictures, and its output folder."""
    if not isinstance(find_browser(), Browser):
        pytest.skip("there is no browser")
    folder = tmp_path_factory.mktemp("hostile") / "$x <b>'s"
    folder.mkdir()
    write_hostile(folder)
    return render(open_spec(folder), Options(use_cache=False)), folder / "analysis"


def test_every_figure_is_made(hostile: tuple[Rendered, Path]) -> None:
    rendered, _ = hostile
    ended = [(outcome.step.id, outcome.status, outcome.reason) for outcome in rendered.outcomes]
    assert [one for one in ended if one[1] is not OutputStatus.MADE] == []
    assert len(ended) == CHARTS


def test_every_file_stays_in_the_output_folder(hostile: tuple[Rendered, Path]) -> None:
    rendered, folder = hostile
    files = [name for outcome in rendered.outcomes for name in outcome.written]
    assert len({name.casefold() for name in files}) == len(files)
    assert all("/" not in name and (folder / name).is_file() for name in files)
    assert all(len(name) < 200 for name in files)


def test_the_report_keeps_its_form(hostile: tuple[Rendered, Path]) -> None:
    from markdown_it import MarkdownIt

    text = (hostile[1] / "report.md").read_text(encoding="utf-8")
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    blocks = [token.content for token in tokens if token.type == "html_block"]
    assert [block for block in blocks if "script" in block.lower() or "<img" in block] == []
    inline = [child for token in tokens for child in token.children or () if child.type == "html_inline"]
    assert [child.content for child in inline if "script" in child.content or "img" in child.content] == []


def test_results_hold_the_names_as_they_are(hostile: tuple[Rendered, Path]) -> None:
    files = content(hostile[1])
    rows = json.loads(files["results.json"])["estimates"]
    assert {row["vis_label"] for row in rows} == set(HOSTILE)
    assert {row["metric"] for row in rows} == {"match/accuracy", *(f"own/{name}" for name in METRICS)}
    table = list(csv.DictReader(io.StringIO(files["results.csv"].decode(), newline="")))
    assert len(table) == len(rows) == len(RUNS) * len(HOSTILE) * (1 + len(METRICS))


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    """A page of a real browser without a network."""
    browser = find_browser()
    if not isinstance(browser, Browser) or not isinstance(find_runtime(), Runtime):
        pytest.skip("there is no browser, or no runtime")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=browser.executable, chromium_sandbox=browser.sandbox
        )
        context = opened.new_context(offline=True)
        yield context.new_page()
        opened.close()


def test_no_label_runs_in_the_index_and_every_chart_is_drawn(
    hostile: tuple[Rendered, Path], page: Any
) -> None:
    dialogs: list[str] = []
    errors: list[str] = []

    def dismiss(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((hostile[1] / "index.html").as_uri())
    charts = page.locator("[data-vizspec-chart]")
    count = charts.count()
    assert count == CHARTS
    page.evaluate(DRAW_ALL)
    until(page, f"document.querySelectorAll('[data-vizspec-chart] svg').length >= {count}")
    assert page.evaluate("document.querySelectorAll('[data-vizspec-chart][data-state=failed]').length") == 0
    assert (dialogs, errors) == ([], [])
