"""Inspect tasks, and the mock model that says what a fitted model answers.

Loads inspect_ai: imported only by `evaluate`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import (
    ChatMessage,
    GenerateConfig,
    Logprob,
    Logprobs,
    Model,
    ModelOutput,
    ModelUsage,
    TopLogprob,
    get_model,
)
from inspect_ai.scorer import Scorer, includes, match
from inspect_ai.solver import generate
from inspect_ai.tool import ToolChoice, ToolInfo

from vizspec.demo import design
from vizspec.demo.data import Answer, Example
from vizspec.demo.scorers import continuous_scorer, risk_scorer

SCORERS: dict[str, Callable[..., Scorer]] = {
    "match": match,
    "includes": includes,
    "risk_scorer": risk_scorer,
    "continuous_scorer": continuous_scorer,
}

TASK_MODULE = "inspect_task"
"""The tasks of an experiment are files of its own. For one of a package, Inspect would search every installed
distribution, which takes longer than the evaluation."""

FAILURE = "the model server closed the connection"


@dataclass(frozen=True)
class DemoEvaluation:
    """One evaluation to run: the cell, its model's name, the log's metadata, and who answers what.

    `breaks`: the model fails on the second half of the samples, and with it the evaluation.
    """

    cell: design.DemoCell
    model: str
    dataset: str
    metadata: Mapping[str, Any]
    scorers: tuple[design.Scorer, ...]
    examples: tuple[Example, ...]
    answers: tuple[Answer, ...]
    breaks: bool = False


def inspect_task(evaluation: DemoEvaluation) -> Task:
    """The evaluation as an Inspect task that carries its own model; `vis_label` is a task argument."""
    cell = evaluation.cell

    def build() -> Task:
        return Task(
            name=cell.task,
            dataset=MemoryDataset(
                [Sample(e.prompt, target=e.target, id=e.row) for e in evaluation.examples],
                name=evaluation.dataset,
            ),
            solver=generate(),
            scorer=[_scorer(named) for named in evaluation.scorers],
            model=_model(evaluation),
            config=GenerateConfig(temperature=0.0, logprobs=True, top_logprobs=5),
            metadata=dict(evaluation.metadata),
        )

    def labelled(vis_label: str | int) -> Task:
        return build()

    build.__module__ = labelled.__module__ = TASK_MODULE
    if cell.vis_label is None:
        return task(name=cell.task)(build)()
    return task(name=cell.task)(labelled)(vis_label=cell.vis_label)


def _scorer(named: design.Scorer) -> Scorer:
    params = {key: list(value) if isinstance(value, tuple) else value for key, value in named.params.items()}
    return SCORERS[named.name](**params)


def _model(evaluation: DemoEvaluation) -> Model:
    """The mock model: it finds its answer by the prompt, so that the order of asking does not matter."""
    said = dict(zip((e.prompt for e in evaluation.examples), evaluation.answers, strict=True))
    refused = (
        {e.prompt for e in evaluation.examples[len(evaluation.examples) // 2 :]} if evaluation.breaks else {}
    )

    def answer(
        messages: list[ChatMessage], tools: list[ToolInfo], choice: ToolChoice, config: GenerateConfig
    ) -> ModelOutput:
        prompt = messages[-1].text
        if prompt in refused:
            raise RuntimeError(FAILURE)
        return _output(evaluation.model, prompt, said[prompt])

    return get_model(f"mockllm/{evaluation.model}", custom_outputs=answer, memoize=False)


def _output(model: str, prompt: str, answer: Answer) -> ModelOutput:
    """The answer as Inspect's output. Usage is given, or Inspect would fetch a tokenizer to count it."""
    output = ModelOutput.from_content(model, answer.text)
    asked, said = len(prompt.split()), len(answer.text.split())
    output.usage = ModelUsage(input_tokens=asked, output_tokens=said, total_tokens=asked + said)
    if answer.token_probabilities:
        output.choices[0].logprobs = _logprobs(answer.token_probabilities)
    return output


def _logprobs(probabilities: Mapping[str, float]) -> Logprobs:
    top: Sequence[TopLogprob] = sorted(
        (TopLogprob(token=token, logprob=math.log(p)) for token, p in probabilities.items()),
        key=lambda alternative: -alternative.logprob,
    )
    return Logprobs(
        content=[Logprob(token=top[0].token, logprob=top[0].logprob, top_logprobs=list(top))],
    )
