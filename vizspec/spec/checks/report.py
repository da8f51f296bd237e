"""The section `report`: paths, own sections, and files that are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vizspec.errors import Loc, Problem
from vizspec.spec.checks.known import Surroundings
from vizspec.spec.checks.output import inside
from vizspec.spec.model import OWN_FILES, OwnSection, ReportSpec, Spec


def check(spec: Spec, around: Surroundings) -> Iterator[Problem]:
    """Problems of the report; a missing interpretation is a warning, since it is written after the run."""
    report = spec.report
    if not isinstance(report, ReportSpec):
        return
    exists = around.is_file
    yield from _path(report.path)
    if report.template is not None and not exists(report.template):
        yield Problem(("report", "template"), f"there is no file '{report.template}'")
    file = interpretation_file(report)
    if file is not None and not exists(file):
        message = f"there is no file '{file}' yet"
        yield Problem(
            ("report", "interpretation"), message, "the report will say that it is missing", "warning"
        )
    yield from _sections(report, exists)


def _path(path: str) -> Iterator[Problem]:
    loc: Loc = ("report", "path")
    yield from inside(loc, path, "the report")
    if path.casefold() in OWN_FILES:
        yield Problem(loc, f"'{path}' is the name of one of vizspec's own files", "such as: report.md")


def interpretation_file(report: ReportSpec) -> str | None:
    """The file that holds the interpretation, where it is not given as text."""
    text = report.interpretation
    return text if isinstance(text, str) and "\n" not in text and text.endswith(".md") else None


def _sections(report: ReportSpec, exists: Callable[[str], bool]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, section in enumerate(report.sections):
        loc: Loc = ("report", "sections", place)
        if isinstance(section, OwnSection):
            yield from _own(loc, section, exists)
        elif section in seen:
            yield Problem(loc, f"the section '{section}' comes twice", "keep one of them")
        else:
            seen.add(section)


def _own(loc: Loc, section: OwnSection, exists: Callable[[str], bool]) -> Iterator[Problem]:
    if (section.text is None) == (section.file is None):
        yield Problem(loc, f"the section '{section.title}' needs either `text` or `file`")
    elif section.file is not None and not exists(section.file):
        yield Problem((*loc, "file"), f"there is no file '{section.file}'")
