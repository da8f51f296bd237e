"""The entries of `views:` by name."""

from __future__ import annotations

from collections.abc import Sequence

from vizspec.text.slugs import free_of
from vizspec.views.entry import Entry


def entry_ids(entries: Sequence[Entry]) -> tuple[str, ...]:
    """A name for each entry: its own, else its view's, numbered from the second on."""
    taken = {entry.id for entry in entries if entry.id}
    ids: list[str] = []
    for entry in entries:
        name = entry.id or free_of(entry.view, taken)
        taken.add(name)
        ids.append(name)
    return tuple(ids)
