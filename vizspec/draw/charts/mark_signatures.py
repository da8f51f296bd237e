"""What the installed inspect-viz's marks, transforms, inputs and interactors take, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from vizspec.draw.charts.annotations import Expected, expected
from vizspec.draw.charts.signatures import package_folder

FunctionFamily = Literal["mark", "transform", "input", "interactor"]
"""The parts of inspect-viz that a plot is made of, each a folder of its source."""

LEFT_OUT: Mapping[FunctionFamily, frozenset[str]] = {
    "mark": frozenset({"image", "geo", "graticule", "sphere", "title"}),
    "transform": frozenset({"sql", "agg", "column", "argmax", "argmin", "ci_bounds"}),
    "input": frozenset(),
    "interactor": frozenset({"highlight"}),
}
"""What no plot takes: what would load addresses or run SQL of the user's, and what vizspec gives itself."""

GIVEN: Mapping[FunctionFamily, frozenset[str]] = {
    "mark": frozenset({"data", "filter_by", "href", "target", "sort", "filter", "image_filter", "facet"}),
    "transform": frozenset({"where", "orderby", "partitionby", "rows", "range"}),
    "input": frozenset({"data", "filter_by", "target", "field", "options"}),
    "interactor": frozenset({"target", "by", "x", "y", "field", "fields", "xfield", "yfield", "brush"}),
}
"""Arguments that vizspec gives itself, or that no spec may give."""


@dataclass(frozen=True)
class Signature:
    """The arguments of one function and of its options, with their annotations; `needed` must be given."""

    arguments: Mapping[str, ast.expr]
    needed: tuple[str, ...]

    @property
    def channels(self) -> frozenset[str]:
        """The arguments that take a column."""
        return frozenset(name for name, annotation in self.arguments.items() if _is_channel(annotation))


def known_functions(family: FunctionFamily) -> tuple[str, ...]:
    """The functions that a plot may name, sorted; none where inspect-viz is not installed."""
    return tuple(sorted(_functions(family)))


@cache
def signature(family: FunctionFamily, name: str) -> Signature | None:
    """What a function takes of a spec; None where there is none of this name."""
    found = _functions(family).get(name)
    if found is None:
        return None
    arguments = [*found.args.args, *found.args.kwonlyargs]
    own = {one.arg: one.annotation for one in arguments if one.annotation is not None}
    optional = [one.arg for one in found.args.args][len(found.args.args) - len(found.args.defaults) :]
    optional += [
        one.arg
        for one, default in zip(found.args.kwonlyargs, found.args.kw_defaults, strict=True)
        if default is not None
    ]
    taken = {**_options_of(found), **own}
    free = {key: value for key, value in taken.items() if key not in GIVEN[family]}
    return Signature(free, tuple(one.arg for one in arguments if one.arg in free and one.arg not in optional))


@cache
def taken_names() -> frozenset[str]:
    """What the runtime calls arguments of marks: a column that a tip tells must not be called so."""
    names = (name for one in known_functions("mark") for name in _argument_names(one))
    return frozenset(_camel_case(name) for name in names)


def expected_argument(family: FunctionFamily, name: str, argument: str, value: object) -> Expected | None:
    """What the argument takes instead of `value`; None where it fits, or is unknown."""
    found, folder = signature(family, name), package_folder()
    if found is None or folder is None or argument not in found.arguments:
        return None
    return expected(_without_param(found.arguments[argument]), value, folder)


def _argument_names(mark: str) -> tuple[str, ...]:
    found = _functions("mark")[mark]
    return (*(one.arg for one in (*found.args.args, *found.args.kwonlyargs)), *_options_of(found))


def _camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


@cache
def _functions(family: FunctionFamily) -> Mapping[str, ast.FunctionDef]:
    folder = package_folder()
    if folder is None:
        return {}
    exported = _exported(folder / family / "__init__.py")
    return {
        node.name: node
        for path in sorted((folder / family).glob("_*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name in exported - LEFT_OUT[family]
    }


def _exported(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lists = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    return frozenset(
        item.value
        for each in lists
        if isinstance(each, ast.List)
        for item in each.elts
        if isinstance(item, ast.Constant) and isinstance(item.value, str)
    )


def _options_of(function: ast.FunctionDef) -> Mapping[str, ast.expr]:
    """The fields of the class that `**options: Unpack[CLASS]` names."""
    annotation = function.args.kwarg.annotation if function.args.kwarg is not None else None
    if not isinstance(annotation, ast.Subscript) or not isinstance(annotation.slice, ast.Name):
        return {}
    return _fields(annotation.slice.id)


@cache
def _fields(name: str) -> Mapping[str, ast.expr]:
    folder = package_folder()
    for path in sorted(folder.rglob("_*.py")) if folder is not None else ():
        source = path.read_text(encoding="utf-8")
        if f"\nclass {name}(" in source:
            return dict(_annotated(ast.parse(source), name))
    return {}


def _annotated(tree: ast.Module, name: str) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            for item in node.body:
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                    yield item.target.id, item.annotation


def _is_channel(annotation: ast.expr) -> bool:
    names = {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}
    return any(name.startswith("Channel") for name in names)


def _without_param(annotation: ast.expr) -> ast.expr:
    """The annotation without objects of inspect-viz, which no YAML file holds."""
    if isinstance(annotation, ast.BinOp):
        left, right = _without_param(annotation.left), _without_param(annotation.right)
        if isinstance(right, ast.Name) and right.id == "Param":
            return left
        return ast.BinOp(left, annotation.op, right)
    return annotation
