"""Footnotes of one table: each reason once, marked by a letter in every cell that it speaks of."""

from __future__ import annotations

from string import ascii_lowercase


class Footnotes:
    """Collects the notes of one table while its cells are written."""

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}

    def marked(self, text: str, note: str | None) -> str:
        """The text with the note's mark; the text alone where there is no note."""
        return text if note is None else f"{text} ({self._mark(note)})"

    def sentences(self) -> tuple[str, ...]:
        """`(a) No standard error is known: no interval.`, in the order of the marks."""
        return tuple(f"({mark}) {_as_sentence(note)}" for note, mark in self._marks.items())

    def _mark(self, note: str) -> str:
        return self._marks.setdefault(note, _letters(len(self._marks)))


def _letters(number: int) -> str:
    """a, b, …, z, aa, ab, …"""
    rest, last = divmod(number, len(ascii_lowercase))
    return (_letters(rest - 1) if rest else "") + ascii_lowercase[last]


def _as_sentence(note: str) -> str:
    return note[:1].upper() + note[1:] + ("" if note.endswith((".", "!", "?")) else ".")
