"""ROC curves as shapes: one over the other while they are few, else a panel each with the others in grey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vizspec.draw.palette import Style
from vizspec.draw.shapes.model import FAINT, DrawnMark, Key, Line, Panel, Shapes
from vizspec.draw.shapes.unit_square import DASHED, DIAGONAL, OVERLAY_PIXELS, PANEL_PIXELS, grid, unit_axis
from vizspec.risk.curves import RocCurve
from vizspec.statistics.intervals import level_text

THINNEST = 1.7


@dataclass(frozen=True)
class RocSeries:
    """One model's curve, with the area under it and its interval where that is known."""

    label: str
    style: Style
    curve: RocCurve
    area: float
    lower: float | None
    upper: float | None
    n: int


def roc_shapes(
    series: Sequence[RocSeries],
    title: str = "ROC curves",
    level: float = 0.95,
    *,
    in_panels: bool = False,
    behind: Sequence[RocCurve] = (),
) -> Shapes:
    """The curves of at least one model, in their order: over each other, or each in a panel of its own with
    the curves `behind` it in grey.
    """
    return _panels(series, behind, title, level) if in_panels else _overlay(series, title, level)


def area_text(series: RocSeries) -> str:
    """The area with its interval: "0.843 (0.806–0.874)"."""
    if series.lower is None or series.upper is None:
        return f"{series.area:.3f} (–)"
    return f"{series.area:.3f} ({series.lower:.3f}–{series.upper:.3f})"


def _overlay(series: Sequence[RocSeries], title: str, level: float) -> Shapes:
    labels = [f"{one.label}: AUC {area_text(one)}, n = {one.n:,}" for one in series]
    # the later the thinner: of two equal curves both are seen
    widths = [THINNEST + 0.5 * behind for behind in reversed(range(len(series)))]
    curves = (_curve(*each) for each in zip(series, labels, widths, strict=True))
    keys = (Key(label, s.style.colour, "line", s.style.dash) for label, s in zip(labels, series, strict=True))
    x, y = unit_axis("False positive rate"), unit_axis("True positive rate")
    return Shapes(
        (Panel((*curves, DIAGONAL), x, y, is_square=True),),
        title,
        width=OVERLAY_PIXELS,
        legend=(*keys, Key("chance", FAINT, "line", DASHED)),
        legend_title=f"AUC with {level_text(level)}",
    )


def _panels(series: Sequence[RocSeries], behind: Sequence[RocCurve], title: str, level: float) -> Shapes:
    _, columns = grid(len(series))
    panels = [
        Panel(
            (*_grey(behind), _curve(one, None, THINNEST), DIAGONAL),
            unit_axis(),
            unit_axis(),
            one.label,
            f"AUC {area_text(one)}\nn = {one.n:,}",
            "bottom right",
            is_square=True,
        )
        for one in series
    ]
    note = f"AUC with {level_text(level)}" + ("; grey: the other models" if behind else "")
    return Shapes(
        tuple(panels),
        title,
        columns=columns,
        width=PANEL_PIXELS * columns,
        x_label="False positive rate",
        y_label="True positive rate",
        note=note,
        shares_x=True,
        shares_y=True,
    )


def _grey(curves: Sequence[RocCurve]) -> Iterator[DrawnMark]:
    """All of them as one line with gaps."""
    if not curves:
        return
    x = [place for curve in curves for place in (*curve.false_positive_rate, 0.0)]
    y = [place for curve in curves for place in (*curve.true_positive_rate, None)]
    yield Line(tuple(x), tuple(y), FAINT, thickness=0.5, opacity=0.6)


def _curve(series: RocSeries, label: str | None, width: float) -> Line:
    curve, style = series.curve, series.style
    tips = (
        ("Model", (series.label,) * len(curve.false_positive_rate)),
        ("False positive rate", tuple(f"{value:.3f}" for value in curve.false_positive_rate)),
        ("True positive rate", tuple(f"{value:.3f}" for value in curve.true_positive_rate)),
    )
    return Line(
        curve.false_positive_rate,
        curve.true_positive_rate,
        style.colour,
        style.dash,
        width,
        series=label,
        tips=tips,
    )
