"""The columns of nvidia-smi's samples: where they stand, and what their cells say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vizspec.slurm.model.quantities import memory_gib, number
from vizspec.slurm.sources.gpu_ticks import sample_time

QUANTITIES = {
    "utilization.gpu": "utilization",
    "memory.used": "memory_used",
    "memory.total": "memory_total",
    "power.draw": "power",
    "power.draw.average": "power",
    "power.draw.instant": "power",
}
NAMES = {
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
NO_SUCH_VALUE = frozenset({"n/a", "not supported"})
"""What the driver says of a quantity that the GPU does not have, as of utilization under MIG."""

_MOST_KNOWN = 50_000
"""Texts of cells that a column remembers with their values."""


class GpuColumn:
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
        if cell.startswith("[") or cell.lower() in NO_SUCH_VALUE:
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
class GpuLayout:
    """Where the columns stand. A row must reach the last of them, and end where the header ends at most."""

    timestamp: int | None
    device: int | None
    columns: tuple[tuple[int, str, GpuColumn], ...]
    width: int
    header: int


def layout_of(cells: Sequence[str], columns: dict[str, GpuColumn]) -> GpuLayout | None:
    """What a header says, None if it is none; the units in it are noted in the columns."""
    matches = [_HEADER_CELL.fullmatch(cell.strip().lstrip("\ufeff").lower()) for cell in cells]
    places = {match[1]: place for place, match in reversed([*enumerate(matches)]) if match}
    found: dict[str, tuple[int, str, GpuColumn]] = {}
    for header, name in QUANTITIES.items():
        if header in places and name not in found:
            match = matches[places[header]]
            columns[name].unit = (match[2] if match else "") or ""
            found[name] = (places[header], name, columns[name])
    device = next((places[name] for name in _DEVICES if name in places), None)
    timestamp = places.get("timestamp")
    if not found and timestamp is None:
        return None
    reached = [*(place for place, _, _ in found.values()), timestamp or 0, device or 0]
    return GpuLayout(timestamp, device, tuple(found.values()), 1 + max(reached), len(cells))


def is_of_the_recipe(cells: Sequence[str]) -> bool:
    """Whether a row without header has the cells that the recipe's command writes, unit by unit."""
    return (
        len(cells) == 1 + len(_RECIPE_CELLS)
        and sample_time(cells[0]) is not None
        and all(form.fullmatch(cell.strip()) for form, cell in zip(_RECIPE_CELLS, cells[1:], strict=True))
    )
