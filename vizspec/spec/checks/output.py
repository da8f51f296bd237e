"""The section `output`: where outputs go, and what they are called."""

from __future__ import annotations

import os.path
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vizspec.errors import Loc, Problem
from vizspec.spec.checks.known_names import Surroundings
from vizspec.spec.checks.text import placeholders
from vizspec.spec.model import DEFAULT_NAME, PLACEHOLDERS
from vizspec.text.messages import shown

if TYPE_CHECKING:
    from vizspec.spec.model import Spec


def check(spec: Spec, around: Surroundings) -> Iterator[Problem]:
    """An output folder that holds the inputs, placeholders that do not exist, formats twice."""
    yield from _directory(spec, around.folder)
    yield from file_pattern(("output", "name"), spec.output.name)
    formats = spec.output.formats
    for place, name in enumerate(formats):
        if name in formats[:place]:
            yield Problem(
                ("output", "formats", place), f"the format '{name}' comes twice", "keep one of them"
            )


def file_pattern(loc: Loc, pattern: str) -> Iterator[Problem]:
    """A pattern of file names that names none, or has placeholders that do not exist."""
    if not pattern.strip(" ._-"):
        message = f"{shown(pattern)} is not a usable file name"
        yield Problem(loc, message, f"leave it out, or write a pattern, as in: {DEFAULT_NAME}")
    yield from placeholders(loc, pattern, PLACEHOLDERS)


def inside(loc: Loc, path: str, what: str) -> Iterator[Problem]:
    """A path that leads out of the output folder, or names no file in it."""
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts:
        yield Problem(loc, f"{what} '{path}' leads out of the output folder", "give a path inside it")
    elif path.endswith("/") or not parts:
        yield Problem(loc, f"{what} '{path}' names a folder", "give a file's name")


def _directory(spec: Spec, folder: Path) -> Iterator[Problem]:
    """Outputs in a folder that also holds the inputs could not be told from them."""
    target = _normal(folder, spec.output.directory)
    experiment = _normal(folder, spec.experiment or ".")
    inputs = {folder, experiment if spec.experiment is None else experiment.parent}
    if any(held == target or held.is_relative_to(target) for held in inputs):
        message = f"the output folder '{spec.output.directory}' holds the spec or the experiment itself"
        yield Problem(("output", "directory"), message, "give a folder of its own, such as: analysis")
    first = PurePosixPath(spec.output.directory).parts[:1]
    if first and first[0].startswith(("~", "$")):
        message = f"'{spec.output.directory}' would be a folder named '{first[0]}' beside the spec"
        hint = f"write the path out, or have your shell do so: vizspec render --out {spec.output.directory}"
        yield Problem(("output", "directory"), message, hint)


def _normal(folder: Path, path: str) -> Path:
    return Path(os.path.normpath(folder / path))
