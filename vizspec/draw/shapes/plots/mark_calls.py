"""The marks of a plot as they are called: columns by their aliases, transforms of them, and constants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ColumnValues = Mapping[str, Sequence[Any]]
"""Columns by their names, with a value for each row."""


@dataclass(frozen=True)
class PlotColumn:
    """A column by its alias."""

    alias: str


@dataclass(frozen=True)
class Transformed:
    """What a transform of inspect-viz makes of a column (None: of the rows), with further arguments."""

    transform: str
    alias: str | None = None
    arguments: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class PlotCall:
    """A function with its arguments: columns, transforms, or values that mean themselves."""

    function: str
    arguments: tuple[tuple[str, Any], ...] = ()
