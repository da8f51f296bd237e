"""The words of charts of many models and tasks, as a browser lays them out: none over another, none cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.boxes import LEGEND, MEASURE, Word, cut_off, overlapping
from tests.browsing import ALL_ENDED, needed_browser, offline_browser, until
from tests.make import a_log, some_facts
from vizspec.draw.pages.assets import PageAssets, load_assets
from vizspec.draw.pages.embedding import element_id
from vizspec.draw.pages.page import chart_page
from vizspec.draw.pages.parts import ChartPage
from vizspec.plan.plan import Step, plan
from vizspec.spec.model import Spec
from vizspec.views import KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser as OpenBrowser

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(scope="module")
def assets() -> PageAssets:
    return load_assets("linked")


@pytest.fixture(scope="module")
def offline() -> Iterator[OpenBrowser]:
    with offline_browser(needed_browser()) as opened:
        yield opened


def first_page(entry: dict[str, Any], models: int, tasks: int) -> Any:
    """The component of the first picture that the entry makes of so many models and tasks."""
    logs = [
        a_log(
            f"run{m}", f"hf/Llama-3.2-{m:03}B-Instruct", f"benchmark_{t:02}", accuracy=(m * 7 + t) % 101 / 100
        )
        for m in range(models)
        for t in range(tasks)
    ]
    spec = Spec.model_validate({"vizspec": 1, "data": {"epochs": "all"}, "views": [entry]})
    step = plan(spec, some_facts(logs)).outputs[0]
    assert isinstance(step, Step)
    picture: Any = KINDS[step.view].draw(step.content)
    return picture.component


def drawn_page(folder: Path, assets: PageAssets, offline: OpenBrowser, component: Any, width: int) -> Any:
    """The component's page in a window so wide, when it is drawn."""
    page = chart_page(ChartPage("chart", "A chart", component, None), assets)
    for path, data in page.loads.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    (folder / "chart.html").write_text(page.text, encoding="utf-8")
    opened = offline.new_page(viewport={"width": width, "height": 1000})
    opened.goto((folder / "chart.html").as_uri())
    until(opened, ALL_ENDED)
    return opened


@pytest.mark.parametrize(
    ("entry", "models", "tasks"),
    [
        *[({"view": "scores_by_task"}, models, tasks) for models in (5, 50, 200) for tasks in (1, 10, 40)],
        *[({"view": "scores_by_model"}, models, 1) for models in (5, 50, 200)],
        ({"view": "scores_heatmap"}, 5, 40),
        ({"view": "scores_heatmap"}, 200, 40),
        ({"view": "scores_heatmap", "orientation": "vertical"}, 100, 5),
        ({"view": "scores_radar_by_task"}, 50, 10),
    ],
    ids=lambda value: value["view"] if isinstance(value, dict) else str(value),
)
def test_no_word_of_a_chart_lies_over_another_or_is_cut(
    tmp_path: Path, assets: PageAssets, offline: OpenBrowser, entry: dict[str, Any], models: int, tasks: int
) -> None:
    opened = drawn_page(tmp_path, assets, offline, first_page(entry, models, tasks), width=1400)
    drawn = opened.locator(f"#{element_id('chart')}").element_handle()
    words, legend = (
        [Word(one["text"], one["corners"], one["frame"]) for one in opened.evaluate(asked, drawn)]
        for asked in (MEASURE, LEGEND)
    )
    opened.close()
    assert len(words) > 10
    assert (list(overlapping(words)), cut_off(words)) == ([], [])
    assert (list(overlapping(legend)), cut_off(legend)) == ([], [])


def test_a_table_is_no_wider_than_its_page(tmp_path: Path, assets: PageAssets, offline: OpenBrowser) -> None:
    table = first_page({"view": "table"}, models=5, tasks=1)
    opened = drawn_page(tmp_path, assets, offline, table, width=1024)
    assert opened.evaluate("document.documentElement.scrollWidth") == 1024
    opened.close()
