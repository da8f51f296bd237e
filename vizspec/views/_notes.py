"""The notes beside a figure: what it leaves out, a sentence a reason however many it is true of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vizspec.cells.epoch_marks import epochs_note
from vizspec.cells.labelled import Labelled
from vizspec.text.messages import capitalized, listed

MOST_NAMED = 3
"""So many names stand in a note; of the others it tells how many there are."""


def by_reason(reasons: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """(name, reason) pairs as `reason: A, B, C and 9 more`, in the order of their first names."""
    names: dict[str, dict[str, None]] = {}
    for name, reason in reasons:
        names.setdefault(reason, {})[name] = None
    return tuple(f"{reason}: {listed(list(having), MOST_NAMED)}" for reason, having in names.items())


def with_epochs(caption: str, labelled: Sequence[Labelled]) -> str:
    """The caption, a user's own too, with the checkpoints where those shown are of several epochs."""
    return with_notes(caption, *epochs_note(labelled))


def with_notes(caption: str, *notes: str) -> str:
    """The caption with what is noted of the figure after it, or instead of it where it is empty."""
    if not notes:
        return caption
    together = "; ".join(notes)
    own = caption.rstrip().removesuffix(".")
    return f"{own}; {together}." if own else f"{capitalized(together)}."
