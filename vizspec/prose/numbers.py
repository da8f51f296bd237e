"""Everything that texts of the user's may speak of, as one small value that another process can be given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from vizspec.cells.cell import Cell
from vizspec.cells.columns import text_of
from vizspec.cells.labelled import Labelled
from vizspec.cells.labels import label
from vizspec.claims.record import Verdict
from vizspec.comparisons.record import Comparison, Effect
from vizspec.metrics.catalogue import Catalogue
from vizspec.plan.plan import Skipped, Step
from vizspec.report.claims import detail
from vizspec.report.comparisons import p_text, signed
from vizspec.report.material import Material
from vizspec.report.number_texts import count_text, interval_text
from vizspec.report.ranking import rank
from vizspec.statistics.intervals import level_text
from vizspec.text.decimals import ends_text, value_text


@dataclass(frozen=True)
class Evaluation:
    """An evaluation that is shown: its columns, what the report calls its model and task, and all names by
    which people may mean it.
    """

    columns: Mapping[str, Any]
    model: str
    task: str
    names: frozenset[str]
    vis_label: str | None = None
    is_shown: bool = True
    """False of a checkpoint that only comparisons speak of."""

    @property
    def name(self) -> str:
        """`forest on Size`."""
        return f"{self.model} on {self.task}"


@dataclass(frozen=True)
class Number:
    """One estimate; texts are those of the tables. Without an `interval`, `note` tells why."""

    evaluation: int
    metric: str
    value: float | None
    text: str
    interval: str | None
    n: str
    note: str | None = None
    ends: tuple[float, float] | None = None


@dataclass(frozen=True)
class Compared:
    """One comparison of evaluation `a` with `b`: `text` and `interval` are of a less b.

    `lower` and `upper` are the ends of its interval. `gain`: by how much a is better; `is_decided`: whether
    the interval of that leaves out 0, and a verdict may be given.
    """

    a: int
    b: int
    metric: str
    difference: float
    gain: float
    lower: float
    upper: float
    level: str
    is_decided: bool
    p: str = "-"
    n: int = 0

    def turned(self) -> Compared:
        """The same with its sides exchanged."""
        return replace(
            self,
            a=self.b,
            b=self.a,
            difference=-self.difference,
            gain=-self.gain,
            lower=-self.upper,
            upper=-self.lower,
        )

    @property
    def interval(self) -> str:
        return ends_text(self.lower, self.upper)

    @property
    def text(self) -> str:
        return f"{signed(self.difference)} ({self.level} {self.interval})"


@dataclass(frozen=True)
class Leaders:
    """Who leads in a metric on one task: one where it is known to be above all others, else those that cannot
    be told apart from the highest. `evaluations` are all that were ranked.
    """

    metric: str
    evaluations: tuple[int, ...]
    leaders: tuple[int, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class ClaimNumbers:
    """A verdict as texts."""

    outcome: str
    sentence: str
    detail: str


@dataclass(frozen=True)
class Figure:
    """An output of an entry of `views`; without a file, the reason."""

    entry: str
    id: str
    title: str
    image: str | None = None
    page: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Numbers:
    """All that a text may ask for."""

    level: str = level_text(0.95)
    evaluations: tuple[Evaluation, ...] = ()
    catalogue: Catalogue = field(default_factory=Catalogue)
    primary: str | None = None
    estimates: tuple[Number, ...] = ()
    compared: tuple[Compared, ...] = ()
    uncompared: Mapping[tuple[int, int, str], str] = field(default_factory=dict)
    """Why there is no interval of a comparison: by its sides, and the metric."""
    leaders: tuple[Leaders, ...] = ()
    effects: Mapping[str, str] = field(default_factory=dict)
    """What each factor does, by its column: the gain with its interval."""
    verdicts: Mapping[str, ClaimNumbers] | None = None
    figures: tuple[Figure, ...] | None = None
    """None where no figure can be asked for: in titles and captions."""


def numbers_of(material: Material) -> Numbers:
    """The numbers of a render, but for its figures.

    Raises:
        UserError: two logs would be shown as one.
    """
    facts = material.facts
    everyone = (*material.labelled, *_others(material))
    place = {one.cell: number for number, one in enumerate(everyone)}
    primary = material.primary
    return Numbers(
        level_text(facts.level),
        tuple(_evaluation(material, one) for one in everyone),
        facts.catalogue,
        primary.id if primary is not None else None,
        tuple(_estimates(material, place)),
        tuple(_compared(material, place)),
        _uncompared(material, place),
        tuple(_leaders(material, place)),
        {one.column: _effect(one, facts.level) for one in facts.comparisons.effects},
        {verdict.id: _claim(verdict) for verdict in facts.verdicts},
    )


def _others(material: Material) -> tuple[Labelled, ...]:
    """The evaluations that are not shown and that comparisons speak of."""
    facts = material.facts
    known = facts.comparisons
    rows = (*(row for table in known.tables for row in table.rows), *known.in_texts)
    sides = (cell for row in rows for cell in (row.a, row.b))
    cells = tuple(dict.fromkeys(cell for cell in sides if cell not in set(facts.cells)))
    return label(cells, material.spec.data.labels)


def _evaluation(material: Material, one: Labelled) -> Evaluation:
    is_shown = one.cell in set(material.facts.cells)
    names = _names(material, one.cell, one.model)
    return Evaluation(_columns(one.cell), one.model, one.task, names, one.cell.vis_label, is_shown)


def figures_of(outputs: Sequence[Step | Skipped], ids: Sequence[str]) -> tuple[Figure, ...]:
    """The figures as a plan has them; `ids` are those of the entries."""
    return tuple(_figure(output, ids[output.entry]) for output in outputs)


def figure_of(step: Step, entry: str, files: tuple[str, ...]) -> Figure:
    """The figure of an output with these files."""
    image = next((name for end in (".png", ".svg") for name in files if name.endswith(end)), None)
    page = next((name for name in files if name.endswith(".html")), None)
    return Figure(entry, step.id, step.title, image, page)


def _figure(output: Step | Skipped, entry: str) -> Figure:
    if isinstance(output, Skipped):
        return Figure(entry, output.id, output.id, reason=output.reason)
    return figure_of(output, entry, output.files)


def _columns(cell: Cell) -> dict[str, Any]:
    """The columns with values that another process can be given."""
    plain = (str, int, float, bool, type(None))
    return {
        name: value if isinstance(value, plain) else text_of(value) for name, value in cell.columns.items()
    }


def _names(material: Material, cell: Cell, model: str) -> frozenset[str]:
    labels = material.spec.data.labels
    own = labels.get("model", {}).get(cell.model)
    of_run = labels.get("run", {}).get(cell.run or "")
    return frozenset(name for name in (model, cell.model, cell.run, own, of_run) if name)


def _estimates(material: Material, place: Mapping[Cell, int]) -> Iterator[Number]:
    for row in material.facts.table.rows:
        if row.cell in place:
            ends = (row.lower, row.upper) if row.lower is not None and row.upper is not None else None
            interval = interval_text(row) if ends is not None else None
            note = row.note or (None if interval else "nothing is known of the uncertainty")
            yield Number(
                place[row.cell],
                row.metric.id,
                row.value,
                value_text(row.value),
                interval,
                count_text(row.n),
                note,
                ends,
            )


def _compared(material: Material, place: Mapping[Cell, int]) -> Iterator[Compared]:
    facts = material.facts.comparisons
    rows = (*(row for table in facts.tables for row in table.rows), *facts.leads, *facts.in_texts)
    for row in rows:
        if row.a not in place or row.b not in place:
            continue
        if row.difference is not None and row.lower is not None and row.upper is not None:
            yield Compared(
                place[row.a],
                place[row.b],
                row.metric.id,
                row.difference,
                row.gain or 0.0,
                row.lower,
                row.upper,
                level_text(row.level),
                _is_decided(row),
                p_text(row.p),
                row.n,
            )


def _uncompared(material: Material, place: Mapping[Cell, int]) -> dict[tuple[int, int, str], str]:
    """Of what texts ask for, why nothing came of it."""
    return {
        (place[row.a], place[row.b], row.metric.id): row.note or row.no_verdict or "no interval is known"
        for row in material.facts.comparisons.in_texts
        if not row.has_interval
    }


def _is_decided(row: Comparison) -> bool:
    outside = row.lower is not None and row.upper is not None and not row.lower <= 0 <= row.upper
    return row.no_verdict is None and outside


def _leaders(material: Material, place: Mapping[Cell, int]) -> Iterator[Leaders]:
    for metric in material.facts.catalogue.metrics:
        scored = material.scored(metric) if metric.better is not None else ()
        for task in material.tasks:
            ranking = rank(material.of_task(task, scored), metric.better or "higher", material.lead)
            if ranking is not None:
                rivals = (*ranking.beaten, *ranking.level, *ranking.unknown)
                everyone = (*ranking.best, *(rival.scored for rival in rivals))
                leaders = (*ranking.leaders, *(rival.scored for rival in ranking.unknown))
                yield Leaders(
                    metric.id,
                    tuple(place[one.labelled.cell] for one in everyone),
                    tuple(place[one.labelled.cell] for one in leaders),
                    tuple(dict.fromkeys(material.name(one.labelled) for one in leaders)),
                )


def _effect(one: Effect, level: float) -> str:
    return f"{signed(one.value)} ({level_text(level)} {ends_text(one.lower, one.upper)})"


def _claim(verdict: Verdict) -> ClaimNumbers:
    return ClaimNumbers(verdict.outcome.value, verdict.sentence, detail(verdict))
