"""Comparisons as values: the one table that charts, tables, sentences and files of comparisons read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from vizspec.cells.cell import Cell
from vizspec.comparisons.questions import Asked
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.intervals import Interval


@dataclass(frozen=True)
class SamplePairing:
    """Which samples a comparison is made of.

    `shared`: samples that both sides scored and that ask the same; `only_a`, `only_b`: samples that one side
    has; `failed_a`, `failed_b`: those that ended in an error, or without a score, on one side or both;
    `changed`: those whose input or target differ. `matched_by`: `id` or `input`; None where the sides were
    compared on all samples of each, because they share too few. `right_a`, `right_b`: the ids of the samples
    that a alone, or b alone, has right; empty where scores are not 0 and 1.
    """

    shared: int = 0
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()
    failed_a: tuple[str, ...] = ()
    failed_b: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    matched_by: str | None = None
    epochs_a: int = 1
    epochs_b: int = 1
    right_a: tuple[str, ...] = ()
    right_b: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        return len({*self.failed_a, *self.failed_b})

    @property
    def is_paired(self) -> bool:
        return self.matched_by is not None


@dataclass(frozen=True)
class Comparison:
    """Two evaluations in one metric: `difference` is that of a less that of b, on the metric's own scale.

    `value_a`, `value_b`: the metric on the samples that were compared. `wins`, `losses`, `ties`: the samples
    on which a is better, worse, or as good as b; None where they are not the same samples. `p_adjusted`, and
    the interval `together`, hold for all comparisons of the group at once; None where it has no other.
    `extremes`: the interval where everything that one side lacks counts as the lowest score, and as the
    highest; empty where nothing is missing. `no_verdict`: why nothing may be decided; None where it may.
    """

    group: str
    name_a: str
    name_b: str
    a: Cell
    b: Cell
    metric: Metric
    level: float
    value_a: float | None = None
    value_b: float | None = None
    difference: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    together: Interval | None = None
    wins: int | None = None
    losses: int | None = None
    ties: int | None = None
    samples: SamplePairing = SamplePairing()
    method: str = "none"
    n: int = 0
    extremes: tuple[Interval, ...] = ()
    no_verdict: str | None = None
    note: str | None = None
    is_of_logged: bool = False
    """Whether it is made of what the logs store, as samples cannot be had."""

    @property
    def has_interval(self) -> bool:
        return self.lower is not None and self.upper is not None

    @property
    def gain(self) -> float | None:
        """By how much a is the better one, whichever direction the metric has."""
        if self.difference is None:
            return None
        return -self.difference if self.metric.better == "lower" else self.difference

    def is_separate(self) -> bool:
        """Whether the sides differ: at the comparison's level, all of its group taken together."""
        p = self.p_adjusted if self.p_adjusted is not None else self.p
        return self.no_verdict is None and p is not None and p < 1 - self.level


@dataclass(frozen=True)
class Ranked:
    """The evaluations of one group in one metric, each with the ranks that it may have.

    `best`: those that cannot be told apart from the best, the best first.
    """

    group: str
    metric: Metric
    cells: tuple[Cell, ...]
    names: tuple[str, ...]
    ranks: tuple[tuple[int, int], ...]
    best: tuple[Cell, ...]


@dataclass(frozen=True)
class ComparisonTable:
    """The comparisons that one question asks for, in groups; `left_out` tells what is not compared."""

    asked: Asked
    metric: Metric
    rows: tuple[Comparison, ...] = ()
    ranked: tuple[Ranked, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.group for row in self.rows))


@dataclass(frozen=True)
class Effect:
    """By how much `high` is better than `low` in a column, with the interval of that.

    The gain is above 0 where `high` is better, whichever direction the metric has. `tasks`: on how many
    tasks, `pairs`: by how many pairs of evaluations, `n`: on how many samples in all.
    """

    column: str
    high: str
    low: str
    metric: Metric
    value: float
    lower: float
    upper: float
    tasks: int
    pairs: int
    n: int
    unpaired: str | None = None
    """Why it is not made of samples, but by the intervals of both sides; None where it is."""

    @property
    def is_shown(self) -> bool:
        """Whether there is an effect: the interval leaves out none."""
        return self.lower > 0 or self.upper < 0


@dataclass(frozen=True)
class NoEffect:
    """A column of which no effect can be told, and why."""

    column: str
    reason: str


@dataclass(frozen=True)
class Comparisons:
    """Every comparison of a render, by the question that asks for it.

    `leads`: the best evaluation of each task compared with each other there.
    """

    tables: tuple[ComparisonTable, ...] = ()
    leads: tuple[Comparison, ...] = ()
    effects: tuple[Effect, ...] = ()
    """What each factor, and the checkpoint, does to the summary's metric."""
    no_effects: tuple[NoEffect, ...] = ()
    """Of which factors none can be told."""
    notable: tuple[str, ...] = ()
    """What a careful reader would notice, as sentences."""
    in_texts: tuple[Comparison, ...] = ()
    """What texts ask for besides."""

    @cached_property
    def _by_question(self) -> dict[Asked, ComparisonTable]:
        return {table.asked: table for table in self.tables}

    @cached_property
    def _leads(self) -> dict[tuple[Cell, Cell, str], Comparison]:
        return {(row.a, row.b, row.metric.id): row for row in self.leads}

    def lead(self, best: Cell, other: Cell, metric: Metric) -> Comparison | None:
        """The comparison of the best evaluation of a task with another; None where there is none."""
        return self._leads.get((best, other, metric.id))

    def answer(self, asked: Asked) -> ComparisonTable | None:
        """What came of a question; None where nobody asked it."""
        return self._by_question.get(asked)


NO_COMPARISONS = Comparisons()
