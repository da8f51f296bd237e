"""Who was evaluated: the run, the checkpoint and the base model that a log speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from vizspec.cells.clues import epoch_in_folder
from vizspec.text.registry_names import without_package

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment, Run
    from vizspec.logs.record import Log

UNKNOWN_MODEL = "unknown model"

_CHECKPOINT = re.compile(r"(.+)[_/]epoch_([0-9]{1,9})")
_CHECKPOINT_FOLDER = "ck-out-"
"""What cruijff_kit puts before a run's name to name the folder of its checkpoints."""

_ANONYMOUS = frozenset({"hf/local", "local"})
"""Model strings that only say that the weights came from a folder."""


class _Evaluated(NamedTuple):
    """A model string without its checkpoint: `hf/1B_ft_epoch_0` is `hf/1B_ft` at epoch 0."""

    name: str
    epoch: int | None


def run_of(log: Log, experiment: Experiment | None) -> str | None:
    """The run of a log: that of its folder, else the run of the design that the model string names.

    A row of a frame has no folder but may tell its log's path: a folder there that is named like a run of
    the design is its run, and where there are no such names the folder before `eval` is.
    """
    if log.run is not None:
        return log.run
    path = log.columns.get("log")
    names = {run.name for run in experiment.runs} if experiment is not None else set()
    if not names:
        return run_folder(path) if isinstance(path, str) else None
    folders = PurePosixPath(path).parts[:-1] if isinstance(path, str) else ()
    model = without_package(_evaluated(log.model).name) if log.model else ""
    return next((name for name in (*folders, model.removeprefix(_CHECKPOINT_FOLDER)) if name in names), None)


def run_folder(path: str) -> str | None:
    """The run's folder in `{run}/eval/logs/*` and `{run}/eval/{task}/logs/*`; None in any other path."""
    folders = PurePath(path).parts[:-1]
    for depth in (2, 3):
        if len(folders) > depth and folders[-1] == "logs" and folders[-depth] == "eval":
            return folders[-depth - 1]
    return None


def epoch_of(log: Log) -> int | None:
    """The training epoch of the evaluated checkpoint: of the metadata, the model's string, or the folder."""
    if log.checkpoint is not None:
        return log.checkpoint
    of_model = _evaluated(log.model).epoch if log.model is not None else None
    return epoch_in_folder(log) if of_model is None else of_model


def model_of(log: Log, run_name: str | None, run: Run | None) -> str:
    """The base model's whole name: what the run trains, else what the log's model was made from, else it.

    A model string that only says "local" is no name: the run's stands in for it.
    """
    source = log.metadata.get("source_model")
    if run is not None and run.model:
        name = run.model
    elif isinstance(source, str) and source.strip():
        name = source.strip()
    elif log.model is None or log.model in _ANONYMOUS:
        name = run_name or log.model or UNKNOWN_MODEL
    else:
        name = _evaluated(log.model).name
    return name.rstrip("/") or UNKNOWN_MODEL


def short_names(models: Iterable[str]) -> Mapping[str, str]:
    """Each whole name with as few of its last parts as tell it from the others.

    `hf/meta-llama/Llama-3.2-1B` is `Llama-3.2-1B`; beside `hf/unsloth/Llama-3.2-1B` it is
    `meta-llama/Llama-3.2-1B`.
    """
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for model in dict.fromkeys(models):
        alike[without_package(model)].append(model)
    return {model: short for group in alike.values() for model, short in _told_apart(group).items()}


def _told_apart(models: list[str]) -> dict[str, str]:
    most = max(model.count("/") for model in models) + 1
    for parts in range(1, most):
        short = {model: "/".join(model.split("/")[-parts:]) for model in models}
        if len(set(short.values())) == len(models):
            return short
    return {model: model for model in models}


def _evaluated(model: str) -> _Evaluated:
    found = _CHECKPOINT.fullmatch(model.rstrip("/"))
    return _Evaluated(found[1], int(found[2])) if found else _Evaluated(model, None)
