"""The figure of used against requested: one row a job, one panel a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizspec.slurm.output.figure import Share, UsageFigure, UsagePanel

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

REQUESTED = "#ececec"
USED = "#9cc3e6"
OVER = "#f2b48c"
"""Above what was requested: a job that ran out of time or memory."""

RANGE = "thin line: lowest to highest"

_LABEL_WIDTH_INCHES = 2.4
_PANEL_WIDTH_INCHES = 2.5
_ROW_HEIGHT_INCHES = 0.28
_FRAME_HEIGHT_INCHES = 1.1
_TALLEST_INCHES = 200.0
"""Beyond this an image would have more pixels than the canvas can hold."""
_FARTHEST_PCT = 200.0
"""A bar beyond is cut off, or the others could not be told apart; its text has the figures."""
_LONGEST_LABEL = 42
_TITLE_WIDTH = 30
"""Characters of the title that a panel, or the labels, have room for."""


def draw_usage(figure: UsageFigure, title: str) -> Figure:
    """The panels side by side under the title, sharing the jobs' rows; it grows with the number of jobs.

    A grey bar is what was requested, the coloured bar what was used, the line the range of the samples,
    a dash what is not known.
    """
    from vizspec.draw.figures.mpl import new_figure, styled
    from vizspec.draw.figures.panels import fitted

    width = _LABEL_WIDTH_INCHES + _PANEL_WIDTH_INCHES * len(figure.panels)
    height = _FRAME_HEIGHT_INCHES + min(_ROW_HEIGHT_INCHES * len(figure.labels), _TALLEST_INCHES)
    with styled():
        drawing, axes = new_figure(width, height, columns=len(figure.panels), sharey=True)
        for axis, panel in zip(axes, figure.panels, strict=True):
            _draw_panel(axis, panel)
        _label_rows(axes[0], figure.labels)
        drawing.suptitle(fitted(title, _TITLE_WIDTH * (1 + len(figure.panels))), x=0.01, ha="left")
    return drawing


def _draw_panel(axis: Axes, panel: UsagePanel) -> None:
    axis.set_title(panel.title)
    has_range = any(share.has_range for share in panel.shares if share)
    axis.set_xlabel(f"{panel.unit}\n{RANGE}" if has_range else panel.unit)
    greatest = max((share.pct for share in panel.shares if share), default=100.0)
    axis.set_xlim(0, min(max(100.0, greatest), _FARTHEST_PCT) * 1.02)
    axis.grid(visible=False, axis="y")
    axis.tick_params(axis="y", length=0)
    for row, share in enumerate(panel.shares):
        if share:
            _draw_share(axis, row, share)
        else:
            axis.text(2, row, "–", va="center")


def _draw_share(axis: Axes, row: int, share: Share) -> None:
    axis.barh(row, 100, height=0.72, color=REQUESTED)
    axis.barh(row, share.pct, height=0.72, color=OVER if share.pct > 100 else USED)
    if share.low_pct is not None and share.high_pct is not None:
        axis.plot([share.low_pct, share.high_pct], [row + 0.27] * 2, color="#4a6f91", linewidth=1.2)
    axis.text(2, row, share.text, va="center", fontsize=7)


def _label_rows(axis: Axes, labels: tuple[str, ...]) -> None:
    """All panels share these rows; the first job stands on top."""
    axis.set_yticks(range(len(labels)), [_shortened(label) for label in labels])
    axis.set_ylim(len(labels) - 0.4, -0.6)


def _shortened(label: str) -> str:
    """Cut in the middle: the end of a name tells epochs and tasks apart."""
    label = " ".join(label.split())
    if len(label) <= _LONGEST_LABEL:
        return label
    half = _LONGEST_LABEL // 2
    return f"{label[: half - 1]}…{label[-half:]}"
