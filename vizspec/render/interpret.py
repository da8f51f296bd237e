"""What `interpret` does: a draft of the interpretation, which a person then makes their own."""

from __future__ import annotations

from dataclasses import dataclass

from vizspec.errors import UserError
from vizspec.gather.options import Reading
from vizspec.output.folder import Folder
from vizspec.prose.draft import drafted
from vizspec.prose.numbers import numbers_of
from vizspec.render.pipeline import make_plan
from vizspec.report.attachments import Attachments
from vizspec.report.material import Material
from vizspec.spec.model import ReportSpec
from vizspec.spec.open import Opened, shown_path
from vizspec.spec.reach import leads_out
from vizspec.spec.texts import interpretation_file

DEFAULT_FILE = "interpretation.md"


@dataclass(frozen=True)
class Drafted:
    """The file that was written, and whether the spec names it."""

    path: str
    is_named: bool


def interpret(opened: Opened, reading: Reading, force: bool = False) -> Drafted:
    """Write a draft of the interpretation into the file that the spec names, else into `interpretation.md`.

    Raises:
        Problems, UserError: as `make_plan`; or there is an interpretation already, or none is wanted.
    """
    name = _file(opened)
    path = opened.path.parent / name
    home = opened.home or opened.path.parent
    if leads_out(path, home):
        hint = f"name a file within it under report: interpretation, as in: {DEFAULT_FILE}"
        raise UserError(f"'{name}' leads out of '{shown_path(home)}', and no draft is written there", hint)
    if path.exists() and not force:
        raise UserError(f"'{shown_path(path)}' is there already", "write over it with --force")
    facts, _ = make_plan(opened, reading)
    material = Material(opened.spec, facts, (), Attachments())
    text = drafted(material, numbers_of(material))
    try:
        Folder(path.parent).write(path.name, text.encode("utf-8", "replace"))
    except OSError as error:
        hint = "make room, or see to the folder's permissions; nothing was changed"
        raise UserError(f"'{shown_path(path)}' cannot be written: {error.strerror or error}", hint) from error
    return Drafted(shown_path(path), _named(opened) is not None)


def _named(opened: Opened) -> str | None:
    report = opened.spec.report
    return interpretation_file(report) if isinstance(report, ReportSpec) else None


def _file(opened: Opened) -> str:
    """The file to write.

    Raises:
        UserError: the spec has a text in its place, or wants none.
    """
    report = opened.spec.report
    if not isinstance(report, ReportSpec) or report.interpretation is False:
        raise UserError(
            f"{opened.shown_path} wants no interpretation",
            f"write interpretation: {DEFAULT_FILE} under report",
        )
    if isinstance(report.interpretation, str) and report.interpretation.strip() and _named(opened) is None:
        raise UserError(
            f"{opened.shown_path} has its interpretation as a text",
            f"move it to a file, and write interpretation: {DEFAULT_FILE}",
        )
    return _named(opened) or DEFAULT_FILE
