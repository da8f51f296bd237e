"""What is said of a plot: its title, its caption, and notes on rows that it cannot show. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from vizspec.text.messages import counted, listed
from vizspec.views._frames import ESTIMATES
from vizspec.views._plot_entry import Plot
from vizspec.views._plot_language import COLOURS, columns_of, part_of
from vizspec.views._plot_scales import Scales
from vizspec.views.frame import Frame


def title_of(entry: Plot) -> str:
    """What is drawn by what, of the first mark with both."""
    of_marks = [dict(columns_of(part_of("mark", mark))) for mark in entry.marks]
    both = next(((found["x"], found["y"]) for found in of_marks if {"x", "y"} <= set(found)), None)
    if both is not None:
        return f"{both[1]} by {both[0]}"
    return next((name for found in of_marks for name in found.values()), entry.data_name)


def caption_of(entry: Plot, title: str, frame: Frame) -> str:
    """The title with how many rows there are, and of which metrics."""
    of = f"{counted(len(frame.rows), 'row')} of {entry.data}"
    if entry.data != ESTIMATES:
        return f"{title}, {of}."
    metrics = dict.fromkeys(str(row["metric_label"]) for row in frame.rows)
    return f"{title}, {of}: {', '.join(metrics)}."


def notes_on(entry: Plot, frame: Frame) -> Iterator[str]:
    """Rows without a place, columns that do not go together on one axis, and metrics shown as one."""
    total = len(frame.rows)
    used = entry.used
    for name in dict.fromkeys(name for channel, name in used if channel[:1] in "xy" or channel in COLOURS):
        absent = sum(value is None for value in frame.column(name))
        if absent:
            yield f"{absent:,} of {counted(total, 'row')} have no value of '{name}'"
        yield from _beyond_log(entry, name, frame)
    for side in ("x", "y"):
        on_it = dict.fromkeys(name for channel, name in used if channel in (side, f"{side}1", f"{side}2"))
        texts = [n for n in on_it if any(isinstance(value, str) for value in frame.column(n))]
        if 0 < len(texts) < len(on_it):
            yield f"{side} has texts ({listed(texts)}) and numbers on one axis, which then has a place each"
    metrics = {row.get("metric") for row in frame.rows}
    if (
        entry.data == ESTIMATES
        and len(metrics) > 1
        and not {"metric", "metric_label"} & {n for _, n in entry.used}
    ):
        yield f"rows of {len(metrics)} metrics are shown as one: name one under `metrics`, or show `metric`"


def outside_domains(entry: Plot, scales: Scales) -> Iterator[str]:
    """Rows of categories that a domain of the entry does not name: they have no place, or no colour."""
    for side, keys in (("x", entry.x), ("y", entry.y), ("color", entry.color)):
        if keys is None or keys.domain is None or side not in scales.domain:
            continue
        named = set(scales.domain_of(side, keys.domain))
        values = [value for name in scales.on[side] for value in scales.shown[name] if value is not None]
        lost = [value for value in values if value not in named]
        if lost:
            what = listed([f"'{value}'" for value in dict.fromkeys(lost)], 3)
            yield f"{counted(len(lost), 'value')} not drawn, as the domain of {side} lacks {what}"


def _beyond_log(entry: Plot, name: str, frame: Frame) -> Iterator[str]:
    for side, axis in (("x", entry.x), ("y", entry.y)):
        on_it = any(channel.startswith(side) and one == name for channel, one in entry.used)
        if axis is not None and axis.scale == "log" and on_it:
            outside = sum(isinstance(v, int | float) and v <= 0 for v in frame.column(name))
            if outside:
                yield f"a log scale has no place for {counted(outside, 'value')} of '{name}'"
