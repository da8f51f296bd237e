"""What messages are made of: quoted texts and likely meanings of a misspelled word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that `word` is most likely a misspelling of, or None where none is near.

    Case and the difference of `-` and `_` count for nothing. `likeness` is from 0 to 1: how near is near.
    """
    spelled = {_folded(candidate): candidate for candidate in reversed(list(known))}
    found = difflib.get_close_matches(_folded(word), spelled, n=1, cutoff=likeness)
    return spelled[found[0]] if found else None


def shown(text: object, limit: int = 60) -> str:
    """Any text as a message may quote it: on one line, printable, and not endless (`limit` characters)."""
    printable = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in str(text)[: limit + 1]
    )
    return f"'{printable[:limit]}…'" if len(printable) > limit else f"'{printable}'"


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_")
