"""How much faster 200 jobs are asked about together than one after another.

The programs are scripts that sleep for 0.2 s, as seff and jobstats do while they wait for a database.
Prints both times, that of the sequential calls worked out from a sample of them, and their ratio.

    python -m benchmarks.compute_collection [JOBS]
"""

from __future__ import annotations

import functools
import sys
import tempfile
import time
from pathlib import Path

from vizspec.slurm.sources.collect import collect_answers
from vizspec.slurm.sources.run_command import RunCommand, run_command

SECONDS_A_COMMAND = 0.2
SAMPLE = 5

SEFF = "Job ID: %s\\nState: COMPLETED (exit code 0)\\nJob Wall-clock time: 01:00:00\\n"
JSON = '{"gpus": 1, "nodes": {"n1": {"cpus": 4, "total_time": 60.0}}, "total_time": 3600}'
TABLE = "JobID|State|Timelimit\\n"


def main(jobs: int) -> None:
    """Collects the answers about `jobs` jobs, and about a few of them alone."""
    with tempfile.TemporaryDirectory() as folder:
        run = fake_programs(Path(folder))
        ids = [str(1_000_000 + number) for number in range(jobs)]
        together = seconds(run, ids)
        alone = sum(seconds(run, [job_id]) for job_id in ids[:SAMPLE]) / SAMPLE * jobs
    print(f"{jobs} jobs together: {together:.1f} s")
    print(f"{jobs} jobs one by one: {alone:.0f} s (from {SAMPLE} of them)")
    print(f"ratio: {alone / together:.1f}")


def fake_programs(folder: Path) -> RunCommand:
    """A run whose seff, sacct and jobstats take their time."""
    bodies = {
        "seff": f"printf '{SEFF}' \"$1\"",
        "jobstats": f"echo '{JSON}'",
        "sacct": f"printf '{TABLE}'; for job in $(echo $2 | /usr/bin/tr , ' '); do "
        'echo "$job|COMPLETED|02:00:00"; done',
    }
    for name, body in bodies.items():
        script = folder / name
        script.write_text(f"#!/bin/sh\n/bin/sleep {SECONDS_A_COMMAND}\n{body}\n", encoding="utf-8")
        script.chmod(0o755)
    return functools.partial(run_command, env={"PATH": str(folder)})


def seconds(run: RunCommand, job_ids: list[str]) -> float:
    """The wall time of one collection, in seconds."""
    begun = time.perf_counter()
    collected = collect_answers(job_ids, run)
    if not all(each.seff and each.sacct and each.jobstats for each in collected.answers):
        raise SystemExit("a program did not answer: the measurement would be of less work")
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
