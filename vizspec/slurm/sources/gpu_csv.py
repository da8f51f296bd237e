"""The samples that `nvidia-smi --query-gpu=… --format=csv -l 30` appended to `gpu_metrics.csv`.

Lines in, one small summary out, nothing kept: a file may have hundreds of thousands of lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from vizspec.slurm.model.quantities import memory_gib, number

_QUANTITIES = {
    "utilization.gpu": "utilization",
    "memory.used": "memory_used",
    "memory.total": "memory_total",
    "power.draw": "power",
}
_HEADER_CELL = re.compile(r"([a-z_.]+)(?:\s*\[([^\]]*)\])?")
_VALUE = re.compile(r"([0-9.]{1,30})\s*([%A-Za-z]*)")

_REFUSALS = frozenset({"n/a", "not supported"})

_ONE_TICK_SECONDS = 0.5
"""The GPUs of a node are sampled one after another; the next round comes later, after 30 s as a rule."""

_TO_SECOND = len("2025/11/11 11:00:05")

_MOST_KNOWN = 50_000
"""Texts of cells that a column remembers with their values."""


@dataclass(frozen=True)
class GpuSamples:
    """Means over all samples of all GPUs of one file; minimum and maximum of single samples.

    `samples` counts the rows, 0 where no row had a number. `utilization_unavailable`: rows were there, but
    the driver gave no utilization (MIG). `gpus` is the usual number of rows a tick, None without times.
    """

    samples: int = 0
    utilization_mean_pct: float | None = None
    utilization_min_pct: float | None = None
    utilization_max_pct: float | None = None
    utilization_unavailable: bool = False
    memory_used_mean_gib: float | None = None
    memory_total_gib: float | None = None
    power_mean_w: float | None = None
    gpus: int | None = None


def summarize_gpu_lines(lines: Iterable[str]) -> GpuSamples:
    """The samples of a CSV. Each field is read by itself.

    A row that is cut off does not count, nor one that has more cells than the header: the commas of its
    decimals would put numbers into the columns of others.
    """
    series = {name: _Series(name) for name in _QUANTITIES.values()}
    ticks = _Ticks()
    rows = 0
    layout: _Layout | None = None
    for line in lines:
        cells = line.split(",")
        if not line[:1].isdigit() and (header := _layout(cells, series)):
            layout = header
        elif layout and layout.width <= len(cells) <= layout.header:
            rows += 1
            for place, column in layout.columns:
                column.add(cells[place])
            if layout.timestamp is not None:
                ticks.add(cells[layout.timestamp])
    return _summary(rows, series, ticks)


class _Series:
    """One quantity: the running sum, the least and the greatest of its values, in GiB if it is memory.

    `is_refused`: for some row the driver said that it does not give the quantity.
    """

    def __init__(self, name: str) -> None:
        self.unit = ""
        self.is_refused = False
        self.count = 0
        self.least: float | None = None
        self.greatest: float | None = None
        self._is_memory = name.startswith("memory")
        self._total = 0.0
        self._has_units = False
        self._known: dict[str, float | None] = {}

    def add(self, cell: str) -> None:
        """Takes the value of a cell. Cells repeat, so that each text is read once."""
        if cell not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[cell] = self._value(cell)
        value = self._known[cell]
        if value is None:
            return
        self.count += 1
        self._total += value
        if self.least is None or value < self.least:
            self.least = value
        if self.greatest is None or value > self.greatest:
            self.greatest = value

    @property
    def mean(self) -> float | None:
        return self._total / self.count if self.count else None

    def _value(self, cell: str) -> float | None:
        self.is_refused = self.is_refused or cell.strip().strip("[]").lower() in _REFUSALS
        match = _VALUE.fullmatch(cell.strip())
        value = number(match[1]) if match else None
        if match is None or value is None:
            return None
        if not match[2] and self._has_units:
            # The unit was there in the rows before: the file ends in the middle of this number.
            return None
        self._has_units = bool(match[2])
        return memory_gib(f"{match[1]} {match[2] or self.unit or 'MiB'}") if self._is_memory else value


@dataclass(frozen=True)
class _Layout:
    """Where the columns stand. A row must reach the last of them, and end where the header ends at most."""

    timestamp: int | None
    columns: tuple[tuple[int, _Series], ...]
    width: int
    header: int


def _layout(cells: Sequence[str], series: dict[str, _Series]) -> _Layout | None:
    """What a header says, None if it is none; the units in it are noted in the series."""
    timestamp: int | None = None
    columns = []
    for place, cell in enumerate(cells):
        match = _HEADER_CELL.fullmatch(cell.strip().lstrip("\ufeff").lower())
        if match and match[1] == "timestamp":
            timestamp = place
        elif match and match[1] in _QUANTITIES:
            column = series[_QUANTITIES[match[1]]]
            column.unit = match[2] or ""
            columns.append((place, column))
    places = [*(place for place, _ in columns), *(() if timestamp is None else (timestamp,))]
    return _Layout(timestamp, tuple(columns), 1 + max(places), len(cells)) if places else None


class _Ticks:
    """Counts how many rows share one moment."""

    def __init__(self) -> None:
        self._sizes: Counter[int] = Counter()
        self._second = ""
        self._last: datetime | None = None
        self._size = 0

    def add(self, text: str) -> None:
        """Takes the time of a row. Rows of one second are of one tick without further reading."""
        second = text[:_TO_SECOND]
        if second != self._second:
            self._second = second
            moment = _moment(text)
            if not self._is_near(moment):
                self._close()
            self._last = moment
        self._size += 1

    def usual_size(self) -> int | None:
        """The most frequent number of rows a tick; None if no time could be read."""
        self._close()
        return max(self._sizes, key=lambda size: (self._sizes[size], size)) if self._sizes else None

    def _is_near(self, moment: datetime | None) -> bool:
        if moment is None or self._last is None:
            return False
        return 0 <= (moment - self._last).total_seconds() <= _ONE_TICK_SECONDS

    def _close(self) -> None:
        if self._last is not None and self._size:
            self._sizes[self._size] += 1
        self._last, self._size = None, 0


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        return None


def _summary(rows: int, series: dict[str, _Series], ticks: _Ticks) -> GpuSamples:
    utilization = series["utilization"]
    if not any(each.count for each in series.values()):
        return GpuSamples()
    return GpuSamples(
        samples=rows,
        utilization_mean_pct=utilization.mean,
        utilization_min_pct=utilization.least,
        utilization_max_pct=utilization.greatest,
        utilization_unavailable=utilization.is_refused and not utilization.count,
        memory_used_mean_gib=series["memory_used"].mean,
        memory_total_gib=series["memory_total"].mean,
        power_mean_w=series["power"].mean,
        gpus=ticks.usual_size(),
    )
