"""The columns of a cell: what its log, its run and the spec's derived columns tell of it by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from vizspec.names import same_value

STANDARD: dict[str, str] = {
    "run": "the run's name, from the log's folder",
    "model": "the base model's name",
    "task": "the task's name",
    "task_name": "what views show as the task: `vis_label` where the log has one, else the task's name",
    "vis_label": "the task argument `vis_label`",
    "epoch": "the training epoch of the evaluated checkpoint",
    "n_samples": "the samples of the evaluation",
    "log": "the log's path",
    "created": "when the evaluation began",
}
"""The columns that every cell has, with what they hold."""

PREFIXES = ("run.", "task_args.", "task_arg_", "metadata.")
"""`run.type`, `run.parameters.lora_rank`, `task_args.hint`, `metadata.note`: what a run or a log may tell."""


class Column(BaseModel):
    """A derived column: the value of another column, taken apart, compared or renamed."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )

    source: str = Field(alias="from")
    """The column to start from: a standard one, `run.parameters.NAME`, `task_args.NAME`, `metadata.NAME`."""
    match: str | None = None
    """A regular expression; the value becomes its first group (or the whole match), or null."""
    equals: str | int | float | bool | None = None
    """The column becomes true where the value equals this, else false."""
    map: dict[str, str] | None = None
    """Old value: new value; what is not listed stays."""

    @field_validator("match")
    @classmethod
    def _is_regular_expression(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"'{pattern}' is no regular expression: {error}") from error
        return pattern

    def value(self, columns: Mapping[str, Any]) -> Any:
        """The derived value; None where the source is not known."""
        value = columns.get(self.source)
        if value is None:
            return None
        if self.match is not None:
            value = _matched(re.search(self.match, str(value)))
        if self.map is not None and value is not None:
            value = self.map.get(str(value), value)
        if self.equals is not None:
            return None if value is None else same_value(value, self.equals)
        return value


def _matched(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    return found.group(1) if found.re.groups else found.group(0)
