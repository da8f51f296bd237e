"""The names that a text may use of metrics, models and tasks, and what is meant by them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from vizspec.metrics.catalogue import Metric
from vizspec.prose.numbers import Evaluation, Numbers


@dataclass(frozen=True)
class Names:
    """What the names in a text mean in some results: metrics, and evaluations by their numbers."""

    numbers: Numbers
    text: str
    """The text, folded: of many evaluations few are named."""

    @cached_property
    def terms(self) -> Mapping[str, tuple[Metric, ...]]:
        """How people call the metrics: folded, with all metrics that may be meant."""
        found: dict[str, list[Metric]] = {}
        for metric in self.numbers.catalogue.metrics:
            for term in dict.fromkeys(_terms_of(metric)):
                found.setdefault(term, []).append(metric)
        return {term: tuple(metrics) for term, metrics in found.items()}

    @cached_property
    def term(self) -> re.Pattern[str]:
        """Any of the metrics' names."""
        return _any_of(self.terms)

    @cached_property
    def models(self) -> Mapping[str, frozenset[int]]:
        """The evaluations of each model or run, by its folded name."""
        return self._by_name(lambda one: one.names)

    @cached_property
    def model(self) -> str:
        """A regular expression of any model's or run's name."""
        return alternatives(self.models)

    @cached_property
    def _tasks(self) -> Mapping[str, frozenset[int]]:
        return self._by_name(lambda one: (one.task, one.vis_label, str(one.columns.get("task") or "")))

    def _by_name(
        self, names_of: Callable[[Evaluation], Iterable[str | None]]
    ) -> Mapping[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for place, one in enumerate(self.numbers.evaluations):
            for name in names_of(one):
                if name and len(name) > 1 and folded(name) in self.text:
                    found.setdefault(folded(name), set()).add(place)
        return {name: frozenset(places) for name, places in found.items()}

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return _any_of(self.models), _any_of(self._tasks)

    @property
    def everyone(self) -> frozenset[int]:
        return frozenset(range(len(self.numbers.evaluations)))

    def metrics_in(self, text: str) -> tuple[Metric, ...]:
        """The metrics that a sentence names."""
        found = (
            metric for one in self.term.finditer(text) for metric in self.terms[term_of(one[0], self.terms)]
        )
        return tuple(dict.fromkeys(found))

    def on_tasks(self, text: str) -> frozenset[int]:
        """The evaluations on the tasks that a sentence names; all where it names none."""
        return self._named(text, self._patterns[1], self._tasks) or self.everyone

    def meant(self, text: str) -> frozenset[int]:
        """The evaluations of the models, on the tasks, that a sentence names."""
        of_models = self._named(text, self._patterns[0], self.models) or self.everyone
        return of_models & self.on_tasks(text) or self.everyone

    def masked(self, text: str) -> str:
        """The text with letters in the place of models' and tasks' names: digits of them are no numbers."""
        for pattern in self._patterns:
            text = pattern.sub(
                lambda found: found[0] if self.term.fullmatch(found[0]) else "x" * len(found[0]), text
            )
        return text

    def _named(
        self, text: str, pattern: re.Pattern[str], known: Mapping[str, frozenset[int]]
    ) -> frozenset[int]:
        found = [known[term_of(one[0], known)] for one in pattern.finditer(text)]
        return frozenset().union(*found) if found else frozenset()


def folded(text: str) -> str:
    """A name whatever its case and its white space."""
    return " ".join(text.casefold().split())


def term_of(text: str, known: Mapping[str, object]) -> str:
    """The known name that a text is, or is the plural of."""
    name = folded(text)
    return next(one for one in (name, name.removesuffix("s"), name.removesuffix("es")) if one in known)


def alternatives(names: Iterable[str]) -> str:
    """A regular expression of any of the names, the longest first; without names it matches nothing."""
    texts = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace("\\ ", r"\s+") for name in texts) or r"(?!)"


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternatives(names)})(?:s|es)?(?![\w-])", re.IGNORECASE)


def _terms_of(metric: Metric) -> Iterator[str]:
    """`match accuracy`, `accuracy`, `accuracie`; `brier score`, `brier`; `c-ece`, `ece`."""
    label = folded(metric.label)
    yield label
    yield folded(metric.name.replace("_", " "))
    if metric.is_accuracy:
        yield from ("accuracy", "accuracie")  # of which the plural is made by an s
    if label.endswith(" score"):
        yield label.removesuffix(" score")
    if label.endswith("-ece"):
        yield "ece"
