"""Fills in texts with live numbers, in a process of its own: they are templates, which may never end.

`python -m vizspec.prose.fill` reads pickled texts and numbers, and writes JSON: what came of each text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

from vizspec.errors import Mark
from vizspec.limits.process import MEGABYTES, SECONDS, GivenUp, answer, asked
from vizspec.parsing.template_calls import (
    RAW,
    NotATemplate,
    calls_in,
    environment,
    is_live,
    stranger,
    strangers_in,
    template_of,
)
from vizspec.prose.functions import Functions, Noted
from vizspec.prose.numbers import Numbers
from vizspec.report.template import attempted

MOST_LOST = 2
"""Texts that may come to no end before the rest of them is given up."""


@dataclass(frozen=True)
class Wrong:
    """What is wrong in a text, and where in it, as far as that is known (from 1)."""

    message: str
    line: int | None = None
    column: int | None = None
    hint: str | None = None


@dataclass(frozen=True)
class Wanted:
    """A text to fill in: Markdown, or the plain text of a title. `folder`: the way to the render's files."""

    text: str
    is_markdown: bool = True
    folder: str = ""


@dataclass(frozen=True)
class FilledText:
    """A text with its numbers. None where it could not be filled in at all; `wrong` tells everything that is
    not known. `is_endless`: it takes more time or memory than it may, and may come to no end.
    """

    text: str | None
    wrong: tuple[Wrong, ...] = field(default=())
    is_endless: bool = False


def fill(texts: Sequence[Wanted], numbers: Numbers, seconds: int = SECONDS) -> tuple[FilledText, ...]:
    """Each text filled in, in their order; those without placeholders as they are.

    Nothing is raised for what a text does: of those that take too long, only they themselves are lost.
    """
    live = [one for one in texts if is_live(one.text)]
    found = dict(zip(live, _answers(live, numbers, seconds), strict=True))
    return tuple(found.get(one, FilledText(one.text)) for one in texts)


def fill_in(wanted: Wanted, numbers: Numbers) -> FilledText:
    """The text filled in, in this process and without an end to its time."""
    try:
        template, strangers = template_of(wanted.text), strangers_in(wanted.text)
    except NotATemplate as error:
        return FilledText(None, (Wrong(error.message, error.mark.line, error.mark.column, RAW),))
    if strangers:
        return FilledText(None, tuple(_stranger(name, mark) for name, mark in strangers))
    functions = Functions(numbers, wanted.is_markdown, wanted.folder)
    made = attempted(lambda: environment().from_string(template).render(functions.by_name()))
    noted = tuple(_placed(wanted.text, functions.noted))
    if made.text is None:
        return FilledText(None, (Wrong(made.problem or "", made.line), *noted), made.is_endless)
    return FilledText(made.text, noted)


def _stranger(name: str, mark: Mark) -> Wrong:
    message, hint = stranger(name)
    return Wrong(message, mark.line, mark.column, hint)


def _placed(text: str, noted: Sequence[Noted]) -> Iterator[Wrong]:
    """What was noted, each once at its place: a call in a loop may be answered many times."""
    marks = [call.mark for call in calls_in(text)]
    for one in dict.fromkeys(noted):
        mark = marks[one.call] if one.call is not None and one.call < len(marks) else None
        yield Wrong(one.message, mark.line if mark else None, mark.column if mark else None, one.hint)


def _answers(texts: Sequence[Wanted], numbers: Numbers, seconds: int) -> Sequence[FilledText]:
    if not texts:
        return ()
    found = _by_a_process(texts, numbers, seconds)
    if not isinstance(found, str):
        return found
    if len(texts) == 1:
        return [FilledText(None, (Wrong(found),), is_endless=True)]
    return list(_one_by_one(texts, numbers, seconds))


def _one_by_one(texts: Sequence[Wanted], numbers: Numbers, seconds: int) -> Iterator[FilledText]:
    """Each text by a process of its own, until so many have come to no end that the rest is not tried."""
    lost = 0
    for text in texts:
        if lost == MOST_LOST:
            yield FilledText(None, (Wrong(f"not tried, as {MOST_LOST} texts before it take too long"),))
            continue
        found = _by_a_process([text], numbers, seconds)
        one = FilledText(None, (Wrong(found),), is_endless=True) if isinstance(found, str) else found[0]
        lost += one.is_endless
        yield one


def _by_a_process(texts: Sequence[Wanted], numbers: Numbers, seconds: int) -> Sequence[FilledText] | str:
    """All texts filled in by one process; why not, where it came to one of its bounds."""
    try:
        found = json.loads(answer("vizspec.prose.fill", (texts, numbers), seconds))
    except GivenUp as given_up:
        return str(given_up)
    except ValueError:  # the process was ended while it wrote
        return f"it takes more than {seconds} s, or more than {MEGABYTES:,} MB of memory"
    return [
        FilledText(one["text"], tuple(Wrong(**wrong) for wrong in one["wrong"]), one["is_endless"])
        for one in found
    ]


def main() -> None:
    """What runs in the process of its own."""
    texts, numbers = asked()
    found = [fill_in(text, numbers) for text in texts]
    json.dump([asdict(one) for one in found], sys.stdout)


if __name__ == "__main__":
    main()
