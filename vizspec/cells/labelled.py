"""A cell with its labels, and what notes say of the codes in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vizspec.cells.cell import Cell


@dataclass(frozen=True)
class Labelled:
    """A cell with the labels it has in one figure or table."""

    cell: Cell
    model: str
    task: str
    codes: tuple[tuple[str, str], ...] = ()
    """The codes in its labels, with the texts that they stand for."""


def code_notes(labelled: Iterable[Labelled]) -> tuple[str, ...]:
    """A sentence for each code in the labels, in the codes' order."""
    codes = dict(code for one in labelled for code in one.codes)
    return tuple(f"{code} stands for {_one_line(text)}" for code, text in sorted(codes.items()))


def _one_line(text: str) -> str:
    return " ".join(text.split())
