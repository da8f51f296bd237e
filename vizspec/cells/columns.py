"""The columns of a cell: what its log, its run and the spec's derived columns tell of it by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from vizspec.limits.patterns import PatternError, check, first_group
from vizspec.text.messages import shown
from vizspec.text.values import same_value

STANDARD: dict[str, str] = {
    "run": "the run's name, from the log's folder",
    "model": "the base model's name",
    "task": "the task's name, in the design's words where the design has it",
    "log_task": "what the log calls the task",
    "task_name": "what views show as the task: `vis_label` where the log has one, else the task's name",
    "vis_label": "the label of the design, else the task argument `vis_label`",
    "epoch": "the training epoch of the evaluated checkpoint",
    "n_samples": "the samples of the evaluation",
    "n_scored": "those of them that have a score",
    "log": "the log's path",
    "created": "when the evaluation began",
}
"""The columns that every cell has, with what they hold."""

GENERATE = "generate."
"""What stands before a setting of generation: `generate.temperature`."""

MODEL_CONFIG = "model_generate_config."
"""What Inspect calls the same."""

PREFIXES = (
    *("run.", "task_args.", "task_arg_", "metadata.", "solver_args.", "scorer_args."),
    *("model_args.", "model_roles."),
    *(GENERATE, MODEL_CONFIG),
)
"""`run.type`, `run.parameters.lora_rank`, `task_args.hint`, `metadata.note`: what a run or a log may tell."""

SETUP: dict[str, str] = {
    "solver": "the solver, or the chain of the task's own",
    "dataset": "the data set's name",
    "dataset_location": "where the data set came from",
    "dataset_name": "the data set's name, as Inspect calls it",
    "dataset_samples": "the samples of the whole data set, before any limit",
    "sample_ids": "a code that is one for evaluations of the same samples",
    "task_package": "the package of the task",
    "task_version": "the version of the task",
    "task_file": "the file of the task",
    "tags": "the tags, with commas",
    "epochs_reducer": "how repeats of a sample became one score",
    "limit": "the limit of samples",
    "sample_id": "the samples that were chosen",
    "message_limit": "the most messages of a sample",
    "token_limit": "the most tokens of a sample",
    "turn_limit": "the most turns of a sample",
    "time_limit": "the longest time of a sample",
    "working_limit": "the longest working time of a sample",
    "cost_limit": "the highest cost of a sample",
    "solver_args": "all arguments of the solver",
    "model_args": "all arguments of the model",
    "model_generate_config": "all settings of generation",
    "model_roles": "the models of all roles",
}
"""The columns of how an evaluation was set up, with what they hold; the design's own stand over them."""


def text_of(value: object) -> str:
    """A column's value as people read it; two values are one level, or one cell's, if their texts are one."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return str(value)


def _with_texts(renaming: object) -> object:
    if not isinstance(renaming, Mapping):
        return renaming
    scalar = str | int | float
    return {text_of(old): text_of(new) if isinstance(new, scalar) else new for old, new in renaming.items()}


Renaming = Annotated[dict[str, str], BeforeValidator(_with_texts)]
"""Old value: new text. Keys may be written as numbers or truth values too."""


def renamed(value: object, renaming: Mapping[str, str]) -> str | None:
    """The new text for a value, or None where the renaming does not speak of it.

    A text is found by its letters; a number or a truth value however it is spelled (`1e-5`, `0.00001`).
    """
    exact = renaming.get(text_of(value))
    if exact is not None or isinstance(value, str):
        return exact
    return next((new for old, new in renaming.items() if same_value(old, value)), None)


class Column(BaseModel):
    """A derived column: the value of another column, taken apart, renamed, or compared, in this order."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    source: str = Field(alias="from")
    """The column to start from: a standard one, `run.parameters.NAME`, `task_args.NAME`, `metadata.NAME`."""
    match: str | None = None
    """A regular expression; the value becomes its first group (or the whole match), or null."""
    map: Renaming | None = None
    """Old value: new value; what is not listed stays."""
    equals: str | int | float | bool | None = None
    """The column becomes true where the value equals this, else false."""

    @field_validator("match")
    @classmethod
    def _is_regular_expression(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                check(pattern)
            except PatternError as error:
                raise ValueError(f"{shown(pattern)} is no regular expression: {error}") from error
        return pattern

    def value(self, columns: Mapping[str, Any]) -> Any:
        """The derived value; None where the source is not known, or does not match.

        Raises:
            PatternError: `match` takes too long.
        """
        value = columns.get(self.source)
        if value is not None and self.match is not None:
            value = first_group(self.match, text_of(value))
        if value is not None and self.map is not None:
            new = renamed(value, self.map)
            value = value if new is None else new
        if value is not None and self.equals is not None:
            return same_value(value, self.equals)
        return value
