"""How fast and in how much memory risk scores are read, against inspect-ai's reader and a loop.

    python -m benchmarks.risk_reading [--samples 5000]

One really evaluated sample is multiplied into logs of any size. All figures are ratios within one run, save
for the memory, which is the peak of a fresh process. The targets: 100 times as fast with one repeat a sample,
20 times with three, 20,000 samples in under 300 MB.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.samples.logs import evaluate
from vizspec.limits.archives import add_zstandard
from vizspec.samples.parallel import executor
from vizspec.samples.read import read_samples
from vizspec.samples.read_eval import read_eval
from vizspec.samples.record import LogSamples, Member

PADDING_BYTES = 14_000
"""A sample's transcript, as real logs have it: about 16 kB a sample with the rest."""
MEMORY_PROBE = """
import sys
from pathlib import Path
from vizspec.risk.reduce import log_risk
from vizspec.samples.read_eval import read_eval
log_risk(read_eval(sys.argv[1]))
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


def main() -> None:
    """Makes the logs, measures, and prints a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=5000)
    count = parser.parse_args().samples
    with tempfile.TemporaryDirectory() as folder:
        seed = evaluate(Path(folder), [0.3, 0.8])
        for epochs, target in ((1, 100), (3, 20)):
            _compare(multiplied(seed, Path(folder) / f"{epochs}.eval", count, epochs), epochs, target)
        _scaling(seed, Path(folder), count)
        _memory(seed, Path(folder))


def multiplied(
    seed: Path, path: Path, count: int, epochs: int = 1, padding_bytes: int = PADDING_BYTES
) -> Path:
    """A log of `count` samples and `epochs` repeats of each, all copies of the first sample of `seed`."""
    add_zstandard()
    with zipfile.ZipFile(seed) as archive:
        header, summaries, reductions = (
            json.loads(archive.read(name)) for name in ("header.json", "summaries.json", "reductions.json")
        )
        sample = json.loads(archive.read("samples/1_epoch_1.json"))
    header["eval"]["config"]["epochs"] = epochs
    header["eval"]["dataset"] |= {"samples": count, "sample_ids": list(range(1, count + 1))}
    header["results"] |= {"total_samples": count * epochs, "completed_samples": count * epochs}
    chance = random.Random(1)
    sample["metadata"] = {"transcript": [f"line {chance.random()}" for _ in range(padding_bytes // 28)]}
    keys = [(number, epoch) for number in range(1, count + 1) for epoch in range(1, epochs + 1)]
    all_summaries, reduced = [], []
    with zipfile.ZipFile(path, "w", compression=93) as archive:
        for number, epoch in keys:
            metadata = _metadata(chance, number)
            archive.writestr(
                f"samples/{number}_epoch_{epoch}.json", json.dumps(_copy(sample, number, epoch, metadata))
            )
            all_summaries.append(_copy(summaries[0], number, epoch, metadata))
            if epoch == 1:
                score = reductions[0]["samples"][0]
                reduced.append(score | {"sample_id": number, "metadata": metadata})
        archive.writestr("summaries.json", json.dumps(all_summaries))
        archive.writestr("reductions.json", json.dumps([reductions[0] | {"samples": reduced}]))
        archive.writestr("header.json", json.dumps(header))
    return path


def upstream_loop(path: Path) -> tuple[list[float], list[float]]:
    """What a script does: the whole log through inspect-ai, and a loop over its samples."""
    from inspect_ai.log import read_eval_log

    y_true, y_score = [], []
    for sample in read_eval_log(str(path)).samples or []:
        metadata = (sample.scores or {})["risk_scorer"].metadata or {}
        y_true.append(float(metadata["target"] == list(metadata["option_probs"])[-1]))
        y_score.append(metadata["risk_score"])
    return y_true, y_score


def _copy(original: dict[str, Any], number: int, epoch: int, metadata: dict[str, Any]) -> dict[str, Any]:
    scores = {name: score | {"metadata": metadata} for name, score in original["scores"].items()}
    return original | {"id": number, "epoch": epoch, "uuid": f"{number}-{epoch}", "scores": scores}


def _metadata(chance: random.Random, number: int) -> dict[str, Any]:
    risk = chance.random()
    return {"risk_score": risk, "option_probs": {"0": 1 - risk, "1": risk}, "target": str(number % 2)}


def _compare(path: Path, epochs: int, target: float) -> None:
    ours, found = _best(lambda: read_eval(path))
    theirs, (_, y_score) = _best(lambda: upstream_loop(path), times=1)
    assert isinstance(found, LogSamples)
    assert sorted(y_score) == sorted(value for value in found.predictions.last if value is not None)
    _tell(
        f"{found.total:,} samples, {epochs} repeat(s), from {found.member.value}: {ours * 1000:.0f} ms "
        f"against {theirs:.2f} s: {theirs / ours:.0f} times as fast (target {target})"
    )
    slow, _ = _best(lambda: read_eval(path, Member.SAMPLES))
    _tell(f"    one sample after the other: {slow * 1000:.0f} ms, {theirs / slow:.0f} times as fast")


def _scaling(seed: Path, folder: Path, count: int) -> None:
    small, large = (multiplied(seed, folder / f"s{n}.eval", n, 3) for n in (count // 4, count))
    cpu = time.process_time  # what else runs on the machine must not bend the line
    ratio = _best(lambda: read_eval(large), clock=cpu)[0] / _best(lambda: read_eval(small), clock=cpu)[0]
    _tell(f"four times the samples: {ratio:.1f} times the time")
    logs = [str(small)] * 24
    few, _ = _best(lambda: read_samples(logs[:6]), clock=cpu)
    many, _ = _best(lambda: read_samples(logs), clock=cpu)
    _tell(f"four times the logs: {many / few:.1f} times the time")
    serial, _ = _best(lambda: read_samples(logs))
    with executor() as pool:
        read_samples(logs[:4], executor=pool)
        parallel, _ = _best(lambda: read_samples(logs, executor=pool))
    _tell(f"24 logs, a process a core: {serial / parallel:.1f} times as fast as one after the other")


def _memory(seed: Path, folder: Path) -> None:
    for epochs in (1, 3):
        path = multiplied(seed, folder / f"m{epochs}.eval", 20_000, epochs, padding_bytes=0)
        probe = [sys.executable, "-c", MEMORY_PROBE, str(path)]
        peak_kib = int(subprocess.run(probe, capture_output=True, text=True, check=True).stdout)
        _tell(f"20,000 samples, {epochs} repeat(s): {peak_kib / 1024:.0f} MiB at the peak (target 300)")


def _best(
    work: Callable[[], Any], times: int = 5, clock: Callable[[], float] = time.perf_counter
) -> tuple[float, Any]:
    """The shortest of some runs, and what the last gave."""
    shortest, result = float("inf"), None
    for _ in range(times):
        begun = clock()
        result = work()
        shortest = min(shortest, clock() - begun)
    return shortest, result


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
