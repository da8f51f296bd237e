"""The section `report`: paths, own sections, and files that are not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vizspec.errors import Loc, Problem
from vizspec.parsing.template_calls import LONGEST
from vizspec.spec.checks.known_names import Surroundings
from vizspec.spec.checks.output import inside
from vizspec.spec.model import OWN_FILES, OwnSection, ReportSpec, Spec
from vizspec.spec.texts import interpretation_file
from vizspec.text.messages import shown

_PATH = re.compile(r"(\.{0,2}/|~|\$|[A-Za-z][\w+.-]*:[/\\])\S*|[^\s{]+\.[A-Za-z]\w{0,9}")
"""A word that begins as a path or an address does, or ends as the name of a file."""
_ELSEWHERE = re.compile(r"~|\$|[A-Za-z][\w+.-]*://")


def check(spec: Spec, around: Surroundings) -> Iterator[Problem]:
    """Problems of the report; a missing interpretation is a warning, since it is written after the run."""
    report = spec.report
    if not isinstance(report, ReportSpec):
        return
    exists = around.is_file
    yield from _path(report.path)
    if report.template is not None:
        yield from _template(report.template, around)
    file = interpretation_file(report)
    if file is not None and _ELSEWHERE.match(file):
        message = f"'{file}' is not the name of a file: no address, '~' or '$' is followed here"
        yield Problem(("report", "interpretation"), message, "name a file by its path from the spec's folder")
    elif file is not None and not exists(file):
        message = f"there is no file '{file}' yet"
        yield Problem(
            ("report", "interpretation"), message, "the report will say that it is missing", "warning"
        )
    yield from _meant_as_file(report, around)
    yield from _sections(report, exists)


def _meant_as_file(report: ReportSpec, around: Surroundings) -> Iterator[Problem]:
    """An interpretation that is taken for a text, and reads as the name of a file."""
    text = report.interpretation
    if not isinstance(text, str) or interpretation_file(report) is not None:
        return
    if _PATH.fullmatch(text) or ("\n" not in text and text.strip() and around.is_there(text)):
        yield Problem(
            ("report", "interpretation"),
            f"{shown(text)} would be the text of the interpretation, and reads as the name of a file",
            "name a file that ends in '.md', or write a sentence",
        )


def _template(path: str, around: Surroundings) -> Iterator[Problem]:
    """A template that is not there, or that Jinja cannot read; what it asks for is only known in a render."""
    loc: Loc = ("report", "template")
    if not around.is_file(path):
        yield Problem(loc, f"there is no file '{path}'")
        return
    try:
        template = around.text_of(path)
    except (OSError, ValueError) as error:
        yield Problem(loc, f"'{path}' cannot be read: {error}", "a template is a text in UTF-8")
        return
    wrong = _syntax_error(template)
    if wrong is not None:
        yield Problem(loc, f"'{path}' is no Jinja template: {wrong}", "correct that line of the template")


def _syntax_error(template: str) -> str | None:
    """What Jinja says of the first mistake in the template, with its line."""
    from jinja2 import Environment, TemplateSyntaxError

    if len(template) > LONGEST:
        return f"it has more than {LONGEST:,} characters"
    try:
        Environment(autoescape=True).parse(template)
    except TemplateSyntaxError as error:
        return f"line {error.lineno}: {error.message}"
    except RecursionError:
        return "it is nested too deeply"
    return None


def _path(path: str) -> Iterator[Problem]:
    loc: Loc = ("report", "path")
    yield from inside(loc, path, "the report")
    if path.casefold() in OWN_FILES:
        yield Problem(loc, f"'{path}' is the name of one of vizspec's own files", "such as: report.md")


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
