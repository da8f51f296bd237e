"""Headings of a text that stands in a section of a document: below the section's own. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

TOP_HEADING = 3
"""The level at which headings of the text begin: it stands in a section."""
LOWEST_HEADING = 6

_MARKS = re.compile(r"^( {0,3})#+")
_LONE_RETURN = re.compile(r"\r(?!\n)")
"""A line's end in Markdown as others are, by which its lines are counted."""


def levels(found: Sequence[int]) -> list[int]:
    """The levels of a text's headings, moved so that the highest is `TOP_HEADING`."""
    first = min(found, default=TOP_HEADING)
    return [min(level - first + TOP_HEADING, LOWEST_HEADING) for level in found]


def lowered(text: str) -> str:
    """The Markdown with its headings at these levels; one that is underlined gets marks before it."""
    from markdown_it import MarkdownIt

    headings = [one for one in MarkdownIt("commonmark").parse(text) if _is_own(one)]
    lines = _LONE_RETURN.sub("\n", text).split("\n")
    marked = zip(headings, levels([int(one.tag[1]) for one in headings]), strict=True)
    for heading, level in reversed(list(marked)):
        start, end = heading.map or (0, 0)
        marks = "#" * level
        if heading.markup.startswith("#"):
            lines[start] = _MARKS.sub(marks, lines[start])
        else:
            lines[start:end] = [f"{marks} {' '.join(line.strip() for line in lines[start : end - 1])}"]
    return "\n".join(lines)


def _is_own(token: Token) -> bool:
    """Whether it begins a heading of the text itself, not of a quotation or a list."""
    return token.type == "heading_open" and token.level == 0 and token.map is not None
