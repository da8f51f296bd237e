"""The texts of a spec in which numbers may stand, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vizspec.errors import Loc
from vizspec.spec.model import OwnSection, ReportSpec, Spec


class SpecText(NamedTuple):
    """A text at a place of the spec, or in a file that the spec names there."""

    loc: Loc
    text: str | None
    file: str | None = None


def interpretation_file(report: ReportSpec) -> str | None:
    """The file that holds the interpretation, where it is not given as text."""
    text = report.interpretation
    return text if isinstance(text, str) and "\n" not in text and text.endswith(".md") else None


def titles_of(spec: Spec) -> Iterator[SpecText]:
    """The plain texts: titles and captions of views, and the report's title."""
    for place, entry in enumerate(spec.views):
        for key in ("title", "caption"):
            if (text := getattr(entry, key)) is not None:
                yield SpecText(("views", place, key), text)
    if isinstance(spec.report, ReportSpec) and spec.report.title is not None:
        yield SpecText(("report", "title"), spec.report.title)


def prose_of(spec: Spec) -> Iterator[SpecText]:
    """The texts in Markdown: the interpretation, and own sections of the report."""
    if not isinstance(spec.report, ReportSpec):
        return
    wanted = spec.report.interpretation
    if isinstance(wanted, str) and wanted.strip():
        file = interpretation_file(spec.report)
        yield SpecText(("report", "interpretation"), None if file else wanted, file)
    for place, section in enumerate(spec.report.sections):
        if isinstance(section, OwnSection):
            loc: Loc = ("report", "sections", place)
            if section.text is not None:
                yield SpecText((*loc, "text"), section.text)
            elif section.file is not None:
                yield SpecText((*loc, "file"), None, section.file)
