"""The texts of a spec with their numbers filled in, and what is wrong in each, at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vizspec.comparisons.in_texts import InText
from vizspec.errors import Loc, Mark, Problem
from vizspec.gather.facts import Facts
from vizspec.parsing.template_calls import UNKNOWN, NotATemplate, calls_in, is_live, lines_of
from vizspec.parsing.yaml_source import with_excerpts
from vizspec.prose.comments import is_draft, without_marks
from vizspec.prose.doubts import SILENCE, doubts_of
from vizspec.prose.fill import FilledText, Wanted, Wrong, fill
from vizspec.prose.numbers import Figure, Numbers, numbers_of
from vizspec.report.attachments import Attachments, ProseFiles
from vizspec.report.material import Material
from vizspec.spec.model import OwnSection, ReportSpec, Spec
from vizspec.spec.texts import SpecText, prose_of, titles_of
from vizspec.text.markdown import text as running

OF_REPORT: Loc = ("report", "title")
"""A title that is filled in with the prose."""


@dataclass(frozen=True)
class Prose:
    """A spec and its files with numbers in the place of placeholders, and what is wrong in them.

    `is_draft`: whether the interpretation is a draft as it was written.
    """

    spec: Spec
    texts: ProseFiles
    problems: tuple[Problem, ...] = ()
    is_draft: bool = False


def differences_in(spec: Spec, texts: ProseFiles) -> tuple[InText, ...]:
    """The differences that a spec's texts ask for, as far as their arguments are constants."""
    wanted = (_text(one, texts) or "" for one in (*titles_of(spec), *prose_of(spec)))
    return tuple(found for text in wanted for found in _differences(text))


def _differences(text: str) -> Iterator[InText]:
    try:
        calls = [call for call in calls_in(text) if call.name == "difference"]
    except NotATemplate:
        return
    for call in calls:
        given = {**dict(zip(("metric", "of", "than"), call.arguments, strict=False)), **call.named}
        if UNKNOWN in given.values() or not {"metric", "of", "than"} <= given.keys():
            continue
        metric, of, than = (given.pop(name) for name in ("metric", "of", "than"))
        if isinstance(metric, str) and isinstance(of, str | dict) and isinstance(than, str | dict):
            yield InText(metric, of, than, given)


def with_titles(spec: Spec, facts: Facts) -> tuple[Spec, tuple[Problem, ...]]:
    """The spec with the titles and captions of its views filled in; one that cannot be is the default one.

    Raises:
        UserError: two logs would be shown as one.
    """
    live = [one for one in titles_of(spec) if one.loc != OF_REPORT and is_live(one.text or "")]
    if not live:
        return spec, ()
    numbers = numbers_of(Material(spec, facts, (), Attachments()))
    found = fill([Wanted(one.text or "", is_markdown=False) for one in live], numbers)
    changed: dict[object, dict[str, str | None]] = {}
    for one, filled in zip(live, found, strict=True):
        changed.setdefault(one.loc[1], {})[str(one.loc[2])] = filled.text
    views = tuple(entry.model_copy(update=changed.get(place, {})) for place, entry in enumerate(spec.views))
    return spec.model_copy(update={"views": views}), tuple(_problems(live, found, {}, ProseFiles()))


def filled_prose(
    spec: Spec,
    facts: Facts,
    texts: ProseFiles,
    figures: Sequence[Figure],
    shown: Mapping[str, str],
    folder: str,
) -> Prose:
    """The report's title, interpretation and own sections filled in.

    `shown` are the files of prose by what messages call them, `folder` is the way from the report to the
    render's files.

    Raises:
        UserError: two logs would be shown as one.
    """
    wanted = [one for one in (*titles_of(spec), *prose_of(spec)) if _is_of_report(one)]
    wanted = [one for one in wanted if _text(one, texts) is not None]
    numbers = Numbers()
    if wanted:
        numbers = replace(numbers_of(Material(spec, facts, (), Attachments())), figures=tuple(figures))
    given = [Wanted(_text(one, texts) or "", one.loc != OF_REPORT, folder) for one in wanted]
    found = fill(given, numbers)
    problems = (*_problems(wanted, found, shown, texts), *_doubts(wanted, numbers, shown, texts))
    made = {one: without_marks(_made(filled)) for one, filled in zip(wanted, found, strict=True)}
    of_files = {one.file: text for one, text in made.items() if one.file is not None}
    is_first = [one for one in wanted if one.loc == ("report", "interpretation")]
    return Prose(
        _with_texts(spec, {one.loc: text for one, text in made.items() if one.file is None}),
        replace(texts, read={**texts.read, **of_files}),
        problems,
        any(is_draft(_text(one, texts) or "") for one in is_first),
    )


def _is_of_report(one: SpecText) -> bool:
    return one.loc[0] == "report"


def _text(one: SpecText, texts: ProseFiles) -> str | None:
    return texts.read.get(one.file) if one.file is not None else one.text


def _made(filled: FilledText) -> str:
    """The text, or the remark that stands in the place of one that cannot be filled in."""
    if filled.text is not None:
        return filled.text
    first = filled.wrong[0]
    line = f"line {first.line}: " if first.line is not None else ""
    return f"*This text cannot be filled in: {line}{running(first.message)}.*\n"


def _with_texts(spec: Spec, texts: Mapping[Loc, str]) -> Spec:
    """The spec with these texts in their places of the report."""
    if not isinstance(spec.report, ReportSpec) or not texts:
        return spec
    sections = tuple(
        section.model_copy(update={"text": texts[loc]})
        if isinstance(section, OwnSection) and (loc := ("report", "sections", place, "text")) in texts
        else section
        for place, section in enumerate(spec.report.sections)
    )
    own = {str(loc[1]): text for loc, text in texts.items() if len(loc) == 2}
    if "interpretation" in own:
        own["interpretation"] = own["interpretation"].rstrip() + "\n\n"  # a text, whatever it ends in
    report = spec.report.model_copy(update={**own, "sections": sections})
    return spec.model_copy(update={"report": report})


def _problems(
    wanted: Sequence[SpecText], found: Sequence[FilledText], shown: Mapping[str, str], texts: ProseFiles
) -> Iterator[Problem]:
    """What could not be filled in: in a file at its place there, else at the key of the spec."""
    for one, filled in zip(wanted, found, strict=True):
        own = [Problem(one.loc, wrong.message, wrong.hint, mark=_mark(wrong)) for wrong in filled.wrong]
        if one.file is None:
            yield from (replace(problem, mark=None) for problem in own)
        else:
            yield from in_file(own, shown.get(one.file, one.file), texts.read[one.file])


def _doubts(
    wanted: Sequence[SpecText], numbers: Numbers, shown: Mapping[str, str], texts: ProseFiles
) -> Iterator[Problem]:
    """Warnings of what the texts say by hand and no result bears out."""
    for one in wanted:
        text = _text(one, texts) or ""
        found = doubts_of(text, numbers) if one.loc != OF_REPORT else ()
        own = [Problem(one.loc, doubt.message, SILENCE, "warning", mark=doubt.mark) for doubt in found]
        if one.file is None:
            yield from (replace(problem, mark=None) for problem in own)
        else:
            yield from in_file(own, shown.get(one.file, one.file), text)


def sentence_of(problem: Problem) -> str:
    """The problem in one line: `interpretation.md:3:6: there is no claim 'x' (known: leads)`."""
    place = (
        f"{problem.file}:{problem.mark.line}:{problem.mark.column}" if problem.mark else problem.file or ""
    )
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{place}: {problem.message}{hint}"


def in_file(problems: Iterable[Problem], file: str, text: str) -> tuple[Problem, ...]:
    """Problems of a file, each with the line of its text."""
    return with_excerpts((replace(problem, file=file) for problem in problems), tuple(lines_of(text)))


def _mark(wrong: Wrong) -> Mark:
    return Mark(wrong.line or 1, wrong.column or 1)
