"""How much faster vizspec makes PNGs than inspect-viz's `write_png`, one call a picture.

`python -m benchmarks.png_export [10 40]` prints a line for each number of views: seconds on both sides and
their ratio. Both sides start the same browser and have the same runtime on this machine; neither uses the
network. Building the charts is not measured.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from vizspec.draw.pages.assets import PageAssets, load_assets, runtime_script
from vizspec.draw.pages.parts import ChartPage
from vizspec.draw.pictures.browser import Browser, NoBrowser, find_browser
from vizspec.draw.pictures.camera import screenshots
from vizspec.draw.pictures.png import Png

if TYPE_CHECKING:
    from inspect_viz import Component

GOALS = {10: 8.0, 40: 15.0}


def main(argv: Sequence[str]) -> int:
    """Measures each number of views; 1 where a goal is missed."""
    browser = find_browser()
    if isinstance(browser, NoBrowser):
        sys.stdout.write(f"no browser: {browser.reason}; {browser.hint}\n")
        return 1
    assets = load_assets("linked")
    if assets.notice:
        sys.stdout.write(f"{assets.notice}\n")
        return 1
    reached = [_measure(int(word), browser, assets) for word in argv or ["10", "40"]]
    return 0 if all(reached) else 1


def _measure(count: int, browser: Browser, assets: PageAssets) -> bool:
    components = _components(count)
    charts = [ChartPage(f"view_{i}", f"View {i}", component) for i, component in enumerate(components)]
    # Before and after the long side, because the machine may do other things meanwhile.
    before = _seconds_together(charts, browser)
    theirs = _seconds_one_by_one(components, browser, assets)
    ours = (before + _seconds_together(charts, browser)) / 2
    ratio, goal = theirs / ours, GOALS.get(count)
    is_reached = goal is None or ratio >= goal
    judged = "no goal" if goal is None else f"goal {goal:g}, {'reached' if is_reached else 'MISSED'}"
    sys.stdout.write(
        f"{count} views: write_png {theirs:.1f} s, vizspec {ours:.1f} s, ratio {ratio:.1f} ({judged})\n"
    )
    sys.stdout.flush()
    return is_reached


def _components(count: int) -> list[Component]:
    from inspect_viz import Data
    from inspect_viz.view import scores_by_model, scores_by_task, scores_heatmap

    frame = _frame()
    kinds = [
        lambda data: scores_by_task(
            data, score_value="score_match_accuracy", score_stderr="score_match_stderr"
        ),
        lambda data: scores_heatmap(data, score_value="score_match_accuracy"),
        lambda data: scores_by_model(
            data, score_value="score_match_accuracy", score_stderr="score_match_stderr"
        ),
    ]
    components = []
    for i in range(count):
        rows = frame if i % 3 < 2 else frame[frame.task_name == "task 0"]
        components.append(kinds[i % 3](Data.from_dataframe(rows)))
    return components


def _frame() -> Any:
    import pandas as pd

    return pd.DataFrame(
        {
            "task_name": f"task {task}",
            "task_display_name": f"task {task}",
            "model": f"model {model}",
            "model_display_name": f"model {model}",
            "score_match_accuracy": 0.3 + 0.05 * task + 0.07 * model,
            "score_match_stderr": 0.02,
        }
        for task in range(4)
        for model in range(4)
    )


def _seconds_together(charts: list[ChartPage], browser: Browser) -> float:
    start = time.perf_counter()
    outcomes = dict(screenshots(charts, browser=browser))
    seconds = time.perf_counter() - start
    failed = [outcome for outcome in outcomes.values() if not isinstance(outcome, Png)]
    assert not failed, failed
    return seconds


def _seconds_one_by_one(components: list[Component], browser: Browser, assets: PageAssets) -> float:
    from inspect_viz.plot import write_png

    with _local_write_png(browser, assets), tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        for i, component in enumerate(components):
            size = write_png(Path(folder) / f"{i}.png", component)
            assert size is not None
            assert size[0] > 300
        return time.perf_counter() - start


@contextmanager
def _local_write_png(browser: Browser, assets: PageAssets) -> Iterator[None]:
    """inspect-viz's `write_png`, unchanged but for where its modules and its browser come from."""
    from inspect_viz import Component
    from playwright.async_api import BrowserType

    launch = BrowserType.launch

    async def launch_found(self: BrowserType, **options: Any) -> Any:
        options = {**options, "channel": None, "executable_path": browser.executable}
        return await launch(self, chromium_sandbox=browser.sandbox, **options)

    with tempfile.TemporaryDirectory() as folder:
        shared = Path(folder) / "runtime.js"
        shared.write_text(runtime_script(assets), encoding="utf-8")
        head = (
            f'<script src="{shared.as_uri()}"></script>'
            "<script>window.__inspectVizHost = vizspec.host();</script>"
        )
        with (
            mock.patch.object(BrowserType, "launch", launch_found),
            mock.patch.object(Component, "_assets_html", return_value=head),
        ):
            yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
