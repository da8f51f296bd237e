"""Labels as charts show them: one line, no longer than a chart has room for, and never two alike. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import takewhile

from vizspec.text.widths import ELLIPSIS, INVISIBLE, letters_of, signs_within, with_few_marks

LIMIT = 40
"""Characters of a label that a legend or an axis has room for."""

LEAST_BEFORE_BRACKET = 6
"""Characters of a label that stay before what is added to it."""

NO_LABEL = "(no label)"
JOINER = "\u200d"
"""Makes one sign of several, as in many emoji; it counts as not printable."""


def one_line(text: str) -> str:
    """The text without line breaks, control characters and what reverses the direction of writing.

    No letter carries a tower of marks.
    """
    printable = "".join(sign if sign.isprintable() or sign == JOINER else " " for sign in text)
    return " ".join(with_few_marks(printable).split()) or NO_LABEL


def shortened(text: str, limit: int = LIMIT) -> str:
    """One line no wider than `limit` letters; a longer one loses its middle.

    What is added in brackets tells labels apart: it stays whole where there is room, and the rest is cut.
    """
    line = one_line(text)
    if letters_of(line) <= limit:
        return line
    limit = signs_within(line, limit)
    before, bracket, added = line.partition(" (")
    room = limit - len(bracket) - len(added) - 1
    if bracket and line.endswith(")") and room >= LEAST_BEFORE_BRACKET:
        return f"{before[:room].rstrip()}{ELLIPSIS}{bracket}{added}"
    head = limit // 2
    return f"{line[:head]}{ELLIPSIS}{line[len(line) - (limit - head - 1) :]}"


def chart_texts(labels: Iterable[str], limit: int = LIMIT) -> dict[str, str]:
    """What a chart shows of each label; different labels stay different.

    Labels that would look alike show the place where they part, and a number where that does not help.
    """
    shown = {label: shortened(label, limit) for label in labels}
    for group in _alike(shown):
        lines = [one_line(label) for label in group]
        shown |= zip(group, _around_difference(lines, limit), strict=True)
    for group in _alike(shown):
        for number, label in enumerate(group[1:], 2):
            shown[label] = _numbered(shown, label, number, limit)
    return shown


def attribute_text(text: str) -> str:
    """The text as a chart's attribute: Mosaic takes one that begins with `$` for a parameter's name."""
    return f"{INVISIBLE}{text}" if text.startswith("$") else text


def _alike(shown: dict[str, str]) -> list[list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for label, text in shown.items():
        groups[text].append(label)
    return [group for group in groups.values() if len(group) > 1]


def _around_difference(lines: Sequence[str], limit: int) -> list[str]:
    """The lines with their beginning, and what follows from a little before the place where they part."""
    limit = min(signs_within(line, limit) for line in lines)
    head = limit // 3
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*lines, strict=False))
    start = sum(1 for _ in alike) - 3
    if start <= head:
        return [shortened(line, limit) for line in lines]
    return [f"{line[:head]}{ELLIPSIS}{shortened(line[start:], limit - head - 1)}" for line in lines]


def _numbered(shown: dict[str, str], label: str, number: int, limit: int) -> str:
    """The label with the first number, from `number` on, that no other text ends in."""
    taken = set(shown.values())
    while True:
        end = f" ({number})"
        text = f"{shortened(label, limit - len(end))}{end}"
        if text not in taken:
            return text
        number += 1
