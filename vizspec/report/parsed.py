"""Where n is not what a metric was computed over: answers that could not be parsed have no error."""

from __future__ import annotations

from collections.abc import Sequence

from vizspec.estimates import Estimate
from vizspec.metrics import without_prefix

PARSE_RATE = "parse_rate"


def parsed_notes(rows: Sequence[Estimate]) -> tuple[str, ...]:
    """A sentence where a parse rate below 1 stands beside regression metrics of the same scorer."""
    beside = {
        (row.cell, row.metric.scorer) for row in rows if row.metric.family == "regression" and not _is(row)
    }
    rates = [
        row.value
        for row in rows
        if _is(row) and row.value is not None and (row.cell, row.metric.scorer) in beside
    ]
    if not any(rate < 1 for rate in rates):
        return ()
    low, high = _percent(min(rates)), _percent(max(rates))
    share = f"{low} %" if low == high else f"{low} to {high} % (see Parse Rate)"
    return (f"n: scored samples; of them {share} could be parsed; the other metrics are over these alone.",)


def _is(row: Estimate) -> bool:
    return without_prefix(row.metric.name) == PARSE_RATE


def _percent(rate: float) -> str:
    """Four digits, so that nearly all is not shown as all."""
    return f"{rate * 100:.4g}"
