"""What a script does that follows a written recipe: the same logs, views and figures, by the libraries alone.

`python -m benchmarks.recipe FOLDER` reads every log below the folder with inspect-ai, twice as such scripts
do (a frame of the results, then each log with its samples), writes the views of inspect-viz as pages, and
draws the risk figures with matplotlib, all models of a task in one. `benchmarks/growth.py` measures it beside
vizspec.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Risk = tuple[str, list[int], list[float]]
"""A model's name, and of each sample whether it is positive, and its risk score."""


def main() -> None:
    """Does all of it, into `recipe/` of the folder."""
    base = Path(sys.argv[1])
    out = base / "recipe"
    out.mkdir(exist_ok=True)
    logs = sorted(base.glob("*/eval/*/logs/*.eval"))
    write_pages(logs, out)
    for task, risks in risks_of(logs).items():
        draw_curves(task, risks, out)
        draw_histograms(task, risks, out)


def write_pages(logs: Sequence[Path], out: Path) -> None:
    """The pages of three views."""
    from inspect_ai.analysis import evals_df
    from inspect_viz import Data
    from inspect_viz.plot import write_html
    from inspect_viz.view import scores_by_task, scores_heatmap, scores_radar_by_task, scores_radar_by_task_df

    frame = evals_df([str(log) for log in logs], quiet=True)
    frame["task_display_name"] = frame["task_name"]
    frame["model_display_name"] = frame["model"]
    frame = frame[[name for name in frame.columns if "/" not in name]]
    data = Data.from_dataframe(frame)
    score: dict[str, Any] = {"score_value": "score_match_accuracy"}
    write_html(out / "by_task.html", scores_by_task(data, **score, score_stderr="score_match_stderr"))
    write_html(out / "heatmap.html", scores_heatmap(data, **score))
    radar = Data.from_dataframe(scores_radar_by_task_df(frame))
    write_html(out / "radar.html", scores_radar_by_task(radar))


def risks_of(logs: Sequence[Path]) -> dict[str, list[Risk]]:
    """The risk scores of each log that has some, by task."""
    from inspect_ai.log import read_eval_log

    found: dict[str, list[Risk]] = {}
    for path in logs:
        log = read_eval_log(str(path))
        scores = [(sample.scores or {}).get("risk_scorer") for sample in log.samples or ()]
        metadata = [score.metadata or {} for score in scores if score is not None]
        if metadata:
            truth = [int(one["target"]) for one in metadata]
            found.setdefault(log.eval.task, []).append(
                (log.eval.model, truth, [float(one["risk_score"]) for one in metadata])
            )
    return found


def draw_curves(task: str, risks: Sequence[Risk], out: Path) -> None:
    """A figure of ROC curves, and one of calibration curves, of all models."""
    import matplotlib.pyplot as plt
    from sklearn.calibration import calibration_curve
    from sklearn.metrics import roc_auc_score, roc_curve

    for name in ("roc", "calibration"):
        figure, ax = plt.subplots(figsize=(8, 6))
        for model, truth, scores in risks:
            if name == "roc":
                x, y, _ = roc_curve(truth, scores)
                ax.plot(x, y, label=f"{model} (AUC {roc_auc_score(truth, scores):.3f})")
            else:
                y, x = calibration_curve(truth, scores, n_bins=10)
                ax.plot(x, y, marker="o", label=model)
        ax.plot([0, 1], [0, 1], "k--")
        ax.set_title(f"{name}: {task}")
        ax.legend(fontsize=8)
        figure.savefig(out / f"{name}_{task}.png", dpi=200, bbox_inches="tight")
        plt.close(figure)


def draw_histograms(task: str, risks: Sequence[Risk], out: Path) -> None:
    """A figure with a panel for each model."""
    import matplotlib.pyplot as plt

    columns = 4
    rows = -(-len(risks) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(4 * columns, 3 * rows), squeeze=False)
    for ax, (model, truth, scores) in zip(axes.flat, risks, strict=False):
        for label in (0, 1):
            chosen = [score for score, one in zip(scores, truth, strict=True) if one == label]
            ax.hist(chosen, bins=30, range=(0, 1), alpha=0.5, label=f"target {label}")
        ax.set_title(model, fontsize=8)
        ax.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(out / f"histogram_{task}.png", dpi=100)
    plt.close(figure)


if __name__ == "__main__":
    main()
