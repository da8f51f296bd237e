"""What a job's own output tells of its work: torchtune's losses and rates, Inspect's tokens and time.

torchtune prints a progress line (`1|2000|Loss: 0.0052`), its loggers a line a step (`Step 3 | loss:0.9
tokens_per_second_per_gpu:405.0`), and W&B a summary at the end (`wandb: global_step 2000`). Inspect ends with
`total time: 0:05:00` and a line of tokens for each model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vizspec.slurm.model.quantities import number

_PROGRESS = re.compile(r"(?<!\d)\d{1,9}\|(\d{1,12})\|Loss: ([-+\w.]{1,40})")
_STEP = re.compile(r"\s*Step (\d{1,12}) \| (.*)")
_PAIR = re.compile(r"([\w/]{1,80}):([-+\w.]{1,40})")
_SUMMARY = re.compile(r"\s*wandb:\s+(global_step|loss|tokens_per_second_per_gpu)\s+([0-9][-+\w.]{0,40})\s*")
_TIME = re.compile(r"\W*total time:\s+(?:(\d{1,4}) days?, )?(\d{1,6}):([0-5]\d):([0-5]\d)\W*")
_TOKENS = re.compile(r"\W*\S+\s+([\d,]{1,24}) tokens \[")

RATE = "tokens_per_second_per_gpu"


@dataclass(frozen=True)
class Training:
    """A fine-tuning as torchtune logged it: `steps` are the optimizer's, `loss` is the last one logged.

    `tokens_per_second` is for one GPU: the mean over the logged steps, or, where `is_last_rate`, that of the
    last one, which is all that W&B's summary keeps. `has_diverged`: the last loss is no finite number.
    """

    loss: float | None = None
    steps: int | None = None
    tokens_per_second: float | None = None
    is_last_rate: bool = False
    has_diverged: bool = False


@dataclass(frozen=True)
class EvaluationWork:
    """The tokens of the evaluated model, input and output, and the time that Inspect took for them."""

    tokens: int | None = None
    seconds: float | None = None


def parse_training(lines: Iterable[str]) -> Training:
    """What the lines tell, be they a job's output or a log file of torchtune. Never raises."""
    loss: str | None = None
    steps: int | None = None
    rates: list[float] = []
    summary: dict[str, str] = {}
    for line in lines:
        if match := _STEP.match(line):
            values = dict(_PAIR.findall(match[2]))
            loss, steps = values.get("loss", loss), int(match[1])
            rates += [rate for rate in [number(values.get(RATE))] if rate is not None]
        elif progress := _PROGRESS.findall(line):
            steps, loss = int(progress[-1][0]), progress[-1][1]
        elif match := _SUMMARY.fullmatch(line):
            summary[match[1]] = match[2]
    loss = summary.get("loss") if loss is None else loss
    final, last_rate = number(loss), number(summary.get(RATE))
    last = number(summary.get("global_step"))
    return Training(
        loss=final,
        steps=steps if last is None else int(last),
        tokens_per_second=sum(rates) / len(rates) if rates else last_rate,
        is_last_rate=not rates and last_rate is not None,
        has_diverged=loss is not None and final is None,
    )


def parse_evaluation(lines: Iterable[str]) -> EvaluationWork:
    """The sums over the evaluations in a job's output: of each the time, and the first model's tokens."""
    total_tokens: int | None = None
    total_seconds: float | None = None
    awaits_tokens = False
    for line in lines:
        if match := _TIME.fullmatch(line):
            days, hours, minutes, rest = (int(part or 0) for part in match.groups())
            total_seconds = (total_seconds or 0.0) + ((days * 24 + hours) * 60 + minutes) * 60 + rest
            awaits_tokens = True
        elif awaits_tokens and (match := _TOKENS.match(line)):
            total_tokens = (total_tokens or 0) + int(match[1].replace(",", "") or 0)
            awaits_tokens = False
    return EvaluationWork(total_tokens, total_seconds)
