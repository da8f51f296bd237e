"""A program of the user's as a value: what it is given, what it must make, and within which time. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vizspec.views.frame import Frame


@dataclass(frozen=True)
class ProgramFile:
    """A program's file: its absolute path, which identifies nothing, and the SHA-256 of what it holds."""

    path: Path = field(repr=False, compare=False)
    sha256: str


@dataclass(frozen=True)
class ProgramTable:
    """A frame as a program reads it: columns of one kind each. `sha256` identifies what it holds."""

    name: str
    columns: tuple[tuple[str, tuple[Any, ...]], ...] = field(repr=False, compare=False)
    sha256: str


@dataclass(frozen=True)
class Program:
    """What is run: the file, the tables that it may read, and the names of the files that it must make."""

    name: str
    file: ProgramFile
    tables: tuple[ProgramTable, ...]
    makes: tuple[str, ...]
    seconds: float


def table_of(name: str, frame: Frame) -> ProgramTable:
    """The frame as a table."""
    columns = tuple((column, frame.column(column)) for column in frame.names)
    return ProgramTable(name, columns, hashlib.sha256(repr(columns).encode()).hexdigest())
