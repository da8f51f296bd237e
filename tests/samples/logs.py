"""Logs for the tests: really evaluated ones, and hand-built ones for what Inspect never writes."""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from vizspec.limits.archives import add_zstandard

ZSTANDARD = 93


def evaluate(
    folder: Path,
    probabilities: Sequence[float | None],
    *,
    epochs: int = 1,
    log_format: Literal["eval", "json"] = "eval",
) -> Path:
    """A log of an evaluation: sample i answers "1" with `probabilities[i]`, None has no log probabilities.

    The target of sample i is "1" for two in three. With more epochs the probability moves a little each time.
    """
    from inspect_ai import Task
    from inspect_ai import eval as run
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.model import get_model

    from tests.samples.scorer import risk_scorer

    samples = [
        Sample(id=number + 1, input=f"question {number}", target="1" if number % 3 else "0")
        for number in range(len(probabilities))
    ]
    task = Task(dataset=MemoryDataset(samples), scorer=risk_scorer(), name="income")
    model = get_model("mockllm/model", custom_outputs=_answers(probabilities), memoize=False)
    [log] = run(
        task,
        model=model,
        epochs=epochs,
        log_dir=str(folder),
        log_format=log_format,
        display="none",
    )
    assert log.status == "success", log.error and log.error.message
    return Path(log.location)


def risk_score(
    probability: Any,
    target: Any = "1",
    value: Any = "C",
    *,
    options: Sequence[str] = ("0", "1"),
    **metadata: Any,
) -> dict[str, Any]:
    """A score as the scorer `risk_scorer` leaves it, `probability` being that of the last option."""
    known = {
        "risk_score": probability,
        "option_probs": {options[0]: 1 - probability, options[-1]: probability}
        if isinstance(probability, float)
        else None,
        "target": target,
    }
    return {"value": value, "answer": "1", "metadata": known | metadata}


def sample(
    number: int | str, score: Mapping[str, Any] | None, epoch: int = 1, scorer: str = "risk_scorer"
) -> dict[str, Any]:
    """A sample with one score, or without any."""
    scores = {} if score is None else {scorer: dict(score)}
    return {"id": number, "epoch": epoch, "input": "?", "target": "1", "scores": scores}


def write_eval(
    path: Path,
    samples: Iterable[Mapping[str, Any]],
    *,
    epochs: int = 1,
    status: str = "success",
    metrics: Iterable[str] = ("auc_score",),
    members: Iterable[str] = ("header.json", "summaries.json", "samples/"),
    scores: Iterable[Mapping[str, Any]] | None = None,
    **spec: Any,
) -> Path:
    """An `.eval` file with these samples, of these members; `spec` goes to the header's `eval`."""
    samples = list(samples)
    of_risk = {name: {"name": name, "value": 0.5} for name in metrics}
    risk = {"name": "risk_scorer", "scorer": "risk_scorer", "metrics": of_risk}
    header = {
        "version": 2,
        "status": status,
        "eval": {"model": "hf/one", "task": "income", "config": {"epochs": epochs}} | spec,
        "results": {
            "total_samples": len(samples),
            "completed_samples": len(samples),
            "scores": [risk] if scores is None else list(scores),
        },
    }
    contents: dict[str, Any] = {"_journal/start.json": {}}
    contents |= {f"samples/{one['id']}_epoch_{one['epoch']}.json": one for one in samples}
    contents |= {"summaries.json": samples, "reductions.json": _reduced(samples), "header.json": header}
    add_zstandard()  # benchmarks write such logs too, without the fixtures
    with zipfile.ZipFile(path, "w", compression=ZSTANDARD) as archive:
        for name, content in contents.items():
            if name.startswith(("_journal", *members)):
                archive.writestr(name, json.dumps(content))
    return path


def _reduced(samples: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The first repeat of each sample, by scorer."""
    by_scorer: dict[str, dict[Any, dict[str, Any]]] = {}
    for one in samples:
        for scorer, score in one["scores"].items():
            by_scorer.setdefault(scorer, {}).setdefault(one["id"], {**score, "sample_id": one["id"]})
    return [
        {"scorer": scorer, "reducer": "mean", "samples": list(scores.values())}
        for scorer, scores in by_scorer.items()
    ]


def _answers(probabilities: Sequence[float | None]) -> Any:
    from inspect_ai.model import (
        ChatCompletionChoice,
        ChatMessageAssistant,
        Logprob,
        Logprobs,
        ModelOutput,
        ModelUsage,
        TopLogprob,
    )

    asked = [0] * len(probabilities)

    def answer(input: Any, tools: Any, tool_choice: Any, config: Any) -> ModelOutput:  # noqa: A002 - Inspect's name
        number = int(input[-1].text.split()[1])
        asked[number] += 1
        probability = probabilities[number]
        logprobs = None
        if probability is not None:
            probability = probability * 0.9 ** (asked[number] - 1)
            tokens = [
                TopLogprob(token=token, logprob=math.log(p), bytes=None)
                for token, p in (("0", 1 - probability), ("1", probability))
            ]
            first = Logprob(token="1", logprob=math.log(probability), bytes=None, top_logprobs=tokens)
            logprobs = Logprobs(content=[first])
        text = "1" if probability is None or probability > 0.5 else "0"
        choice = ChatCompletionChoice(
            message=ChatMessageAssistant(content=text), stop_reason="stop", logprobs=logprobs
        )
        usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
        return ModelOutput(model="mockllm/model", choices=[choice], usage=usage)

    return answer
