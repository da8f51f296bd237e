"""Data frames saved from `evals_df()` (parquet, csv): a `Log` record for each row.

What a frame lacks is None in the records; a frame that holds no evaluations is one unreadable record.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

from vizspec.logs.columns import HEADLINE_PREFIX, ScoreColumn, score_columns, without_package
from vizspec.logs.frame_cells import (
    count,
    first_text,
    from_json,
    how_to_write,
    instant_of,
    mapping,
    plain,
    restore_whole_numbers,
    tags_of,
    text_or_none,
    whole,
)
from vizspec.logs.frame_file import read_file
from vizspec.logs.location import Location
from vizspec.logs.record import Dataset, Log, Setup, Status
from vizspec.logs.results import STATUS, first_line
from vizspec.logs.scores import STDERR_METRICS, number, stderr_of_spread, without_supporting
from vizspec.logs.setup import LIMITS, chosen, hash_of_ids, text, texts
from vizspec.metrics.known import without_prefix
from vizspec.metrics.score import Score
from vizspec.text.messages import shown

if TYPE_CHECKING:
    import pandas as pd

logger = logging.getLogger(__name__)

TASK_ARG = "task_arg_"
HEADLINE_VALUE = f"{HEADLINE_PREFIX}value"
TEXT_COLUMNS = ("eval_id", "task_name", "task_display_name", "model", "run", f"{TASK_ARG}vis_label")
"""Read as text from csv, so that a label `01` stays what it is."""

METADATA_COLUMNS = ("epoch", "is_finetuned", "source_model")
"""What `parse_eval_metadata` takes out of the metadata."""

READ_COLUMNS = frozenset(
    {"eval_id", "created", "task_name", "model", "run", "status", "error_message", "metadata", "packages"}
    | {"total_samples", "completed_samples", "epochs", *METADATA_COLUMNS}
)
"""Columns that have a place of their own in the record; task arguments and scores have one too."""

_OTHER_FRAMES = {"event_id": "events", "message_id": "messages", "sample_id": "samples"}
"""A column that only frames of something smaller than evaluations have -> what they hold."""

_SEPARATORS = {";": "';'", "\t": "tabs", "|": "'|'"}

Row = Mapping[str, Any]


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
    named = _of_one_spelling(rows, _headline_first(named, scorers), location)
    headline = _headline_metric(rows, named)
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


def _check_values(rows: Sequence[Row], named: Sequence[ScoreColumn], location: str) -> None:
    """Warns of texts in the place of scores and times; raises `NoEvaluations` where no score is a number."""
    values = [each.column for each in named] + [name for name in (HEADLINE_VALUE,) if name in rows[0]]
    texts = {name: text for name in values if (text := first_text(row[name] for row in rows)) is not None}
    sentences = [
        f"{name} holds text ({shown(text)}), no numbers{how_to_write(text)}" for name, text in texts.items()
    ]
    if sentences and not any(number(row[name]) is not None for row in rows for name in values):
        raise NoEvaluations(sentences[0])
    created = first_text(row.get("created") for row in rows if instant_of(row.get("created")) is None)
    if created is not None:
        sentences.append(
            f"created holds {shown(created)}, no date as 2026-01-31: which log is newer is not known"
        )
    for sentence in sentences:
        logger.warning("%s: %s", location, sentence)


def _log(row: Row, place: Location, named: Sequence[ScoreColumn], headline: str | None) -> Log:
    epochs = max(count(row.get("epochs")) or 1, 1)
    total = count(row.get("total_samples"))
    scores = tuple(_scores(row, named, headline))
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


def _setup(row: Row, epochs: int) -> Setup:
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
        limits=chosen({name: whole(row.get(name)) for name in LIMITS}),
        reducers=texts(from_json(row.get("epochs_reducer")) or "mean") if epochs > 1 else (),
        tags=tags_of(row.get("tags")),
    )


def _is_empty(row: Row, scores: Sequence[Score]) -> bool:
    """Whether the row is of no samples: counts of 0 beside other numbers are those of logs without counts."""
    counts = count(row.get("total_samples")), count(row.get("completed_samples"))
    return counts == (0, 0) and not any(value for score in scores for value in score.metrics.values())


def _status(row: Row, scores: Sequence[Score]) -> tuple[Status, str | None]:
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


def _scores(row: Row, named: Sequence[ScoreColumn], headline: str | None) -> Iterator[Score]:
    """The scorers that have some value in the row; the headline's, where the frame needs it."""
    entries: dict[tuple[str, str | None], dict[str, float | None]] = {}
    for each in named:
        entries.setdefault((each.scorer, each.reducer), {})[each.metric] = number(row[each.column])
    if headline is not None:
        stderr = number(row.get(f"{HEADLINE_PREFIX}stderr"))
        entries[("headline", None)] = {headline: number(row[HEADLINE_VALUE]), "stderr": stderr}
    for (scorer, reducer), metrics in entries.items():
        if all(value is None for value in metrics.values()):
            continue
        stderr = next((metrics[name] for name in STDERR_METRICS if metrics.get(name) is not None), None)
        values = without_supporting(metrics)
        scored = _scored(row, values.get("accuracy"), stderr)
        stderr = stderr if stderr is not None else stderr_of_spread(metrics, scored)
        yield Score(scorer=scorer, metrics=values, reducer=reducer, stderr=stderr, scored=scored)


def _headline_first(named: Sequence[ScoreColumn], scorers: Collection[str]) -> list[ScoreColumn]:
    """The headlines' scorers before the others: they are the logs' first, and frames have theirs by name."""
    return sorted(named, key=lambda each: each.scorer not in scorers)


def _of_one_spelling(
    rows: Sequence[dict[str, Any]], named: Sequence[ScoreColumn], location: str
) -> tuple[ScoreColumn, ...]:
    """The columns, one for each metric: of two spellings (`auc_score`, `cruijff_kit/auc_score`) the bare one.

    It takes over the numbers that it lacks; where both have one and they differ, its own stays, and that is
    logged as a warning.
    """
    spellings: dict[tuple[str, str, str | None], list[ScoreColumn]] = {}
    for each in named:
        spellings.setdefault((each.scorer, each.metric, each.reducer), []).append(each)
    for columns in spellings.values():
        columns.sort(key=lambda each: not each.column.endswith(f"_{each.metric}"))
        first, *others = (each.column for each in columns)
        for at, row in enumerate(rows, start=1):
            for other in others:
                value = number(row.pop(other))
                held = number(row[first])
                if held is None:
                    row[first] = value
                elif value is not None and not math.isclose(held, value, rel_tol=1e-6):
                    logger.warning(
                        "%s#%d: '%s' is %g and '%s' is %g: the first is taken",
                        *(location, at, first, held, other, value),
                    )
    return tuple(columns[0] for columns in spellings.values())


def _headline_metric(rows: Sequence[Row], named: Sequence[ScoreColumn]) -> str | None:
    """The name for the headline score as a metric, or None where the frame's other metrics hold it already.

    They do where one of them covers all its rows, or where each row's headline is the very metric that the
    row names: one number has one source. Else it is named for the metric that all rows agree on, whose range
    and intervals it then has, or `value`.
    """
    headed = [row for row in rows if number(row.get(HEADLINE_VALUE)) is not None]
    values = [each for each in named if each.metric not in STDERR_METRICS]
    if not headed or any(all(number(row[each.column]) is not None for row in headed) for each in values):
        return None
    if all(any(_is_headline(row, each) for each in values) for row in headed):
        return None
    metrics = {text_or_none(row.get(f"{HEADLINE_PREFIX}metric")) for row in headed}
    only = metrics.pop() if len(metrics) == 1 else None
    return without_package(only) if only else "value"


def _is_headline(row: Row, column: ScoreColumn) -> bool:
    """Whether the row's headline is this column's number, by the name that the row gives and by its value."""
    scorer = text_or_none(row.get(f"{HEADLINE_PREFIX}name")) or text_or_none(
        row.get(f"{HEADLINE_PREFIX}score")
    )
    metric = text_or_none(row.get(f"{HEADLINE_PREFIX}metric"))
    if scorer != column.scorer or metric is None or without_prefix(metric) != column.metric:
        return False
    headline, value = number(row[HEADLINE_VALUE]), number(row[column.column])
    return headline is not None and value is not None and math.isclose(headline, value, rel_tol=1e-6)


def _scored(row: Row, accuracy: float | None, stderr: float | None) -> int | None:
    """The samples with a score, each once: known only where all were completed.

    A frame without the column `epochs` may hide repeats; its standard error p(1 - p)/(n - 1), the
    square of Inspect's `stderr` for proportions, would then not fit the count, and the count is not trusted.
    """
    total, completed = count(row.get("total_samples")), count(row.get("completed_samples"))
    if not total or completed != total:
        return None
    if "epochs" in row:
        epochs = count(row["epochs"]) or 1
        return total // epochs if total % epochs == 0 else None
    if accuracy is not None and 0 < accuracy < 1 and stderr:
        implied = accuracy * (1 - accuracy) / stderr**2 + 1
        return total if abs(implied - total) <= 0.01 * total + 0.5 else None
    return total


def _metadata(row: Row) -> Mapping[str, Any]:
    metadata = dict(mapping(row.get("metadata")))
    for name in METADATA_COLUMNS:
        if metadata.get(name) is None and row.get(name) is not None:
            whole = count(row[name]) if name == "epoch" else None
            metadata[name] = row[name] if whole is None else whole
    return metadata


def _further_columns(row: Row, named: Iterable[ScoreColumn]) -> Mapping[str, Any]:
    placed = {*READ_COLUMNS, *(each.column for each in named)}
    return {
        name: value
        for name, value in row.items()
        if name not in placed and not name.startswith((TASK_ARG, "Unnamed: "))
    }


def _is_given_argument(name: str, row: Row) -> bool:
    return name.startswith(TASK_ARG) and row[name] is not None


def _names(rows: Iterable[Row], column: str) -> set[str]:
    return {name for row in rows if (name := text_or_none(row.get(column)))}


def _reducers(rows: Iterable[Row]) -> set[str]:
    """The reducers of logs that have several: only those stand in column names."""
    found: set[str] = set()
    for row in rows:
        several = from_json(row.get("epochs_reducer"))
        if isinstance(several, list) and len(several) > 1:
            found.update(map(str, several))
    return found
