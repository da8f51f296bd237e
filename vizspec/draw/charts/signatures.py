"""What the installed inspect-viz's functions take, read from its source: importing it would cost seconds."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from vizspec.draw.charts.annotations import Expected, expected


class KnownOptions(NamedTuple):
    """What a view function takes: its own arguments, and the attributes it passes on to its plot. Sorted."""

    own: tuple[str, ...]
    attributes: tuple[str, ...]
    annotations: Mapping[str, ast.expr]


@cache
def known_options(function: str) -> KnownOptions | None:
    """What a function of inspect-viz that makes a view or a plot takes.

    None where inspect-viz is not installed or has no such function: then nothing can be said of options.
    """
    folder = package_folder()
    found = None
    if folder is not None:
        places = (folder / name for name in ("view", "plot", "table"))
        found = next((one for place in places if (one := _function(place, function)) is not None), None)
    if folder is None or found is None:
        return None
    arguments = (*found.args.args, *found.args.kwonlyargs)
    own = {argument.arg for argument in arguments}
    annotations = {one.arg: one.annotation for one in arguments if one.annotation is not None}
    attributes: set[str] = set()
    passed_on = _keywords_passed_on(found)
    if passed_on is not None and passed_on != function:
        below = known_options(passed_on)
        if below is not None:
            own |= set(below.own)
            attributes |= set(below.attributes)
            annotations = {**below.annotations, **annotations}
    elif found.args.kwarg is not None:
        of_plot = _plot_attributes(folder)
        attributes |= set(of_plot)
        annotations = {**of_plot, **annotations}
    return KnownOptions(tuple(sorted(own)), tuple(sorted(attributes - own)), annotations)


def expected_option(function: str, name: str, value: object) -> Expected | None:
    """What the function takes for this argument instead of `value`; None where it fits, or is unknown."""
    known, folder = known_options(function), package_folder()
    if known is None or folder is None or name not in known.annotations:
        return None
    return expected(known.annotations[name], value, folder)


def package_folder() -> Path | None:
    """Where the installed inspect-viz lies; None where it is not installed."""
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
def _plot_attributes(folder: Path) -> Mapping[str, ast.expr]:
    """The attributes of a plot, with their annotations."""
    tree = ast.parse((folder / "plot" / "_attributes.py").read_text(encoding="utf-8"))
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    fields = [item for node in classes for item in node.body if isinstance(item, ast.AnnAssign)]
    return {field.target.id: field.annotation for field in fields if isinstance(field.target, ast.Name)}
