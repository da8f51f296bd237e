"""The files of a render that belong to no entry: results, report, index, and what pages share."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.checks.report import interpretation_file
from vizspec.draw.assets import asset_files, load_assets
from vizspec.errors import UserError
from vizspec.execute import Executed
from vizspec.index import INDEX, index_page
from vizspec.outcomes import FileOutcome, Status
from vizspec.provenance import file_input
from vizspec.report.compute import section_of
from vizspec.report.context import build
from vizspec.report.inputs import Inputs as ReportInputs
from vizspec.report.inputs import SourceFile, Texts
from vizspec.report.render import render
from vizspec.results import results_csv, results_json
from vizspec.spec import OwnSection, ReportSpec
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
    texts = _Texts(opened)
    contents: dict[str, bytes] = {
        RESULTS_CSV: results_csv(facts.table).encode(),
        RESULTS_JSON: results_json(facts.table).encode(),
    }
    warnings: list[str] = []
    assets = load_assets(opened.spec.output.html)
    if assets.notice is not None:
        warnings.append(assets.notice)
    report = _report(opened, facts, executed, texts, warnings)
    spec = opened.spec.report
    path = spec.path if isinstance(spec, ReportSpec) and report is not None else None
    if report is not None and path is not None and isinstance(spec, ReportSpec):
        try:
            contents[path] = render(report, texts.template).encode()
            warnings += report.warnings
        except UserError as error:
            warnings.append(f"the report is skipped: {error.message}")
            path = None
    contents |= asset_files(assets)
    index = index_page(opened, facts, executed, report, assets, folder, before)
    if index is not None:
        contents[INDEX] = index.encode()
    files = [_written(name, content, folder) for name, content in sorted(contents.items())]
    if index is None:
        files.append(_kept(INDEX, folder))
    return Documents(tuple(files), texts.inputs, path, tuple(warnings))


def _report(
    opened: Opened, facts: Facts, executed: Executed, texts: _Texts, warnings: list[str]
) -> Report | None:
    spec = opened.spec
    if not isinstance(spec.report, ReportSpec):
        return None
    compute = next(iter(facts.compute.values()), None)
    inputs = ReportInputs(
        texts=texts.texts,
        places=tuple(_places(opened)),
        files=tuple(_sources(opened)),
        versions=versions(),
        date=build_date(),
        index=INDEX,
        compute=section_of(compute) if compute is not None else None,
    )
    try:
        return build(spec, facts, executed.outcomes, inputs)
    except UserError as error:
        warnings.append(f"the report is skipped: {error.message}")
        return None


def build_date(environ: Mapping[str, str] = os.environ) -> datetime | None:
    """The date that SOURCE_DATE_EPOCH fixes for reproducible builds; None where it is not set, or no number."""
    given = environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(given), UTC) if given.isdecimal() else None


def _places(opened: Opened) -> Iterator[str]:
    for place in range(len(opened.spec.views)):
        yield f"{opened.path.name}:{opened.document.mark(('views', place)).line}"


def _sources(opened: Opened) -> Iterator[SourceFile]:
    paths = [(opened.path.name, opened.path)]
    if opened.experiment_path is not None:
        paths.append((opened.spec.experiment or "", opened.experiment_path))
    for name, path in paths:
        yield SourceFile(name, file_input(name, path).sha256)


class _Texts:
    """The texts that the spec names as files, read once."""

    def __init__(self, opened: Opened) -> None:
        self._folder = opened.path.parent
        self._inputs: list[InputFile] = []
        self._missing: dict[str, str] = {}
        report = opened.spec.report
        spec = report if isinstance(report, ReportSpec) else ReportSpec()
        file = interpretation_file(spec)
        interpretation = self._read(file) if file is not None else None
        own = [section.file for section in spec.sections if isinstance(section, OwnSection) and section.file]
        read = {name: self._read(name) for name in own}
        sections = {name: text for name, text in read.items() if text is not None}
        self.template = self._read(spec.template) if spec.template is not None else None
        self.texts = Texts(interpretation, sections, self._missing)
        self.inputs = tuple(self._inputs)

    def _read(self, name: str) -> str | None:
        path = self._folder / name
        try:
            content = path.read_bytes()
            text = content.decode("utf-8-sig")
        except FileNotFoundError:
            self._missing[name] = f"'{name}' is not there yet."
            return None
        except (OSError, UnicodeDecodeError) as error:
            self._missing[name] = f"'{name}' cannot be read: {error}."
            return None
        if not Path(name).is_absolute():
            self._inputs.append(file_input(name, path))
        return text


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
