"""A value as charts and tables alike show it. Unknown is a dash."""

from __future__ import annotations

import math

DASH = "-"
_PLACES = 3
_MOST_PLACES = 6
_NOISE = 1e-12
"""What floating-point sums are off at the most."""


def value_text(value: float | None) -> str:
    """The value with three decimals, with as few as needed where it is large, more where three say nothing.

    A value close to 0 or 1 that is neither is not shown as if it were.
    """
    if value is None:
        return DASH
    if math.isfinite(value) and math.isclose(value, round(value), rel_tol=0, abs_tol=_NOISE):
        value = float(round(value))  # also -0.0 is 0.000
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}"
    if size >= 10:
        return f"{value:.{2 if size < 100 else 1}f}"
    for places in range(_PLACES, _MOST_PLACES + 1):
        text = f"{value:.{places}f}"
        if float(text) not in (0, 1, -1) or float(text) == value:
            break
    else:
        text = f"{value:.2g}"
    return f"{value:.{_PLACES}f}" if value in (0, 1, -1) else text


def ends_text(lower: float | None, upper: float | None) -> str:
    """Both ends of an interval that may go below 0, `-0.012 to 0.081`; a dash where one is unknown."""
    return DASH if lower is None or upper is None else f"{value_text(lower)} to {value_text(upper)}"


def short_text(value: float) -> str:
    """A value in a few characters: `1.2M`, `12.3k`; below a thousand as `value_text` has it."""
    for size, unit in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size * 0.9995:
            return f"{value / size:.3g}{unit}"
    return value_text(value)
