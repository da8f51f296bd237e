"""How much processor time the light commands take, against importing the libraries they must not import.

    python -m benchmarks.startup [--runs 5]

Each figure is the least of several runs of a fresh process, all in one go on one machine: only their ratios
mean anything elsewhere. The targets, on an idle machine: `--help` within 0.15 s, `validate` within 0.45 s.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from vizspec.demo.experiment_summary import summary_text
from vizspec.demo.kinds import demo
from vizspec.demo.layout import layout_named

REPOSITORY = Path(__file__).parents[1]
TARGET_SECONDS = {"vizspec --help": 0.15, "vizspec validate (a starter)": 0.45}
HEAVY = "import inspect_ai, inspect_ai.analysis, inspect_viz"
COMMANDS: dict[str, Sequence[str]] = {
    "vizspec --help": ["-m", "vizspec", "--help"],
    "vizspec validate (full.yaml)": ["-m", "vizspec", "validate", "full.yaml"],
    "vizspec validate (a starter)": ["-m", "vizspec", "validate"],
    "vizspec init (without logs)": ["-m", "vizspec", "init", "--force"],
    "vizspec schema": ["-m", "vizspec", "schema"],
    "importing the libraries": ["-c", HEAVY],
}


def main() -> None:
    """Measures and prints a line a command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "experiment_summary.yaml").write_text(summary_text(demo(), layout_named("current"), 569))
        (folder / "full.yaml").write_bytes((REPOSITORY / "specs" / "full.yaml").read_bytes())
        cpu_seconds(COMMANDS["vizspec init (without logs)"], folder)
        least = {label: cpu_seconds(command, folder) for label, command in COMMANDS.items()}
        for _ in range(runs - 1):
            least = {
                label: min(known, cpu_seconds(COMMANDS[label], folder)) for label, known in least.items()
            }
    for label, seconds in least.items():
        ratio = seconds / least["importing the libraries"]
        print(f"{label:30} {seconds:6.2f} s CPU   {ratio:5.2f} of importing the libraries")
    for label, target in TARGET_SECONDS.items():
        print(f"{label}: target {target} s: {'met' if least[label] <= target else 'MISSED'}")


def cpu_seconds(arguments: Sequence[str], folder: Path) -> float:
    """The processor time, user and system, of one run of Python with these arguments."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin", "HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


if __name__ == "__main__":
    main()
