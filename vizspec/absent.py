"""Metrics that a spec asks for by name and no log holds: known once the logs are read."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from vizspec.errors import Loc, Problem
from vizspec.facts import Facts
from vizspec.metrics import GROUPS, Catalogue, catalogue, without_prefix
from vizspec.names import nearest, shown
from vizspec.spec import MetricsSpec

MOST_LISTED = 20
"""How many metrics a hint lists."""


def absent_metrics(wanted: MetricsSpec, facts: Facts) -> Iterator[Problem]:
    """A problem for the primary metric, and for each pattern of `include`, that means no metric.

    None as long as there are no evaluations, nor for a scorer of the design that no log has yet.
    """
    held = _held(wanted, facts)
    if not held.metrics:
        return
    for place, pattern in enumerate(wanted.include):
        if pattern not in GROUPS and not held.select([pattern]) and not _is_to_come(pattern, held, facts):
            loc: Loc = ("metrics", "include", place)
            yield Problem(loc, f"no metric of the logs is like {shown(pattern)}", _hint(pattern, held))
    primary = wanted.primary
    if primary is None or facts.catalogue.select([primary]) or _is_to_come(primary, held, facts):
        return
    message = f"the logs hold no metric {shown(primary)}"
    if held.select([primary]):
        message = f"{shown(primary)} is not among the metrics that metrics.include takes up"
        held = facts.catalogue
    yield Problem(("metrics", "primary"), message, _hint(primary, held))


def _held(wanted: MetricsSpec, facts: Facts) -> Catalogue:
    """All metrics of the shown logs, those that are not taken up too, and those that their samples give."""
    stored = catalogue((score for cell in facts.cells for score in cell.log.scores), define=wanted.define)
    known = {metric.id for metric in stored.metrics}
    return Catalogue((*stored.metrics, *(m for m in facts.catalogue.metrics if m.id not in known)))


def _is_to_come(pattern: str, held: Catalogue, facts: Facts) -> bool:
    """Whether the pattern means a scorer of the design that no log has yet."""
    scorer = without_prefix(pattern).partition("/")[0]
    planned = facts.experiment.scorers if facts.experiment is not None else ()
    evaluated = {metric.scorer for metric in held.metrics}
    return any(fnmatchcase(name, scorer) for name in planned if name not in evaluated)


def _hint(name: str, held: Catalogue) -> str:
    metrics = [metric.id for metric in held.metrics]
    near = nearest(without_prefix(name), metrics)
    if near is not None:
        return f"did you mean '{near}'?"
    more = ", …" if len(metrics) > MOST_LISTED else ""
    return f"there {'is' if len(metrics) == 1 else 'are'}: {', '.join(metrics[:MOST_LISTED])}{more}"
