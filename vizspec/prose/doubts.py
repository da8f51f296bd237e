"""What a text says by hand and no result bears out: numbers of metrics, and who is better. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from vizspec.errors import Mark
from vizspec.parsing.template_calls import mark_at
from vizspec.prose.names import Names, folded
from vizspec.prose.numbers import Numbers
from vizspec.prose.said_numbers import wrong_numbers
from vizspec.prose.said_order import wrong_orders
from vizspec.prose.sentences import sentences_of

LONGEST = 200_000
"""Characters of a text that is looked at."""

SILENCE = "correct it, write a live number, or put <!-- vizspec: ok --> into the paragraph"


@dataclass(frozen=True)
class Doubt:
    """Something that no result bears out, and where it stands."""

    mark: Mark
    message: str


def doubts_of(markdown: str, numbers: Numbers) -> tuple[Doubt, ...]:
    """Everything in the text that no result bears out, in its order."""
    if len(markdown) > LONGEST:
        return ()
    names = Names(numbers, folded(markdown))
    found = (
        one
        for sentence in sentences_of(markdown)
        for one in (*wrong_numbers(sentence, names), *wrong_orders(sentence, names))
    )
    return tuple(Doubt(mark_at(markdown, place), message) for place, message in sorted(found))
