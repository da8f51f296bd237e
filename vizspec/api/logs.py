"""Public functions over log files and data frames, for scripts and notebooks; the pipeline needs none."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vizspec.cells.identity import run_folder
from vizspec.logs.find import FoundLog
from vizspec.logs.frame_cells import mapping, plain
from vizspec.logs.location import Format, format_of
from vizspec.logs.read import read_logs
from vizspec.logs.read_frame import METADATA_COLUMNS
from vizspec.logs.record import Log, Status
from vizspec.text.slugs import free_of

if TYPE_CHECKING:
    import pandas as pd
    from inspect_ai.log import EvalLog

logger = logging.getLogger(__name__)

_OTHER_NAMES = {"is_finetuned": "finetuned", "finetuned": "is_finetuned"}
"""Newer and older logs call one thing by these."""


def deduplicate_eval_files(eval_files: Sequence[str]) -> tuple[list[str], list[str]]:
    """The files to keep, one for each evaluation of the design, and the files to skip, each newest first.

    An evaluation is a run (by the folders `{run}/eval/…/logs`), its model, a task, a `vis_label` and a
    training epoch. A successful log is preferred to any other, then the newest by the log's own time is
    kept. Files that cannot be read are in neither list; each is logged as a warning.
    """
    files = list(dict.fromkeys(eval_files))
    logs = read_logs([FoundLog(str(file), _place(str(file)), run_folder(str(file))) for file in files])
    readable = []
    for file, log in zip(files, logs, strict=True):
        if log.status is Status.UNREADABLE:
            logger.warning("%s is left out: %s", file, log.reason)
        else:
            readable.append((log, file))
    readable.sort(key=lambda pair: (_time(pair[0]), str(pair[1])), reverse=True)
    kept: dict[Hashable, str] = {}
    for log, file in sorted(readable, key=lambda pair: pair[0].status is not Status.SUCCESS):
        kept.setdefault(_identity(log), file)
    chosen = set(kept.values())
    newest_first = [file for _, file in readable]
    return [f for f in newest_first if f in chosen], [f for f in newest_first if f not in chosen]


def evals_df_prep(logs: Sequence[str]) -> pd.DataFrame:
    """The logs as a data frame: `evals_df`'s columns of info, task, model, results and scores, and `epochs`.

    `epochs` is Inspect's number of repeats of each sample: without it, repeats count as samples of their own.
    Logs may be `.eval` or `.json` files, or folders of them. Each has its row; of several files that hold
    the same evaluation the first has, and the others are logged as warnings.

    Raises what inspect-ai raises for a log that it cannot read: `deduplicate_eval_files` leaves those out.
    """
    from inspect_ai.analysis import (
        EvalColumn,
        EvalInfo,
        EvalModel,
        EvalResults,
        EvalScores,
        EvalTask,
        evals_df,
    )

    epochs = EvalColumn("epochs", path="eval.config.epochs")
    columns = [*EvalInfo, *EvalTask, *EvalModel, *EvalResults, epochs, *EvalScores]
    # given paths, evals_df leaves out whatever is not called .eval; given logs, it takes them all
    return evals_df(_once_each(map(_read, _files(logs))), columns, quiet=True)


def parse_eval_metadata(df: pd.DataFrame) -> pd.DataFrame:
    """A copy with `epoch`, `is_finetuned`, `source_model` of the JSON in `metadata`, None where it has none.

    Older logs, and scripts of their time, say `finetuned`: it is a column too, and where a log tells one
    of the two alone both are that. A column that the frame has already keeps its values where no log tells.
    `task_name` becomes `task_arg_vis_label` in the rows that have one.
    """
    import pandas as pd

    parsed = df.copy()
    rows = df["metadata"] if "metadata" in df else [None] * len(df)
    metadata = [mapping(value) for value in rows]
    for name in (*METADATA_COLUMNS, "finetuned"):
        held = map(plain, df[name]) if name in df else [None] * len(df)
        pairs = zip(metadata, held, strict=True)
        values = [own if (found := _metadata_value(each, name)) is None else found for each, own in pairs]
        # of type object, or pandas would turn an epoch beside a None into a float
        parsed[name] = pd.Series(values, index=df.index, dtype=object)
    if "task_arg_vis_label" in df:
        tasks = df["task_name"] if "task_name" in df else [None] * len(df)
        labels = map(_label, df["task_arg_vis_label"], tasks)
        parsed["task_name"] = pd.Series(list(labels), index=df.index, dtype=object)
    return parsed


def sanitize_columns_for_viz(df: pd.DataFrame) -> pd.DataFrame:
    """The frame with `__` for each `/` in its column names; the frame itself where no name has one.

    Where a new name is taken already, it ends with `_2`, `_3`, …: no two columns become one.
    """
    taken = {str(name) for name in df.columns if "/" not in str(name)}
    if not any("/" in str(name) for name in df.columns):
        return df
    names: list[Any] = []
    for name in df.columns:
        free = free_of(str(name).replace("/", "__"), taken) if "/" in str(name) else name
        taken.add(str(free))
        names.append(free)
    return df.set_axis(names, axis="columns")


def _files(logs: Sequence[str]) -> Iterator[str]:
    """The files, and those of the folders."""
    from inspect_ai.log import list_eval_logs

    for log in map(str, logs):
        if Path(log).is_dir():
            yield from (found.name for found in list_eval_logs(log))
        else:
            yield log


def _read(file: str) -> EvalLog:
    from inspect_ai.log import read_eval_log

    return read_eval_log(file, header_only=format_of(file) is not Format.JSON)


def _once_each(logs: Iterable[EvalLog]) -> list[EvalLog]:
    first: dict[str, EvalLog] = {}
    for log in logs:
        same = first.setdefault(log.eval.eval_id, log)
        if same is not log:
            logger.warning("%s is left out: it is the same evaluation as %s", log.location, same.location)
    return list(first.values())


def _place(file: str) -> Path | str:
    return file if "://" in file else Path(file)


def _identity(log: Log) -> Hashable:
    model = log.metadata.get("source_model") or log.model
    return (log.run, str(model), log.task, log.vis_label, log.checkpoint)


def _time(log: Log) -> datetime:
    """A log without a time is older than any other."""
    return log.created or datetime.min.replace(tzinfo=UTC)


def _metadata_value(metadata: Mapping[str, Any], name: str) -> Any:
    value = metadata.get(name)
    return metadata.get(_OTHER_NAMES[name]) if value is None and name in _OTHER_NAMES else value


def _label(label: Any, task: Any) -> Any:
    """The label as text, else the task; a whole number that a gap made a float loses its `.0`."""
    label = plain(label)
    if label is None or label == "":
        return task
    is_whole = isinstance(label, float) and label.is_integer()
    return str(int(label)) if is_whole else str(label)
