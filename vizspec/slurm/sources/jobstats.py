"""What `jobstats -j JOBID` printed: CPU and GPU use per node, as Prometheus sampled them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vizspec.slurm.model.quantities import GIB, number, positive, whole
from vizspec.slurm.sources.programs import Asker, Described

JOBSTATS = Described(
    "CPU and GPU use of Slurm jobs",
    "CPU figures are seff's, GPU utilization is nvidia-smi's, and jobstats' notes are missing",
)


@dataclass(frozen=True)
class Gpu:
    """One GPU of one node. `memory_used_gib` is the job's maximum. Each value may be missing by itself."""

    index: str
    utilization_pct: float | None = None
    memory_used_gib: float | None = None
    memory_total_gib: float | None = None


@dataclass(frozen=True)
class NodeUse:
    """One node's share of a job. `cpu_seconds` is the CPU time used."""

    name: str
    cpu_cores: int | None = None
    cpu_seconds: float | None = None
    memory_used_gib: float | None = None
    memory_allocated_gib: float | None = None
    gpus: tuple[Gpu, ...] = ()


@dataclass(frozen=True)
class JobstatsReport:
    """One job. `nodes` may be empty although jobstats succeeded: then only time and GPU count are known."""

    wall_seconds: float | None = None
    gpu_count: int | None = None
    nodes: tuple[NodeUse, ...] = ()

    @property
    def cpu_cores(self) -> int | None:
        """The cores of all nodes; None if a node does not tell."""
        cores = _sum(node.cpu_cores for node in self.nodes)
        return None if cores is None else int(cores)

    @property
    def cpu_efficiency_pct(self) -> float | None:
        """CPU seconds / (wall seconds × cores), in percent; over 100 where the accounting is off."""
        used = _sum(node.cpu_seconds for node in self.nodes)
        if used is None or not self.wall_seconds or not self.cpu_cores:
            return None
        return 100 * used / (self.wall_seconds * self.cpu_cores)

    @property
    def memory_used_gib(self) -> float | None:
        """CPU memory used on all nodes."""
        return _sum(node.memory_used_gib for node in self.nodes)

    @property
    def memory_allocated_gib(self) -> float | None:
        """CPU memory allocated on all nodes."""
        return _sum(node.memory_allocated_gib for node in self.nodes)

    @property
    def memory_efficiency_pct(self) -> float | None:
        """CPU memory used / allocated, in percent."""
        used, allocated = self.memory_used_gib, self.memory_allocated_gib
        return 100 * used / allocated if used is not None and allocated else None

    @property
    def gpus(self) -> tuple[Gpu, ...]:
        """The GPUs of all nodes."""
        return tuple(gpu for node in self.nodes for gpu in node.gpus)

    @property
    def gpu_utilization_pct(self) -> float | None:
        """The mean over all GPUs whose utilization is known."""
        known = [gpu.utilization_pct for gpu in self.gpus if gpu.utilization_pct is not None]
        return sum(known) / len(known) if known else None

    @property
    def gpu_memory_used_gib(self) -> float | None:
        """The sum over all GPUs; None if one does not tell."""
        return _sum(gpu.memory_used_gib for gpu in self.gpus)

    @property
    def gpu_memory_total_gib(self) -> float | None:
        """The sum over all GPUs; None if one does not tell."""
        return _sum(gpu.memory_total_gib for gpu in self.gpus)


def ask_jobstats(asker: Asker, job_id: str) -> str:
    """The text for `parse_jobstats`."""
    return asker.ask("jobstats", ["-j", job_id], [job_id])


def parse_jobstats(text: str) -> JobstatsReport | None:
    """The first JSON document in the text; None if there is none.

    A line of error may stand before it, and a second document (of a second job) after it.
    """
    start = text.find("{")
    if start < 0:
        return None
    try:
        data, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return jobstats_report(data)


def jobstats_report(data: object) -> JobstatsReport | None:
    """Decoded JSON as a report; None if it is no mapping. Parts of another form count as missing."""
    if not isinstance(data, Mapping):
        return None
    nodes = data.get("nodes")
    return JobstatsReport(
        wall_seconds=positive(data.get("total_time")),
        gpu_count=whole(data.get("gpus")),
        nodes=tuple(_node(str(name), node) for name, node in _items(nodes) if isinstance(node, Mapping)),
    )


def _node(name: str, node: Mapping[str, object]) -> NodeUse:
    return NodeUse(
        name=name,
        cpu_cores=whole(positive(node.get("cpus"))),
        cpu_seconds=number(node.get("total_time")),
        memory_used_gib=_gib(positive(node.get("used_memory"))),
        memory_allocated_gib=_gib(positive(node.get("total_memory"))),
        gpus=_gpus(node),
    )


def _gpus(node: Mapping[str, object]) -> tuple[Gpu, ...]:
    utilization = dict(_items(node.get("gpu_utilization")))
    used = dict(_items(node.get("gpu_used_memory")))
    total = dict(_items(node.get("gpu_total_memory")))
    return tuple(
        Gpu(
            index=str(index),
            utilization_pct=number(utilization.get(index)),
            memory_used_gib=_gib(number(used.get(index))),
            memory_total_gib=_gib(positive(total.get(index))),
        )
        for index in {**total, **used, **utilization}
    )


def _items(value: object) -> Iterable[tuple[object, object]]:
    return value.items() if isinstance(value, Mapping) else ()


def _gib(size: float | None) -> float | None:
    return None if size is None else size / GIB


def _sum(values: Iterable[float | None]) -> float | None:
    """The sum, if there are values and none of them is missing."""
    present = list(values)
    known = [value for value in present if value is not None]
    return sum(known) if known and len(known) == len(present) else None
