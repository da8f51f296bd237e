"""Charts made from small frames, for the tests of pages and pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from vizspec.draw.pages.parts import ChartPage

if TYPE_CHECKING:
    import pandas as pd

MakeChart = Callable[..., ChartPage]

SCORE = "score_match_accuracy"
STDERR = "score_match_stderr"


def small_frame(tasks: tuple[str, ...] = ("arc", "boolq", "copa")) -> pd.DataFrame:
    """One row for each of two models in each task, with a score, its standard error and a factor."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "task_id": task,
                "task_name": task,
                "task_display_name": task,
                "model": f"model-{m}",
                "model_display_name": f"Model {m}",
                SCORE: 0.4 + 0.2 * m + 0.05 * t,
                STDERR: 0.02,
                "tuned": bool(m),
            }
            for t, task in enumerate(tasks)
            for m in range(2)
        ]
    )


def component(kind: str, frame: pd.DataFrame, **options: Any) -> Any:
    """An inspect-viz view of a frame, by its name in the specification language."""
    from inspect_viz import Data, view

    if kind == "scores_radar_by_task":
        return view.scores_radar_by_task(Data.from_dataframe(_radar_frame(frame)))
    given: dict[str, dict[str, Any]] = {
        "scores_by_task": {"score_value": SCORE, "score_stderr": STDERR},
        "scores_heatmap": {"score_value": SCORE, "tip": True},
        "scores_by_factor": {
            "factor": "tuned",
            "factor_labels": ("No", "Yes"),
            "score_value": SCORE,
            "score_stderr": STDERR,
        },
        "scores_by_model": {"score_value": SCORE, "score_stderr": STDERR},
    }
    return getattr(view, kind)(Data.from_dataframe(frame), **(given[kind] | options))


def _radar_frame(frame: pd.DataFrame) -> pd.DataFrame:
    from inspect_viz.view import scores_radar_by_task_df

    frame = frame.rename(columns={SCORE: "score_headline_value"})
    frame["score_headline_name"] = "match"
    frame["score_headline_metric"] = "accuracy"
    return scores_radar_by_task_df(frame, normalization="absolute", domain=(0, 1))


@pytest.fixture(scope="session")
def make_chart() -> MakeChart:
    """Makes a chart of a kind, by default of the small frame."""

    def make(kind: str = "scores_by_task", stem: str | None = None, **given: Any) -> ChartPage:
        frame = given.pop("frame", None)
        title, caption = given.pop("title", "A chart"), given.pop("caption", None)
        drawn = component(kind, small_frame() if frame is None else frame, **given)
        return ChartPage(stem or kind, title, drawn, caption)

    return make
