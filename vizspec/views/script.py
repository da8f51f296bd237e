"""Figures that a program of the user's makes of the experiment's numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from vizspec.cells.columns import text_of
from vizspec.errors import Loc, Problem
from vizspec.text.decimals import DASH
from vizspec.text.messages import shown
from vizspec.text.slugs import slug
from vizspec.views._frame_entry import READ_FOR
from vizspec.views._frames import frame_of
from vizspec.views.base import (
    Draft,
    Grid,
    Kind,
    Lookups,
    Skip,
)
from vizspec.views.entry import (
    Entry,
    FiniteNumber,
    Need,
    Texts,
    as_list,
)
from vizspec.views.program import Program, table_of
from vizspec.views.selection import Selection

SUFFIXES = (".png", ".svg", ".pdf", ".csv", ".json")

FrameName = Literal["estimates", "comparisons", "disagreements", "samples", "jobs"]
FrameNames = Annotated[
    tuple[FrameName, ...], BeforeValidator(as_list, json_schema_input_type=FrameName | tuple[FrameName, ...])
]


def _made_file(name: str) -> str:
    path = PurePosixPath(name)
    if slug(path.stem) != path.stem or path.suffix not in SUFFIXES or path.name != name:
        message = "{name} is no name for a file of the output folder"
        hint = f"letters, digits, '-' and '_', and one of {', '.join(SUFFIXES)}, as in: my_figure.png"
        raise PydanticCustomError("made_file", message, {"name": shown(name), "hint": hint})
    return name


class Script(Entry):
    """Files that a program of your own makes of the experiment's numbers; it runs only where you allow it."""

    view: Literal["script"]
    run: str
    """The program, relative to the spec: `….py`, run by this Python, or any that can be executed."""
    files: Annotated[
        tuple[Annotated[str, AfterValidator(_made_file)], ...],
        BeforeValidator(as_list, json_schema_input_type=Texts),
    ] = Field(min_length=1)
    """The files that it writes into the folder that it starts in: png, svg, pdf, csv or json."""
    frames: FrameNames = Field(default=("estimates",), alias="needs")
    """The frames that it reads, each as a parquet file."""
    timeout: Annotated[FiniteNumber, Field(gt=0, le=3600)] = 60
    """Seconds that it may take."""

    @property
    def needs(self) -> frozenset[Need]:
        return frozenset(READ_FOR[name] for name in self.frames if name in READ_FOR)

    @property
    def program(self) -> str | None:
        return self.run


MOST_ROWS = 500
"""The index shows as many rows of what a program was given."""


@dataclass(frozen=True)
class ScriptOutput:
    """One output of a program: some of the files that it makes."""

    program: Program
    title: str


def plan(entry: Script, selection: Selection) -> Iterator[Draft[ScriptOutput] | Skip]:
    file = selection.programs.get(entry.run)
    if file is None:
        yield Skip(f"there is no program '{entry.run}'")
        return
    tables = tuple(
        table_of(name, frame_of(name, selection, selection.catalogue.metrics))
        for name in dict.fromkeys(entry.frames)
    )
    program = Program(entry.run, file, tables, entry.files, entry.timeout)
    groups: dict[str, list[str]] = {}
    for name in dict.fromkeys(entry.files):
        groups.setdefault(PurePosixPath(name).stem, []).append(name)
    for stem, names in groups.items():
        title = stem.replace("_", " ").strip().capitalize()
        caption = entry.caption_or(f"Made by {entry.run}.")
        parts = (("file", stem),) if len(groups) > 1 else ()
        yield Draft(ScriptOutput(program, title), title, caption, parts=parts, files=tuple(names))


def draw(content: ScriptOutput) -> Program:
    return content.program


def numbers(content: ScriptOutput) -> Grid:
    """The first rows of the first table that the program was given."""
    table = content.program.tables[0]
    names, columns = zip(*table.columns, strict=True) if table.columns else ((), ())
    rows = islice(zip(*columns, strict=True), MOST_ROWS)
    return Grid(names, tuple(tuple(map(_text, row)) for row in rows))


def _text(value: Any) -> str:
    return DASH if value is None else text_of(value)


def check(entry: Script, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    yield from lookups.file((*loc, "run"), entry.run)
    for place, name in enumerate(entry.files):
        if name in entry.files[:place]:
            yield Problem((*loc, "files", place), f"the file '{name}' comes twice", "keep one of them")


KIND = Kind(
    entry=Script,
    plan=plan,
    draw=draw,
    numbers=numbers,
    check=check,
    skips="scripts are not allowed (`--allow-scripts`), or there are no evaluations",
    formats=tuple(suffix.removeprefix(".") for suffix in SUFFIXES),
    runs_program=True,
)
