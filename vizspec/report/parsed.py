"""Why n differs within a row: answers that could not be parsed have no error."""

from __future__ import annotations

from collections.abc import Sequence

from vizspec.estimates.counts import PARSE_RATE
from vizspec.estimates.table import Estimate

PARSED_NOTE = (
    "The n of a parse rate counts all scored samples, that of the other metrics the samples that could "
    "be parsed."
)


def parsed_notes(rows: Sequence[Estimate]) -> tuple[str, ...]:
    """A sentence where a parse rate below 1 stands beside regression metrics of the same scorer."""
    beside = {
        (row.cell, row.metric.scorer) for row in rows if row.metric.family == "regression" and not _is(row)
    }
    rates = [row.value for row in rows if _is(row) and (row.cell, row.metric.scorer) in beside]
    return (PARSED_NOTE,) if any(rate is not None and rate < 1 for rate in rates) else ()


def _is(row: Estimate) -> bool:
    return row.metric.name == PARSE_RATE
