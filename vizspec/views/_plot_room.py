"""How large a plot is, which of its labels have room, and how many panels stand together. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from vizspec.views import _room
from vizspec.views._many import even
from vizspec.views._plot_scales import Scales
from vizspec.views.frame import Frame

HEIGHT = 430
PANEL_PIXELS = 240
PANEL_HEIGHT = 110
MOST_ACROSS = 5
"""As many panels stand side by side; more go on further pages."""
MOST_DOWN = 8
"""As many stand below each other."""
LABEL_PIXELS = 15
"""What a label of a category has where there is room."""
CLOSEST = {"x": 18, "y": 11}
"""What it needs at least: below an axis it is turned."""
HIGHEST = 3000
MARGIN_BOTTOM = 46


def pages(
    frame: Frame, scales: Scales, x: str | None = None, y: str | None = None
) -> Iterator[tuple[Frame, Scales]]:
    """As many panels side by side and below each other as can be read, each page with its rows.

    `x` and `y` are the columns of which each value has a panel.
    """
    across = even(_panels(x, scales), MOST_ACROSS)
    down = even(_panels(y, scales), MOST_DOWN)
    if len(across) == len(down) == 1:
        yield frame, scales
        return
    for some_down in down:
        for some_across in across:
            shown = {"fx": (x, some_across), "fy": (y, some_down)}
            kept = [
                place
                for place in range(len(frame.rows))
                if all(name is None or scales.shown[name][place] in some for name, some in shown.values())
            ]
            if kept:
                domain = {side: tuple(some) for side, (_, some) in shown.items() if side in scales.domain}
                yield frame.at(kept), scales.at(kept, domain)


def _panels(column: str | None, scales: Scales) -> Sequence[Any]:
    """The panels of a column, in their order."""
    if column is None:
        return ()
    there = dict.fromkeys(value for value in scales.shown[column] if value is not None)
    if any(isinstance(value, str) for value in there):
        order = [*scales.domain.get("fx", ()), *scales.domain.get("fy", ())]
        return list(dict.fromkeys(value for value in order if value in there))
    return sorted(there)


def thinning(attributes: Mapping[str, Any]) -> Iterator[str]:
    """That some labels are not shown, for want of room."""
    for side in ("x", "y"):
        labels, ticks = attributes.get(f"{side}_domain"), attributes.get(f"{side}_ticks")
        if labels is not None and isinstance(ticks, tuple) and len(ticks) < len(labels):
            yield f"{len(ticks):,} of {len(labels):,} labels of {side} are shown: the others have no room"


def width_of(scales: Scales) -> float:
    """Pixels in which panels and the categories of each have room, as far as a chart can give it."""
    panels = max(len(scales.domain.get("fx", ())), 1)
    panel = max(PANEL_PIXELS, LABEL_PIXELS * len(scales.domain.get("x", ())))
    return max(_room.DEFAULT_WIDTH, min(_room.WIDEST, 80 + panel * panels))


def height_of(scales: Scales) -> float:
    """The same from above to below."""
    panels = max(len(scales.domain.get("fy", ())), 1)
    panel = max(PANEL_HEIGHT, LABEL_PIXELS * len(scales.domain.get("y", ())))
    return max(HEIGHT, min(HIGHEST, 110 + panel * panels))


def turned(scales: Scales, width: float, left: float) -> Mapping[str, Any]:
    """Labels of categories that cannot stand side by side are turned; the margin at the `left` may grow."""
    labels = [str(label) for label in scales.domain.get("x", ())]
    panels = max(len(scales.domain.get("fx", ())), 1)
    if not labels or _room.fits_level(labels, width / panels - 60):
        return {}
    slant = int(_room.SLANT * _room.label_pixels(labels))
    half_step = 1 / panels / len(labels) / 2
    beside = min((slant - width * half_step) / (1 - half_step) + 2 * _room.CHARACTER_PIXELS, width / 2)
    return {"x_tick_rotate": -45, "margin_bottom": MARGIN_BOTTOM + slant, "margin_left": max(left, beside)}


def thinned(side: str, scales: Scales, room: float) -> Mapping[str, Any]:
    """Which labels of categories are shown, where all of them have no room."""
    labels = scales.domain.get(side, ())
    panels = max(len(scales.domain.get(f"f{side}", ())), 1)
    every = ceil(len(labels) * CLOSEST[side] * panels / max(room, 1))
    return {f"{side}_ticks": tuple(labels[::every])} if every > 1 else {}
