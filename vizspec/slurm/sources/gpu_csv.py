"""The samples that `nvidia-smi --query-gpu=… --format=csv -l 30` appended to `gpu_metrics.csv`.

Lines in, one small summary out, nothing kept: a file may have hundreds of thousands of lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from vizspec.slurm.model.usage import GpuUse
from vizspec.slurm.sources.gpu_columns import (
    NAMES,
    NO_SUCH_VALUE,
    QUANTITIES,
    RECIPE_HEADER,
    GpuColumn,
    GpuLayout,
    is_of_the_recipe,
    layout_of,
)
from vizspec.slurm.sources.gpu_ticks import GpuTicks, sample_time

_AMD = re.compile(r"gfx_activity|umc_activity|vram|socket_power|gpu use \(%\)|gfx%", re.IGNORECASE)


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


@dataclass
class _Table:
    """The lines so far: their sums, and what does not fit."""

    first_line: str = ""
    layout: GpuLayout | None = None
    is_assumed: bool = False
    rows: int = 0
    too_long: int = 0
    columns: dict[str, GpuColumn] = field(default_factory=lambda: {name: GpuColumn(name) for name in NAMES})
    values: dict[str, _Values] = field(default_factory=lambda: {name: _Values() for name in NAMES})
    devices: dict[str | int, dict[str, _Values]] = field(default_factory=dict)
    ticks: GpuTicks = field(default_factory=GpuTicks)

    def add(self, line: str) -> None:
        """Takes a line: a header, a row, or a message of nvidia-smi, which does not count."""
        self.first_line = self.first_line or line.strip()
        cells = line.split(",")
        if not line[:1].isdigit() and (header := layout_of(cells, self.columns)):
            self.layout = header
            return
        if self.layout is None and is_of_the_recipe(cells):
            self.layout = layout_of(RECIPE_HEADER.split(","), self.columns)
            self.is_assumed = True
        if self.layout and len(cells) > self.layout.header:
            self.too_long += 1
        elif self.layout and len(cells) >= self.layout.width:
            self._add_row(self.layout, cells)

    def _add_row(self, layout: GpuLayout, cells: Sequence[str]) -> None:
        self.rows += 1
        device: str | int = self.ticks.add(cells[layout.timestamp]) if layout.timestamp is not None else 0
        if layout.device is not None:
            device = cells[layout.device].strip()
        if device not in self.devices:
            self.devices[device] = {name: _Values() for name in NAMES}
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
        if self.layout and self.layout.timestamp is not None and self.ticks.usual_size() is None:
            yield (
                "the times in gpu_metrics.csv are not of the form 2026/03/01 10:00:00: neither its GPUs nor "
                "its time can be counted"
            )
        if self.too_long:
            yield (
                f"{self.too_long} of the {self.rows + self.too_long} rows of gpu_metrics.csv have more cells "
                "than its header, and are left out"
            )
        for name, column in self.columns.items():
            for refusal, count in column.refusals.items():
                if refusal.lower() not in NO_SUCH_VALUE:
                    yield (
                        f"nvidia-smi answered [{refusal}] for the {NAMES[name]} in {count} of {self.rows} "
                        "rows"
                    )

    def _problem(self) -> str:
        """Why there is not a single number in the file."""
        if self.layout is None or not self.layout.columns:
            return next(problem for is_so, problem in _STRANGE if is_so(self.first_line))
        if self.too_long:
            return (
                "has more cells in its rows than in its header: decimal commas cannot be told from those "
                "between its columns (run nvidia-smi with LC_ALL=C)"
            )
        if not self.rows:
            return "has a header but no rows"
        return "has rows but no number in them"


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
        lambda line: sample_time(line.split(",")[0]) is not None,
        "has no header line, so that its columns are not known (run nvidia-smi without `noheader`)",
    ),
    (lambda line: "," not in line, "holds a message in place of samples: nvidia-smi did not run"),
    (lambda _: True, f"has none of the columns {', '.join(QUANTITIES)}"),
)
"""What is strange about the first line of a file without a header of nvidia-smi's, in the order to ask."""
