"""The notes beside a figure: what it leaves out, a sentence a reason however many it is true of."""

from __future__ import annotations

from collections.abc import Iterable

MOST_NAMED = 3
"""So many names stand in a note; of the others it tells how many there are."""


def by_reason(told: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """(name, reason) pairs as `reason: A, B, C and 9 more`, in the order of their first names."""
    names: dict[str, dict[str, None]] = {}
    for name, reason in told:
        names.setdefault(reason, {})[name] = None
    return tuple(f"{reason}: {_named(list(having))}" for reason, having in names.items())


def _named(names: list[str]) -> str:
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {rest:,} more" if rest > 0 else "")
