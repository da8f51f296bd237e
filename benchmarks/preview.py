"""How long an edit takes until the preview has its page, against a whole render in a process of its own.

`python -m benchmarks.preview` makes the demo's experiment, keeps its preview while a title, then the metric
of a view is changed, several times each, and prints the processor time from the changed file to the page
that is told to browsers, and the ratios to that of `vizspec render --force` with pages alone.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from vizspec.preview.session import keep_up, served
from vizspec.preview.watch import NamedStamp, Sources
from vizspec.render.result import Options

TITLES = ('title: "First"', 'title: "Second"', 'title: "Third"')
METRICS = ("metrics: [match]", "metrics: [includes]", "metrics: [match, includes]")
GOALS = {"title": 1 / 10, "metric": 1 / 5}
"""The greatest part of a whole render that an edit may take."""


class Done(Exception):
    """All edits were made."""


def main() -> int:
    """Measures a render and both edits; 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        experiment = Path(folder) / "demo"
        _run("demo", str(experiment), "--no-render")
        _run("init", str(experiment))
        spec = experiment / "analysis.yaml"
        first = spec.read_text(encoding="utf-8").replace("[html, png]", "[html]")
        spec.write_text(first, encoding="utf-8")
        _run("render", str(experiment))  # which reads the samples
        whole = min(_cpu_of("render", "--force", str(experiment)) for _ in range(2))
        edits = list(_edits(first))
        seconds = _seconds(spec, edits)
    found = {name: min(s for (n, _), s in zip(edits, seconds, strict=True) if n == name) for name in GOALS}
    reached = [_told(name, found[name], whole, goal) for name, goal in GOALS.items()]
    return 0 if all(reached) else 1


def _edits(first: str) -> Iterator[tuple[str, str]]:
    """What changes with each edit, and the spec after it."""
    place = "view: scores_by_task, metrics: accuracy"
    for title in TITLES:
        yield "title", first.replace(place, f"{place}, {title}")
    for metrics in METRICS:
        yield "metric", first.replace(place, f"view: scores_by_task, {metrics}")


def _seconds(spec: Path, edits: list[tuple[str, str]]) -> list[float]:
    """The processor time of each edit in one preview."""
    left = [text for _, text in edits]
    found: list[float] = []

    def wait(sources: Sources, before: frozenset[NamedStamp]) -> None:
        assert not session.board.state.problems, session.board.state.problems
        found.append(_own_cpu())
        if not left:
            raise Done
        spec.write_text(left.pop(0), encoding="utf-8")

    with served() as session, suppress(Done):
        keep_up(spec, session, Options(), wait)
    return [after - before for before, after in pairwise(found)]


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _cpu_of(*arguments: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(*arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "vizspec", *arguments], check=True, capture_output=True)


def _told(name: str, seconds: float, whole: float, goal: float) -> bool:
    reached = seconds <= goal * whole
    print(
        f"a change of a {name}: {seconds:.2f} s of processor time of {whole:.2f} s, "
        f"ratio {seconds / whole:.3f} (goal {goal:.2f}{', reached' if reached else ', MISSED'})"
    )
    return reached


if __name__ == "__main__":
    raise SystemExit(main())
