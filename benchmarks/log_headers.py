"""How much faster vizspec gets from many logs to estimates than inspect-ai to headers and a frame.

Run from the project's folder: `python -m benchmarks.log_headers [--logs 300] [--samples 100]`. Everything
is measured in one run on the same files, so that the ratios mean something on any machine. Compared is the
way from the patterns to the estimates with `read_eval_log(header_only=True)` of each log and `evals_df` over
all of them, which have neither cells nor intervals yet.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog

TARGET = 10


def main() -> int:
    """Prints seconds and ratios; 1 where the ratio is below the target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--logs", type=int, default=300)
    parser.add_argument("--samples", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder).resolve()
        make_logs(base, options.logs, options.samples)
        return compare(base)


def make_logs(base: Path, logs: int, samples: int) -> None:
    """Distinct logs in the layout of an experiment: one real evaluation, written again under many names."""
    os.environ |= {"HOME": str(base / "user"), "INSPECT_TRACE_FILE": str(base / "user" / "trace.log")}
    from inspect_ai.log import write_eval_log

    log = evaluated(base, samples)
    for at in range(logs):
        log.eval.eval_id, log.eval.run_id = f"eval{at}", f"run{at}"
        path = base / "experiment" / f"run{at}" / "eval" / "income_epoch0" / "logs" / f"{at}.eval"
        path.parent.mkdir(parents=True)
        write_eval_log(log, str(path))


def evaluated(base: Path, samples: int) -> EvalLog:
    """A real evaluation, offline; the mock model says its usage, or Inspect would fetch a tokenizer."""
    from inspect_ai import Task
    from inspect_ai import eval as inspect_eval
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.model import ModelOutput, ModelUsage, get_model
    from inspect_ai.scorer import includes, match

    def answer(*_: object) -> ModelOutput:
        output = ModelOutput.from_content("mockllm", "1")
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
        return output

    data = MemoryDataset([Sample(f"question {at}", target=str(at % 2)) for at in range(samples)])
    task = Task(dataset=data, scorer=[match(), includes()], name="income", metadata={"epoch": 0})
    model = get_model("mockllm/model", custom_outputs=answer)
    log_dir = str(base / "first")
    (log,) = inspect_eval(
        task, model=model, log_dir=log_dir, display="none", acp_server=False, ctl_server=False
    )
    return log


def facts_of(experiment: Path) -> object:
    """Everything up to the estimates: finding, reading, selected, intervals."""
    from vizspec.gather.gather import gather
    from vizspec.gather.options import Reading
    from vizspec.spec.model import Spec

    spec = Spec.model_validate({"vizspec": 1})
    facts = gather(spec, None, experiment, "benchmark", Reading(use_cache=False))
    assert facts.table.rows
    return facts


def compare(base: Path) -> int:
    """Reads all logs in each way, once to warm up and then for the clock."""
    from inspect_ai.analysis import evals_df
    from inspect_ai.log import read_eval_log

    from vizspec.logs.find import DEFAULT_PATTERNS, find_logs

    found = find_logs(DEFAULT_PATTERNS, base / "experiment")
    paths = [str(each.path) for each in found.files]
    facts_of(base / "experiment")  # a first time of each, not measured
    evals_df(paths[:3], quiet=True)
    ours = seconds(lambda: facts_of(base / "experiment"))
    headers = seconds(lambda: [read_eval_log(path, header_only=True) for path in paths])
    frame = seconds(lambda: evals_df(paths, quiet=True))
    ratio = (headers + frame) / ours
    show(f"{len(paths)} logs to estimates", ours, 1.0)
    show("read_eval_log(header_only=True)", headers, headers / ours)
    show("evals_df", frame, frame / ours)
    show("both", headers + frame, ratio)
    return 0 if ratio >= TARGET else 1


def seconds(act: Callable[[], object]) -> float:
    """The wall time of a call."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def show(what: str, wall_seconds: float, ratio: float) -> None:
    """One measurement on standard output: seconds, and how many times as long as ours."""
    sys.stdout.write(f"{what:35}{wall_seconds:8.2f} s{ratio:8.1f} x\n")


if __name__ == "__main__":
    sys.exit(main())
