"""The tables that a text may have printed: rows of the estimates, the comparisons, the claims. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vizspec.parsing.template_calls import TABLES
from vizspec.prose.meant import Meant, Unknown
from vizspec.prose.numbers import Numbers
from vizspec.report.comparisons import signed
from vizspec.report.table import TextTable
from vizspec.report.template import environment
from vizspec.text.markdown import Align
from vizspec.text.messages import shown, suggestion

TextRow = tuple[str, ...]

TEXTS = 3
"""So many columns at the start of each table hold texts; numbers follow."""


def table_text(
    meant: Meant,
    name: str,
    where: str | None,
    metric: Any,
    levels: Mapping[str, Any],
) -> str:
    """The rows that are meant, as a table of Markdown.

    Raises:
        Unknown: there is no such table, or no row of it is meant.
    """
    if name not in TABLES:
        raise Unknown(f"there is no table {shown(name)}", suggestion(str(name), TABLES))
    if name == "claims":
        if where is not None or metric is not None or levels:
            raise Unknown("the table of claims is given whole", 'as in: table("claims")')
        return _printed(("Claim", "Verdict", "Numbers"), _claims(meant.numbers))
    wanted = meant.where(where) & (meant.places(levels) if levels else meant.shown())
    patterns = [metric] if isinstance(metric, str) else list(metric or [])
    metrics = {one.id for pattern in patterns for one in meant.metrics(pattern)}
    level = meant.numbers.level
    if name == "comparisons":
        headers: TextRow = ("A", "B", "Metric", "A − B", level, "p", "n")
        rows = _comparisons(meant.numbers, wanted, metrics)
    else:
        headers = ("Model", "Task", "Metric", "Value", level, "n")
        rows = _estimates(meant.numbers, wanted, metrics)
    if not rows:
        raise Unknown(f"no row of the table of {name} is meant", "loosen `where`, or leave it out")
    return _printed(headers, rows)


def _claims(numbers: Numbers) -> list[TextRow]:
    known = numbers.verdicts or {}
    if not known:
        raise Unknown("there are no claims", "state some under `claims:`")
    return [(name, one.outcome, one.detail) for name, one in known.items()]


def _estimates(numbers: Numbers, wanted: set[int], metrics: set[str]) -> list[TextRow]:
    labels = {metric.id: metric.label for metric in numbers.catalogue.metrics}
    return [
        (of.model, of.task, labels[row.metric], row.text, row.interval or "-", row.n)
        for row in numbers.estimates
        if row.evaluation in wanted and (not metrics or row.metric in metrics)
        for of in (numbers.evaluations[row.evaluation],)
    ]


def _comparisons(numbers: Numbers, wanted: set[int], metrics: set[str]) -> list[TextRow]:
    labels = {metric.id: metric.label for metric in numbers.catalogue.metrics}
    rows = [
        (
            numbers.evaluations[row.a].name,
            numbers.evaluations[row.b].name,
            labels[row.metric],
            signed(row.difference),
            row.interval,
            row.p,
            f"{row.n:,}",
        )
        for row in numbers.compared
        if row.a in wanted and row.b in wanted and (not metrics or row.metric in metrics)
    ]
    return list(dict.fromkeys(rows))


def _printed(headers: TextRow, rows: Sequence[TextRow]) -> str:
    """The table as the report prints its own: in parts where it is wide, with numbers to the right."""
    sides: list[Align] = ["left" if place < TEXTS else "right" for place in range(len(headers))]
    printed = environment().get_template("table.md.j2").module
    return str(printed.table(TextTable(headers, tuple(rows), tuple(sides)))).strip()  # type: ignore[attr-defined]  # a macro
