"""Names of a frame's score columns, taken apart once: `score_{scorer}_{metric}` and its older forms.

The name alone does not say where the scorer ends, since both parts may hold underscores. What is known of
metric names, and what the frame itself says of its headline scores and reducers, decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from vizspec.metrics.known_metrics import KNOWN, REGISTRIES

SCORE_PREFIX = "score_"
HEADLINE_PREFIX = "score_headline_"

METRICS_OF_SCORERS = (
    *KNOWN,
    "accuracy",
    "mean",
    "median",
    "mode",
    "std",
    "stderr",
    "bootstrap_stderr",
    "var",
    "ci_lower",
    "ci_upper",
    "f1",
    "f1_score",
    "precision",
    "recall",
    "pass_rate",
    "perplexity_per_token",
    "perplexity_per_seq",
    "krippendorff_alpha",
)
"""Bare names of the metrics that Inspect AI, its usual scorers and risk scorers write."""


@dataclass(frozen=True)
class ScoreColumn:
    """One column of scores; `metric` is bare, and may be a standard error."""

    column: str
    scorer: str
    metric: str
    reducer: str | None = None


def score_columns(
    columns: Sequence[str],
    scorers: Collection[str] = (),
    metrics: Collection[str] = (),
    reducers: Collection[str] = (),
) -> tuple[ScoreColumn, ...]:
    """The score columns among the columns, in their order; headline columns are not among them.

    `scorers` and `metrics` are names known from elsewhere in the frame. `reducers` are those of logs with
    several, where Inspect AI puts the reducer between scorer and metric.
    """
    names = [name for name in columns if name.startswith(SCORE_PREFIX) and name != SCORE_PREFIX]
    rests = {name: name.removeprefix(SCORE_PREFIX) for name in names if not name.startswith(HEADLINE_PREFIX)}
    known_metrics = {*METRICS_OF_SCORERS, *map(without_package, metrics)}
    known = {name: _by_metric(rest, known_metrics) for name, rest in rests.items()}
    known_scorers = {*scorers, *(pair[0] for pair in known.values() if pair)}
    unknown = [
        rest
        for name, rest in rests.items()
        if known[name] is None and _scorer_of(rest, known_scorers) is None
    ]
    known_scorers |= set(_common_beginnings(unknown))
    return tuple(
        _with_reducer(name, *(known[name] or _by_scorer(rest, known_scorers)), reducers)
        for name, rest in rests.items()
    )


def _by_metric(rest: str, metrics: Collection[str]) -> tuple[str, str] | None:
    """Scorer and metric where the name ends with a known metric, the longest one that it may be."""
    for metric in sorted(metrics, key=lambda name: (-len(name), name)):
        for ending in _endings(metric):
            if rest.endswith(ending) and len(rest) > len(ending):
                return rest.removesuffix(ending), metric
    return None


def _endings(metric: str) -> Iterator[str]:
    for package in REGISTRIES:
        yield f"_{package}/{metric}"
    yield f"_{metric}"


def _by_scorer(rest: str, scorers: Collection[str]) -> tuple[str, str]:
    """Scorer and metric where a scorer is known from another column; else the last part is the metric."""
    scorer = _scorer_of(rest, scorers)
    if scorer is not None:
        return scorer, without_package(rest.removeprefix(f"{scorer}_"))
    before, slash, metric = rest.rpartition("/")
    scorer, _, metric = (before.rpartition("_")[0], slash, metric) if slash else rest.rpartition("_")
    return (scorer, metric) if scorer and metric else (rest, "value")


def _scorer_of(rest: str, scorers: Collection[str]) -> str | None:
    """The longest known scorer that the name begins with."""
    having = (scorer for scorer in scorers if rest.startswith(f"{scorer}_") and rest != f"{scorer}_")
    return max(having, key=lambda name: (len(name), name), default=None)


def _common_beginnings(rests: Sequence[str]) -> Iterator[str]:
    """What names of one first word all begin with: the metrics of one scorer share its name."""
    families: dict[str, list[list[str]]] = {}
    for rest in rests:
        if "/" not in rest:
            words = rest.split("_")
            families.setdefault(words[0], []).append(words)
    for family in families.values():
        alike = takewhile(lambda words: len(set(words)) == 1, zip(*family, strict=False))
        common = [words[0] for words in alike][: min(map(len, family)) - 1]
        if len(family) > 1 and any(common):
            yield "_".join(common)


def without_package(metric: str) -> str:
    """The metric's bare name: `auc_score` for `cruijff_kit/auc_score`."""
    package, slash, bare = metric.partition("/")
    return bare if slash and bare and package in REGISTRIES else metric


def _with_reducer(column: str, scorer: str, metric: str, reducers: Collection[str]) -> ScoreColumn:
    for reducer in sorted(reducers, key=lambda name: (-len(name), name)):
        base = scorer.removesuffix(f"_{reducer}")
        if base and base != scorer:
            return ScoreColumn(column, base, metric, reducer)
    return ScoreColumn(column, scorer, metric)
