"""What messages are made of: quoted texts, counts, lists, and likely meanings of a misspelled word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

MOST_KNOWN = 20
"""So many of the known words stand in a hint."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that `word` is most likely a misspelling of, or None where none is near.

    Case and the difference of `-` and `_` count for nothing. `likeness` is from 0 to 1: how near is near.
    """
    spelled = {_folded(candidate): candidate for candidate in reversed(list(known))}
    found = difflib.get_close_matches(_folded(word), spelled, n=1, cutoff=likeness)
    return spelled[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The question whether the nearest known word is meant, or None where none is near."""
    near = nearest(word, known, likeness)
    return None if near is None else f"did you mean '{near}'?"


def suggestion(word: str, known: Iterable[str]) -> str:
    """The known word that may be meant; where none is near, all of them, or the first ones of many."""
    names = tuple(known)
    return did_you_mean(word, names) or (f"known: {listed(names, MOST_KNOWN)}" if names else "there are none")


def counted(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun, and what more has two forms: `1 model`, `3 models`, `2 logs are`."""
    return f"{number:,} {agreeing(number, one, many)}"


def agreeing(number: int, one: str, many: str | None = None) -> str:
    """The form of a noun or verb that goes with a count: `model`, `models`; `is`, `are`."""
    return one if number == 1 else many or f"{one}s"


def listed(names: Sequence[str], most: int = 5, between: str = ", ") -> str:
    """The names with commas; beyond `most`, how many more: `a, b, c and 9 more`."""
    rest = len(names) - most
    more = f"{between.strip(', ')} and {rest:,} more" if rest > 0 else ""
    return f"{between.join(names[:most])}{more}"


def joined(names: Sequence[str], last: str = "and") -> str:
    """All of the names, of which there are some: `a`, `a and b`, `a, b and c`."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def capitalized(text: str) -> str:
    """The text, of which there is some, as the beginning of a sentence."""
    return text[0].upper() + text[1:]


def cut(text: str, most: int = 200) -> str:
    """The text, with an ellipsis for what it has beyond so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def shown(text: object, limit: int = 60) -> str:
    """Any text as a message may quote it: on one line, printable, and not endless (`limit` characters)."""
    printable = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in str(text)[: limit + 1]
    )
    return f"'{printable[:limit]}…'" if len(printable) > limit else f"'{printable}'"


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_")
