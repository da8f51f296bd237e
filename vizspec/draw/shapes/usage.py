"""Used against requested as shapes: one row a job, one panel a resource."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vizspec.draw.shapes.model import Axis, Boxes, DrawnMark, Line, Panel, Shapes, TextMarks
from vizspec.slurm.output.usage_figure import Share, UsageFigure, UsagePanel

REQUESTED = "#ececec"
USED = "#9cc3e6"
OVER = "#f2b48c"
"""Above what was requested: a job that ran out of time or memory."""
RANGE_COLOUR = "#4a6f91"
RANGE = "thin line: lowest to highest"
HALF, RANGE_AT = 0.36, 0.27
"""Half of what a bar takes of its row, and how far below its middle the range stands."""
TEXT_AT, TEXT_SIZE = 2.0, 0.875
LABELS_PIXELS, PANEL_PIXELS, ROW_PIXELS, FRAME_PIXELS = 240, 250, 28, 110
FARTHEST = 200.0
"""A bar beyond is cut off, or the others could not be told apart; its text has the figures."""
LONGEST_LABEL = 42


def usage_shapes(figure: UsageFigure, title: str) -> Shapes:
    """The panels side by side, which share the jobs' rows; the first job stands on top.

    A grey bar is what was requested, the coloured bar what was used, the line the range of the samples, a
    dash what is not known.
    """
    jobs = Axis(categories=_shortened(figure.labels))
    return Shapes(
        tuple(_panel(panel, jobs) for panel in figure.panels),
        title,
        columns=len(figure.panels),
        width=LABELS_PIXELS + PANEL_PIXELS * len(figure.panels),
        height=FRAME_PIXELS + ROW_PIXELS * len(figure.labels),
        shares_y=True,
    )


def _panel(panel: UsagePanel, jobs: Axis) -> Panel:
    known = [(row, share) for row, share in enumerate(panel.shares) if share is not None]
    greatest = max([100.0, *(share.pct for _, share in known)])
    has_range = any(share.has_range for _, share in known)
    label = f"{panel.unit}; {RANGE}" if has_range else panel.unit
    x = Axis(label, domain=(0, min(greatest, FARTHEST) * 1.02))
    return Panel(tuple(_marks(panel, known)), x, jobs, panel.title, is_layered=True)


def _marks(panel: UsagePanel, known: Sequence[tuple[int, Share]]) -> Iterator[DrawnMark]:
    if known:
        yield _bars([(row, 100.0) for row, _ in known], [REQUESTED] * len(known))
        colours = [OVER if share.pct > 100 else USED for _, share in known]
        yield _bars([(row, share.pct) for row, share in known], colours)
    for row, share in known:
        if share.low_pct is not None and share.high_pct is not None:
            ends, height = (share.low_pct, share.high_pct), row + RANGE_AT
            yield Line(ends, (height, height), RANGE_COLOUR, thickness=1.2)
    texts = tuple(share.text if share is not None else "–" for share in panel.shares)
    rows = tuple(float(row) for row in range(len(texts)))
    yield TextMarks((TEXT_AT,) * len(texts), rows, texts, size=TEXT_SIZE, anchor="left")


def _bars(rows: Sequence[tuple[int, float]], colours: Sequence[str]) -> Boxes:
    return Boxes(
        (0.0,) * len(rows),
        tuple(value for _, value in rows),
        tuple(row - HALF for row, _ in rows),
        tuple(row + HALF for row, _ in rows),
        tuple(colours),
    )


def _shortened(labels: Sequence[str]) -> tuple[str, ...]:
    """Cut in the middle, as the ends of names tell epochs and tasks apart; whole where two would be alike."""
    lines = tuple(" ".join(label.split()) for label in labels)
    cut = tuple(map(_without_middle, lines))
    return cut if len(set(cut)) == len(set(lines)) else lines


def _without_middle(line: str) -> str:
    half = LONGEST_LABEL // 2
    return line if len(line) <= LONGEST_LABEL else f"{line[: half - 1]}…{line[-half:]}"
