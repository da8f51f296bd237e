"""Metrics as records made once: what a scorer's number is called, which way is better, where it can lie.

A metric is named `scorer/metric`. Registry prefixes (`cruijff_kit/auc_score`) are no part of the name.
Nothing after this module takes a metric's name or column apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import BaseModel, ConfigDict, FiniteFloat, Strict

from vizspec.metrics.known_metrics import (
    ACCURACY,
    FAMILIES,
    KNOWN,
    STDERR_METRICS,
    Better,
    Family,
    of_name,
    without_prefix,
)
from vizspec.metrics.score import MetricName, Score, ScoreGroup

Bound = Annotated[FiniteFloat, Strict()] | None


GROUPS = ("accuracy", "supplementary", "all")
"""The names that select several metrics: the accuracies, everything else, both."""


@dataclass(frozen=True)
class Metric:
    """One number that a scorer gives for an evaluation.

    `better` is None where neither direction is (a mean risk), or none is known. `lowest` and `highest` bound
    the range; None: unbounded or not known. `order` places the metric in every chart and table. `group` is
    the group of samples that the metric is of, where it is not of all. `is_doubtful`: its values show that it
    is not what its name says, a share between 0 and 1, so that nothing is ranked by it. `is_in_headline`: all
    its values are those of the headline, which has them beside the other tasks'. `is_headline`: it stands
    for a task of a suite that has no accuracy, so that it stands beside the accuracies.
    """

    scorer: str
    name: str
    label: str
    family: Family
    better: Better | None = None
    lowest: float | None = None
    highest: float | None = None
    order: int = 0
    group: str | None = None
    is_doubtful: bool = False
    is_in_headline: bool = False
    is_headline: bool = False

    @property
    def id(self) -> str:
        """The metric's name everywhere: `scorer/metric`."""
        return f"{self.scorer}/{self.name}"

    @property
    def is_accuracy(self) -> bool:
        """Whether it stands among the accuracies: it is one over all samples, or a task's headline.

        The accuracy of a group is one of the supplementary metrics.
        """
        is_meant = self.family == "accuracy" or self.is_headline
        return is_meant and self.group is None and not self.is_in_headline

    @property
    def is_in_groups(self) -> bool:
        """Whether `all` and the other groups mean it: metrics of a classification are named one by one."""
        return not self.is_in_headline and self.family != "classification"

    @property
    def is_unit(self) -> bool:
        """Whether the metric lies between 0 and 1."""
        return self.lowest == 0 and self.highest == 1

    @property
    def is_of_unknown_direction(self) -> bool:
        """Whether nobody has told which direction is better; of a known metric neither may be."""
        is_known = without_prefix(self.name) in KNOWN or self.family == "classification"
        return self.better is None and not is_known

    def admits(self, value: float) -> bool:
        """Whether the value lies in the metric's range, but for what floating-point numbers are off."""
        above = self.lowest is None or value >= self.lowest - NOISE
        return above and (self.highest is None or value <= self.highest + NOISE)

    def rounded(self, value: float) -> float:
        """The value at an end of the range where it is beyond by what floating-point numbers are off."""
        if not self.admits(value):
            return value
        low = value if self.lowest is None else max(value, float(self.lowest))
        return low if self.highest is None else min(low, float(self.highest))


class Definition(BaseModel):
    """What a user says of a metric; what is left out stays as vizspec knows it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    label: str | None = None
    """The name in charts and tables."""
    better: Better | None = None
    """Which direction is better: `higher` or `lower`."""
    range: tuple[Bound, Bound] | None = None
    """The lowest and the highest possible value; null: unbounded."""
    family: Family | None = None
    """The table the metric stands in: `accuracy`, `risk`, `regression`, `classification` or `other`."""


NOISE = 1e-9
"""A standard error no greater than this is 0."""


_ORDER = {name: place for place, name in enumerate(KNOWN)}


@dataclass(frozen=True)
class Catalogue:
    """The metrics that the logs hold, in their order."""

    metrics: tuple[Metric, ...] = ()
    default: MetricName | None = None
    """The metric that a summary speaks of unless the spec names one, where the logs tell."""

    @property
    def accuracy(self) -> tuple[Metric, ...]:
        return tuple(metric for metric in self.metrics if metric.is_accuracy)

    @property
    def supplementary(self) -> tuple[Metric, ...]:
        return tuple(m for m in self.metrics if m.is_in_groups and not m.is_accuracy)

    @property
    def has_risk_scorer(self) -> bool:
        return any(metric.family == "risk" for metric in self.metrics)

    def select(self, patterns: Sequence[str]) -> tuple[Metric, ...]:
        """The metrics that at least one pattern means, in the catalogue's order."""
        return tuple(m for m in self.metrics if any(matches(pattern, m) for pattern in patterns))

    def primary(self, wanted: str | None) -> Metric | None:
        """The metric that a summary speaks of: the wanted one, else the default, else the first accuracy.

        Without any accuracy it is the first of all.
        """
        if wanted is not None:
            return next(iter(self.select([wanted])), None)
        return self.named(self.default) or next(iter(self.accuracy + self.supplementary), None)

    def named(self, name: MetricName | None) -> Metric | None:
        """The metric of this name, where the spec leaves it in."""
        return next((m for m in self.metrics if (m.scorer, m.name) == name), None)


def catalogue(
    scores: Iterable[Score],
    include: Sequence[str] = ("*",),
    define: Mapping[str, Definition] | None = None,
    headlines: Collection[MetricName] = (),
) -> Catalogue:
    """The catalogue of what the logs' scores hold: accuracies first, then by kind, then as logged.

    `headlines` are the metrics that stand for tasks.
    """
    scores = tuple(scores)
    no_shares = {scorer_name(score) for score in scores if not has_shares(score)}
    found: dict[tuple[str, str], Metric] = {}
    for score in scores:
        scorer = scorer_name(score)
        for name in score.metrics:
            if name not in STDERR_METRICS and (scorer, name) not in found:
                found[scorer, name] = _record(scorer, name, score.groups.get(name), scorer in no_shares)
    definitions = {without_prefix(name): definition for name, definition in (define or {}).items()}
    metrics = list(_in_headline(found.values(), scores, headlines))
    metrics = [_defined(metric, definitions.get(metric.id)) for metric in metrics]
    metrics = [metric for metric in metrics if any(matches(pattern, metric) for pattern in include)]
    metrics.sort(key=_place)
    return Catalogue(tuple(replace(m, order=i) for i, m in enumerate(_distinct_labels(metrics))))


def _in_headline(
    metrics: Iterable[Metric], scores: Sequence[Score], headlines: Collection[MetricName]
) -> Iterator[Metric]:
    """The metrics; of those that some headline stands for in every log, or that are one, it is told."""
    having = Counter(
        MetricName(scorer_name(score), name)
        for score in scores
        for name, value in score.metrics.items()
        if value is not None
    )
    headed = Counter(score.stands_for for score in scores if score.stands_for is not None)
    for metric in metrics:
        name = MetricName(metric.scorer, metric.name)
        is_part = headed[name] > 0 and headed[name] == having[name]
        yield replace(metric, is_in_headline=is_part, is_headline=name in headlines and not is_part)


def is_share(value: float) -> bool:
    """Whether the value lies between 0 and 1, but for what floating-point numbers are off."""
    return -NOISE <= value <= 1 + NOISE


def has_shares(score: Score) -> bool:
    """Whether a scorer's accuracies may be shares: all lie between 0 and 1, and vary only where shares can.

    Zeros and ones of which the mean is 0 or 1 are all alike, so that their standard error is 0.
    """
    for name, value in score.metrics.items():
        group = score.groups.get(name)
        if value is None or (group.of if group else name) != ACCURACY:
            continue
        stderr = group.stderr if group else score.stderr
        if not is_share(value) or (value in (0, 1) and stderr is not None and stderr > NOISE):
            return False
    return True


def scorer_name(score: Score) -> str:
    """The scorer as it is named in metrics: a reducer other than the mean is part of it."""
    plain = score.reducer in (None, "mean") or score.scorer.endswith(f"_{score.reducer}")
    return score.scorer if plain else f"{score.scorer}_{score.reducer}"


def score_of(scores: Iterable[Score], metric: Metric) -> Score | None:
    """What the metric's scorer says, of the scores of one log; None where it says nothing there."""
    return next((score for score in scores if scorer_name(score) == metric.scorer), None)


def matches(pattern: str, metric: Metric) -> bool:
    """Whether a pattern of the spec means the metric; a group means none that the headline has.

    A pattern is a group (`accuracy`, `supplementary`, `all`), `scorer/metric` with `*` and `?`, a bare
    scorer (its accuracy) or a bare metric (of every scorer). A registry prefix is passed over.
    """
    if pattern in GROUPS:
        is_meant = pattern == "all" or (pattern == "accuracy") == metric.is_accuracy
        return is_meant and metric.is_in_groups
    pattern = without_prefix(pattern)
    if "/" in pattern:
        return _is_like(metric.id, pattern)
    is_of_all = (metric.family == "accuracy" or metric.is_headline) and metric.group is None
    return _is_like(metric.name, pattern) or (is_of_all and _is_like(metric.scorer, pattern))


def _is_like(name: str, pattern: str) -> bool:
    return name == pattern or fnmatchcase(name, pattern)


def _record(scorer: str, name: str, group: ScoreGroup | None = None, is_no_share: bool = False) -> Metric:
    """The metric as vizspec knows it; an accuracy that is no share keeps its name alone."""
    known = of_name(scorer, name if group is None else group.of)
    doubt = is_no_share and (name if group is None else group.of) == ACCURACY
    metric = Metric(
        scorer,
        name,
        known.label,
        known.family,
        None if doubt else known.better,
        None if doubt else known.lowest,
        None if doubt else known.highest,
        is_doubtful=doubt,
    )
    if group is None:
        return metric
    if group.whole is not None:
        what = f"{known.label} (mean of groups)" if group.whole == "groups" else known.label
        return replace(metric, label=what)
    return replace(metric, label=f"{known.label} ({group.name})", group=group.name)


def _defined(metric: Metric, definition: Definition | None) -> Metric:
    if definition is None:
        return metric
    lowest, highest = definition.range or (metric.lowest, metric.highest)
    is_settled = definition.range is not None or definition.better is not None
    better = "higher" if is_settled and metric.is_doubtful else metric.better
    return replace(
        metric,
        is_doubtful=metric.is_doubtful and not is_settled,
        label=definition.label or metric.label,
        better=definition.better or better,
        family=definition.family or metric.family,
        lowest=lowest,
        highest=highest,
    )


def _place(metric: Metric) -> tuple[bool, bool, int, int]:
    """Accuracies first, then the other families, groups last; then in the known metrics' order."""
    order = _ORDER.get(without_prefix(metric.name), len(_ORDER))
    return (metric.group is not None, not metric.is_accuracy, FAMILIES.index(metric.family), order)


def _distinct_labels(metrics: Sequence[Metric]) -> Iterable[Metric]:
    """Metrics that would be called alike carry their scorer's name, or all of their own."""
    labels = Counter(metric.label for metric in metrics)
    with_scorer = Counter((metric.label, metric.scorer) for metric in metrics)
    for metric in metrics:
        if labels[metric.label] == 1:
            yield metric
        elif with_scorer[metric.label, metric.scorer] == 1:
            yield replace(metric, label=f"{metric.label} ({metric.scorer})")
        else:
            yield replace(metric, label=f"{metric.label} ({metric.id})")
