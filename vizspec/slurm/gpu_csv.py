"""The samples that `nvidia-smi --query-gpu=… --format=csv -l 30` appended to `gpu_metrics.csv`.

Lines in, one small summary out, nothing kept: a file may have hundreds of thousands of lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from vizspec.slurm.quantities import memory_gib, number

_NAMES = {
    "timestamp": "timestamp",
    "utilization.gpu": "utilization",
    "memory.used": "memory_used",
    "memory.total": "memory_total",
    "power.draw": "power",
}
_HEADER_CELL = re.compile(r"([a-z_.]+)(?:\s*\[([^\]]*)\])?")
_VALUE = re.compile(r"([0-9.]{1,30})\s*([%A-Za-z]*)")

_ONE_TICK_SECONDS = 2.0
"""All GPUs of a node are sampled within this time; the next tick comes later (usually after 30 s)."""


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


@dataclass
class _Series:
    """Running sum, least and greatest of one column."""

    count: int = 0
    total: float = 0.0
    least: float | None = None
    greatest: float | None = None

    def add(self, value: float) -> None:
        self.count += 1
        self.total += value
        self.least = value if self.least is None or value < self.least else self.least
        self.greatest = value if self.greatest is None or value > self.greatest else self.greatest

    @property
    def mean(self) -> float | None:
        return self.total / self.count if self.count else None


@dataclass
class _Columns:
    """Where the columns that count stand, and their units: given in the header, or after each value."""

    places: dict[str, int]
    units: dict[str, str]
    with_units: set[str] = field(default_factory=set)

    @property
    def width(self) -> int:
        return max(self.places.values()) + 1


def summarize_gpu_lines(lines: Iterable[str]) -> GpuSamples:
    """The samples of a CSV. Each field is read by itself; a row that is cut off does not count."""
    columns: _Columns | None = None
    series = {name: _Series() for name in _NAMES.values()}
    ticks = _Ticks()
    rows = 0
    for line in lines:
        cells = line.split(",")
        if "timestamp" in cells[0] and (header := _header(cells)):
            columns = header
        elif columns is not None and len(cells) >= columns.width:
            rows += 1
            _add(cells, columns, series)
            ticks.add(cells[columns.places["timestamp"]])
    return _summary(rows, series, ticks)


def _header(cells: Sequence[str]) -> _Columns | None:
    places: dict[str, int] = {}
    units: dict[str, str] = {}
    for place, cell in enumerate(cells):
        match = _HEADER_CELL.fullmatch(cell.strip().lstrip("\ufeff").lower())
        if match and match[1] in _NAMES:
            places[_NAMES[match[1]]] = place
            units[_NAMES[match[1]]] = match[2] or ""
    return _Columns(places, units) if "timestamp" in places else None


def _add(cells: Sequence[str], columns: _Columns, series: dict[str, _Series]) -> None:
    for name, place in columns.places.items():
        if name == "timestamp":
            continue
        value = _value(name, cells[place], columns)
        if value is not None:
            series[name].add(value)


def _value(name: str, cell: str, columns: _Columns) -> float | None:
    match = _VALUE.fullmatch(cell.strip())
    value = number(match[1]) if match else None
    if match is None or value is None:
        return None
    unit = match[2]
    if unit:
        columns.with_units.add(name)
    elif name in columns.with_units:
        # The unit was there in the rows before: the file ends in the middle of this number.
        return None
    if name.startswith("memory"):
        return memory_gib(f"{value} {unit or columns.units[name] or 'MiB'}")
    return value


class _Ticks:
    """Counts how many rows share one moment."""

    def __init__(self) -> None:
        self._sizes: Counter[int] = Counter()
        self._second: str = ""
        self._start: datetime | None = None
        self._size = 0

    def add(self, text: str) -> None:
        if text[:_TO_SECOND] == self._second:
            self._size += 1
            return
        self._second = text[:_TO_SECOND]
        moment = _moment(text)
        if moment and self._start and 0 <= (moment - self._start).total_seconds() <= _ONE_TICK_SECONDS:
            self._size += 1
            return
        self._close()
        self._start, self._size = moment, 1 if moment else 0

    def usual_size(self) -> int | None:
        self._close()
        return max(self._sizes, key=lambda size: (self._sizes[size], size)) if self._sizes else None

    def _close(self) -> None:
        if self._start is not None and self._size:
            self._sizes[self._size] += 1
        self._start, self._size = None, 0


_TO_SECOND = len("2025/11/11 11:00:05")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        return None


def _summary(rows: int, series: dict[str, _Series], ticks: _Ticks) -> GpuSamples:
    utilization, memory, power = series["utilization"], series["memory_used"], series["power"]
    if not any(each.count for each in series.values()):
        return GpuSamples()
    return GpuSamples(
        samples=rows,
        utilization_mean_pct=utilization.mean,
        utilization_min_pct=utilization.least,
        utilization_max_pct=utilization.greatest,
        utilization_unavailable=not utilization.count and bool(memory.count or power.count),
        memory_used_mean_gib=memory.mean,
        memory_total_gib=series["memory_total"].mean,
        power_mean_w=power.mean,
        gpus=ticks.usual_size(),
    )
