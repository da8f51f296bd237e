"""Which colour a value has in a plot: one of a list for categories, or a run of colours for numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from vizspec.draw.palette import spline
from vizspec.draw.shapes.model import ColourScale, Key

OBSERVABLE = (
    *("#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#3ca951"),
    *("#ff8ab7", "#a463f2", "#97bbf5", "#9c6b4e", "#9498a0"),
)
"""The colours of categories for which no others are given."""
LISTS = {"observable10": OBSERVABLE}
NAMES_OF_LISTS = {
    **{name: name.capitalize() for name in ("accent", "dark2", "paired", "pastel1", "pastel2")},
    "set1": "Set1",
    "set2": "Set2",
    "set3": "Set3",
    "category10": "tab10",
}
"""Schemes that are lists of colours, by what matplotlib calls them."""
EVEN = ("turbo", "viridis", "magma", "inferno", "plasma", "cividis")
"""Schemes that matplotlib has in the same 256 steps."""
SEQUENTIAL = {
    one.lower(): (one, 9)
    for one in (
        *("Blues", "Greens", "Greys", "Oranges", "Purples", "Reds", "BuGn", "BuPu", "GnBu", "OrRd", "PuBu"),
        *("PuBuGn", "PuRd", "RdPu", "YlGn", "YlGnBu", "YlOrBr", "YlOrRd"),
    )
}
DIVERGING = {
    one.lower(): (one, 11)
    for one in ("BrBG", "PRGn", "PiYG", "PuOr", "RdBu", "RdGy", "RdYlBu", "RdYlGn", "Spectral")
}
"""ColorBrewer's schemes, and through how many colours the run goes."""
TURNED = {"burd": "rdbu", "buylrd": "rdylbu"}
SCALES = (None, "categorical", "ordinal", "linear", "log", "diverging")
"""The scales of colours that are drawn."""
STEPS = 32
"""Colours of which a legend's run is made."""
NUMBERS, CONTRASTS = "turbo", "rdbu"
"""The schemes of numbers, and of numbers on both sides of 0, for which none is given."""
Ramp = Callable[[float], str]


def is_scheme(name: str) -> bool:
    """Whether the scheme's colours are known here."""
    known = (*LISTS, *NAMES_OF_LISTS, *EVEN, *SEQUENTIAL, *DIVERGING, *TURNED)
    return name.lower() in known


@dataclass(frozen=True)
class Colours:
    """The colours of a plot's values: `of` gives that of a value, None where it has none."""

    of: Callable[[Any], str | None]
    keys: tuple[Key, ...] = ()
    scale: ColourScale | None = None


def colours_of(values: Sequence[Any], attributes: Mapping[str, Any], label: str) -> Colours:
    """The colours of the values that channels of colours show, by the plot's attributes."""
    known = [value for value in values if value is not None]
    how = attributes.get("color_scale")
    domain, scheme = attributes.get("color_domain"), attributes.get("color_scheme")
    are_numbers = bool(known) and all(isinstance(value, int | float) for value in known)
    if not are_numbers or how in ("categorical", "ordinal"):
        order = tuple(domain) if domain else tuple(sorted(dict.fromkeys(known), key=_rank))
        given = attributes.get("color_range")
        return _categories(order, tuple(given) if given else _list_of(scheme, len(order), how))
    ends = (min(domain), max(domain)) if domain else (min(known), max(known))
    return _numbers(ends, how or "linear", attributes, label)


def _rank(value: Any) -> tuple[bool, Any]:
    return (isinstance(value, str), value)


def _categories(order: Sequence[Any], given: Sequence[str]) -> Colours:
    shown = {value: given[place % len(given)] for place, value in enumerate(order)}
    keys = tuple(Key(str(value), colour) for value, colour in shown.items())
    return Colours(shown.get, keys)


def _list_of(scheme: str | None, count: int, how: str | None) -> Sequence[str]:
    name = (scheme or (NUMBERS if how == "ordinal" else "observable10")).lower()
    if name in LISTS:
        return LISTS[name]
    if name in NAMES_OF_LISTS:
        return _of_matplotlib(NAMES_OF_LISTS[name])
    run = _run(name)
    return [run(place / max(count - 1, 1)) for place in range(count)]


def _numbers(ends: tuple[float, float], how: str, attributes: Mapping[str, Any], label: str) -> Colours:
    low, high = ends
    if how == "diverging":
        high = max(abs(low), abs(high))
        low = -high
    given = attributes.get("color_range")
    name = attributes.get("color_scheme") or (CONTRASTS if how == "diverging" else NUMBERS)
    run = _between(given) if given else _run(name.lower())
    is_log = how == "log" and low > 0

    def share(value: float) -> float:
        if high <= low:
            return 0.5
        part = log(value / low) / log(high / low) if is_log else (value - low) / (high - low)
        return min(max(part, 0.0), 1.0)

    def colour(value: Any) -> str | None:
        if not isinstance(value, int | float) or (how == "log" and value <= 0):
            return None
        return run(share(value))

    steps = tuple(run(place / STEPS) for place in range(STEPS + 1))
    wide = (low, high) if low < high else (low - 0.5, high + 0.5)
    return Colours(colour, scale=ColourScale(label, wide, steps, scale="log" if is_log else "linear"))


def _between(colours: Sequence[str]) -> Ramp:
    """From the first through all to the last, straight on."""
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    run = LinearSegmentedColormap.from_list("range", list(colours), N=1024)
    return lambda share: to_hex(run(share))


def _run(name: str) -> Ramp:
    if name in TURNED:
        turned = _run(TURNED[name])
        return lambda share: turned(1 - share)
    if name in SEQUENTIAL or name in DIVERGING:
        known, count = {**SEQUENTIAL, **DIVERGING}[name]
        through = _sampled(known, count)
        return lambda share: spline(through, share)
    if name in EVEN:
        from matplotlib import colormaps
        from matplotlib.colors import to_hex

        even = colormaps[name]
        return lambda share: to_hex(even(share))
    listed = _list_of(name, 0, None)
    return lambda share: listed[min(int(share * len(listed)), len(listed) - 1)]


def _sampled(name: str, count: int) -> tuple[str, ...]:
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    sampled = colormaps[name].resampled(count)
    return tuple(to_hex(sampled(place)) for place in range(count))


def _of_matplotlib(name: str) -> tuple[str, ...]:
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    listed = colormaps[name]
    return tuple(to_hex(listed(place)) for place in range(listed.N))
