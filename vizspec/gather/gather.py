"""From the spec and the logs on disk to the facts: the inward edge of a render."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.cells.benchmarks import sample_notices
from vizspec.cells.cell import Cell
from vizspec.cells.checkpoints import of_epochs
from vizspec.cells.coverage import ledger
from vizspec.cells.log_use import SelectedLogs
from vizspec.cells.notices import notices, together
from vizspec.cells.select_logs import select_logs
from vizspec.errors import Problem, Problems
from vizspec.estimates.classification import SCORE as CLASS_SCORE
from vizspec.estimates.classification import (
    CellAnswers,
    cell_answers,
    foreign_classes,
    may_be_classification,
    with_classification,
)
from vizspec.estimates.counts import ScoresOfCells
from vizspec.estimates.from_samples import FromSamples, Risks, may_have_risk, recompute, risk_notes, scores_of
from vizspec.estimates.headlines import default_metric, headed, headlines_of
from vizspec.estimates.needed_samples import in_need, metadata_keys
from vizspec.estimates.remarks import limited, out_of_range
from vizspec.estimates.table import Estimates, estimate
from vizspec.expressions import HOW_TO_COMPARE, ExpressionError
from vizspec.gather.changing_logs import settled
from vizspec.gather.facts import Facts
from vizspec.gather.options import Reading
from vizspec.gather.packed_answers import Answers
from vizspec.gather.spec_logs import find, notes_on, read_found, refuse_outside
from vizspec.logs.headline import with_headlines
from vizspec.logs.record import Log
from vizspec.metrics.catalogue import Catalogue, catalogue
from vizspec.samples.scored import NoScores, SampleScores
from vizspec.spec.reach import files_of_views
from vizspec.views import KINDS
from vizspec.views.entry import Need
from vizspec.views.frame import Frame
from vizspec.views.program import ProgramFile

if TYPE_CHECKING:
    from vizspec.comparisons.in_texts import InText
    from vizspec.experiment.model import Experiment
    from vizspec.logs.releases import Release
    from vizspec.samples.scored import ToolCalls
    from vizspec.slurm.compute import ComputeFacts
    from vizspec.spec.model import Spec

ScoresOrReasons = Mapping[Cell, SampleScores | NoScores]
Gather = Callable[..., Facts]
"""What gathers the facts: `gather`, or what remembers what it gave."""


def gather(
    spec: Spec,
    experiment: Experiment | None,
    base: Path,
    name: str,
    reading: Reading,
    spec_folder: Path | None = None,
    in_texts: Sequence[InText] = (),
) -> Facts:
    """Find and read the logs below `base`, and work out the facts; anew where a log changes meanwhile.

    `spec_folder` is where paths of the spec start from, where that is not `base`; `in_texts` are the
    differences that texts ask for.

    Raises:
        UserError: there are no logs at all; or one is not in the only folder that may be read from.
        Problems: `data.where` cannot be worked out, or no log has a column of `data.identity`.
    """
    folder = spec_folder or base
    return settled(lambda: _gathered(spec, experiment, base, name, reading, folder, in_texts), base)


def _gathered(
    spec: Spec,
    experiment: Experiment | None,
    base: Path,
    name: str,
    reading: Reading,
    spec_folder: Path,
    in_texts: Sequence[InText],
) -> Facts:
    found = find(spec, experiment, base)
    refuse_outside(found, reading.home)
    logs = with_headlines(read_found(found, reading))
    selected = _sorted(spec, experiment, logs)
    further = further_checkpoints(spec, selected)
    estimated = (*selected.cells, *further)
    risk = _risk(spec, estimated, base, reading)
    samples = _scores(spec, estimated, risk, base, reading)
    scores = {cell: samples[cell] for cell in _in_need(spec, estimated, risk) if cell in samples}
    known = {cell: found for cell, found in scores.items() if isinstance(found, SampleScores)}
    answers = cell_answers(estimated, risk, known, _positive(spec))
    metrics = catalogue_of(spec, selected, risk, answers)
    found_risk = _risk_estimates(risk, spec.levels(), reading)
    levels = {
        level: recompute(
            _estimates(selected.cells, further, metrics, level, known), metrics, risk, found_risk[level]
        )
        for level in spec.levels()
    }
    tables = {
        level: headed(with_classification(recomputed.estimates, metrics, answers))
        for level, recomputed in levels.items()
    }
    compared = _compared(spec, experiment, selected, metrics, tables, risk, scores, base, reading, in_texts)
    coverage = ledger(selected, experiment)
    return Facts(
        name=name,
        level=spec.metrics.ci,
        selected=selected,
        catalogue=metrics,
        estimates=tables,
        ledger=coverage,
        experiment=experiment,
        further=further,
        samples=samples if Need.EVERY_SAMPLE in needs(spec) else {},
        calls=_calls(spec, estimated, base, reading),
        releases=_releases(spec, estimated),
        files=_own_files(spec, spec_folder, reading),
        programs=_programs(spec, spec_folder, reading),
        compute=_compute(spec, experiment, base, spec_folder, reading, selected.cells),
        risk=risk,
        answers=answers,
        comparisons=compared.comparisons,
        verdicts=compared.verdicts,
        warnings=together(
            (
                *notes_on(found),
                *notices(selected, coverage),
                *selected.warnings,
                *sample_notices(selected.cells),
                *out_of_range(levels[spec.metrics.ci].estimates, metrics),
                *limited(known),
                *levels[spec.metrics.ci].warnings,
                *risk_notes(risk),
                *foreign_classes(
                    {cell: one for cell, one in known.items() if cell not in risk}, _positive(spec)
                ),
            )
        ),
    )


def catalogue_of(spec: Spec, selected: SelectedLogs, risk: Risks, answers: CellAnswers) -> Catalogue:
    """The metrics that the shown logs hold, or their samples give, as the spec selects and defines them."""
    stored = (score for cell in selected.cells for score in cell.log.scores)
    of_samples = (*scores_of(risk), *((CLASS_SCORE,) if answers else ()))
    scores = (*stored, *of_samples)
    headlines = headlines_of(selected.cells)
    found = catalogue(scores, spec.metrics.include, spec.metrics.define, headlines)
    return replace(found, default=default_metric(selected.cells, found))


def _positive(spec: Spec) -> str | None:
    """The positive class that the spec names."""
    return None if spec.metrics.positive is None else str(spec.metrics.positive)


def needs(spec: Spec) -> frozenset[Need]:
    """What the spec's entries need beyond the logs' results."""
    return frozenset(need for entry in spec.views for need in (*KINDS[entry.view].needs, *entry.needs))


def further_checkpoints(spec: Spec, selected: SelectedLogs) -> tuple[Cell, ...]:
    """The cells of checkpoints that some view shows though the others do not."""
    every = selected.every_checkpoint
    asked = (entry.checkpoints for entry in spec.views if entry.checkpoints is not None)
    wanted = {cell for epochs in asked for cell in of_epochs(every, epochs).kept} - {*selected.cells}
    return tuple(cell for cell in every if cell in wanted)


def _estimates(
    shown: Sequence[Cell], further: Sequence[Cell], metrics: Catalogue, level: float, known: ScoresOfCells
) -> Estimates:
    """The estimates of all, of which those of the shown cells are the same whatever else is there."""
    tables = [estimate(cells, metrics, level, known) for cells in (shown, further)]
    return Estimates(level, tuple(row for table in tables for row in table.rows))


def _risk(spec: Spec, cells: Sequence[Cell], base: Path, reading: Reading) -> Risks:
    if not any(may_have_risk(cell) for cell in cells):
        return {}
    from vizspec.gather.risk import gather_risk

    return gather_risk(cells, base, spec.metrics.positive, reading)


def _in_need(spec: Spec, cells: Sequence[Cell], risk: Risks) -> tuple[Cell, ...]:
    """The cells of whose samples the estimates need to know something."""
    wanted = set(in_need(cells))
    if catalogue((CLASS_SCORE,), spec.metrics.include).metrics:
        wanted.update(cell for cell in cells if cell not in risk and may_be_classification(cell))
    return tuple(cell for cell in cells if cell in wanted)


def _scores(spec: Spec, cells: Sequence[Cell], risk: Risks, base: Path, reading: Reading) -> ScoresOrReasons:
    """The scores of the samples, where the logs' results alone do not tell enough, or a view shows them."""
    needed = tuple(cells) if Need.EVERY_SAMPLE in needs(spec) else _in_need(spec, cells, risk)
    if not needed:
        return {}
    from vizspec.gather.sample_scores import gather_scores

    shown = frozenset(key for entry in spec.views for key in entry.sample_metadata)
    return gather_scores(needed, metadata_keys(needed) | shown, base, reading)


def _risk_estimates(risk: Risks, levels: Sequence[float], reading: Reading) -> Mapping[float, FromSamples]:
    if not risk:
        return {level: {} for level in levels}
    from vizspec.gather.risk import estimate_risk

    return estimate_risk(risk, levels, reading)


def _compared(
    spec: Spec,
    experiment: Experiment | None,
    selected: SelectedLogs,
    metrics: Catalogue,
    estimates: Mapping[float, Estimates],
    risk: Risks,
    scores: ScoresOrReasons,
    base: Path,
    reading: Reading,
    in_texts: Sequence[InText],
) -> Answers:
    """The comparisons and verdicts; no sample is read where nothing asks for one."""
    has_others = len(selected.every_checkpoint) > 1
    if not (spec.comparisons or spec.stated_claims or Need.SCORES in needs(spec) or has_others or in_texts):
        return Answers()
    from vizspec.gather.answers import gather_answers
    from vizspec.gather.pool import Pool

    pool = Pool(selected, metrics, estimates, spec.metrics.ci, spec.metrics.primary, risk, scores)
    return gather_answers(spec, experiment, pool, base, reading, in_texts)


def _calls(
    spec: Spec, cells: Sequence[Cell], base: Path, reading: Reading
) -> Mapping[Cell, ToolCalls | NoScores]:
    if Need.TOOL_CALLS not in needs(spec):
        return {}
    from vizspec.gather.tool_calls import gather_calls

    return gather_calls(cells, base, reading)


def _releases(spec: Spec, cells: Sequence[Cell]) -> Mapping[Cell, Release]:
    if Need.RELEASES not in needs(spec):
        return {}
    from vizspec.logs.releases import releases

    known = releases(dict.fromkeys(name for cell in cells for name in (cell.log.model, cell.model) if name))
    found = {cell: known.get(cell.log.model or "") or known.get(cell.model) for cell in cells}
    return {cell: release for cell, release in found.items() if release is not None}


def _own_files(spec: Spec, folder: Path, reading: Reading) -> Mapping[str, Frame]:
    names = {loc: name for loc, name in files_of_views(spec) if loc[-1] == "data"}
    if not names:
        return {}
    from vizspec.gather.own_files import read_own_files

    return read_own_files(names, folder, reading)


def _programs(spec: Spec, folder: Path, reading: Reading) -> Mapping[str, ProgramFile]:
    names = {loc: name for loc, name in files_of_views(spec) if loc[-1] == "run"}
    if not names:
        return {}
    from vizspec.gather.own_files import read_programs

    return read_programs(names, folder, reading)


def _compute(
    spec: Spec,
    experiment: Experiment | None,
    base: Path,
    spec_folder: Path,
    reading: Reading,
    cells: Sequence[Cell],
) -> Mapping[str | None, ComputeFacts]:
    if Need.COMPUTE not in needs(spec):
        return {}
    from vizspec.gather.compute import gather_compute

    return gather_compute(spec, experiment, base, spec_folder, reading, cells)


def _sorted(spec: Spec, experiment: Experiment | None, logs: Sequence[Log]) -> SelectedLogs:
    try:
        return select_logs(
            logs,
            experiment,
            identity=spec.data.identity,
            epochs=spec.data.epochs,
            where=spec.data.where,
            columns=spec.data.columns,
        )
    except ExpressionError as error:
        raise Problems([Problem(("data", "where"), str(error), HOW_TO_COMPARE)]) from error
