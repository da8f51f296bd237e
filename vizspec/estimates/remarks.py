"""Sentences on values that a limit has shortened, or that lie where their metric cannot. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from vizspec.cells.cell import Cell
from vizspec.estimates.table import Estimate, Estimates
from vizspec.metrics.catalogue import Catalogue, Metric, is_share
from vizspec.samples.scored import SampleScores
from vizspec.text.decimals import value_text
from vizspec.text.messages import agreeing, listed

NAMED = 3


def limited(scores: Mapping[Cell, SampleScores]) -> Iterator[str]:
    """`3 of 10 samples of 'a.eval' were ended by a limit (token 3)`."""
    for cell, found in scores.items():
        ended = found.limited()
        if ended:
            whole = len(set(found.sample))
            kinds = ", ".join(f"{kind} {number:,}" for kind, number in Counter(ended.values()).most_common())
            number = f"{len(ended):,} of {whole:,} samples of '{cell.log.location}'"
            yield f"{number} {agreeing(len(ended), 'was', 'were')} ended by a limit ({kinds})"


def out_of_range(estimates: Estimates, catalogue: Catalogue) -> Iterator[str]:
    """Of each metric whose values lie where it cannot, which they are and what to do."""
    for metric in catalogue.metrics:
        rows = estimates.of(metric)
        if metric.is_doubtful:
            yield _no_share(metric, rows)
        elif outside := [row for row in rows if row.is_outside]:
            finding = f"{metric.id} is {_values(outside)}, outside its range ({_range(metric)})"
            yield f"{finding}, and so not ranked: {_hint(metric)}"


def _no_share(metric: Metric, rows: Sequence[Estimate]) -> str:
    outside = [row for row in rows if row.value is not None and not is_share(row.value)]
    finding = (
        f"is {_values(outside)}"
        if outside
        else "has a standard error above 0 where its mean is 0 or 1, so some scores lie outside 0 to 1"
    )
    may_be_percent = any(row.value is not None and 1 < row.value <= 100 for row in outside)
    why = "is it in percent, or on another scale?" if may_be_percent else "it is not a share between 0 and 1."
    verb = "Nothing is ranked by it until metrics.define tells its range"
    return f"{metric.id} {finding}: {why} {verb}, as in {{{metric.id}: {{range: {_guess(rows)}}}}}"


def _guess(rows: Sequence[Estimate]) -> str:
    """A range that would hold the values: of percentages, of small grades, or none in particular."""
    values = [row.value for row in rows if row.value is not None]
    if min(values) < 0 and not is_share(min(values)):
        return "[null, null]"
    return "[0, 10]" if max(values) <= 10 else "[0, 100]" if max(values) <= 100 else "[0, null]"


def _values(rows: Sequence[Estimate]) -> str:
    return listed([f"{value_text(row.value)} in '{row.cell.log.location}'" for row in rows], NAMED)


def _range(metric: Metric) -> str:
    lowest = "no lower end" if metric.lowest is None else f"{metric.lowest:g}"
    highest = "no upper end" if metric.highest is None else f"{metric.highest:g}"
    return f"{lowest} to {highest}"


def _hint(metric: Metric) -> str:
    settled = f"{{{metric.id}: {{range: [null, null]}}}}"
    return f"if it can be that, say its range in metrics.define, as in {settled}"
