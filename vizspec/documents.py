"""The files of a render that belong to no entry: results, report, index, and what pages share."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.draw.assets import asset_files, load_assets
from vizspec.errors import UserError
from vizspec.execute import Executed
from vizspec.index import INDEX, index_page
from vizspec.outcomes import FileOutcome, Status
from vizspec.provenance import file_input
from vizspec.report.context import build
from vizspec.report.inputs import ReportInputs, Texts, date_of
from vizspec.report.render import render
from vizspec.report.texts import read_template, read_texts
from vizspec.results import results_csv, results_json
from vizspec.spec import ReportSpec
from vizspec.versions import versions

if TYPE_CHECKING:
    from vizspec.facts import Facts
    from vizspec.folder import Folder
    from vizspec.inputs import InputFile
    from vizspec.manifest import Manifest
    from vizspec.opening import Opened
    from vizspec.report.model import Report

RESULTS_CSV = "results.csv"
RESULTS_JSON = "results.json"


@dataclass(frozen=True)
class Documents:
    """The documents that were written, the texts they were made of, and what to tell the user."""

    files: tuple[FileOutcome, ...]
    texts: tuple[InputFile, ...] = ()
    report: str | None = None
    warnings: tuple[str, ...] = ()


def write_documents(
    opened: Opened, facts: Facts, executed: Executed, folder: Folder, before: Manifest | None
) -> Documents:
    """Write everything that tells of the outputs as a whole.

    Where the report cannot be made it is left out with a warning; the results and the views stand.
    """
    contents: dict[str, bytes] = {
        RESULTS_CSV: results_csv(facts.table).encode(),
        RESULTS_JSON: results_json(facts.table).encode(),
    }
    assets = load_assets(opened.spec.output.html)
    warnings = [assets.notice] if assets.notice is not None else []
    written = _report(opened, facts, executed, warnings)
    if written is not None:
        contents[written.path] = written.text.encode()
    report = written.report if written is not None else None
    contents |= asset_files(assets)
    index = index_page(opened, facts, executed, report, assets, folder, before)
    if index is not None:
        contents[INDEX] = index.encode()
    files = [_written(name, content, folder) for name, content in sorted(contents.items())]
    if index is None:
        files.append(_kept(INDEX, folder))
    if written is None:
        return Documents(tuple(files), warnings=tuple(warnings))
    return Documents(tuple(files), written.inputs, written.path, tuple(warnings))


@dataclass(frozen=True)
class _Written:
    """The report as values and as text, its path, and the files of prose it was made of."""

    report: Report
    text: str
    path: str
    inputs: tuple[InputFile, ...]


def _report(opened: Opened, facts: Facts, executed: Executed, warnings: list[str]) -> _Written | None:
    """The report; None where the spec wants none, or where it cannot be made (adds the warning why)."""
    wanted = opened.spec.report
    if not isinstance(wanted, ReportSpec):
        return None
    folder = opened.path.parent
    texts = read_texts(wanted, folder)
    inputs = ReportInputs(
        texts=texts,
        places=tuple(_places(opened)),
        files=tuple(_sources(opened)),
        versions=versions(),
        date=date_of(os.environ),
        index=INDEX,
    )
    try:
        report = build(opened.spec, facts, executed.outcomes, inputs)
        text = render(report, read_template(wanted, folder))
    except UserError as error:
        warnings.append(f"the report is skipped: {error.message}")
        return None
    warnings += report.warnings
    return _Written(report, text, wanted.path, _text_inputs(wanted, texts, folder))


def _places(opened: Opened) -> Iterator[str]:
    for place in range(len(opened.spec.views)):
        yield f"{opened.path.name}:{opened.document.mark(('views', place)).line}"


def _sources(opened: Opened) -> Iterator[InputFile]:
    yield file_input(opened.path.name, opened.path)
    if opened.experiment_path is not None:
        yield file_input(opened.spec.experiment or opened.experiment_path.name, opened.experiment_path)


def _text_inputs(report: ReportSpec, texts: Texts, folder: Path) -> tuple[InputFile, ...]:
    """The files of prose that the report was made of, with their hashes."""
    names = [*texts.read, *([report.template] if report.template is not None else [])]
    return tuple(file_input(name, folder / name) for name in names if not Path(name).is_absolute())


def _written(name: str, content: bytes, folder: Folder) -> FileOutcome:
    digest = hashlib.sha256(content).hexdigest()
    if folder.sha256(name) == digest:
        return FileOutcome(name, Status.UNCHANGED, sha256=digest, size=len(content))
    try:
        folder.write(name, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            f"'{name}' cannot be written: {reason}", "make room, or render to another folder with --out"
        ) from error
    return FileOutcome(name, Status.MADE, sha256=digest, size=len(content))


def _kept(name: str, folder: Folder) -> FileOutcome:
    content = folder.read(name) or b""
    return FileOutcome(name, Status.UNCHANGED, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
