"""Data frames saved from `evals_df()` (parquet, csv): a `Log` record for each row.

What a frame lacks is None in the records; a frame that holds no evaluations is one unreadable record.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

from vizspec.logs.frame_cells import (
    count,
    first_text,
    from_json,
    how_to_write,
    instant_of,
    mapping,
    plain,
    restore_whole_numbers,
    spelled_numbers,
    tags_of,
    text_or_none,
    whole,
)
from vizspec.logs.frame_columns import ScoreColumn, score_columns
from vizspec.logs.frame_file import read_file
from vizspec.logs.location import Location
from vizspec.logs.record import ENDING_LIMITS, SAMPLE_LIMITS, Dataset, Log, Setup, Status
from vizspec.logs.results import STATUS, first_line
from vizspec.logs.scores import number
from vizspec.logs.setup import chosen, hash_of_ids, text, texts
from vizspec.metrics.score import Score
from vizspec.text.messages import shown

if TYPE_CHECKING:
    import pandas as pd


from vizspec.logs.frame_scores import (
    HEADLINE_VALUE,
    ReadRow,
    headline_first,
    headline_metric,
    of_one_spelling,
    scores_of_row,
)

logger = logging.getLogger(__name__)

TASK_ARG = "task_arg_"
TEXT_COLUMNS = ("eval_id", "task_name", "task_display_name", "model", "run", f"{TASK_ARG}vis_label")
"""Read as text from csv, so that a label `01` stays what it is."""

METADATA_COLUMNS = ("epoch", "is_finetuned", "source_model")
"""What `parse_eval_metadata` takes out of the metadata."""

COUNTS = ("total_samples", "completed_samples", "epochs")
"""Columns that hold counts."""

READ_COLUMNS = frozenset(
    {"eval_id", "created", "task_name", "model", "run", "status", "error_message", "metadata", "packages"}
    | {*COUNTS, *METADATA_COLUMNS}
)
"""Columns that have a place of their own in the record; task arguments and scores have one too."""

_OTHER_FRAMES = {"event_id": "events", "message_id": "messages", "sample_id": "samples"}
"""A column that only frames of something smaller than evaluations have -> what they hold."""

_SEPARATORS = {";": "';'", "\t": "tabs", "|": "'|'"}


class NoEvaluations(Exception):
    """The frame holds no evaluations; the message says what it holds, as the end of a sentence."""


def read_frame(file: IO[bytes], location: str) -> tuple[Log, ...]:
    """The records of a saved frame's rows, each located as `{location}#{row}`, rows counted from 1.

    Raises `NoEvaluations`, `TooMuch`, and what pandas raises for a file that is damaged (`OSError`,
    `ValueError`).
    """
    return logs_of_frame(read_file(file, location, TEXT_COLUMNS), location)


def logs_of_frame(frame: pd.DataFrame, location: str) -> tuple[Log, ...]:
    """The records of a frame's rows; raises `NoEvaluations`."""
    columns = [str(name) for name in frame.columns]
    _check(columns, len(frame))
    rows = [
        dict(zip(columns, map(plain, row), strict=True)) for row in frame.itertuples(index=False, name=None)
    ]
    restore_whole_numbers(rows, [name for name in columns if name.startswith(TASK_ARG)])
    scorers = _names(rows, "score_headline_name") | _names(rows, "score_headline_score")
    named = score_columns(
        columns,
        scorers=scorers,
        metrics=_names(rows, "score_headline_metric"),
        reducers=_reducers(rows),
    )
    _check_values(rows, named, location)
    named = of_one_spelling(rows, headline_first(named, scorers), location)
    headline = headline_metric(rows, named)
    return tuple(_log(row, Location(location, at), named, headline) for at, row in enumerate(rows, start=1))


def _check(columns: Sequence[str], rows: int) -> None:
    held = next((held for name, held in _OTHER_FRAMES.items() if name in columns), None)
    if held:
        raise NoEvaluations(f"it holds {held}, not evaluations: save the frame that evals_df() gives")
    if len(columns) == 1 and (separator := next((sign for sign in _SEPARATORS if sign in columns[0]), None)):
        raise NoEvaluations(
            f"the columns seem to be separated by {_SEPARATORS[separator]}: "
            "save it with commas between columns, and points in numbers"
        )
    if HEADLINE_VALUE not in columns and not score_columns(columns):
        raise NoEvaluations("it has no column of scores (score_headline_value or score_{scorer}_{metric})")
    if not rows:
        raise NoEvaluations("it has no rows")


def _check_values(rows: Sequence[dict[str, Any]], named: Sequence[ScoreColumn], location: str) -> None:
    """Warns of texts in the place of scores and times; raises `NoEvaluations` where no score is a number."""
    values = [each.column for each in named] + [name for name in (HEADLINE_VALUE,) if name in rows[0]]
    numbers = [*values, *(name for name in COUNTS if name in rows[0])]
    spelled_numbers(rows, numbers)
    texts = {name: text for name in numbers if (text := first_text(row[name] for row in rows)) is not None}
    sentences = [
        f"{name} holds text ({shown(text)}), not numbers{how_to_write(text, name in COUNTS)}"
        for name, text in texts.items()
    ]
    if sentences and not any(number(row[name]) is not None for row in rows for name in values):
        raise NoEvaluations(sentences[0])
    created = first_text(row.get("created") for row in rows if instant_of(row.get("created")) is None)
    if created is not None:
        sentences.append(
            f"created holds {shown(created)}, not a date such as 2026-01-31: which log is newer is not known"
        )
    for sentence in sentences:
        logger.warning("%s: %s", location, sentence)


def _log(row: ReadRow, place: Location, named: Sequence[ScoreColumn], headline: str | None) -> Log:
    epochs = max(count(row.get("epochs")) or 1, 1)
    total = count(row.get("total_samples"))
    scores = tuple(scores_of_row(row, named, headline))
    status, reason = _status(row, scores)
    return Log(
        place=place,
        status=status,
        reason=reason,
        created=instant_of(row.get("created")),
        eval_id=text_or_none(row.get("eval_id")),
        task=text_or_none(row.get("task_name")) or text_or_none(row.get("task_display_name")),
        task_args={name.removeprefix(TASK_ARG): row[name] for name in row if _is_given_argument(name, row)},
        model=text_or_none(row.get("model")) or text_or_none(row.get("model_display_name")),
        metadata=_metadata(row),
        samples=0 if _is_empty(row, scores) else total // epochs if total and total % epochs == 0 else None,
        completed=count(row.get("completed_samples")),
        epochs=epochs,
        scores=scores,
        version=text_or_none(mapping(row.get("packages")).get("inspect_ai")),
        run=text_or_none(row.get("run")),
        setup=_setup(row, epochs),
        columns=_further_columns(row, named),
    )


def _setup(row: ReadRow, epochs: int) -> Setup:
    """What `evals_df`'s columns tell of how the evaluation was set up."""
    named = text_or_none(row.get("task_registry_name")) or text_or_none(row.get("task_name"))
    package, _, registered = (named or "").rpartition("/")
    ids = from_json(row.get("dataset_sample_ids"))
    return Setup(
        registered=registered if row.get("task_registry_name") is not None else None,
        package=package or None,
        task_name=text_or_none(row.get("task_name")),
        task_file=text_or_none(row.get("task_file")),
        task_version=text(whole(row.get("task_version"))),
        dataset=Dataset(
            text_or_none(row.get("dataset_name")),
            text_or_none(row.get("dataset_location")),
            count(row.get("dataset_samples")),
            hash_of_ids(ids) if isinstance(ids, list) else None,
        ),
        solver=text_or_none(row.get("solver")),
        solver_args=chosen(mapping(row.get("solver_args"))),
        model_args=chosen(mapping(row.get("model_args"))),
        generate=chosen(mapping(row.get("model_generate_config"))),
        model_roles=chosen(mapping(row.get("model_roles"))),
        limits=chosen({name: whole(row.get(name)) for name in (*SAMPLE_LIMITS, *ENDING_LIMITS)}),
        reducers=texts(from_json(row.get("epochs_reducer")) or "mean") if epochs > 1 else (),
        tags=tags_of(row.get("tags")),
    )


def _is_empty(row: ReadRow, scores: Sequence[Score]) -> bool:
    """Whether the row is of no samples: counts of 0 beside other numbers are those of logs without counts."""
    counts = count(row.get("total_samples")), count(row.get("completed_samples"))
    return counts == (0, 0) and not any(value for score in scores for value in score.metrics.values())


def _status(row: ReadRow, scores: Sequence[Score]) -> tuple[Status, str | None]:
    """A row that tells no status succeeded if it has scores: `evals_df` gives them to no other log."""
    name = text_or_none(row.get("status"))
    if name is None:
        return (
            (Status.SUCCESS, None) if scores else (Status.UNFINISHED, "the row has no status and no scores")
        )
    status = STATUS.get(name, Status.UNFINISHED)
    if status is Status.SUCCESS:
        return status, None
    message = text_or_none(row.get("error_message"))
    reason = f": {first_line(message)}" if message else ""
    return status, f"the evaluation's status is {name!r}{reason}"


def _metadata(row: ReadRow) -> Mapping[str, Any]:
    metadata = dict(mapping(row.get("metadata")))
    for name in METADATA_COLUMNS:
        if metadata.get(name) is None and row.get(name) is not None:
            whole = count(row[name]) if name == "epoch" else None
            metadata[name] = row[name] if whole is None else whole
    return metadata


def _further_columns(row: ReadRow, named: Iterable[ScoreColumn]) -> Mapping[str, Any]:
    placed = {*READ_COLUMNS, *(each.column for each in named)}
    return {
        name: value
        for name, value in row.items()
        if name not in placed and not name.startswith((TASK_ARG, "Unnamed: "))
    }


def _is_given_argument(name: str, row: ReadRow) -> bool:
    return name.startswith(TASK_ARG) and row[name] is not None


def _names(rows: Iterable[ReadRow], column: str) -> set[str]:
    return {name for row in rows if (name := text_or_none(row.get(column)))}


def _reducers(rows: Iterable[ReadRow]) -> set[str]:
    """The reducers of logs that have several: only those stand in column names."""
    found: set[str] = set()
    for row in rows:
        several = from_json(row.get("epochs_reducer"))
        if isinstance(several, list) and len(several) > 1:
            found.update(map(str, several))
    return found
