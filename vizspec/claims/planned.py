"""The evaluations that a design plans, as claims may mean them, and those that have no log. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vizspec.cells.cell import IDENTITY, Cell
from vizspec.cells.checkpoints import WantedEpochs
from vizspec.cells.identity import short_names
from vizspec.cells.log_use import Fate, SelectedLogs
from vizspec.claims.model import Claim
from vizspec.claims.sides import Case
from vizspec.comparisons.questions import Evaluated
from vizspec.experiment.model import ExpectedCell, Experiment
from vizspec.text.messages import listed
from vizspec.text.registry_names import without_package

PRESENT = frozenset({Fate.KEPT, Fate.OTHER_EPOCH, Fate.FILTERED})
"""What becomes of logs that are there: shown, of a checkpoint that is not, or left out on purpose."""


@dataclass(frozen=True)
class Planned:
    """An evaluation that the design plans, with the columns that its log will have."""

    expected: ExpectedCell
    task: str
    vis_label: str | None
    columns: Mapping[str, Any]

    @property
    def name(self) -> str:
        """`forest_tuned on Size, epoch 1`."""
        epoch = f", epoch {self.expected.epoch}" if self.expected.epoch is not None else ""
        return f"{self.expected.run} on {self.vis_label or self.task}{epoch}"


def planned_evaluations(experiment: Experiment, epochs: WantedEpochs = "all") -> tuple[Planned, ...]:
    """The evaluations of the matrix, at these checkpoints."""
    planned = tuple(_planned(experiment))
    if epochs == "all":
        return planned
    if epochs == "latest":
        last = {(one.expected.run, one.task, one.vis_label): one for one in planned}
        return tuple(last.values())
    return tuple(one for one in planned if one.expected.epoch in {*epochs, None})


def meant_by(claim: Claim, experiment: Experiment, epochs: WantedEpochs) -> tuple[Planned, ...]:
    """The planned evaluations that a claim may mean; none where logs alone tell of its columns, or filter."""
    planned = planned_evaluations(experiment, "all" if claim.speaks_of_epochs else epochs)
    known = planned[0].columns if planned else {}
    return planned if claim.where is None and all(name in known for name in claim.columns) else ()


def without_logs(
    planned: Sequence[Planned], selected: SelectedLogs, *, whatever_checkpoint: bool
) -> tuple[Planned, ...]:
    """Those of which no log can be shown; of `whatever_checkpoint`, any log of the run on the task is one.

    Of runs with a log that is of no planned evaluation nobody can tell.
    """
    matches = (use.cell.match.planned for use in selected.with_fate(*PRESENT) if use.cell is not None)
    there = {_place(found, whatever_checkpoint) for found in matches if found is not None}
    unclear = {cell.run for cell in selected.cells if cell.match.planned is None}
    return tuple(
        one
        for one in planned
        if _place(one.expected, whatever_checkpoint) not in there and one.expected.run not in unclear
    )


def with_logs(case: Case[Evaluated]) -> Case[Cell]:
    """The case as the logs tell it, which lacks the evaluations that are planned alone."""
    others = tuple(one for one in case.others if isinstance(one, Cell))
    steps = tuple((level, one) for level, one in case.steps if isinstance(one, Cell))
    along = (*case.others, *(one for _, one in case.steps))
    lacking = tuple(one.name for one in along if isinstance(one, Planned))
    needed = [side.name for side in (case.of, case.than, *case.gains) if isinstance(side, Planned)]
    if not (others or len(steps) > 1):
        needed += lacking
    return Case(
        case.name,
        _cell(case.of),
        _cell(case.than),
        others,
        steps,
        tuple(one for one in case.gains if isinstance(one, Cell)),
        case.missing or (no_log_of(needed) if needed else None),
        lacking,
        case.is_ambiguous,
        case.hint,
    )


def no_log_of(names: Sequence[str]) -> str:
    """What is missing where planned evaluations have no log."""
    return f"no log of {listed(names)} can be shown"


def _place(expected: ExpectedCell, whatever_checkpoint: bool) -> ExpectedCell:
    return expected._replace(epoch=None) if whatever_checkpoint else expected


def _cell(side: Evaluated | None) -> Cell | None:
    return side if isinstance(side, Cell) else None


def _planned(experiment: Experiment) -> Iterator[Planned]:
    names = [variable.name for variable in experiment.variables]
    short = short_names(run.model for run in experiment.runs if run.model)
    for cell in experiment.expected_cells():
        run = experiment.run(cell.run)
        task = without_package(cell.task)
        model = short.get(run.model) if run and run.model else None
        columns = {
            **{name: experiment.setting(cell.run, name) for name in (*names, *experiment.parameter_names)},
            **{
                f"run.parameters.{name}": run.parameters.get(name) if run else None
                for name in experiment.parameter_names
            },
            **dict(zip(IDENTITY, (cell.run, model, task, cell.vis_label, cell.epoch), strict=True)),
            "task_name": cell.vis_label or task,
            "run.type": run.type if run else None,
            "run.model": run.model if run else None,
        }
        yield Planned(cell, task, cell.vis_label, columns)
