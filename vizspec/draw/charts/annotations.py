"""What values an argument of inspect-viz takes, by its annotation: read from its source, not imported."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from vizspec.text.messages import did_you_mean, joined, listed

MOST_NAMED = 6
"""So many of the things that an argument takes are named."""


@dataclass(frozen=True)
class Accepted:
    """One of the things that an argument takes: what it is called, and whether a value is one."""

    name: str
    is_met: Callable[[Any], bool]


class Expected(NamedTuple):
    """What is asked for instead of a value, in YAML's words, and which of the choices may be meant."""

    names: str
    hint: str | None


def expected(annotation: ast.expr, value: object, package: Path) -> Expected | None:
    """What the annotation asks for instead of `value`; None where the value fits.

    None also where the annotation names what cannot be looked up in the package: then nothing can be said.
    """
    try:
        accepted = tuple(_accepted(annotation, package))
    except LookupError:
        return None
    if any(one.is_met(value) for one in accepted):
        return None
    names = tuple(dict.fromkeys(one.name for one in accepted if one is not _NULL)) or (_NULL.name,)
    choices = [name.strip("'") for name in names if name.startswith("'")]
    hint = did_you_mean(value, choices) if isinstance(value, str) else None
    return Expected(_any_of(names), hint or (None if names != (_NULL.name,) else "leave it out"))


def _any_of(names: tuple[str, ...]) -> str:
    if len(names) > MOST_NAMED:
        return f"one of {listed(names, MOST_NAMED)}"
    return joined(names, "or")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TEXT = Accepted("text", lambda value: isinstance(value, str))
_NUMBER = Accepted("a number", _is_number)
_WHOLE = Accepted("a whole number", lambda value: _is_number(value) and isinstance(value, int))
_TRUTH = Accepted("true or false", lambda value: isinstance(value, bool))
_LIST = Accepted("a list", lambda value: isinstance(value, list | tuple))
_MAPPING = Accepted("a mapping", lambda value: isinstance(value, Mapping))
_ANYTHING = Accepted("anything", lambda value: True)
_NULL = Accepted("null", lambda value: value is None)

_PLAIN: Mapping[str, Accepted] = {
    "str": _TEXT,
    "float": _NUMBER,
    "int": _WHOLE,
    "bool": _TRUTH,
    "list": _LIST,
    "tuple": _LIST,
    "Sequence": _LIST,
    "dict": _MAPPING,
    "Mapping": _MAPPING,
    "Any": _ANYTHING,
}


def _accepted(annotation: ast.expr, package: Path) -> Iterator[Accepted]:
    """The things that the annotation takes and a YAML file can hold; objects of inspect-viz are none.

    Raises:
        LookupError: a name in it has no definition in the package.
    """
    if isinstance(annotation, ast.BinOp):
        yield from _accepted(annotation.left, package)
        yield from _accepted(annotation.right, package)
    elif isinstance(annotation, ast.Constant):
        yield _NULL
    elif isinstance(annotation, ast.Subscript):
        yield from _subscripted(annotation, package)
    elif isinstance(annotation, ast.Name):
        yield from _named(annotation.id, package)
    else:
        raise LookupError(ast.unparse(annotation))


def _subscripted(annotation: ast.Subscript, package: Path) -> Iterator[Accepted]:
    name = annotation.value.id if isinstance(annotation.value, ast.Name) else ""
    if name == "Literal":
        for choice in ast.walk(annotation.slice):
            if isinstance(choice, ast.Constant):
                yield _choice(choice.value)
    elif name in ("list", "Sequence"):
        items = tuple(_accepted(annotation.slice, package))
        if items:
            yield Accepted("a list", lambda value: _LIST.is_met(value) and _are_met(items, value))
    else:
        yield from _named(name, package)


def _choice(only: object) -> Accepted:
    return Accepted(repr(only), lambda value: value == only)


def _are_met(items: tuple[Accepted, ...], values: Iterable[object]) -> bool:
    return all(any(item.is_met(value) for item in items) for value in values)


def _named(name: str, package: Path) -> Iterator[Accepted]:
    if name in _PLAIN:
        yield _PLAIN[name]
        return
    meaning = _definition(name, package)
    if isinstance(meaning, ast.ClassDef):
        if any(isinstance(base, ast.Name) and base.id == "TypedDict" for base in meaning.bases):
            yield _MAPPING
    else:
        yield from _accepted(meaning, package)


@cache
def _definition(name: str, package: Path) -> ast.ClassDef | ast.expr:
    """The class of this name, or what it is another name of.

    Raises:
        LookupError: the package has neither.
    """
    for path in sorted(package.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if f"\nclass {name}" not in source and f"\n{name}" not in source:
            continue
        for node in ast.parse(source).body:
            found = _defined(node, name)
            if found is not None:
                return found
    raise LookupError(name)


def _defined(node: ast.stmt, name: str) -> ast.ClassDef | ast.expr | None:
    if isinstance(node, ast.ClassDef) and node.name == name:
        return node
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return node.value
    return None
