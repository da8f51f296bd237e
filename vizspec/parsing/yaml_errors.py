"""PyYAML's complaints about text that is no YAML, as problems with a place and advice."""

from __future__ import annotations

import re

import yaml

from vizspec.errors import Mark, Problem
from vizspec.text.messages import shown

_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_BRACES = 'a text that holds braces needs quotes, as in: name: "{view}_{metric}"'
_HINTS = (
    (r"character '\t'", "indent with spaces, not with tabs"),
    ("mapping values are not allowed", "text that holds ': ' needs quotes; else look at the indentation"),
    ("could not find expected ':'", "look for a key without ':' or a quote that was not closed"),
    ("found unexpected end of stream", "look for a quote or bracket that was not closed"),
    ("but got '{'", _BRACES),
    ("but got '<stream end>'", "look for a quote or bracket that was not closed"),
    ("expected <block end>", "look at the indentation of this line and the one before"),
    ("could not determine a constructor", "write plain values: tags with '!' are not read"),
    ("undefined alias", "text that begins with '*' needs quotes"),
    ("that cannot start any token", "text that begins with this character needs quotes"),
)


_ODD_SPACES = {
    "\u00a0": "a no-break space",
    "\u2007": "a figure space",
    "\u202f": "a narrow no-break space",
    "\u3000": "an ideographic space",
    "\u200b": "a zero-width space",
    "\ufeff": "a byte order mark",
}
"""Characters that look like a space, or like nothing, and that YAML takes for letters."""

_ODD = f"[{''.join(_ODD_SPACES)}]"
_STRUCTURE = re.compile(rf"^[\s-]*{_ODD}|[:,{{\[-] *{_ODD}|{_ODD} *:")
"""Where such a character stands in the place of a space: as an indent, and around a colon, comma or dash."""


def odd_space(text: str) -> Problem | None:
    """The first place where a character that only looks like a space stands where YAML needs one."""
    for number, line in enumerate(split_lines(text), start=1):
        found = _STRUCTURE.search(line) if not line.lstrip().startswith("#") else None
        if found:
            column = next(at for at in range(found.start(), len(line)) if line[at] in _ODD_SPACES)
            before = line[:column].split()
            where = f"after {shown(before[-1])}" if before else "where a word begins"
            message = f"{_ODD_SPACES[line[column]]} (U+{ord(line[column]):04X}) stands {where}"
            return Problem((), message, "write a plain space", mark=Mark(number, column + 1))
    return None


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
    if mark is not None and _is_behind_a_brace(text, mark):
        return Problem((), message, _BRACES, mark=mark)
    advice = next((advice for sign, advice in _HINTS if sign in message), None)
    return Problem((), message, advice, mark=mark)


def _is_behind_a_brace(text: str, mark: Mark) -> bool:
    """Whether more text follows a `}`: `{view}_{metric}` begins a mapping, and goes on as a text."""
    lines = split_lines(text)
    return mark.line <= len(lines) and lines[mark.line - 1][: mark.column - 1].rstrip().endswith("}")
