"""Series and figures for the tests of what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text

from vizspec.draw.figures.risk import (
    calibration_figure,
    calibration_series,
    histogram_figure,
    histogram_series,
    roc_figure,
    roc_series,
)
from vizspec.draw.figures.shapes import figure_of
from vizspec.draw.palette import categorical
from vizspec.draw.shapes.model import Axis, DrawnMark, Panel, Shapes

KINDS: dict[str, tuple[Callable[..., Any], Callable[..., Figure]]] = {
    "roc": (roc_series, roc_figure),
    "calibration": (calibration_series, calibration_figure),
    "histogram": (histogram_series, histogram_figure),
}


def make(kind: str, labels: Sequence[str], n: int = 40) -> list[Any]:
    chance = np.random.default_rng(1)
    styles = categorical(labels)
    series = []
    for label in labels:
        y_score = chance.uniform(size=n).round(2).tolist()
        y_true = [0, 1, *(chance.uniform(size=n - 2) < y_score[2:]).astype(int).tolist()]
        series.append(KINDS[kind][0](label, styles[label], y_true, y_score))
    return series


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]


def visible(figure: Figure) -> list[Axes]:
    return [ax for ax in figure.axes if ax.get_visible()]


def left_title(ax: Axes) -> Text:
    title: Text = cast(Any, ax)._left_title  # its extent is to be had in no public way
    return title


def right_title(ax: Axes) -> Text:
    title: Text = cast(Any, ax)._right_title
    return title


def counts(stairs: Patch) -> list[float]:
    """The heights of stairs, as they were drawn."""
    values: list[float] = cast(Any, stairs).get_data().values.tolist()
    return values


TASKS = Axis(categories=("rivers", "lakes"))


def one_panel(*marks: DrawnMark, x: Axis = TASKS, y: Axis | None = None) -> Any:
    """The axes of one panel."""
    shapes = Shapes((Panel(marks, x, y or Axis("Accuracy", domain=(0, 1))),), "Scores", height=300)
    return figure_of(shapes).axes[0]
