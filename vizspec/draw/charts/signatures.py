"""What the installed inspect-viz's functions take, read from its source: importing it would cost seconds."""

from __future__ import annotations

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple


class KnownOptions(NamedTuple):
    """What a view function takes: its own arguments, and the attributes it passes on to its plot. Sorted."""

    own: tuple[str, ...]
    attributes: tuple[str, ...]


@cache
def known_options(function: str) -> KnownOptions | None:
    """What a function of inspect-viz that makes a view or a plot takes.

    None where inspect-viz is not installed or has no such function: then nothing can be said of options.
    """
    folder = _package_folder()
    found = None
    if folder is not None:
        found = _function(folder / "view", function) or _function(folder / "plot", function)
    if folder is None or found is None:
        return None
    own = {argument.arg for argument in (*found.args.args, *found.args.kwonlyargs)}
    attributes: set[str] = set()
    passed_on = _keywords_passed_on(found)
    if passed_on is not None and passed_on != function:
        below = known_options(passed_on)
        own |= set(below.own) if below is not None else set()
        attributes |= set(below.attributes) if below is not None else set()
    elif found.args.kwarg is not None:
        attributes |= _plot_attributes(folder)
    return KnownOptions(tuple(sorted(own)), tuple(sorted(attributes - own)))


def _package_folder() -> Path | None:
    spec = find_spec("inspect_viz")
    locations = spec.submodule_search_locations if spec is not None else None
    return Path(next(iter(locations))) if locations else None


def _function(folder: Path, name: str) -> ast.FunctionDef | None:
    for path in sorted(folder.glob("*.py")):
        source = path.read_text(encoding="utf-8")
        if f"def {name}(" in source:
            return next(
                (n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef) and n.name == name), None
            )
    return None


def _keywords_passed_on(function: ast.FunctionDef) -> str | None:
    """The function that receives `**kwargs: Any` of this one as they are; None where there is none."""
    if function.args.kwarg is None or function.args.kwarg.arg != "kwargs":
        return None
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    targets = [c.func.id for c in calls if isinstance(c.func, ast.Name) and _spreads(c)]
    return targets[0] if targets else None


def _spreads(call: ast.Call) -> bool:
    return any(keyword.arg is None for keyword in call.keywords)


@cache
def _plot_attributes(folder: Path) -> frozenset[str]:
    tree = ast.parse((folder / "plot" / "_attributes.py").read_text(encoding="utf-8"))
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    fields = [item for node in classes for item in node.body if isinstance(item, ast.AnnAssign)]
    return frozenset(field.target.id for field in fields if isinstance(field.target, ast.Name))
