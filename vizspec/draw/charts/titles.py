"""The title over a chart that is put together from marks."""

from __future__ import annotations

from typing import Any

OVER_MARKS, OVER_PANELS = 24, 40
"""How far its top stands over the frame: marks reach out of it, and the names of panels stand between."""
MARGINS = {OVER_MARKS: 40, OVER_PANELS: 65}
"""The pixels above the frame."""


def titled(title: str, *, over_panels: bool) -> dict[str, Any]:
    """The attributes of a plot for its title and the room above the frame."""
    from inspect_viz import mark

    above = OVER_PANELS if over_panels else OVER_MARKS
    return {"title": mark.title(title, margin_top=above), "margin_top": MARGINS[above]}
