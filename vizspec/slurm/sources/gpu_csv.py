"""The samples that `nvidia-smi --query-gpu=… --format=csv -l 30` appended to `gpu_metrics.csv`.

Lines in, one small summary out, nothing kept: a file may have hundreds of thousands of lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from vizspec.slurm.model.quantities import memory_gib, number
from vizspec.slurm.model.usage import GpuUse

_QUANTITIES = {
    "utilization.gpu": "utilization",
    "memory.used": "memory_used",
    "memory.total": "memory_total",
    "power.draw": "power",
    "power.draw.average": "power",
    "power.draw.instant": "power",
}
_NAMES = {
    "utilization": "GPU utilization",
    "memory_used": "memory used",
    "memory_total": "memory in total",
    "power": "power",
}
_DEVICES = ("uuid", "gpu_uuid", "index", "pci.bus_id", "gpu_bus_id", "serial", "gpu_serial")
"""Columns that tell the GPUs apart, the surest first: an index is of one node only."""

RECIPE_HEADER = (
    "timestamp, utilization.gpu [%], utilization.memory [%], memory.used [MiB], memory.total [MiB], "
    "power.draw [W], temperature.gpu"
)
"""What the recipe's jobs ask nvidia-smi for: the one order in which a file without header can be read."""

_REFUSED = r"\[[^\]]*\]"
_RECIPE_CELLS = tuple(
    re.compile(rf"[0-9.]+{unit}|{_REFUSED}") for unit in (" %", " %", " MiB", " MiB", " W", "")
)

_HEADER_CELL = re.compile(r"([a-z_.]+)(?:\s*\[([^\]]*)\])?")
_VALUE = re.compile(r"([0-9.]{1,30})\s*([%A-Za-z]*)")
_AMD = re.compile(r"gfx_activity|umc_activity|vram|socket_power|gpu use \(%\)|gfx%", re.IGNORECASE)

_NO_SUCH_VALUE = frozenset({"n/a", "not supported"})
"""What the driver says of a quantity that the GPU does not have, as of utilization under MIG."""

_ONE_TICK_SECONDS = 0.5
"""The GPUs of a node are sampled one after another; the next round comes later, after 30 s as a rule."""

_LONGEST_PAUSE_SECONDS = 600
"""A longer time without samples lies between two jobs, or two attempts, that wrote one file."""

_TO_SECOND = len("2025/11/11 11:00:05")

_MOST_KNOWN = 50_000
"""Texts of cells that a column remembers with their values."""


@dataclass(frozen=True)
class GpuSamples:
    """Means over all samples of all GPUs of one file; minimum and maximum of single samples.

    `samples` counts the rows, 0 where no row had a number: `problem` then says what is wrong with the file.
    `utilization_unavailable`: rows were there, but the driver gave no utilization (MIG). `gpus` is the number
    of devices, where no column tells them apart the usual number of rows a tick; None without either.
    `seconds` is the time that the samples span, without long pauses. `remarks` are for the reader.
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
    seconds: float | None = None
    devices: tuple[GpuUse, ...] = ()
    problem: str | None = None
    remarks: tuple[str, ...] = ()


def summarize_gpu_lines(lines: Iterable[str]) -> GpuSamples:
    """The samples of a CSV. Each field is read by itself.

    A row that is cut off does not count, nor one that has more cells than the header: the commas of its
    decimals would put numbers into the columns of others.
    """
    table = _Table()
    for line in lines:
        table.add(line)
    return table.summary()


@dataclass
class _Values:
    """The running sum of some values, the least and the greatest."""

    count: int = 0
    total: float = 0.0
    least: float | None = None
    greatest: float | None = None

    def add(self, value: float) -> None:
        self.count += 1
        self.total += value
        if self.least is None or value < self.least:
            self.least = value
        if self.greatest is None or value > self.greatest:
            self.greatest = value

    @property
    def mean(self) -> float | None:
        return self.total / self.count if self.count else None


class _Column:
    """The cells of one quantity as numbers, in GiB if it is memory; and the driver's refusals to give one."""

    def __init__(self, name: str) -> None:
        self.unit = ""
        self.refusals: Counter[str] = Counter()
        self._is_memory = name.startswith("memory")
        self._has_units = False
        self._known: dict[str, float | str | None] = {}

    def value(self, cell: str) -> float | None:
        """The value of a cell. Cells repeat, so that each text is read once."""
        if cell not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[cell] = self._read(cell.strip())
        known = self._known[cell]
        if isinstance(known, str):
            self.refusals[known] += 1
            return None
        return known

    def _read(self, cell: str) -> float | str | None:
        if cell.startswith("[") or cell.lower() in _NO_SUCH_VALUE:
            return cell.strip("[]")
        match = _VALUE.fullmatch(cell)
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
    device: int | None
    columns: tuple[tuple[int, str, _Column], ...]
    width: int
    header: int


def _layout(cells: Sequence[str], columns: dict[str, _Column]) -> _Layout | None:
    """What a header says, None if it is none; the units in it are noted in the columns."""
    matches = [_HEADER_CELL.fullmatch(cell.strip().lstrip("\ufeff").lower()) for cell in cells]
    places = {match[1]: place for place, match in reversed([*enumerate(matches)]) if match}
    found: dict[str, tuple[int, str, _Column]] = {}
    for header, name in _QUANTITIES.items():
        if header in places and name not in found:
            match = matches[places[header]]
            columns[name].unit = (match[2] if match else "") or ""
            found[name] = (places[header], name, columns[name])
    device = next((places[name] for name in _DEVICES if name in places), None)
    timestamp = places.get("timestamp")
    if not found and timestamp is None:
        return None
    reached = [*(place for place, _, _ in found.values()), timestamp or 0, device or 0]
    return _Layout(timestamp, device, tuple(found.values()), 1 + max(reached), len(cells))


class _Ticks:
    """Counts how many rows share one moment, and the time that passes."""

    def __init__(self) -> None:
        self.seconds: float | None = None
        self._sizes: Counter[int] = Counter()
        self._second = ""
        self._last: datetime | None = None
        self._before: datetime | None = None
        self._size = 0

    def add(self, text: str) -> int:
        """Takes the time of a row, gives its place in its tick. Rows of one second are of one tick."""
        text = text.strip()
        second = text[:_TO_SECOND]
        if second != self._second:
            self._second = second
            moment = _moment(text)
            if not self._is_near(moment):
                self._close()
            self._last = moment
            self._pass(moment)
        self._size += 1
        return self._size - 1

    def usual_size(self) -> int | None:
        """The most frequent number of rows a tick; None if no time could be read."""
        self._close()
        return max(self._sizes, key=lambda size: (self._sizes[size], size)) if self._sizes else None

    def _is_near(self, moment: datetime | None) -> bool:
        if moment is None or self._last is None:
            return False
        return 0 <= (moment - self._last).total_seconds() <= _ONE_TICK_SECONDS

    def _pass(self, moment: datetime | None) -> None:
        if moment and self._before:
            passed = (moment - self._before).total_seconds()
            if 0 < passed <= _LONGEST_PAUSE_SECONDS:
                self.seconds = (self.seconds or 0.0) + passed
        self._before = moment or self._before

    def _close(self) -> None:
        if self._last is not None and self._size:
            self._sizes[self._size] += 1
        self._last, self._size = None, 0


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip().replace("/", "-")).replace(tzinfo=None)
    except ValueError:
        return None


@dataclass
class _Table:
    """The lines so far: their sums, and what does not fit."""

    first_line: str = ""
    layout: _Layout | None = None
    is_assumed: bool = False
    rows: int = 0
    too_long: int = 0
    columns: dict[str, _Column] = field(default_factory=lambda: {name: _Column(name) for name in _NAMES})
    values: dict[str, _Values] = field(default_factory=lambda: {name: _Values() for name in _NAMES})
    devices: dict[str | int, dict[str, _Values]] = field(default_factory=dict)
    ticks: _Ticks = field(default_factory=_Ticks)

    def add(self, line: str) -> None:
        """Takes a line: a header, a row, or a message of nvidia-smi, which does not count."""
        self.first_line = self.first_line or line.strip()
        cells = line.split(",")
        if not line[:1].isdigit() and (header := _layout(cells, self.columns)):
            self.layout = header
            return
        if self.layout is None and _is_of_the_recipe(cells):
            self.layout = _layout(RECIPE_HEADER.split(","), self.columns)
            self.is_assumed = True
        if self.layout and len(cells) > self.layout.header:
            self.too_long += 1
        elif self.layout and len(cells) >= self.layout.width:
            self._add_row(self.layout, cells)

    def _add_row(self, layout: _Layout, cells: Sequence[str]) -> None:
        self.rows += 1
        device: str | int = self.ticks.add(cells[layout.timestamp]) if layout.timestamp is not None else 0
        if layout.device is not None:
            device = cells[layout.device].strip()
        if device not in self.devices:
            self.devices[device] = {name: _Values() for name in _NAMES}
        of_device = self.devices[device]
        for place, name, column in layout.columns:
            value = column.value(cells[place])
            if value is not None:
                self.values[name].add(value)
                of_device[name].add(value)

    def summary(self) -> GpuSamples:
        """What the lines tell, taken together."""
        if not any(values.count for values in self.values.values()):
            return GpuSamples(problem=self._problem())
        utilization = self.values["utilization"]
        has_devices = self.layout is not None and self.layout.device is not None
        gpus = len(self.devices) if has_devices else self.ticks.usual_size()
        return GpuSamples(
            samples=self.rows,
            utilization_mean_pct=utilization.mean,
            utilization_min_pct=utilization.least,
            utilization_max_pct=utilization.greatest,
            utilization_unavailable=bool(self.columns["utilization"].refusals) and not utilization.count,
            memory_used_mean_gib=self.values["memory_used"].mean,
            memory_total_gib=self.values["memory_total"].mean,
            power_mean_w=self.values["power"].mean,
            gpus=gpus,
            seconds=self.ticks.seconds,
            devices=self._gpu_uses() if gpus == len(self.devices) else (),
            remarks=tuple(self._remarks()),
        )

    def _gpu_uses(self) -> tuple[GpuUse, ...]:
        if not (self.values["utilization"].count or self.values["memory_used"].count):
            return ()
        return tuple(
            GpuUse(
                name if isinstance(name, str) and name.isdecimal() else str(place),
                values["utilization"].mean,
                values["memory_used"].greatest,
                values["memory_total"].mean,
            )
            for place, (name, values) in enumerate(self.devices.items())
        )

    def _remarks(self) -> Iterable[str]:
        if self.is_assumed:
            yield "gpu_metrics.csv has no header, its columns were read in the recipe's order"
        if self.too_long:
            yield (
                f"{self.too_long} of the {self.rows + self.too_long} rows of gpu_metrics.csv have more cells "
                "than its header, and are left out"
            )
        for name, column in self.columns.items():
            for refusal, count in column.refusals.items():
                if refusal.lower() not in _NO_SUCH_VALUE:
                    yield (
                        f"nvidia-smi answered [{refusal}] for the {_NAMES[name]} in {count} of {self.rows} "
                        "rows"
                    )

    def _problem(self) -> str:
        """Why there is not a single number in the file."""
        if self.layout is None or not self.layout.columns:
            return next(told for is_so, told in _STRANGE if is_so(self.first_line))
        if self.too_long:
            return (
                "has more cells in its rows than in its header: decimal commas cannot be told from those "
                "between its columns (run nvidia-smi with LC_ALL=C)"
            )
        if not self.rows:
            return "has a header but no rows"
        return "has rows but no number in them"


def _is_of_the_recipe(cells: Sequence[str]) -> bool:
    """Whether a row without header has the cells that the recipe's command writes, unit by unit."""
    return (
        len(cells) == 1 + len(_RECIPE_CELLS)
        and _moment(cells[0]) is not None
        and all(form.fullmatch(cell.strip()) for form, cell in zip(_RECIPE_CELLS, cells[1:], strict=True))
    )


_STRANGE: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda line: not line, "is empty"),
    (
        lambda line: _AMD.search(line) is not None,
        "was written by AMD's tool: only the columns of nvidia-smi are read",
    ),
    (
        lambda line: line.count(";") > line.count(","),
        "has semicolons between its columns, where nvidia-smi writes commas",
    ),
    (
        lambda line: _moment(line.split(",")[0]) is not None,
        "has no header line, so that nobody can tell its columns (run nvidia-smi without `noheader`)",
    ),
    (lambda line: "," not in line, "holds a message in place of samples: nvidia-smi did not run"),
    (lambda _: True, f"has none of the columns {', '.join(_QUANTITIES)}"),
)
"""What is strange about the first line of a file without a header of nvidia-smi's, in the order to ask."""
