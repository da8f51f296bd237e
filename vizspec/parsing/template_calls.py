"""The calls in a text that is a Jinja template, such as `{{ value("match") }}`, with their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeGuard

from vizspec.errors import Mark
from vizspec.text.messages import did_you_mean, shown

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

FUNCTIONS = ("value", "interval", "difference", "verdict", "best", "effect", "table", "figure")
"""What texts may call, besides what Jinja itself has."""

TABLES = ("estimates", "comparisons", "claims")
"""What `table` may print."""

RAW = "write braces that are no placeholder between {% raw %} and {% endraw %}"
"""What to do about a text that was not meant to be filled in."""

PLACE = "place_"
"""The argument by which a call of these functions knows its number."""

OF_JINJA = ("caller", "kwargs", "loop", "self", "super", "varargs")
"""Names that Jinja gives within its blocks."""

LONGEST = 100_000
"""Characters of a text with placeholders: Jinja reads a longer one for seconds."""

MOST_STRANGERS = 20

_SIGNS = ("{{", "{%")


class _Unknown:
    """An argument that is known only when the template is filled in."""

    def __repr__(self) -> str:
        return "…"


UNKNOWN = _Unknown()


class NotATemplate(Exception):
    """What Jinja cannot read, and where."""

    def __init__(self, message: str, mark: Mark) -> None:
        self.message, self.mark = message, mark
        super().__init__(message)


@dataclass(frozen=True)
class FunctionCall:
    """One call of a function by its name, with its arguments as far as they are constants."""

    name: str
    arguments: tuple[Any, ...]
    named: Mapping[str, Any]
    mark: Mark


def is_live(text: str) -> bool:
    """Whether a text has anything to be filled in."""
    return any(sign in text for sign in _SIGNS)


def lines_of(text: str) -> list[str]:
    """The lines of a text as Jinja counts them (`str.splitlines` breaks at more characters)."""
    return re.split(r"\r\n|\r|\n", text)


def mark_at(text: str, place: int) -> Mark:
    """The line and the column of the character at a place, which is counted from 0."""
    before = lines_of(text[:place])
    return Mark(len(before), len(before[-1]) + 1)


def calls_in(text: str) -> tuple[FunctionCall, ...]:
    """Every call of one of `FUNCTIONS` in the text, in its order; none where nothing is to be filled in.

    Raises:
        NotATemplate: Jinja cannot read the text.
    """
    return _read(text)[1] if is_live(text) else ()


def strangers_in(text: str) -> tuple[tuple[str, Mark], ...]:
    """The names in the text that nothing stands for, with their places.

    Raises:
        NotATemplate: Jinja cannot read the text.
    """
    if not is_live(text):
        return ()
    used, known = _names_in(template_of(text))
    strangers = sorted(used - known - {*FUNCTIONS, *OF_JINJA, *environment().globals}, key=text.find)
    return tuple(
        sorted(((name, _place_of(text, name)) for name in strangers[:MOST_STRANGERS]), key=lambda one: one[1])
    )


def stranger(name: str) -> tuple[str, str]:
    """What is told of a name that nothing stands for, and what to do about it."""
    hint = did_you_mean(name, FUNCTIONS) or f"there are {', '.join(FUNCTIONS)}; {RAW}"
    return f"nothing is called {shown(name)}", hint


def template_of(text: str) -> nodes.Template:
    """The text as Jinja reads it, each call in `calls_in` with its number there as the argument `PLACE`.

    Raises:
        NotATemplate: Jinja cannot read the text.
    """
    return _read(text)[0]


@cache
def environment() -> SandboxedEnvironment:
    """Jinja's sandbox as texts are filled in by it: what is not known is an error, `{#` is no comment."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        undefined=StrictUndefined,
        comment_start_string="{##",
        comment_end_string="##}",
        keep_trailing_newline=True,
        autoescape=False,
    )


def _read(text: str) -> tuple[nodes.Template, tuple[FunctionCall, ...]]:
    from jinja2 import TemplateSyntaxError, nodes

    lines = lines_of(text)
    if len(text) > LONGEST:
        message = f"it has more than {LONGEST:,} characters, too many for a text with placeholders"
        raise NotATemplate(message, Mark(1, 1))
    try:
        template = environment().parse(text)
    except TemplateSyntaxError as error:
        raise _unreadable(error.message or "it cannot be read", lines, error.lineno) from None
    except RecursionError:
        raise NotATemplate("it is nested too deeply", Mark(1, 1)) from None
    found: list[FunctionCall] = []
    places = _Places(lines)
    for node in _nodes(template):
        if isinstance(node, nodes.Filter | nodes.Test):
            _check_name(node, lines)
        if not (isinstance(node, nodes.Call) and _is_own(node.node)):
            continue
        mark = places.next(node.lineno, node.node.name)
        arguments = tuple(_constant(one) for one in node.args)
        named = {one.key: _constant(one.value) for one in node.kwargs}
        found.append(FunctionCall(node.node.name, arguments, named, mark))
        node.kwargs.append(nodes.Keyword(PLACE, nodes.Const(len(found) - 1)))
    return template, tuple(found)


def _nodes(template: nodes.Template) -> Iterator[nodes.Node]:
    """Every part of a template, in the order of the text, however deep it lies."""
    waiting: list[nodes.Node] = [template]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(list(node.iter_child_nodes())))


def _is_own(node: nodes.Node) -> TypeGuard[nodes.Name]:
    from jinja2 import nodes

    return isinstance(node, nodes.Name) and node.name in FUNCTIONS


def _check_name(node: nodes.Filter | nodes.Test, lines: list[str]) -> None:
    """Jinja misses filters and tests only when it makes a program of a template."""
    from jinja2 import nodes

    is_filter = isinstance(node, nodes.Filter)
    if node.name not in (environment().filters if is_filter else environment().tests):
        kind = "filter" if is_filter else "test"
        raise _unreadable(f"there is no {kind} {shown(node.name)}", lines, node.lineno)


def _names_in(template: nodes.Template) -> tuple[set[str], set[str]]:
    """The names that a template uses, and those that it gives a value to, wherever."""
    from jinja2 import nodes

    used, known = set(), set()
    for node in _nodes(template):
        match node:
            case nodes.Name(ctx="load"):
                used.add(node.name)
            case nodes.Name() | nodes.Macro():
                known.add(node.name)
            case nodes.Import():
                known.add(node.target)
            case nodes.FromImport():
                known.update(name if isinstance(name, str) else name[1] for name in node.names)
    return used, known


def _constant(node: nodes.Expr) -> Any:
    """What is written out: nothing is worked out here, since that may have no end."""
    from jinja2 import nodes

    match node:
        case nodes.Const():
            return node.value
        case nodes.Neg(node=nodes.Const(value=int() | float() as value)):
            return -value
        case nodes.List() | nodes.Tuple():
            found = [_constant(one) for one in node.items]
            whole = tuple(found) if isinstance(node, nodes.Tuple) else found
            return UNKNOWN if any(one is UNKNOWN for one in found) else whole
        case nodes.Dict():
            pairs = [(_constant(pair.key), _constant(pair.value)) for pair in node.items]
            if any(one is UNKNOWN or isinstance(one, list | dict) for one, _ in pairs):
                return UNKNOWN
            return UNKNOWN if any(one is UNKNOWN for _, one in pairs) else dict(pairs)
        case _:
            return UNKNOWN


@dataclass
class _Places:
    """Where calls stand in their lines, each behind those of the same name."""

    lines: list[str]
    found: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    seen: Counter[tuple[int, str]] = field(default_factory=Counter)

    def next(self, line: int, name: str) -> Mark:
        places = self.found.get((line, name))
        if places is None:
            text = self.lines[line - 1] if line <= len(self.lines) else ""
            places = [found.start() for found in re.finditer(rf"\b{re.escape(name)}\s*\(", text)]
            self.found[line, name] = places
        before = self.seen[line, name]
        self.seen[line, name] += 1
        return Mark(line, (places[min(before, len(places) - 1)] if places else 0) + 1)


def _unreadable(message: str, lines: list[str], line: int) -> NotATemplate:
    return NotATemplate(message, _first_sign(lines, min(max(line, 1), max(len(lines), 1))))


def _place_of(text: str, name: str) -> Mark:
    """The first place of a name, behind a sign that begins a placeholder."""
    signs = [place for sign in _SIGNS if (place := text.find(sign)) >= 0]
    found = re.compile(rf"\b{re.escape(name)}\b").search(text, min(signs, default=0))
    return mark_at(text, found.start() if found else 0)


def _first_sign(lines: list[str], line: int) -> Mark:
    """The first placeholder of a line; of a line without one, its beginning."""
    text = lines[line - 1] if lines else ""
    places = [place for sign in _SIGNS if (place := text.find(sign)) >= 0]
    return Mark(line, min(places, default=0) + 1)
