"""What a script does that follows a written recipe: the same logs, views and figures, by the libraries alone.

`python -m benchmarks.recipe FOLDER [--same-figures]` keeps the newest log of each evaluation by its header,
reads a frame of the results, writes the views of inspect-viz as pages, reads each log with its samples, draws
the risk figures with matplotlib, and writes a report of both. Such a script draws all models of a task over
each other, and a histogram of each in one tall picture, whatever their number: nine pictures for three tasks.
With `--same-figures` it draws what vizspec does of many models: a panel for each, twelve in a picture, in as
many pixels, by matplotlib's own axes. `benchmarks/growth.py` measures both beside vizspec.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Risk = tuple[str, list[int], list[float]]
"""A model's name, and of each sample whether it is positive, and its risk score."""


PANELS = 12
"""So many models a picture, as vizspec shows."""

ROWS, COLUMNS, WIDTH, HEIGHT, DPI = 3, 4, 10.2, 8.7, 200
"""The grid of such a picture, its inches, and its pixels an inch."""


def main() -> None:
    """Does all of it, into `recipe/` of the folder."""
    base = Path(sys.argv[1])
    out = base / "recipe"
    out.mkdir(exist_ok=True)
    logs = kept_of(sorted(base.glob("*/eval/*/logs/*.eval")))
    frame = frame_of(logs)
    write_pages(frame, out)
    for task, risks in risks_of(logs).items():
        if "--same-figures" in sys.argv:
            for start in range(0, len(risks), PANELS):
                draw_panels(task, risks[start : start + PANELS], f"{task}_{start // PANELS + 1}", out)
        else:
            draw_curves(task, risks, out)
            draw_histograms(task, risks, out)
    write_report(frame, out)


def kept_of(logs: Sequence[Path]) -> list[Path]:
    """The newest log of each model, checkpoint and task, which their headers tell."""
    from inspect_ai.log import read_eval_log

    newest: dict[tuple[str, str, str], tuple[str, Path]] = {}
    for path in logs:
        about = read_eval_log(str(path), header_only=True).eval
        checkpoint = str((about.metadata or {}).get("epoch"))
        label = str(about.task_args.get("vis_label", about.task))
        key = (about.model, checkpoint, label)
        newest[key] = max(newest.get(key, ("", path)), (about.created, path))
    return [path for _, path in newest.values()]


def frame_of(logs: Sequence[Path]) -> Any:
    """The data frame of the evaluations, as inspect-ai makes it."""
    from inspect_ai.analysis import EvalInfo, EvalModel, EvalResults, EvalScores, EvalTask, evals_df

    columns = EvalInfo + EvalTask + EvalModel + EvalResults + EvalScores
    frame = evals_df([str(log) for log in logs], columns=columns, quiet=True)
    frame["task_display_name"] = frame["task_name"]
    frame["model_display_name"] = frame["model"]
    return frame.rename(columns={name: name.replace("/", "__") for name in frame.columns})


def write_pages(frame: Any, out: Path) -> None:
    """The pages of three views."""
    from inspect_viz import Data
    from inspect_viz.plot import write_html
    from inspect_viz.view import scores_by_task, scores_heatmap, scores_radar_by_task, scores_radar_by_task_df

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
        draw_histogram(ax, truth, scores)
        ax.set_title(model, fontsize=8)
        ax.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(out / f"histogram_{task}.png", dpi=100)
    plt.close(figure)


def draw_panels(task: str, risks: Sequence[Risk], name: str, out: Path) -> None:
    """The three figures of these models, a panel for each."""
    import matplotlib.pyplot as plt
    from sklearn.calibration import calibration_curve
    from sklearn.metrics import roc_auc_score, roc_curve

    for kind in ("roc", "calibration", "histogram"):
        figure, axes = plt.subplots(ROWS, COLUMNS, figsize=(WIDTH, HEIGHT), squeeze=False)
        for ax, (model, truth, scores) in zip(axes.flat, risks, strict=False):
            if kind == "roc":
                x, y, _ = roc_curve(truth, scores)
                ax.plot(x, y)
                ax.text(0.98, 0.03, f"AUC {roc_auc_score(truth, scores):.3f}", ha="right", fontsize=8)
            elif kind == "calibration":
                y, x = calibration_curve(truth, scores, n_bins=10)
                ax.plot(x, y, marker="o")
            else:
                draw_histogram(ax, truth, scores)
            if kind != "histogram":
                ax.plot([0, 1], [0, 1], "k--", linewidth=1)
            ax.set_title(model, fontsize=8)
        for ax in axes.flat[len(risks) :]:
            ax.set_visible(False)
        figure.suptitle(f"{kind}: {task}")
        figure.tight_layout()
        figure.savefig(out / f"{kind}_{name}.png", dpi=DPI)
        plt.close(figure)


def draw_histogram(ax: Any, truth: Sequence[int], scores: Sequence[float]) -> None:
    """The risk scores of both classes."""
    for label in (0, 1):
        chosen = [score for score, one in zip(scores, truth, strict=True) if one == label]
        ax.hist(chosen, bins=30, range=(0, 1), alpha=0.5, label=f"target {label}")


def write_report(frame: Any, out: Path) -> None:
    """A table of all evaluations with Wilson's intervals, the best of each task, and the pictures."""
    lines = ["# Report", "", "| Model | Task | Accuracy | 95% CI | n |", "|---|---|---|---|---|"]
    for row in frame.itertuples():
        lower, upper = wilson(row.score_match_accuracy, row.total_samples)
        interval = f"{lower:.3f} to {upper:.3f}"
        cells = (row.model, row.task_name, f"{row.score_match_accuracy:.3f}", interval, row.total_samples)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    best = frame.loc[frame.groupby("task_name")["score_match_accuracy"].idxmax()]
    lines += ["", *(f"- best of {row.task_name}: {row.model}" for row in best.itertuples()), ""]
    lines += [f"![{picture.stem}]({picture.name})" for picture in sorted(out.glob("*.png"))]
    (out / "report.md").write_text("\n".join(lines), encoding="utf-8")


def wilson(share: float, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval of a share of `n`."""
    middle, half = share + z * z / (2 * n), z * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


if __name__ == "__main__":
    main()
