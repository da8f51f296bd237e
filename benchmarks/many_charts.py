"""How an index of many charts opens, and what it keeps in memory while somebody leafs through it.

`python -m benchmarks.many_charts` renders the demo with 30 and with 300 charts, opens each index in the
browser that takes pictures, scrolls through it, and prints the seconds that its main thread worked until it
was there, the most charts that were drawn at once, and the memory of its JavaScript, with their ratios.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vizspec.draw.pictures.browser import NoBrowser, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FEW, MANY = 30, 300
VIEWS = ("scores_by_task", "scores_heatmap", "scores_radar_by_task")
MOST_MEMORY_RATIO = 2.0
"""So many times the memory may ten times the charts take."""
STEP_PIXELS = 1500
PAUSE_MILLISECONDS = 150
DRAWN = "document.querySelectorAll('[data-vizspec-chart][data-state=drawn]').length"
WAITED_FOR = """[...document.querySelectorAll('[data-vizspec-chart]:not([data-state])')].some((one) => {
  const { top, bottom, height } = one.getBoundingClientRect();
  return height > 0 && bottom > 0 && top < innerHeight;
})"""
HEIGHT = "document.documentElement.scrollHeight"


class Seen(NamedTuple):
    """One index: seconds of its main thread until it was there, charts drawn at once, megabytes."""

    seconds: float
    drawn: int
    megabytes: float


def main() -> int:
    """Measures both; 1 where memory grows with the charts."""
    from playwright.sync_api import sync_playwright

    browser = find_browser()
    if isinstance(browser, NoBrowser):
        raise SystemExit(f"{browser.reason}: {browser.hint}")
    with tempfile.TemporaryDirectory() as folder:
        experiment = Path(folder) / "demo"
        _run("demo", str(experiment), "--no-render")
        found = {}
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(
                executable_path=browser.executable, chromium_sandbox=browser.sandbox
            )
            for count in (FEW, MANY):
                found[count] = _seen(opened, _index(experiment, count))
                print(
                    f"{count} charts: main thread {found[count].seconds:.2f} s, at most {found[count].drawn} "
                    f"drawn, {found[count].megabytes:.0f} MB"
                )
            opened.close()
    few, many = found[FEW], found[MANY]
    ratio = many.megabytes / few.megabytes
    print(
        f"{MANY / FEW:.0f} times the charts: {many.seconds / few.seconds:.1f} times the work to open,",
        end=" ",
    )
    print(f"{ratio:.1f} times the memory (goal {MOST_MEMORY_RATIO:.1f})")
    return 0 if ratio <= MOST_MEMORY_RATIO else 1


def _index(experiment: Path, count: int) -> Path:
    """The index of a render with so many charts."""
    entries = (
        f'  - {{view: {VIEWS[n % len(VIEWS)]}, metrics: match, id: v{n}, name: v{n}, title: "Chart {n}"}}'
        for n in range(count)
    )
    output = f"output: {{directory: of{count}, formats: [html]}}"
    text = "\n".join(("vizspec: 1", "experiment: experiment_summary.yaml", output, "views:", *entries))
    spec = experiment / "analysis.yaml"
    spec.write_text(f"{text}\n", encoding="utf-8")
    _run("render", str(experiment))
    return experiment / f"of{count}" / "index.html"


def _seen(browser: Browser, index: Path) -> Seen:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def measured(name: str) -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in metrics if one["name"] == name)

    page.goto(index.as_uri())
    seconds, most = measured("TaskDuration"), 0
    for place in range(0, page.evaluate(HEIGHT), STEP_PIXELS):
        page.evaluate(f"window.scrollTo(0, {place})")
        page.wait_for_timeout(PAUSE_MILLISECONDS)
        while page.evaluate(WAITED_FOR):
            page.wait_for_timeout(PAUSE_MILLISECONDS)
        most = max(most, page.evaluate(DRAWN))
    session.send("HeapProfiler.collectGarbage")
    found = Seen(seconds, most, measured("JSHeapUsedSize") / 1e6)
    page.close()
    return found


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "vizspec", *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    raise SystemExit(main())
