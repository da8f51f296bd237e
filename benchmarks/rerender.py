"""How much faster a render is when little or nothing has changed, pictures included.

`python -m benchmarks.rerender` makes the demo's experiment, renders some fifty outputs of it in full,
unchanged, and with the title of one entry changed, each twice in a process of its own, and prints the fewer
seconds of wall time of each, as soon as they are known, and the ratios. It takes about five times as long as
one full render with pictures: a minute and a half on two idle cores, several minutes on busy ones.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOALS = {"unchanged": 1 / 3, "one entry changed": 1 / 4}
"""The greatest part of the full time that a render may take."""

SPEC = """vizspec: 1
experiment: experiment_summary.yaml
views:
  - {view: scores_by_task, metrics: all}
  - {view: scores_by_task, metrics: all, id: narrow, ci: 0.8, name: "narrow_{metric}"}
  - {view: scores_heatmap, metrics: all}
  - {view: scores_heatmap, metrics: all, id: upright, orientation: vertical, name: "upright_{metric}"}
  - {view: scores_radar_by_task, metrics: all}
  - {view: scores_radar_by_metric, metrics: all}
  - {view: scores_by_model, metrics: match, where: "task == 'tumour_size'", title: "TITLE"}
  - {view: roc_curves}
  - {view: calibration_curves}
  - {view: prediction_histogram}
  - {view: compute_utilization}
"""


def main() -> int:
    """Measures all three; 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        experiment = Path(folder) / "demo"
        _run("demo", str(experiment), "--no-render")
        spec = experiment / "analysis.yaml"
        spec.write_text(SPEC, encoding="utf-8")
        _run("plan", str(experiment))  # which reads the samples, as none of the renders does then
        full = min(_render(experiment, "--force") for _ in range(2))
        unchanged = min(_render(experiment) for _ in range(2))
        reached = [_told("unchanged", unchanged, full)]
        changed = min(_changed(experiment, spec, title) for title in ("Another", "Third"))
        reached.append(_told("one entry changed", changed, full))
    return 0 if all(reached) else 1


def _changed(experiment: Path, spec: Path, title: str) -> float:
    spec.write_text(SPEC.replace("TITLE", title), encoding="utf-8")
    return _render(experiment)


def _render(experiment: Path, *options: str) -> float:
    start = time.perf_counter()
    _run("render", "--quiet", *options, str(experiment))
    return time.perf_counter() - start


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "vizspec", *arguments], check=True, capture_output=True)


def _told(name: str, seconds: float, full: float) -> bool:
    goal = GOALS[name]
    reached = seconds <= goal * full
    sys.stdout.write(
        f"{name}: {seconds:.1f} s of {full:.1f} s, ratio {seconds / full:.2f} "
        f"(goal {goal:.2f}{', reached' if reached else ', MISSED'})\n"
    )
    sys.stdout.flush()
    return reached


if __name__ == "__main__":
    raise SystemExit(main())
