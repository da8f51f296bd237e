"""PyYAML's complaints about text that is no YAML, as problems with a place and advice."""

from __future__ import annotations

import re

import yaml

from vizspec.errors import Mark, Problem

_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_HINTS = (
    (r"character '\t'", "indent with spaces, not with tabs"),
    ("mapping values are not allowed", "text that holds ': ' needs quotes; else look at the indentation"),
    ("could not find expected ':'", "look for a key without ':' or a quote that was not closed"),
    ("found unexpected end of stream", "look for a quote or bracket that was not closed"),
    ("but got '<stream end>'", "look for a quote or bracket that was not closed"),
    ("expected <block end>", "look at the indentation of this line and the one before"),
    ("could not determine a constructor", "write plain values: tags with '!' are not read"),
    ("undefined alias", "text that begins with '*' needs quotes"),
    ("that cannot start any token", "text that begins with this character needs quotes"),
)


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of `text` as YAML counts them (`str.splitlines` breaks at more characters)."""
    return tuple(_LINE_BREAK.split(text))


def syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    """A PyYAML error about `text` as a problem: where it is, what is wrong, and what usually helps."""
    if isinstance(error, yaml.reader.ReaderError):
        message = f"the character U+{error.character:04X} is not allowed in YAML"
        before = split_lines(text[: error.position])
        return Problem((), message, "remove it", mark=Mark(len(before), len(before[-1]) + 1))
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem((), f"not valid YAML: {error}")
    place = error.problem_mark or error.context_mark
    mark = Mark(place.line + 1, place.column + 1) if place else None
    if "expected a single document" in (error.context or ""):
        hint = "keep one document to a file: remove the '---'"
        return Problem((), "a second YAML document begins here", hint, mark=mark)
    message = f"not valid YAML: {error.problem}" + (f" ({error.context})" if error.context else "")
    advice = next((advice for sign, advice in _HINTS if sign in message), None)
    return Problem((), message, advice, mark=mark)
