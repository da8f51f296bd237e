"""The files of a render that belong to no entry: results, report and index."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vizspec.cells.coverage_rows import CoverageRow, coverage_rows
from vizspec.claims.results import claim_rows
from vizspec.comparisons.results import (
    ComparisonRow,
    DisagreementRow,
    comparison_rows,
    disagreement_rows,
)
from vizspec.draw.figures.mpl import FIGURE_SCALE
from vizspec.draw.pictures.png import css_width
from vizspec.errors import UserError
from vizspec.estimates.results import result_rows, results_csv
from vizspec.manifest.provenance import context_of, file_input, page_mode, places_of
from vizspec.plan.outcomes import FileOutcome, OutputStatus
from vizspec.plan.plan import Step
from vizspec.prose.numbers import Figure, figure_of
from vizspec.prose.texts import Prose, filled_prose, sentence_of
from vizspec.render.canvas import Canvas
from vizspec.render.execute import Executed
from vizspec.render.index import NO_OVERVIEW, Outline, drawn_index, outline
from vizspec.render.overview import Overview, overview
from vizspec.render.result import INDEX, Documents
from vizspec.report.attachments import Attachments, ProseFiles, date_of
from vizspec.report.context import build
from vizspec.report.render import render
from vizspec.report.text_files import read_template, read_texts
from vizspec.report.visualizations import seen_from
from vizspec.spec.entries import entry_ids
from vizspec.spec.model import ReportSpec, Spec
from vizspec.spec.open import shown_path
from vizspec.text.digests import content_sha256
from vizspec.text.records import csv_text, json_text
from vizspec.versions import versions

if TYPE_CHECKING:
    from vizspec.comparisons.record import Comparisons
    from vizspec.gather.facts import Facts
    from vizspec.manifest.inputs import InputFile
    from vizspec.manifest.manifest import Manifest
    from vizspec.output.folder import Files
    from vizspec.report.model import Report
    from vizspec.spec.open import Opened

RESULTS_CSV = "results.csv"
RESULTS_JSON = "results.json"
COVERAGE_CSV = "coverage.csv"
COMPARISONS_CSV = "comparisons.csv"
DISAGREEMENTS_CSV = "disagreements.csv"


def write_documents(
    opened: Opened,
    facts: Facts,
    executed: Executed,
    folder: Files,
    before: Manifest | None,
    canvas: Canvas,
    *,
    index_alone: bool = False,
) -> Documents:
    """Write everything that tells of the outputs as a whole; or of that the `index_alone`.

    Where the report cannot be made it is left out with a warning; the results and the views stand.

    Raises:
        UserError: a document cannot be written.
    """
    warnings: list[str] = []
    errors: list[str] = []
    written = _report(opened, facts, executed, warnings, errors, with_text=not index_alone)
    report = written.report if written is not None else None
    text = {written.path: written.text.encode()} if written is not None and written.text is not None else {}
    contents = {**text, **({} if index_alone else _results(facts))}
    context = context_of(opened.spec.output)
    planned = outline(
        facts.name,
        executed,
        report,
        context,
        lambda name: _width(name, folder),
        tuple(contents),
        lambda name: folder.read(name) is not None,
        _overview(opened.spec, facts),
    )
    kept = _index_kept(planned, executed, folder, before)
    notice = page_mode(opened.spec.output).notice if kept is not None else canvas.assets.notice
    warnings += [notice] if notice is not None else []
    loads: dict[str, tuple[FileOutcome, ...]] = {}
    if kept is None:
        page = drawn_index(planned, executed, canvas.assets, folder)
        contents[INDEX] = page.text.encode("utf-8", "replace")
        loads[INDEX] = tuple(_written(name, content, folder) for name, content in page.loads.items())
    files = [_written(name, content, folder) for name, content in sorted(contents.items())]
    return Documents(
        (*files, *([kept] if kept is not None else [])),
        next(iter(text), None),
        tuple(warnings),
        report.notes if report is not None else (),
        tuple(errors),
        index=planned.fingerprint,
        loads=loads,
    )


def _overview(spec: Spec, facts: Facts) -> Overview:
    """The overview; an empty one where evaluations cannot be told apart, of which the report warns."""
    try:
        return overview(spec, facts)
    except UserError:
        return NO_OVERVIEW


def _results(facts: Facts) -> dict[str, bytes]:
    """The files of results, coverage and comparisons."""
    return {
        RESULTS_CSV: results_csv(facts.table).encode(),
        COVERAGE_CSV: csv_text(CoverageRow, coverage_rows(facts.ledger, facts.selected)).encode(),
        RESULTS_JSON: results_json(facts).encode(),
        **_comparisons(facts.comparisons),
    }


def results_json(facts: Facts) -> str:
    """Everything that is estimated or compared, and what became of all evaluations, as lists of rows."""
    return json_text(
        {
            "estimates": result_rows(facts.table),
            "comparisons": comparison_rows(facts.comparisons),
            "claims": claim_rows(facts.verdicts),
            "coverage": coverage_rows(facts.ledger, facts.selected),
        }
    )


def _comparisons(comparisons: Comparisons) -> dict[str, bytes]:
    """The files on comparisons, where there are any."""
    if not comparisons.tables:
        return {}
    compared, disagree = comparison_rows(comparisons), disagreement_rows(comparisons)
    return {
        COMPARISONS_CSV: csv_text(ComparisonRow, compared).encode(),
        **({DISAGREEMENTS_CSV: csv_text(DisagreementRow, disagree).encode()} if disagree else {}),
    }


def _width(name: str, folder: Files) -> int | None:
    """The CSS pixels that a figure's PNG is wide; None for another file, which tells its own size."""
    content = folder.read(name) if name.endswith(".png") else None
    return css_width(content, FIGURE_SCALE) if content else None


def _index_kept(
    planned: Outline, executed: Executed, folder: Files, before: Manifest | None
) -> FileOutcome | None:
    """The index, where it and what it loads are as the last render left them and would be made alike."""
    if before is None or before.index != planned.fingerprint or executed.components:
        return None
    index = next((file for file in before.documents if file.name == INDEX), None)
    if index is None or folder.sha256(INDEX) != index.sha256:
        return None
    if any(folder.sha256(name) != digest for name, digest in before.loaded_by({INDEX}).items()):
        return None
    return FileOutcome(INDEX, OutputStatus.UNCHANGED, sha256=index.sha256, size=index.size)


@dataclass(frozen=True)
class _Written:
    """The report as values, its path, and its text where that is wanted."""

    report: Report
    path: str
    text: str | None


def _report(
    opened: Opened,
    facts: Facts,
    executed: Executed,
    warnings: list[str],
    errors: list[str],
    *,
    with_text: bool,
) -> _Written | None:
    """The report; None where the spec wants none, or where it cannot be made (adds the error)."""
    wanted = opened.spec.report
    if not isinstance(wanted, ReportSpec):
        return None
    folder = opened.path.parent
    try:
        prose = filled_texts(opened, facts, tuple(_figures(opened, executed)))
    except UserError as error:
        errors.append(f"the report is skipped: {error.message}")
        return None
    attachments = Attachments(
        texts=prose.texts,
        is_draft=prose.is_draft,
        places=places_of(opened),
        files=tuple(_sources(opened)),
        versions=versions(),
        date=date_of(os.environ),
        index=INDEX,
    )
    try:
        report = build(prose.spec, facts, executed.outcomes, attachments)
        text = render(report, read_template(wanted, folder)) if with_text else None
    except UserError as error:
        errors.append(f"the report is skipped: {error.message}")
        return None
    warnings += report.warnings
    for problem in prose.problems:
        (errors if problem.severity == "error" else warnings).append(sentence_of(problem))
    return _Written(report, wanted.path, text)


def filled_texts(opened: Opened, facts: Facts, figures: Sequence[Figure]) -> Prose:
    """The report's texts with their numbers, and what is wrong in them.

    Raises:
        UserError: two logs would be shown as one.
    """
    spec, folder = opened.spec, opened.path.parent
    if not isinstance(spec.report, ReportSpec):
        return Prose(spec, ProseFiles())
    texts = read_texts(spec.report, folder)
    shown = {name: shown_path(folder / name) for name in texts.read}
    way = seen_from(spec.report.path, ".")
    prose = filled_prose(spec, facts, texts, figures, shown, f"{way}/" if way != "." else "")
    inline = opened.located(problem for problem in prose.problems if problem.file is None)
    in_files = (one for one in prose.problems if one.file is not None)
    unread = {shown_path(folder / name) for name in texts.missing}
    not_read = (one for one in opened.in_texts if one.file in unread)
    return replace(prose, problems=(*inline, *not_read, *in_files))


def _figures(opened: Opened, executed: Executed) -> Iterator[Figure]:
    """The outputs as they were drawn."""
    ids = entry_ids(opened.spec.views)
    for outcome in executed.outcomes:
        entry = ids[outcome.step.entry]
        if isinstance(outcome.step, Step) and outcome.written:
            yield figure_of(outcome.step, entry, outcome.written)
        else:
            reason = outcome.reason or "no reason is known"
            yield Figure(entry, outcome.step.id, outcome.step.id, reason=reason)


def _sources(opened: Opened) -> Iterator[InputFile]:
    yield file_input(opened.path.name, opened.path)
    if opened.experiment_path is not None:
        yield file_input(opened.spec.experiment or opened.experiment_path.name, opened.experiment_path)


def _written(name: str, content: bytes, folder: Files) -> FileOutcome:
    digest = content_sha256(content)
    if folder.sha256(name) == digest:
        return FileOutcome(name, OutputStatus.UNCHANGED, sha256=digest, size=len(content))
    folder.save(name, content)
    return FileOutcome(name, OutputStatus.MADE, sha256=digest, size=len(content))
