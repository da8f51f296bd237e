"""The attributes of a plot: its size, its axes and its colours, in the words of inspect-viz. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizspec.draw.charts.label_texts import attribute_text, shortened
from vizspec.views import _room, _score_axes, _scores
from vizspec.views._plot_entry import AxisKeys, ColourKeys, Plot
from vizspec.views._plot_room import (
    MARGIN_BOTTOM,
    height_of,
    thinned,
    turned,
)
from vizspec.views._plot_scales import Scales

UNKNOWN = "#9a9a9a"
"""The colour of a category of the domain that no row has."""

LARGE = 100_000
"""Numbers from here on have no room beside an axis."""
NAME_PIXELS = 10
"""What the name of an axis takes beside the labels of categories."""
COUNTED = "count"
"""What the legend calls colours that tell of no column."""


def attributes_of(entry: Plot, scales: Scales, width: float) -> Mapping[str, Any]:
    """Every attribute but those of the entry's own `options`, of a plot so many pixels wide."""
    found: dict[str, Any] = {
        "width": width,
        "height": entry.height or height_of(scales),
        "margin_left": _room.margin_for(map(str, scales.domain.get("y", ())), _score_axes.MARGIN_LEFT),
        "margin_right": 24,
        "margin_bottom": MARGIN_BOTTOM,
    }
    for side, axis in (("x", entry.x or AxisKeys()), ("y", entry.y or AxisKeys())):
        label = axis.label if axis.label is not None else ", ".join(scales.on.get(side, ()))
        found |= {
            f"{side}_label": attribute_text(shortened(label, _scores.SCORE_LABEL_LIMIT)) if label else None,
            f"{side}_label_anchor": "center",
            f"{side}_label_arrow": "none",
            f"{side}_grid": axis.grid,
        }
        domain = None if axis.domain is None else scales.domain_of(side, axis.domain)
        written = axis.format or _short_format(side, axis, scales)
        given = {"scale": axis.scale, "domain": domain, "tick_format": written}
        found |= {f"{side}_{name}": value for name, value in given.items() if value is not None}
        if axis.domain is None and side in scales.domain and axis.scale in (None, "band", "point"):
            found[f"{side}_domain"] = scales.domain[side]
    for side in ("fx", "fy"):
        if side in scales.domain:
            found |= {f"{side}_domain": scales.domain[side], f"{side}_label": None}
    if found["y_label"] is not None and "y" in scales.domain:
        found["margin_left"] += NAME_PIXELS
    found["margin_left"] = max(found["margin_left"], _score_axes.left_margin(found.get("y_tick_format")))
    found |= turned(scales, width, found["margin_left"])
    return {
        **found,
        **thinned("x", scales, width - found["margin_left"] - found["margin_right"]),
        **thinned("y", scales, found["height"] - 2 * MARGIN_BOTTOM),
        **(_colours(entry.color or ColourKeys(), scales) if entry.has_colours else {}),
    }


def _short_format(side: str, axis: AxisKeys, scales: Scales) -> str | None:
    """How numbers along an axis are written that have no room beside it.

    On a scale of another kind fewer of them are marked, where no format is named.
    """
    if side in scales.domain or axis.scale not in (None, "linear"):
        return None
    values = [value for name in scales.on.get(side, ()) for value in scales.shown[name]]
    numbers = [abs(value) for value in values if isinstance(value, int | float)]
    return _score_axes.short_format(max(numbers, default=0.0), LARGE)


def _colours(keys: ColourKeys, scales: Scales) -> Mapping[str, Any]:
    label = keys.label if keys.label is not None else scales.on.get("color", (COUNTED,))[0]
    found: dict[str, Any] = {"color_label": attribute_text(shortened(label))}
    given: dict[str, Any] = {
        "color_scale": keys.scale,
        "color_domain": keys.domain,
        "color_range": keys.range,
        "color_scheme": keys.scheme,
        "color_tick_format": keys.format,
    }
    if "color" in scales.domain:
        known = dict(zip(scales.domain["color"], scales.colours, strict=False))
        shown = scales.domain_of("color", keys.domain) if keys.domain else scales.domain["color"]
        given |= {"color_domain": shown, "color_tick_format": None}
        if keys.range is None and keys.scheme is None:
            given["color_range"] = tuple(known.get(value, UNKNOWN) for value in shown)
    return {**found, **{name: value for name, value in given.items() if value is not None}}
