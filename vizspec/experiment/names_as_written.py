"""Names of a design as their author wrote them: YAML makes 8 of `010`, 1.1 of `1.10`, true of `yes`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizspec.errors import Loc

ANY = "*"
"""Stands for every item of a list in the places below."""

_NAMED_LIST: tuple[tuple[str, ...], ...] = ((), (ANY,), (ANY, "name"))
_PLACES = frozenset(
    {
        *{("experiment",), ("experiment", "name")},
        *{("runs", ANY, name) for name in ("name", "model", "dataset")},
        *{("models", "base", *rest) for rest in _NAMED_LIST},
        *{("evaluation", name, *rest) for name in ("tasks", "scorers", "scorer") for rest in _NAMED_LIST},
        *{("evaluation", "matrix", ANY, *rest) for rest in (("run",), ("vis_label",), ("tasks",))},
        ("evaluation", "matrix", ANY, "tasks", ANY),
        *{("data", "training", *rest, name) for rest in ((), (ANY,)) for name in ("label", "dataset_label")},
    }
)
"""The places of a design that hold a name."""


def names_as_written(data: Any, written: Mapping[Loc, str]) -> Any:
    """The data with the text that stands in the file wherever a name was read as something else."""
    for loc, text in written.items():
        if tuple(ANY if isinstance(step, int) else step for step in loc) in _PLACES:
            data = _replaced(data, loc, text)
    return data


def _replaced(data: Any, loc: Loc, text: str) -> Any:
    """A copy in which the text stands at the place; what aliases share elsewhere stays as it is."""
    if not loc:
        return text
    step, *rest = loc
    if isinstance(data, dict) and step in data:
        return {**data, step: _replaced(data[step], tuple(rest), text)}
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return [*data[:step], _replaced(data[step], tuple(rest), text), *data[step + 1 :]]
    return data
