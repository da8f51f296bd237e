"""The scores in a row of a frame that `evals_df` made: columns of each scorer, and those of the headline."""

from __future__ import annotations

import logging
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from vizspec.logs.frame_cells import count, text_or_none
from vizspec.logs.frame_columns import HEADLINE_PREFIX, ScoreColumn, without_package
from vizspec.logs.scores import number, stderr_of_spread, without_supporting
from vizspec.metrics.known_metrics import HEADLINE, MIXED, STDERR_METRICS, without_prefix
from vizspec.metrics.score import Score

logger = logging.getLogger(__name__)

HEADLINE_VALUE = f"{HEADLINE_PREFIX}value"
ReadRow = Mapping[str, Any]


def scores_of_row(row: ReadRow, named: Sequence[ScoreColumn], headline: str | None) -> Iterator[Score]:
    """The scorers that have some value in the row; the headline's, where the frame needs it.

    The score that the row names as its headline comes first, as it does in its log: columns have an order of
    their own.
    """
    entries: dict[tuple[str, str | None], dict[str, float | None]] = {}
    for each in sorted(named, key=lambda each: _places(row, each)):
        entries.setdefault((each.scorer, each.reducer), {})[each.metric] = number(row[each.column])
    if headline is not None:
        stderr = number(row.get(f"{HEADLINE_PREFIX}stderr"))
        entries[(HEADLINE, None)] = {headline: number(row[HEADLINE_VALUE]), "stderr": stderr}
    for (scorer, reducer), metrics in entries.items():
        if all(value is None for value in metrics.values()):
            continue
        stderr = next((metrics[name] for name in STDERR_METRICS if metrics.get(name) is not None), None)
        values = without_supporting(metrics)
        scored = _scored(row, values.get("accuracy"), stderr)
        stderr = stderr if stderr is not None else stderr_of_spread(metrics, scored)
        yield Score(scorer=scorer, metrics=values, reducer=reducer, stderr=stderr, scored=scored)


def _places(row: ReadRow, column: ScoreColumn) -> tuple[bool, bool]:
    """The headline's own column first, then those of its scorer."""
    scorers = [row.get(f"{HEADLINE_PREFIX}{part}") for part in ("score", "name")]
    metric = text_or_none(row.get(f"{HEADLINE_PREFIX}metric"))
    is_its = column.scorer in scorers
    return not is_its, not (is_its and metric is not None and without_prefix(metric) == column.metric)


def headline_first(named: Sequence[ScoreColumn], scorers: Collection[str]) -> list[ScoreColumn]:
    """The headlines' scorers before the others: they are the logs' first, and frames have theirs by name."""
    return sorted(named, key=lambda each: each.scorer not in scorers)


def of_one_spelling(
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


def headline_metric(rows: Sequence[ReadRow], named: Sequence[ScoreColumn]) -> str | None:
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
    return without_package(only) if only else MIXED


def _is_headline(row: ReadRow, column: ScoreColumn) -> bool:
    """Whether the row's headline is this column's number, by the name that the row gives and by its value."""
    scorer = text_or_none(row.get(f"{HEADLINE_PREFIX}name")) or text_or_none(
        row.get(f"{HEADLINE_PREFIX}score")
    )
    metric = text_or_none(row.get(f"{HEADLINE_PREFIX}metric"))
    if scorer != column.scorer or metric is None or without_prefix(metric) != column.metric:
        return False
    headline, value = number(row[HEADLINE_VALUE]), number(row[column.column])
    return headline is not None and value is not None and math.isclose(headline, value, rel_tol=1e-6)


def _scored(row: ReadRow, accuracy: float | None, stderr: float | None) -> int | None:
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
