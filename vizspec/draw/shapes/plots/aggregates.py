"""What transforms make of the values of a group, as DuckDB does: what is not known is left out. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor, fsum, log, log10, prod, sqrt
from typing import Any

ChannelValues = Sequence[Any]
MOST_BINS = 25
"""Bins of numbers where their number is not given."""


def _variance(values: ChannelValues, less: int) -> float | None:
    if len(values) <= less:
        return None
    mean = fsum(values) / len(values)
    return fsum((value - mean) ** 2 for value in values) / (len(values) - less)


def _deviation(values: ChannelValues, less: int) -> float | None:
    variance = _variance(values, less)
    return None if variance is None else sqrt(variance)


def _median(values: ChannelValues) -> Any:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _mode(values: ChannelValues) -> Any:
    return Counter(values).most_common(1)[0][0]


AGGREGATES: Mapping[str, Callable[[ChannelValues], Any]] = {
    "avg": lambda values: fsum(values) / len(values),
    "count": len,
    "first": lambda values: values[0],
    "last": lambda values: values[-1],
    "max": max,
    "median": _median,
    "min": min,
    "mode": _mode,
    "product": prod,
    "stddev": lambda values: _deviation(values, 1),
    "stddev_pop": lambda values: _deviation(values, 0),
    "sum": fsum,
    "var_pop": lambda values: _variance(values, 0),
    "variance": lambda values: _variance(values, 1),
}
QUANTILE = "quantile"
OF_TEXTS = frozenset({"count", "first", "last", "max", "min", "mode"})
"""Those that texts have too."""


def aggregated(transform: str, values: ChannelValues, arguments: Mapping[str, Any]) -> Any:
    """What the transform makes of a group's values; None where none of them is known.

    `distinct: true` takes each value once; `threshold` is the share of a quantile.
    """
    known = [value for value in values if value is not None]
    if arguments.get("distinct"):
        known = list(dict.fromkeys(known))
    if transform == "count":
        return len(known)
    if not known or (transform not in OF_TEXTS and any(isinstance(value, str) for value in known)):
        return None
    if transform == QUANTILE:
        share = float(arguments["threshold"])
        return sorted(known)[max(1, len(known) - floor(len(known) - share * len(known))) - 1]
    return AGGREGATES[transform](known)


def bins_of(values: ChannelValues, arguments: Mapping[str, Any]) -> tuple[float, float]:
    """Where the bins of the values begin, and how wide each is, as Mosaic's `bin` has them.

    `steps` is about how many there are, `step` their width, `minstep` the least; with `nice: false` the first
    begins at the least value.
    """
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    steps = arguments.get("steps") or MOST_BINS
    step = arguments.get("step")
    if arguments.get("nice") is False:
        return low, (high - low) / steps or 1.0
    width = step or _step(high - low, steps, arguments.get("minstep") or 0)
    power = log(width) / log(10)
    digits = 0 if power >= 0 else int(-power) + 1
    start = floor(low / width + 10.0 ** (-digits - 1)) * width
    start = start - width if low < start else start
    end = ceil(high / width) * width
    count = round((end - start) / width) or 1
    return start, (end - start) / count or width


def _step(span: float, most: float, least: float) -> float:
    if span == 0:
        return least or 1.0
    step: float = max(least, 10.0 ** (round(log10(span)) - ceil(log10(most))))
    while ceil(span / step) > most:
        step *= 10
    for part in (5, 2):
        if step / part >= least and span / (step / part) <= most:
            step /= part
    return step
