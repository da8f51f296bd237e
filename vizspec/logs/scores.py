"""From a log's results to its scores: which numbers are metrics, and which tell of another's uncertainty.

Inspect AI logs standard errors, spreads (`std`, `var`), the ends of intervals (`ci`) and the groups of
`grouped` side by side with the metrics that they belong to.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from vizspec.logs.header import EvalMetric, Header, Results, ScoreEntry
from vizspec.metrics.catalogue import scorer_name
from vizspec.metrics.known_metrics import REGISTRIES, STDERR_METRICS
from vizspec.metrics.score import LoggedInterval, MetricName, Score, ScoreGroup
from vizspec.text.values import as_number

SPREADS = ("std", "var")
"""Metrics that tell how far the scores lie apart."""

ENDS = (("lower", "upper"), ("ci_lower", "ci_upper"))
"""The names of both ends of an interval: of one scorer's score, of one key of it."""

MEANS = ("accuracy", "mean")
"""The metrics that a standard error, a spread or an interval beside them belongs to."""

DEFAULT_LEVEL = 0.95
"""That of Inspect's `ci` where its parameters name none."""

UNREDUCED = "unreduced"


def scores_of(header: Header, samples: int | None, epochs: int) -> tuple[Score, ...]:
    """The scores of a log, no two with the same name and reducer."""
    entries = header.results.scores if header.results else []
    by_samples = header.logged.scored if header.logged else [None] * len(entries)
    made = [
        _score(entry, header, samples, epochs, in_samples)
        for entry, in_samples in zip(entries, by_samples, strict=True)
    ]
    return tuple(_distinct(made, [entry.scorer or entry.name for entry in entries]))


def declared_headline(header: Header, scores: Sequence[Score]) -> MetricName | None:
    """The metric that the task declares to stand for it, found as Inspect finds it; None where it has none.

    `scores` are those of the log's entries, in their order. Each part of the declaration that is given
    narrows the entries; without a metric their first one is meant. A declaration that fits nothing counts as
    none.
    """
    declared = header.eval.headline_metric
    if header.results is None or not isinstance(declared, Mapping):
        return None
    entries = [
        (entry, score)
        for entry, score in zip(header.results.scores, scores, strict=True)
        if all(
            declared.get(part) in (None, value)
            for part, value in (("reducer", entry.reducer), ("scorer", entry.scorer), ("score", entry.name))
        )
    ]
    metric = declared.get("metric")
    for _, score in entries:
        name = next(iter(score.metrics), None) if metric is None else bare_name(str(metric), {})
        if name is not None and score.metrics.get(name) is not None:
            return MetricName(scorer_name(score), name)
    return None


def number(value: object) -> float | None:
    """A finite number, or None."""
    found = None if isinstance(value, str) else as_number(value)
    return None if found is None else float(found)


def bare_name(metric: str, taken: Mapping[str, object]) -> str:
    """A metric's name without its package, unless that name is taken already."""
    for package in REGISTRIES:
        bare = metric.removeprefix(f"{package}/")
        if bare != metric and bare and bare not in taken:
            return bare
    return metric


def without_supporting(metrics: Mapping[str, float | None]) -> dict[str, float | None]:
    """The metrics of one scorer without those that only tell of another's uncertainty, by their names."""
    supporting = {*STDERR_METRICS}
    if not set(MEANS).isdisjoint(metrics):
        supporting |= {*SPREADS, *(name for ends in ENDS if set(ends) <= metrics.keys() for name in ends)}
    return {name: value for name, value in metrics.items() if name not in supporting}


def stderr_of_spread(metrics: Mapping[str, float | None], n: int | None) -> float | None:
    """The standard error of a mean whose scores' spread is known: `std / √n`."""
    std, var = (metrics.get(name) for name in SPREADS)
    if std is None and var is not None and var >= 0:
        std = math.sqrt(var)
    return None if std is None or n is None or n < 2 else std / math.sqrt(n)


def _score(
    entry: ScoreEntry, header: Header, samples: int | None, epochs: int, in_samples: int | None
) -> Score:
    plain = {key: each for key, each in entry.metrics.items() if not _is_grouped(each)}
    values = {_name(key, each): number(each.value) for key, each in plain.items()}
    n = _scored(entry, header.results, samples, epochs)
    n = in_samples if n is None else n
    error = _standard_error(plain.values())
    stderr = number(error.value) if error else stderr_of_spread(values, n)
    interval = _interval(plain.values())
    of_error = _cluster(error) if error else None
    return Score(
        scorer=entry.name,
        metrics=_metrics(entry, values),
        reducer=entry.reducer,
        stderr=stderr,
        cluster=of_error or (interval.cluster if interval is not None else None),
        scored=n,
        unscored=entry.unscored_samples,
        groups=_groups(entry),
        interval=interval,
    )


def _metrics(entry: ScoreEntry, plain: Mapping[str, float | None]) -> dict[str, float | None]:
    """The numbers that are metrics, in the log's order."""
    kept = without_supporting(plain)
    metrics: dict[str, float | None] = {}
    for key, each in entry.metrics.items():
        is_metric = not _is_error(_of_group(each)) if _is_grouped(each) else _name(key, each) in kept
        if is_metric and _end(each) is None:
            metrics[bare_name(key, {**metrics, **entry.metrics})] = number(each.value)
    return metrics


def _name(key: str, metric: EvalMetric) -> str:
    """What the metric is; the log's key is numbered where there are several of one name."""
    own = bare_name(metric.name, {})
    return own if own in (*STDERR_METRICS, *SPREADS) else bare_name(key, {})


def _is_error(name: str) -> bool:
    return name in STDERR_METRICS or name in SPREADS


def _options(metric: EvalMetric) -> Mapping[str, Any]:
    return metric.params or metric.options or {}


def _cluster(metric: EvalMetric) -> str | None:
    cluster = _options(metric).get("cluster")
    return str(cluster) if cluster else None


def _standard_error(metrics: Sequence[EvalMetric] | Any) -> EvalMetric | None:
    """The standard error to be used: one over clusters before the others, since it knows of more."""
    errors = [each for each in metrics if bare_name(each.name, {}) in STDERR_METRICS]
    errors.sort(key=lambda each: (_cluster(each) is None, STDERR_METRICS.index(bare_name(each.name, {}))))
    return next(iter(errors), None)


def _is_grouped(metric: EvalMetric) -> bool:
    return "group_key" in _options(metric) and "metric" in _options(metric)


def _of_group(metric: EvalMetric) -> str:
    """The name of the metric that was applied to the groups."""
    of = _options(metric)["metric"]
    name = of.get("name") if isinstance(of, Mapping) else of
    return bare_name(str(name), {})


def _groups(entry: ScoreEntry) -> dict[str, ScoreGroup]:
    """Of each metric that was worked out by groups what it is made of, with its group's standard error."""
    errors: dict[tuple[str, str], float | None] = {}
    for each in entry.metrics.values():
        if _is_grouped(each) and _of_group(each) in STDERR_METRICS:
            errors[str(_options(each)["group_key"]), each.name] = number(each.value)
    return {
        key: _group(each, errors)
        for key, each in entry.metrics.items()
        if _is_grouped(each) and not _is_error(_of_group(each))
    }


def _group(metric: EvalMetric, errors: Mapping[tuple[str, str], float | None]) -> ScoreGroup:
    options = _options(metric)
    key, whole = str(options["group_key"]), options.get("all", "samples")
    is_whole = bool(whole) and metric.name == str(options.get("all_label", "all"))
    return ScoreGroup(
        key=key,
        name=metric.name,
        of=_of_group(metric),
        stderr=None if is_whole and whole == "groups" else errors.get((key, metric.name)),
        whole=("groups" if whole == "groups" else "samples") if is_whole else None,
        template=str(options.get("name_template", "{group_name}")),
    )


def _end(metric: EvalMetric) -> str | None:
    """`lower` or `upper`, where the number is an end of an interval that Inspect's `ci` gave."""
    return metric.name if metric.group == "ci" and metric.name in ("lower", "upper") else None


def _interval(metrics: Sequence[EvalMetric] | Any) -> LoggedInterval | None:
    """The interval of the log: one over clusters before the others."""
    ends: dict[tuple[float, str, str | None], dict[str, float]] = {}
    for each in metrics:
        end, value = _end(each), number(each.value)
        if end is not None and value is not None:
            level = number(_options(each).get("level")) or DEFAULT_LEVEL
            what = (level, str(_options(each).get("method", "t")), _cluster(each))
            ends.setdefault(what, {})[end] = value
    whole = [(what, pair) for what, pair in ends.items() if len(pair) == 2]
    whole.sort(key=lambda one: one[0][2] is None)
    for (level, method, cluster), pair in whole:
        return LoggedInterval(pair["lower"], pair["upper"], level, method, cluster)
    return None


def _scored(entry: ScoreEntry, results: Results | None, samples: int | None, epochs: int) -> int | None:
    """The samples with a score, each once. Metrics over unreduced epochs count a sample once a repeat."""
    scored, unscored = entry.scored_samples, entry.unscored_samples or 0
    if scored is None:
        if results and results.total_samples == results.completed_samples == 0:
            return 0
        is_complete = results and results.total_samples and results.completed_samples == results.total_samples
        return samples if is_complete else None
    if epochs > 1 and samples is not None and scored + unscored > samples:
        return samples if unscored == 0 and scored == samples * epochs else None
    return scored


def _distinct(scores: Sequence[Score], scorers: Sequence[str]) -> Iterator[Score]:
    """The scores under names that tell them apart.

    Of entries of one name those of different scorers, which gave scores with a key of one name, carry their
    scorer's; one whose metrics are of unreduced repeats beside reduced ones says so; others are numbered.
    """
    makers: dict[str, set[str]] = {}
    for score, scorer in zip(scores, scorers, strict=True):
        makers.setdefault(score.scorer, set()).add(scorer)
    named = [
        replace(score, scorer=f"{scorer}.{score.scorer}")
        if len(makers[score.scorer]) > 1 and scorer != score.scorer
        else score
        for score, scorer in zip(scores, scorers, strict=True)
    ]
    reduced = {score.scorer for score in named if score.reducer is not None}
    times: Counter[tuple[str, str | None]] = Counter()
    for score in named:
        reducer = UNREDUCED if score.reducer is None and score.scorer in reduced else score.reducer
        times[score.scorer, reducer] += 1
        at = times[score.scorer, reducer]
        yield replace(score, reducer=reducer, scorer=score.scorer if at == 1 else f"{score.scorer}{at}")
