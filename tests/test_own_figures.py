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
import yaml

from tests.browsing import ALL_ENDED, needed_browser, offline_browser, until
from tests.disk import write_spec
from tests.samples.logs import write_eval
from tests.test_specs import SPECS
from vizspec.logs.releases import releases
from vizspec.render.pipeline import render
from vizspec.render.result import Options
from vizspec.spec.open import open_spec

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

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
EXAMPLES = ("own_plots", "samples")
"""The specs whose views are drawn as they stand, in files called by the spec and the view's place in it."""
AGENTS = {"openai/gpt-4o": 3, "openai/gpt-4.1": 5, "google/gemini-2.0-flash": 6}
"""Models whose dates of release Inspect's tables have -> so many of their eight samples are right."""
OF_AGENTS: list[dict[str, Any]] = [
    {"view": "scores_timeline", "name": "timeline"},
    {"view": "scores_by_limit", "name": "by_limit"},
    {"view": "sample_tool_calls"},
    {
        "view": "heatmap",
        "data": "samples",
        "x": "metadata.topic",
        "y": "model_label",
        "color": "tokens",
        "name": "of_samples",
    },
    {
        "view": "plot",
        "data": "samples",
        "name": "with_inputs",
        "marks": [{"mark": "dot", "x": "messages", "y": "tokens", "fill": "metadata.topic"}],
        "inputs": [
            {"input": "slider", "column": "messages"},
            {"input": "checkbox_group", "column": "metadata.topic"},
            {"input": "search", "column": "sample"},
        ],
        "interactors": [{"interactor": "toggle_color"}],
    },
]
CELLS = 'g[aria-label="cell"] rect'
DOTS = 'g[aria-label="dot"] circle'


def examples() -> Iterator[dict[str, Any]]:
    for spec in EXAMPLES:
        views = yaml.safe_load((SPECS / f"{spec}.yaml").read_text(encoding="utf-8"))["views"]
        yield from ({**view, "name": f"{spec}_{place}_{{task}}"} for place, view in enumerate(views))


@pytest.fixture(scope="module")
def folder(demo_experiment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a render of the demo, without pictures."""
    experiment = tmp_path_factory.mktemp("own") / "demo"
    shutil.copytree(demo_experiment, experiment)
    (experiment / "own.csv").write_text(OWN)
    write_spec(
        experiment,
        [*VIEWS, *examples()],
        experiment="experiment_summary.yaml",
        comparisons=[{"id": "against_base", "among": ["run"], "to": {"run": "logistic_base"}}],
        output={"formats": ["html"]},
    )
    render(open_spec(experiment), Options())
    return experiment / "analysis"


def an_agent_s_sample(number: int, *, is_right: bool) -> dict[str, Any]:
    """A sample with as many calls of tools as its number says; six and more are ended by a limit."""
    tools = ("look_up", "calculate")
    asked = {"role": "user", "content": f"question {number}"}
    calls = [{"tool_calls": [{"function": tools[call % 2]}]} for call in range(number)]
    return {
        "id": number,
        "epoch": 1,
        "input": asked["content"],
        "target": "yes",
        "metadata": {"topic": ("sea", "land")[number % 2]},
        "messages": [asked, *({"role": "assistant", **call} for call in calls)],
        "message_count": 1 + number,
        "model_usage": {"m": {"total_tokens": 100 * number}},
        "total_time": number / 2,
        "limit": "message" if number >= 6 else None,
        "scores": {"match": {"value": "C" if is_right else "I", "answer": "yes"}},
    }


@pytest.fixture(scope="module")
def agents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a render of three agents, without pictures."""
    folder = tmp_path_factory.mktemp("agents")
    for model, right in AGENTS.items():
        samples = [an_agent_s_sample(number, is_right=number <= right) for number in range(1, 9)]
        score = {"name": "match", "scorer": "match", "metrics": {"accuracy": {"value": right / 8}}}
        path = folder / f"{model.partition('/')[2]}.eval"
        about: dict[str, Any] = {"model": model, "task": "riddles", "created": "2026-01-29T10:00:00Z"}
        write_eval(path, samples, scores=[score], **about)
    write_spec(folder, OF_AGENTS, data={"logs": ["*.eval"]})
    spec = folder / "analysis.yaml"
    spec.write_text(f"name: agents\n{spec.read_text()}")
    render(open_spec(folder), Options())
    return folder / "analysis"


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, Any]]:
    """The estimates of accuracy by `match`, of every checkpoint."""
    found: list[dict[str, Any]] = json.loads((folder / "results.json").read_text())["estimates"]
    return [row for row in found if row["metric"] == "match/accuracy"]


@pytest.fixture(scope="module")
def offline() -> Iterator[Browser]:
    with offline_browser(needed_browser()) as opened:
        yield opened


@pytest.fixture
def opened(offline: Browser, folder: Path) -> Iterator[Callable[[str], Page]]:
    """Opens a page of the demo's render; anything that the browser complains of fails the test."""
    with offline.new_context() as context:
        yield lambda name: open_page(context, folder / f"{name}.html")


@pytest.fixture
def of_agents(offline: Browser, agents: Path) -> Iterator[Callable[[str], Page]]:
    """Opens a page of the agents' render."""
    with offline.new_context() as context:
        yield lambda name: open_page(context, agents / f"{name}.html")


def open_page(browser: BrowserContext, path: Path) -> Page:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    until(page, ALL_ENDED)
    assert complaints == []
    return page


def attributes(page: Page, marks: str, name: str) -> list[str]:
    values = "(all, name) => all.map((mark) => mark.getAttribute(name))"
    found: list[str] = page.locator(marks).evaluate_all(values, name)
    return found


def numbers(page: Page, marks: str, attribute: str) -> list[float]:
    return sorted(map(float, attributes(page, marks, attribute)))


def at_height(page: Page, value: float) -> float:
    """Where a value stands on the axis, in pixels from above."""
    labels = page.locator('g[aria-label="y-axis tick label"] text')
    ticks = [float(text) for text in labels.all_text_contents()]
    moved = attributes(page, 'g[aria-label="y-axis tick label"] text', "transform")
    places = [float(text.rpartition(",")[2].rstrip(")")) for text in moved]
    low, high = ticks.index(min(ticks)), ticks.index(max(ticks))
    return places[low] + (value - ticks[low]) / (ticks[high] - ticks[low]) * (places[high] - places[low])


def count_is(page: Page, marks: str, count: int) -> None:
    until(page, f"document.querySelectorAll({json.dumps(marks)}).length === {count}")


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
    page.evaluate("window.open = (address) => { window.asked = address; }")
    page.locator(".ag-center-cols-container .ag-cell", has_text="inspect view").first.click()
    assert page.evaluate("window.asked").startswith("http://127.0.0.1:7575/#/")


BAR = 'g[aria-label="bar"] rect'
RULE = 'g[aria-label="rule"] line'


def test_the_example_of_own_plots_has_its_marks(opened: Callable[[str], Page], folder: Path) -> None:
    estimates = latest(json.loads((folder / "results.json").read_text())["estimates"])
    of_two = [row for row in estimates if row["metric"] in ("match/accuracy", "risk_scorer/auc_score")]
    with (folder / "comparisons.csv").open(newline="") as file:
        compared = list(csv.DictReader(file))
    page = opened("own_plots_0")
    assert page.locator(BAR).count() == len(of_two) > 6
    assert page.locator(RULE).count() == sum(row["lower"] is not None for row in of_two)
    answers = opened("own_plots_1")
    # Right and wrong ones of each model, stacked.
    assert answers.locator(BAR).count() == 2 * len({row["run"] for row in of_two})
    gains = opened("own_plots_2")
    assert gains.locator(DOTS).count() == len(compared) > 6
    assert gains.locator(RULE).count() == sum(row["lower"] != "" for row in compared) + 1, "and zero"


def test_the_example_of_samples_has_its_marks(
    opened: Callable[[str], Page], rows: list[dict[str, Any]]
) -> None:
    of_size = [row for row in latest(rows) if row["task"] == "tumour_size"]
    tasks = {row["task"] for row in rows if row["run"] == "forest_tuned"}
    assert opened("samples_1").locator(CELLS).count() == 3 * len(tasks), "of three scorers"
    matrix = opened("samples_0_Size")
    columns = matrix.locator('g[aria-label="x-axis tick label"] text').count()
    assert matrix.locator(CELLS).count() == len(of_size) * columns > 0
    lines = set(attributes(opened("samples_4_Size"), 'g[aria-label="line"] path', "d"))
    assert len(lines) == len(of_size)
    dated = [row for row in of_size if row["model"] in ("naive-bayes", "forest")]
    assert opened("samples_5_Size").locator(DOTS).count() == len(dated) == 2


def test_a_timeline_has_a_dot_with_a_whisker_an_estimate_at_its_date_and_height(
    of_agents: Callable[[str], Page], agents: Path
) -> None:
    page = of_agents("timeline")
    estimates = json.loads((agents / "results.json").read_text())["estimates"]
    shown = [row for row in estimates if row["metric"] == "match/accuracy"]
    heights = sorted(at_height(page, row["value"]) for row in shown)
    assert numbers(page, DOTS, "cy") == pytest.approx(heights, abs=0.5)
    ends = sorted(at_height(page, row["upper"]) for row in shown)
    assert numbers(page, 'g[aria-label="rule"] > line', "y2") == pytest.approx(ends, abs=0.5)
    days = sorted(release.on.toordinal() for release in releases(AGENTS).values())
    across = numbers(page, DOTS, "cx")
    a_day = (across[-1] - across[0]) / (days[-1] - days[0])
    assert across == pytest.approx([across[0] + (day - days[0]) * a_day for day in days], abs=0.5)
    assert len(heights) == len(ends) == len(days) == len(AGENTS)


def test_success_by_limit_has_a_line_and_a_band_a_model_through_every_limit(
    of_agents: Callable[[str], Page],
) -> None:
    page = of_agents("by_limit")
    assert page.locator('g[aria-label="area"] path').count() == len(AGENTS)
    lines = set(attributes(page, 'g[aria-label="line"] path', "d"))
    assert len(lines) == len(AGENTS)
    assert [line.count("L") + 1 for line in lines] == [8] * len(AGENTS), (
        "samples end at 100, 200, … 800 tokens"
    )
    ends = sorted(float(line.rpartition(",")[2]) for line in lines)
    assert ends == pytest.approx(sorted(at_height(page, right / 8) for right in AGENTS.values()), abs=0.5)


def test_calls_of_tools_have_a_cell_each_and_limits_a_word(of_agents: Callable[[str], Page]) -> None:
    page = of_agents("sample_tool_calls_agents_riddles_gpt-4o")
    fills = attributes(page, CELLS, "fill")
    assert sorted(fills.count(colour) for colour in set(fills)) == [16, 20], "36 calls, the first tool first"
    assert page.locator('g[aria-label="text"] text', has_text="message").count() == 3


def test_a_matrix_of_a_frame_has_a_cell_for_each_pair_with_the_mean(of_agents: Callable[[str], Page]) -> None:
    page = of_agents("of_samples")
    assert page.locator(CELLS).count() == 2 * len(AGENTS)
    texts = page.locator('g[aria-label="text"] text').all_text_contents()
    means = sorted(text for text in texts if text.startswith(("4", "5")))
    assert [float(text) for text in means] == [400] * len(AGENTS) + [500] * len(AGENTS)


def test_sliders_boxes_search_and_clicks_choose_among_the_dots(of_agents: Callable[[str], Page]) -> None:
    page = of_agents("with_inputs")
    every = 8 * len(AGENTS)
    count_is(page, DOTS, every)
    page.get_by_label("sea").check()
    count_is(page, DOTS, every // 2)
    page.get_by_label("sea").uncheck()
    count_is(page, DOTS, every)
    page.locator(DOTS).first.click(force=True)
    count_is(page, f"{DOTS}[opacity='0.15']", every // 2)
    page.locator("input[type=text]").last.fill("7")
    count_is(page, DOTS, len(AGENTS))
