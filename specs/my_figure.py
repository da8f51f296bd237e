"""A figure of one's own for `view: script`: called with the folder of frames, it writes into its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure


def main(frames: Path) -> None:
    """Accuracies against Brier scores, a point an evaluation."""
    estimates = pd.read_parquet(frames / "estimates.parquet")
    scores = estimates.pivot_table(
        index=["model_label", "task_label"], columns="metric", values="value"
    ).reset_index()
    figure = Figure(figsize=(5, 3.4), layout="constrained")
    ax = figure.subplots()
    for model, rows in scores.groupby("model_label"):
        ax.scatter(rows["match/accuracy"], rows["risk_scorer/brier_score"], label=model)
    ax.set(xlabel="Accuracy", ylabel="Brier score (lower is better)")
    ax.legend(fontsize=7)
    for ending in ("png", "svg"):
        figure.savefig(f"my_figure.{ending}", dpi=200)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
