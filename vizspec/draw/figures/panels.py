"""How many models stand in one picture, and how their labels are fitted in.

Few models are laid over each other (`OVERLAY_LIMIT`). More get a panel each, a dozen on a page, so that no
legend has to be searched for the right one of twenty colours.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from vizspec.text.widths import ELLIPSIS, signs_within, with_few_marks

OVERLAY_LIMIT = 6
"""As many curves as one can tell apart in one panel."""
BANDS_LIMIT = 2
"""As many curves with bands around them."""
PAGE_LIMIT = 12
"""As many panels as one can read on one page."""
TURNING = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the direction of what follows them, here of the numbers behind a label."""


def fitted(label: str, width: int, lines: int = 2) -> str:
    """The label on at most `lines` lines of `width` characters; what is too long loses its middle.

    Beginnings and ends tell models apart (a name, a rank); the middle seldom does.
    """
    text = plain(label) or "(no label)"
    width = signs_within(text, width)
    wrapped = textwrap.wrap(text, width)
    while len(wrapped) > lines:
        text = _without_middle(text)
        wrapped = textwrap.wrap(text, width)
    return "\n".join(wrapped)


def all_fitted(labels: Sequence[str], width: int, lines: int = 2) -> list[str]:
    """The labels as `fitted` gives them, with more lines where shortening made two of them alike."""
    shortened = [fitted(label, width, lines) for label in labels]
    wanted = len({plain(label) for label in labels})
    while len(set(shortened)) < wanted:
        lines += 1
        shortened = [fitted(label, width, lines) for label in labels]
    return shortened


def whole_number(count: float) -> str:
    """A count as axes write it."""
    return f"{count:,.0f}"


def plain(label: str) -> str:
    """The label in one line, without what turns the direction of writing, or towers of marks."""
    return " ".join(with_few_marks(label).translate(TURNING).split())


def _without_middle(text: str) -> str:
    if ELLIPSIS not in text:
        half = len(text) // 2
        return f"{text[:half]}{ELLIPSIS}{text[half + 1 :]}"
    head, tail = text.split(ELLIPSIS, 1)
    return f"{head[:-1]}{ELLIPSIS}{tail}" if len(head) >= len(tail) else f"{head}{ELLIPSIS}{tail[1:]}"
