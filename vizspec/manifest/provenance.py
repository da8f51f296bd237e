"""What the outputs of a render depend on, by hash and version."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vizspec.cells.cell import key_of
from vizspec.cells.log_use import Fate, LogUse
from vizspec.limits.files import open_file
from vizspec.logs.record import content_id
from vizspec.manifest.inputs import InputFile, Inputs, LogInput, inputs_of, json_sha256
from vizspec.spec.model import OwnSection, ReportSpec
from vizspec.spec.texts import interpretation_file
from vizspec.text.digests import content_sha256
from vizspec.versions import versions

if TYPE_CHECKING:
    from vizspec.gather.facts import Facts
    from vizspec.spec.model import OutputSpec
    from vizspec.spec.open import Opened

SHORT = 16
"""So many digits tell the evaluations of one experiment apart."""


def context_of(output: OutputSpec) -> tuple[str, ...]:
    """What every drawing depends on besides its own content: versions, and how pages are made."""
    programs = [f"{name} {version}" for name, version in versions() if name != "Python"]
    return (
        *programs,
        page_mode(output).mode,
        str(output.scale),
        output.pictures,
        output.style,
        _runtime(),
    )


class PageMode(NamedTuple):
    """How pages get what they draw with, and why that is not what the spec asks for, where it is not."""

    mode: str
    notice: str | None


def page_mode(output: OutputSpec) -> PageMode:
    """The mode in force: without a usable runtime pages take the CDN."""
    from vizspec.runtime import NoRuntime, find_runtime

    found = find_runtime() if output.html != "cdn" else None
    if isinstance(found, NoRuntime):
        return PageMode("cdn", f"{found.reason}: {found.hint}")
    return PageMode(output.html, None)


def inputs_of_render(opened: Opened, facts: Facts) -> Inputs:
    """The inputs as the manifest keeps them; names are relative to the spec's folder."""
    experiment = opened.experiment_path
    return inputs_of(
        opened.spec,
        name=opened.name,
        is_name_of_folder=opened.given_name is None,
        spec_file=file_input(opened.path.name, opened.path),
        experiment_file=file_input(opened.spec.experiment or "", experiment) if experiment else None,
        logs=_logs(facts.selected.uses, opened.spec.data.identity),
        texts=text_inputs(opened),
        versions=versions(),
    )


def places_of(opened: Opened) -> tuple[str, ...]:
    """The line of each entry of `views`: `analysis.yaml:12`."""
    lines = (opened.yaml.mark(("views", place)).line for place in range(len(opened.spec.views)))
    return tuple(f"{opened.path.name}:{line}" for line in lines)


def text_inputs(opened: Opened) -> tuple[InputFile, ...]:
    """The files of prose that the report is made of, those that plots show, and programs, as far as they are
    there.
    """
    report = opened.spec.report
    own_files = (name for entry in opened.spec.views for name in (entry.own_file, entry.program))
    names = [name for name in own_files if name is not None]
    if isinstance(report, ReportSpec):
        own = [section.file for section in report.sections if isinstance(section, OwnSection)]
        names += [name for name in (interpretation_file(report), report.template, *own) if name is not None]
    folder = opened.path.parent
    return tuple(
        file_input(name, folder / name)
        for name in dict.fromkeys(names)
        if not Path(name).is_absolute() and os.path.isfile(folder / name)  # noqa: PTH113 - pathlib raises of long names
    )


def file_input(name: str, path: Path) -> InputFile:
    """A local file with its hash."""
    with open_file(path) as file:
        return InputFile(name=name, sha256=content_sha256(file.read()))


def _logs(uses: Sequence[LogUse], identity: Sequence[str]) -> tuple[LogInput, ...]:
    """The logs by location; one that is not a local file is known by what was read of it."""
    found = {use.log.place.file: content_id(use.log) for use in uses}
    shown: dict[str, list[str]] = {}
    for use in uses:
        if use.fate is Fate.KEPT and use.cell is not None:
            evaluation = json_sha256(key_of(use.cell, identity))[:SHORT]
            shown.setdefault(use.log.place.file, []).append(evaluation)
    return tuple(
        LogInput(name=name, sha256=digest, evaluations=tuple(sorted(set(shown.get(name, ())))))
        for name, digest in found.items()
        if not name.startswith("/")
    )


def _runtime() -> str:
    from vizspec.runtime.build import source_key

    return source_key()
