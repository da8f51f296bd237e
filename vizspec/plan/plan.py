"""The plan: every output with its file names, to be rendered or skipped with a reason. No I/O, no drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from vizspec.cells.cell import Cell
from vizspec.cells.facets import NO_FACETS, Facets
from vizspec.errors import Loc, Problem, Problems, UserError
from vizspec.expressions import HOW_TO_COMPARE, ExpressionError, is_true_of
from vizspec.gather.facts import Facts
from vizspec.plan.empty_filter import nothing_left, true_of_none
from vizspec.plan.file_names import fields_of, file_names, filled
from vizspec.plan.missing_metrics import missing_metrics
from vizspec.spec.entries import entry_ids
from vizspec.spec.model import OWN_FILES, Spec
from vizspec.text.messages import agreeing, listed
from vizspec.views import KINDS
from vizspec.views.base import (
    DRAWN_ALONE,
    Draft,
    Grid,
    Kind,
    Skip,
)
from vizspec.views.conditions import reason_to_skip
from vizspec.views.entry import Entry
from vizspec.views.selection import Selection

MOST_NAMED = 4
"""So many of the things are named that a picture cannot show."""


@dataclass(frozen=True)
class Step:
    """An output to draw. `files` are its names inside the output folder, one a format.

    `content` is what the kind draws: everything is decided in it.
    """

    id: str
    entry: int
    view: str
    metric: str | None
    files: tuple[str, ...]
    title: str
    caption: str
    content: Any
    notes: tuple[str, ...] = ()
    grid: Grid | None = None
    facets: Facets = NO_FACETS
    entry_id: str = ""
    """The id of the entry; those of its outputs begin with it."""
    is_browser_alone: bool = False
    """Whether none but a browser can draw it."""

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        return self.files[0].rpartition(".")[0]


@dataclass(frozen=True)
class Skipped:
    """An output that is not made, with the reason."""

    id: str
    entry: int
    view: str
    metric: str | None
    reason: str
    is_chosen: bool = False
    """Whether the spec's own `skip_if` says so."""
    entry_id: str = ""


@dataclass(frozen=True)
class Plan:
    """Every output of the spec's entries, in their order."""

    outputs: tuple[Step | Skipped, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(output for output in self.outputs if isinstance(output, Step))

    @property
    def skips(self) -> tuple[Skipped, ...]:
        return tuple(output for output in self.outputs if isinstance(output, Skipped))


def plan(spec: Spec, facts: Facts, only: Sequence[str] = ()) -> Plan:
    """Plan every entry (those of `only`, by id or view, where it names any).

    Raises:
        Problems: an expression cannot be worked out, `data.where` leaves no evaluation, two entries' outputs
            have one file name, two logs would be shown as one, or no log holds a metric that is asked for;
            each at its place in the spec.
    """
    outputs: list[Step | Skipped] = []
    problems = [*nothing_left(spec, facts), *missing_metrics(spec, facts)]
    ids = entry_ids(spec.views)
    for place in range(len(spec.views)):
        try:
            selection = select(spec, facts, spec.views[place])
        except ExpressionError as error:
            problems.append(Problem(("views", place, "where"), str(error), HOW_TO_COMPARE))
            continue
        try:
            outputs += _told_apart(tuple(_entry(spec, facts, place, ids[place], selection)))
        except ExpressionError as error:
            hint = "see the facts that a condition may use"
            problems.append(Problem(("views", place, "skip_if"), str(error), hint))
        except UserError as error:
            problems.append(Problem(("views", place), error.message, error.hint))
        except Problems as found:
            problems += [replace(one, loc=("views", place, *one.loc)) for one in found.problems]
    problems += _same_files(outputs)
    if problems:
        raise Problems(problems)
    wanted = set(only)
    return Plan(tuple(o for o in outputs if not wanted or {ids[o.entry], o.view} & wanted))


def select(spec: Spec, facts: Facts, entry: Entry) -> Selection:
    """What the entry sees of the facts.

    Raises:
        ExpressionError: its `where` cannot be worked out over some cell.
    """
    epochs = entry.checkpoints
    cells: tuple[Cell, ...] = facts.cells if epochs is None else facts.of_checkpoints(epochs)
    if entry.where is not None and not entry.filters_rows:
        cells = tuple(cell for cell in cells if is_true_of(entry.where, cell.columns))
    return Selection(
        cells=cells,
        estimates=facts.estimates[entry.ci or facts.level],
        catalogue=facts.catalogue,
        experiment=facts.experiment,
        labels=spec.data.labels,
        log_viewer=spec.data.log_viewer,
        risk=facts.risk,
        compute=facts.compute,
        comparisons=facts.comparisons,
        samples=facts.samples,
        calls=facts.calls,
        releases=facts.releases,
        files=facts.files,
        programs=facts.programs,
        everyone=facts.cells,
    )


def _entry(
    spec: Spec, facts: Facts, place: int, identity: str, selection: Selection
) -> Iterator[Step | Skipped]:
    entry = spec.views[place]
    kind = KINDS[entry.view]
    for result in _results(kind, entry, selection):
        metric = result.metric.id if result.metric else None
        name = ":".join((identity, *_marks(result)))
        if isinstance(result, Skip):
            yield Skipped(name, place, entry.view, metric, result.reason, result.is_chosen, identity)
        else:
            yield _step(spec, facts, place, identity, name, result, selection)


def _results(kind: Kind[Any, Any], entry: Entry, selection: Selection) -> Iterator[Draft[Any] | Skip]:
    if not selection.cells and not kind.needs_no_cells:
        number = len(selection.everyone)
        yield Skip(f"its `where` {true_of_none(number)}" if number else "there are no evaluations")
        return
    reason = reason_to_skip(entry.skip_if, selection.facts)
    if reason is not None:
        yield Skip(reason, is_chosen=True)
        return
    yield from kind.plan(entry, selection)


def _step(
    spec: Spec, facts: Facts, place: int, identity: str, name: str, draft: Draft[Any], selection: Selection
) -> Step:
    entry = spec.views[place]
    fields = fields_of(entry, identity, facts, draft, selection)
    shown = {**fields, "metric": draft.metric.label if draft.metric else ""}
    title = filled(entry.title, shown) if entry.title is not None else draft.title
    if draft.page is not None:
        title = f"{title} ({draft.page[0]} of {draft.page[1]})"
    metric = draft.metric.id if draft.metric else None
    return Step(
        id=name,
        entry=place,
        view=entry.view,
        metric=metric,
        files=file_names(spec, entry, draft, fields),
        title=title,
        caption=draft.caption,
        content=replace(draft.content, title=title),
        notes=(*draft.notes, *_not_drawn(spec, draft)),
        grid=draft.grid,
        facets=draft.facets,
        entry_id=identity,
        is_browser_alone=bool(draft.browser_alone),
    )


def _not_drawn(spec: Spec, draft: Draft[Any]) -> Iterator[str]:
    """Which of the formats that the spec wants none but a browser could draw, and why."""
    if not draft.browser_alone:
        return
    what = listed(draft.browser_alone, MOST_NAMED)
    verb = agreeing(len(draft.browser_alone), "is", "are")
    lost = [one.upper() for one in DRAWN_ALONE if one in spec.output.formats]
    if lost:
        yield f"no {' and no '.join(lost)}: {what} {verb} drawn by a browser alone"
    elif "png" in spec.output.formats and spec.output.pictures == "matplotlib":
        yield f"its PNG is taken by a browser, or is missing: {what} {verb} drawn by a browser alone"


def _marks(result: Draft[Any] | Skip) -> Iterator[str]:
    """What tells the outputs of one entry apart: the metric, the task, the kind of file."""
    if result.metric is not None:
        yield result.metric.id
    if isinstance(result, Draft):
        yield from (value for _, value in result.parts)
        if result.suffix is not None:
            yield result.suffix


def _told_apart(outputs: Sequence[Step | Skipped]) -> Iterator[Step | Skipped]:
    """One entry's outputs; a file name that an earlier one has already gets a number.

    Metrics may differ in what no file name can show (`a/b` and `a__b`), and no naming pattern parts these.
    """
    named = {name.casefold() for step in outputs if isinstance(step, Step) for name in step.files}
    taken: set[str] = set()
    for output in outputs:
        if isinstance(output, Step):
            if output.files[0].casefold() in taken:
                output = _numbered(output, named | taken)
            taken |= {name.casefold() for name in output.files}
        yield output


def _numbered(step: Step, taken: set[str]) -> Step:
    tries = (
        tuple(f"{step.stem}_{number}{name.removeprefix(step.stem)}" for name in step.files)
        for number in count(2)
    )
    return replace(step, files=next(f for f in tries if taken.isdisjoint(name.casefold() for name in f)))


def _same_files(outputs: Sequence[Step | Skipped]) -> Iterator[Problem]:
    first: dict[str, Step] = {}
    for step in outputs:
        if not isinstance(step, Step):
            continue
        taken = [name for name in step.files if name.casefold() in OWN_FILES]
        if taken:
            hint = "give it another `name`"
            yield Problem(
                ("views", step.entry), f"'{taken[0]}' is the name of one of vizspec's own files", hint
            )
        others = ((name, first.setdefault(name.casefold(), step)) for name in step.files)
        clash = [(name, other) for name, other in others if other is not step]
        for name, other in clash[:1]:
            loc: Loc = ("views", step.entry)
            yield Problem(
                loc,
                f"its file '{name}' is also that of views[{other.entry}] ({other.id})",
                "give one of them a `name` of its own, or take {id} or {scorer} into output.name",
            )
