"""Markdown as the sentences in it, each where it stands; what is no prose is blanked out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vizspec.prose.comments import OK

_NO_PROSE = re.compile(
    r"^(?P<fence>`{3,20}|~{3,20}).*?^(?P=fence)[^\n]*$"  # blocks of code
    # None of the next three looks beyond another beginning: the time they take grows as the text.
    r"|\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}"  # live numbers
    r"|<!--(?:(?!<!--).)*?-->|<[A-Za-z/][^<>\n]*>"
    r"|`[^`\n]*`"
    r"|\]\([^()\n]*\)"  # targets of links
    r"|https?://\S+"
    r"|^[ \t]*\|[^\n]*$"  # rows of tables
    r"|^[ \t]*#{1,6}[ \t][^\n]*$",  # headings
    re.DOTALL | re.MULTILINE,
)
_PARAGRAPH = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
_END = re.compile(r"(?<=[.!?])(?:[\"'”’)*_]*)\s+(?=[\"'“‘(*_]*[A-Z0-9])|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])")
_VERDICT = re.compile(r"\{\{[^{}]*\bverdict\s*\(")
_LONGEST_SHORT = len("approx.") + 1
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|cf|vs|approx|resp|ca|al|Fig|Figs|Sec|Eq|Tab|No|Nr|St|Dr)\.)$")


LONGEST_SENTENCE = 1_000
"""Characters of what is still a sentence, and no list of numbers."""


class Sentence(NamedTuple):
    """A sentence, the place of its first character in the text, and what it calls."""

    text: str
    start: int
    has_verdict: bool = False
    """Whether it gives a live verdict: what it says before that is what was claimed."""


def sentences_of(markdown: str) -> Iterator[Sentence]:
    """The sentences of a text, but for those of paragraphs that are silenced."""
    plain = _NO_PROSE.sub(lambda found: _blank(found[0]), markdown)
    is_next_silenced = False
    for paragraph in _PARAGRAPH.finditer(markdown):
        is_silenced = is_next_silenced or OK.search(paragraph[0]) is not None
        is_next_silenced = not OK.sub("", paragraph[0]).strip() and OK.search(paragraph[0]) is not None
        if not is_silenced:
            for sentence in _split(plain[paragraph.start() : paragraph.end()], paragraph.start()):
                if len(sentence.text) > LONGEST_SENTENCE:
                    continue
                written = markdown[sentence.start : sentence.start + len(sentence.text)]
                yield sentence._replace(has_verdict=_VERDICT.search(written) is not None)


def _split(paragraph: str, start: int) -> Iterator[Sentence]:
    begin = 0
    for end in _END.finditer(paragraph):
        if not _SHORT.search(paragraph[max(0, end.start() - _LONGEST_SHORT) : end.start()]):
            yield Sentence(paragraph[begin : end.start()], start + begin)
            begin = end.end()
    yield Sentence(paragraph[begin:], start + begin)


def _blank(text: str) -> str:
    """As many characters that say nothing, with the ends of lines; a number may have stood there."""
    return "".join("\n" if character == "\n" else "\u00a0" for character in text)
