"""How much longer a plan takes of logs in a bucket than of the same logs on disk, and how many requests.

`python -m benchmarks.buckets [--runs 100] [--delay 0.02]` serves the logs of so many runs on three tasks by
an S3-compatible server on the loopback interface that answers each request late, and plans twice from either
place: with an empty cache, and again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.growth import make_experiment
from tests.s3_server import fill, serving

TARGET = 3.0
"""As many times as long may the first plan take."""


def main() -> int:
    """Prints seconds, ratios and requests; 1 where the ratio is above the target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--delay", type=float, default=0.02)
    options = parser.parse_args()
    is_met = True
    for has_risk in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            ratio = compared(Path(folder), options.runs, options.delay, has_risk)
        is_met = is_met and ratio <= TARGET
    return int(not is_met)


def compared(base: Path, runs: int, delay: float, has_risk: bool) -> float:
    """The ratio of the first plans."""
    print(f"{runs * 3} logs {'with' if has_risk else 'without'} risk scores, {delay * 1000:.0f} ms a request")
    make_experiment(base / "disk", runs, has_risk, pictures="no")
    spec = json.loads((base / "disk" / "analysis.yaml").read_text(encoding="utf-8"))
    (base / "bucket").mkdir()
    for name in ("experiment_summary.yaml", "analysis.yaml"):
        (base / "bucket" / name).write_bytes((base / "disk" / name).read_bytes())
    spec["data"] = {"logs": ["s3://logs/{run}/eval/*/logs/*.eval"]}
    (base / "bucket" / "analysis.yaml").write_text(json.dumps(spec), encoding="utf-8")
    seconds = {}
    with serving(base / "notes", delay) as server:
        fill(server, "logs", base / "disk")
        for place in ("disk", "bucket"):
            for times in ("first", "again"):
                server.requests()
                seconds[place, times] = planned(base, place, server.environment)
                requests = len(server.requests())
                print(f"  {place:7} {times:6} {seconds[place, times]:6.2f} s, {requests} requests")
    ratio = seconds["bucket", "first"] / seconds["disk", "first"]
    print(f"  ratio {ratio:.1f} (target {TARGET:g}: {'met' if ratio <= TARGET else 'MISSED'})")
    return ratio


def planned(base: Path, place: str, environment: dict[str, str]) -> float:
    """Seconds of one plan, with a cache of its own."""
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "vizspec", "plan", str(base / place)],
        env=os.environ | environment | {"VIZSPEC_CACHE": str(base / f"cache of {place}")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - begin


if __name__ == "__main__":
    raise SystemExit(main())
