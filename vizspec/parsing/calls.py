"""The calls in a text that is a Jinja template, such as `{{ value("match") }}`, with their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from vizspec.errors import Mark

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

FUNCTIONS = ("value", "interval", "difference", "verdict", "best", "table", "figure")
"""What texts may call, besides what Jinja itself has."""

PLACE = "place_"
"""The argument by which a call of these functions knows its number."""

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
class Call:
    """One call of a function by its name, with its arguments as far as they are constants."""

    name: str
    arguments: tuple[Any, ...]
    named: Mapping[str, Any]
    mark: Mark


def is_live(text: str) -> bool:
    """Whether a text has anything to be filled in."""
    return any(sign in text for sign in _SIGNS)


def calls_in(text: str) -> tuple[Call, ...]:
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
    from jinja2 import meta

    if not is_live(text):
        return ()
    names = meta.find_undeclared_variables(template_of(text)) - {*FUNCTIONS, *environment().globals}
    return tuple(sorted(((name, _place_of(text, name)) for name in names), key=lambda found: found[1]))


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


def _read(text: str) -> tuple[nodes.Template, tuple[Call, ...]]:
    from jinja2 import TemplateSyntaxError, nodes

    lines = re.split(r"\r\n|\r|\n", text)
    try:
        template = environment().parse(text)
    except TemplateSyntaxError as error:
        line = min(max(error.lineno, 1), max(len(lines), 1))
        raise NotATemplate(error.message or "it cannot be read", _first_sign(lines, line)) from None
    except RecursionError:
        raise NotATemplate("it is nested too deeply", Mark(1, 1)) from None
    found: list[Call] = []
    seen: Counter[tuple[int, str]] = Counter()
    for node in _calls(template):
        assert isinstance(node.node, nodes.Name)
        name = node.node.name
        column = _column(lines, node.lineno, name, seen[node.lineno, name])
        seen[node.lineno, name] += 1
        arguments = tuple(_constant(one) for one in node.args)
        named = {one.key: _constant(one.value) for one in node.kwargs}
        found.append(Call(name, arguments, named, Mark(node.lineno, column)))
        node.kwargs.append(nodes.Keyword(PLACE, nodes.Const(len(found) - 1)))
    return template, tuple(found)


def _calls(node: nodes.Node) -> Iterator[nodes.Call]:
    """The calls of functions, as they stand in the text."""
    from jinja2 import nodes

    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in FUNCTIONS:
        yield node
    for child in node.iter_child_nodes():
        yield from _calls(child)


def _constant(node: nodes.Expr) -> Any:
    from jinja2 import nodes

    try:
        return node.as_const()
    except nodes.Impossible:
        return UNKNOWN


def _column(lines: list[str], line: int, name: str, before: int) -> int:
    """Where the call stands in its line, after as many of the same name."""
    text = lines[line - 1] if line <= len(lines) else ""
    places = [found.start() for found in re.finditer(rf"\b{re.escape(name)}\s*\(", text)]
    return (places[min(before, len(places) - 1)] if places else 0) + 1


def _place_of(text: str, name: str) -> Mark:
    """The first place of a name, behind a sign that begins a placeholder."""
    signs = [place for sign in _SIGNS if (place := text.find(sign)) >= 0]
    found = re.compile(rf"\b{re.escape(name)}\b").search(text, min(signs, default=0))
    before = re.split(r"\r\n|\r|\n", text[: found.start() if found else 0])
    return Mark(len(before), len(before[-1]) + 1)


def _first_sign(lines: list[str], line: int) -> Mark:
    """The first placeholder of a line; of a line without one, its beginning."""
    text = lines[line - 1] if lines else ""
    places = [place for sign in _SIGNS if (place := text.find(sign)) >= 0]
    return Mark(line, min(places, default=0) + 1)
