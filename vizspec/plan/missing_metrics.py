"""Metrics that a spec asks for by name and no log holds: known once the logs are read."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from vizspec.errors import Loc, Problem
from vizspec.gather.facts import Facts
from vizspec.metrics.catalogue import GROUPS, Catalogue, catalogue
from vizspec.metrics.known_metrics import KNOWN_METRICS, without_prefix
from vizspec.spec.model import MetricsSpec, Spec
from vizspec.text.messages import shown, suggestion
from vizspec.views.entry import ChartEntry


def missing_metrics(spec: Spec, facts: Facts) -> Iterator[Problem]:
    """A problem for the primary metric, and for each pattern of `include` or of a view, that means no metric.

    None as long as there are no evaluations, nor for a scorer of the design that no log has yet. A view that
    asks for an unknown metric of a scorer that the logs hold is skipped beside views that can be drawn.
    """
    wanted = spec.metrics
    held = _held(wanted, facts)
    if not held.metrics:
        return
    for place, pattern in enumerate(wanted.include):
        yield from _absent(("metrics", "include", place), pattern, held, held, facts)
    if wanted.primary is not None and not _is_to_come(wanted.primary, held, facts):
        yield from _primary(wanted.primary, held, facts)
    wanted_by_views = list(_patterns(spec))
    can_draw = any(pattern in GROUPS or facts.catalogue.select([pattern]) for _, pattern in wanted_by_views)
    for loc, pattern in wanted_by_views:
        if not (can_draw and _is_of_known_scorer(pattern, held)):
            yield from _absent(loc, pattern, facts.catalogue, held, facts)


def _patterns(spec: Spec) -> Iterator[tuple[Loc, str]]:
    """The patterns of all views, with their places."""
    for place, entry in enumerate(spec.views):
        for at, pattern in enumerate(entry.metrics if isinstance(entry, ChartEntry) else ()):
            yield ("views", place, "metrics", at), pattern


def _is_of_known_scorer(pattern: str, held: Catalogue) -> bool:
    """Whether the pattern is an unheard-of metric of a scorer that the logs hold: its view is skipped."""
    scorer, slash, _ = without_prefix(pattern).partition("/")
    is_known = any(fnmatchcase(metric.scorer, scorer) for metric in held.metrics)
    return bool(slash) and is_known and not held.select([pattern])


def _absent(loc: Loc, pattern: str, taken: Catalogue, held: Catalogue, facts: Facts) -> Iterator[Problem]:
    """A problem where a pattern means none of the metrics that are taken up, of those that logs hold."""
    if pattern in GROUPS or taken.select([pattern]) or _is_to_come(pattern, held, facts):
        return
    if held.select([pattern]):
        yield _not_taken_up(loc, pattern, taken)
    else:
        yield Problem(loc, f"no metric of the logs is like {shown(pattern)}", _hint(pattern, held))


def _primary(name: str, held: Catalogue, facts: Facts) -> Iterator[Problem]:
    loc: Loc = ("metrics", "primary")
    if held.select([name]):
        if not facts.catalogue.select([name]):
            yield _not_taken_up(loc, name, facts.catalogue)
    else:
        yield Problem(loc, f"the logs hold no metric {shown(name)}", _hint(name, held))


def _not_taken_up(loc: Loc, name: str, taken: Catalogue) -> Problem:
    message = f"{shown(name)} is not among the metrics that metrics.include takes up"
    return Problem(loc, message, _hint(name, taken))


def _held(wanted: MetricsSpec, facts: Facts) -> Catalogue:
    """All metrics of the shown logs, those that are not taken up too, and those that their samples give."""
    stored = catalogue((score for cell in facts.cells for score in cell.log.scores), define=wanted.define)
    known = {metric.id for metric in stored.metrics}
    return Catalogue((*stored.metrics, *(m for m in facts.catalogue.metrics if m.id not in known)))


def _is_to_come(pattern: str, held: Catalogue, facts: Facts) -> bool:
    """Whether the pattern may mean a scorer of the design that no log has yet, or a known metric of it."""
    name, slash, _ = without_prefix(pattern).partition("/")
    planned = facts.experiment.scorers if facts.experiment is not None else ()
    evaluated = {metric.scorer for metric in held.metrics}
    to_come = [scorer for scorer in map(without_prefix, planned) if scorer not in evaluated]
    if any(fnmatchcase(scorer, name) or name.startswith(f"{scorer}_") for scorer in to_come):
        return True
    return bool(to_come) and not slash and any(fnmatchcase(known, name) for known in KNOWN_METRICS)


def _hint(name: str, held: Catalogue) -> str:
    metrics = [metric.id for metric in held.metrics]
    return suggestion(without_prefix(name), metrics)
