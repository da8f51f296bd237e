"""How cost grows with the number of evaluations: seconds, memory and bytes of each stage, and the exponent.

`python -m benchmarks.growth [--runs 10,30,100] [--pictures no|browser|matplotlib] [--risk yes|no|both]
[--recipe]` makes experiments of so many runs on three tasks, with and without risk scores, and measures every
command as a process of its own: CPU with that of all children, and the peak of the memory that they hold
together (each shared page counted once); the same of each stage of the first plan and render; and the size of
what is written. A line is printed as soon as it is known. The exponent is the slope of log(cost) over
log(evaluations) by least squares: 1 where twice the evaluations cost twice as much. `--recipe` measures
`benchmarks/recipe.py` on the same logs, with its own few figures and with vizspec's: how many times as long
the libraries take by themselves. It writes pages and draws with matplotlib, as `--pictures matplotlib` has
vizspec do.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from vizspec.limits.archives import add_zstandard

TASKS = ("income", "mobility", "employment")
SAMPLES = 40
SAMPLED_SECONDS = 0.2
SHORTEST = 0.05
"""Seconds; a stage that took less had nothing to do, and CPU below it lies within the clock's grain."""
WRITTEN = {"pages": (".html", ".js", ".wasm"), "pictures": (".png", ".svg", ".pdf")}
"""The endings of what two stages write; the rest are documents."""
GOAL = 1.1
"""The greatest exponent of any stage."""

VIEWS = ["scores_by_task", "scores_heatmap", "scores_radar_by_task"]
RISK_VIEWS = ["roc_curves", "calibration_curves", "prediction_histogram"]


RECIPES: dict[str, list[str]] = {"recipe": [], "recipe, same figures": ["--same-figures"]}
"""The script with few crowded pictures, and with those that vizspec draws."""


class Cost(NamedTuple):
    """What a command took: seconds of CPU and of wall time, and the most mebibytes held at once."""

    cpu: float
    wall: float
    memory: float


def main() -> int:
    """Prints a line a stage and size, and the exponents; 1 where one is above the goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", default="10,30,100")
    parser.add_argument("--pictures", choices=["no", "browser", "matplotlib"], default="no")
    parser.add_argument("--risk", choices=["yes", "no", "both"], default="both")
    parser.add_argument("--recipe", action="store_true", help="the libraries by themselves, too")
    options = parser.parse_args()
    sizes = [int(number) for number in options.runs.split(",")]
    exponents: list[float] = []
    for has_risk in {"yes": [True], "no": [False], "both": [False, True]}[options.risk]:
        print(f"{'with' if has_risk else 'without'} risk scores, {len(TASKS)} tasks, {SAMPLES} samples each")
        costs = {runs: measured(runs, has_risk, options.pictures, options.recipe) for runs in sizes}
        exponents += table(costs)
    if len(sizes) < 2:
        print("an exponent needs two sizes")
        return 0
    greatest = max(exponents)
    print(f"the greatest exponent: {greatest:.2f} (goal {GOAL}: {'met' if greatest <= GOAL else 'MISSED'})")
    return int(greatest > GOAL)


def measured(runs: int, has_risk: bool, pictures: str, with_recipe: bool) -> dict[str, Cost]:
    """The cost of each command on an experiment of so many runs, and the size of what it made."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        make_experiment(base, runs, has_risk, pictures)
        costs: dict[str, Cost] = {}
        for name, arguments in COMMANDS.items():
            has_stages = name in ("plan, first", "render")
            found = run(base, *arguments, stages=base / "stages.json" if has_stages else None)
            for stage, cost in found.items():
                costs[f"{name}: {stage}" if stage else name] = cost
                figures = f"{cost.cpu:.2f} s of CPU, {cost.wall:.2f} s, {cost.memory:.0f} MiB"
                print(f"  {runs * len(TASKS)} logs: {name} {stage}: {figures}", flush=True)
        costs |= {f"written: {stage} (MB)": Cost(size, 0, 0) for stage, size in written(base).items()}
        if with_recipe:
            for name, further in RECIPES.items():
                costs[name] = of_process(base, "benchmarks.recipe", str(base), *further)
                ratio = costs[name].cpu / costs["render"].cpu
                print(f"  {runs * len(TASKS)} logs: {name} / render = {ratio:.1f}")
        return costs


COMMANDS = {
    "validate": ["validate"],
    "plan, first": ["plan"],
    "plan, again": ["plan"],
    "render": ["render", "--quiet"],
    "render, unchanged": ["render", "--quiet"],
    "check": ["check", "--quiet"],
}
"""What is measured, in this order: each as it is called."""


def written(base: Path) -> dict[str, float]:
    """The megabytes of each kind of outputs."""
    sizes = dict.fromkeys((*WRITTEN, "documents"), 0.0)
    for path in (base / "analysis").rglob("*"):
        if path.is_file() and "vizspec-" not in path.name:
            kind = next((kind for kind, endings in WRITTEN.items() if path.suffix in endings), "documents")
            sizes[kind] += path.stat().st_size / 1e6
    return sizes


def run(base: Path, *arguments: str, stages: Path | None = None) -> dict[str, Cost]:
    """One command as a process of its own, with the cache in the experiment's folder, and its stages."""
    module = ["vizspec"] if stages is None else ["benchmarks.stages", str(stages)]
    held_at: list[tuple[float, float]] = []
    whole = of_process(base, *module, *arguments, str(base), held_at=held_at)
    spent = json.loads(stages.read_text(encoding="utf-8")) if stages is not None else {}
    return {"": whole} | {
        stage: Cost(cpu, wall, peak_within(held_at, spans))
        for stage, (cpu, wall, spans) in spent.items()
        if wall > SHORTEST
    }


def peak_within(held_at: Sequence[tuple[float, float]], spans: Sequence[Sequence[float]]) -> float:
    """The most that was held in these spans of time, or at the moments that were measured beside them."""
    within = (
        memory
        for when, memory in held_at
        if any(begin - SAMPLED_SECONDS <= when <= end + SAMPLED_SECONDS for begin, end in spans)
    )
    return max(within, default=0.0)


def of_process(base: Path, *arguments: str, held_at: list[tuple[float, float]] | None = None) -> Cost:
    """What Python takes for a module and its arguments, its children included.

    `held_at` is told of the memory at each moment that was measured.
    """
    environ = os.environ | {"VIZSPEC_CACHE": str(base / "cache")}
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = 0.0
    with subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while process.poll() is None:
            memory = held(process.pid)
            peak = max(peak, memory)
            if held_at is not None:
                held_at.append((time.perf_counter(), memory))
            with suppress(subprocess.TimeoutExpired):
                process.wait(SAMPLED_SECONDS)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.perf_counter() - start, peak)


def held(pid: int) -> float:
    """The mebibytes that a process and all its children hold now, of shared pages their part (Linux only)."""
    total = 0.0
    with suppress(psutil.Error, OSError):
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.Error, OSError):
                text = Path(f"/proc/{one.pid}/smaps_rollup").read_text(encoding="ascii")
                total += int(text.split("Pss:")[1].split()[0]) / 1024
    return total


def table(costs: dict[int, dict[str, Cost]]) -> Iterator[float]:
    """Prints a line a stage, with seconds of CPU, and gives the exponent of each.

    A size at which a stage took next to nothing, such as reading logs that are known, has no part in it; one
    that takes something at a single size has none.
    """
    for stage in costs[max(costs)]:
        done = {runs * len(TASKS): cost[stage] for runs, cost in costs.items() if stage in cost}
        costs_text = "  ".join(f"{size}: {cost.cpu:.2f}" for size, cost in done.items())
        peak = max(cost.memory for cost in done.values())
        known = {size: cost.cpu for size, cost in done.items() if cost.cpu > SHORTEST}
        slope = exponent(list(known), list(known.values())) if len(known) > 1 else None
        judged = "too short to tell" if slope is None else f"exponent {slope:.2f}"
        print(f"  {stage:20} {costs_text}  {judged}" + (f", peak {peak:.0f} MiB" if peak else ""))
        if slope is not None:
            yield slope


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """The slope of log(cost) over log(size) by least squares."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(cost, 1e-3)) for cost in costs]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - middle_x) ** 2 for x in xs)
    shared = sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True))
    return shared / spread if spread else 0.0


def make_experiment(base: Path, runs: int, has_risk: bool, pictures: str) -> None:
    """A folder of logs as Inspect writes them, the design beside them, and a spec of all views."""
    chance = random.Random(runs)
    names = [f"model{number:03}" for number in range(runs)]
    for name in names:
        for task in TASKS:
            path = base / name / "eval" / task / "logs" / "a.eval"
            path.parent.mkdir(parents=True)
            write_log(path, name, task, has_risk, chance)
    design = {
        "experiment": {"name": "growth"},
        "runs": [{"name": name, "type": "control", "model": name} for name in names],
        "evaluation": {
            "tasks": [{"name": task} for task in TASKS],
            "matrix": [{"run": name, "tasks": list(TASKS)} for name in names],
        },
    }
    (base / "experiment_summary.yaml").write_text(json.dumps(design), encoding="utf-8")
    views = [{"view": view, "metrics": "match"} for view in VIEWS]
    spec = {
        "vizspec": 1,
        "experiment": "experiment_summary.yaml",
        "output": {"formats": ["html"]}
        if pictures == "no"
        else {"formats": ["html", "png"], "pictures": pictures},
        "views": views + ([{"view": view} for view in RISK_VIEWS] if has_risk else []),
    }
    (base / "analysis.yaml").write_text(json.dumps(spec), encoding="utf-8")


def write_log(path: Path, model: str, task: str, has_risk: bool, chance: random.Random) -> None:
    """One log: its samples, their summaries and its header."""
    scores: dict[str, list[float]] = {"match": []}
    summaries = []
    for number in range(1, SAMPLES + 1):
        target, risk = number % 2, chance.random()
        right = float((risk > 0.5) == bool(target))
        scores["match"].append(right)
        score: dict[str, Any] = {"match": {"value": "C" if right else "I", "answer": str(int(risk > 0.5))}}
        if has_risk:
            metadata = {"risk_score": risk, "option_probs": {"0": 1 - risk, "1": risk}, "target": str(target)}
            score["risk_scorer"] = {"value": right, "answer": str(int(risk > 0.5)), "metadata": metadata}
        summaries.append(
            {
                "id": number,
                "epoch": 1,
                "input": f"question {number}",
                "choices": ["0", "1"],
                "target": str(target),
                "scores": score,
                "completed": True,
            }
        )
    mean = sum(scores["match"]) / SAMPLES
    stderr = math.sqrt(mean * (1 - mean) / (SAMPLES - 1))
    results = [result("match", {"accuracy": mean, "stderr": stderr})]
    if has_risk:
        results.append(result("risk_scorer", {"auc_score": 0.5}))
    header = {
        "version": 2,
        "status": "success",
        "eval": {
            "eval_id": f"{model}-{task}",
            "run_id": model,
            "created": "2026-01-01T00:00:00+00:00",
            "task": task,
            "task_id": task,
            "task_args": {},
            "model": f"hf/{model}",
            "model_args": {},
            "config": {"epochs": 1},
            "dataset": {"name": task, "samples": SAMPLES, "sample_ids": list(range(1, SAMPLES + 1))},
            "packages": {"inspect_ai": "0.3.285"},
        },
        "results": {"total_samples": SAMPLES, "completed_samples": SAMPLES, "scores": results},
    }
    add_zstandard()
    with zipfile.ZipFile(path, "w", compression=93) as archive:
        for one in summaries:
            whole = {key: value for key, value in one.items() if key != "completed"}
            sample = whole | {"messages": [], "output": {}, "metadata": {}, "store": {}, "events": []}
            archive.writestr(f"samples/{one['id']}_epoch_1.json", json.dumps(sample))
        archive.writestr("summaries.json", json.dumps(summaries))
        archive.writestr("header.json", json.dumps(header))


def result(scorer: str, metrics: dict[str, float]) -> dict[str, Any]:
    """One scorer's results as a log's header has them."""
    return {
        "name": scorer,
        "scorer": scorer,
        "scored_samples": SAMPLES,
        "unscored_samples": 0,
        "metrics": {name: {"name": name, "value": value} for name, value in metrics.items()},
    }


if __name__ == "__main__":
    raise SystemExit(main())
