"""The texts that a spec names as files: read here, so that the report itself needs no disk."""

from __future__ import annotations

from pathlib import Path

from vizspec.errors import UserError
from vizspec.limits.files import TEXT_MB, read_file
from vizspec.report.attachments import ProseFiles
from vizspec.spec.model import OwnSection, ReportSpec
from vizspec.spec.texts import interpretation_file


def read_texts(report: ReportSpec, folder: Path) -> ProseFiles:
    """The interpretation and the user's own sections, from `folder`, the spec's. Nothing is raised."""
    read: dict[str, str] = {}
    missing: dict[str, str] = {}
    file = interpretation_file(report)
    own = (section.file for section in report.sections if isinstance(section, OwnSection))
    for name in dict.fromkeys(name for name in (file, *own) if name is not None):
        try:
            read[name] = _text(folder / name)
        except (OSError, ValueError) as error:
            missing[name] = _why(name, error)
    return ProseFiles(read, missing)


def read_template(report: ReportSpec, folder: Path) -> str | None:
    """The text of the user's own template; None where the spec names none.

    Raises:
        UserError: the file cannot be read.
    """
    if report.template is None:
        return None
    try:
        return _text(folder / report.template)
    except (OSError, ValueError) as error:
        raise UserError(
            _why(report.template, error), "correct report.template in the spec, or leave it out"
        ) from error


def _text(path: Path) -> str:
    return read_file(path, TEXT_MB).decode("utf-8-sig")


def _why(name: str, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no file '{name}'."
    if isinstance(error, UnicodeDecodeError):
        return f"'{name}' is not UTF-8 text."
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"'{name}' cannot be read: {reason}."
