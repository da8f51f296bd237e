"""Sentences that call one better than another, or the best, where the comparisons do not say so. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vizspec.prose.names import Names, term_of
from vizspec.prose.numbers import Compared, Leaders
from vizspec.prose.sentences import Sentence
from vizspec.text.messages import listed

_UNSURE = re.compile(
    r"\b(?:not|never|no|neither|nor|cannot|can't|isn't|aren't|doesn't|don't|didn't|wasn't|hardly|barely|"
    r"may|might|could|would|should|seems?|appears?|perhaps|probably|possibly|likely|whether|if|unless|until|"
    r"expect(?:ed|s)?|hypothes\w+|predict(?:ed|s)?|claim(?:s|ed)?|inconclusive|unclear|uncertain|unsure|"
    r"too little|too few|want(?:ed|s)?|hope[ds]?|suggests?|nominally|numerically|descriptively)\b|\?",
    re.IGNORECASE,
)
"""What makes a sentence about who is better no statement of a result."""

_ADVERB = r"(?:much|far|always|also|still|even|a\s+lot|\w+ly)"
"""No word is one in two ways: a row of such words would be tried in all of them."""
_BETTER = (
    rf"(?:(?:is|are|was|were|does|do|did|performs?|performed|scores?|scored)\s+)?(?:{_ADVERB}\s+)*"
    r"(?:better\s+than|superior\s+to|more\s+accurate\s+than|stronger\s+than|ahead\s+of)"
    rf"|(?:{_ADVERB}\s+)*(?:beats?|outperform(?:s|ed)?|surpass(?:es|ed)?|outscore[sd]?|(?:wins?|won)\s+(?:over|against)|defeat(?:s|ed)?|tops?|topped|improve[sd]?\s+(?:on|over|upon))"
)
_WORSE = (
    rf"(?:(?:is|are|was|were|does|do|did|performs?|performed|scores?|scored|falls?|lags?)\s+)?(?:{_ADVERB}\s+)*"
    r"(?:worse\s+than|inferior\s+to|less\s+accurate\s+than|weaker\s+than|behind)"
    rf"|(?:{_ADVERB}\s+)*(?:loses?\s+to|lost\s+to|underperform(?:s|ed)?)"
)
_HAS = (
    rf"(?:(?:is|are|was|were|has|have|had|gets?|got|shows?|showed|gives?|gave|reach(?:es|ed)?|achieve[sd]?|attain(?:s|ed)?)"
    rf"\s+)(?:an?\s+)?(?:{_ADVERB}\s+)*"
)
_BEST = (
    rf"(?:is|was|are|comes\s+out|ranks?|remains)\s+(?:{_ADVERB}\s+)*(?:as\s+)?(?:the\s+)?"
    r"(?:best|top|strongest|most\s+accurate|winner|leader)\b"
)


class _Order(NamedTuple):
    """Words that say that one is better than another (`sign` is 1) or worse (-1), or `is_of_value`: its value
    is higher, or lower.
    """

    verb: str
    sign: int
    is_of_value: bool = False

    def sign_of(self, row: Compared, names: Names) -> int:
        """Whether they call the first of the row the better one: 1, or the worse: -1."""
        metric = next(one for one in names.numbers.catalogue.metrics if one.id == row.metric)
        return -self.sign if self.is_of_value and metric.better == "lower" else self.sign


def wrong_orders(sentence: Sentence, names: Names) -> Iterator[tuple[int, str]]:
    """The places in the text of names that are called better, worse or best, with what is known instead.

    A sentence that denies, supposes or doubts states nothing, nor does one with a live verdict.
    """
    if sentence.has_verdict or _UNSURE.search(sentence.text) or not names.models:
        return
    metrics = {metric.id for metric in names.metrics_in(sentence.text)} or {names.numbers.primary or ""}
    meant = names.on_tasks(sentence.text)
    for order in _orders(names):
        for found in _ordered(order.verb, names).finditer(sentence.text):
            first, second = (names.models[term_of(found[one], names.models)] for one in ("first", "second"))
            rows = [row for row in _between(first, second, names) if row.metric in metrics and row.a in meant]
            message = _instead(rows, order, names) if not first & second else None
            if message is not None:
                yield sentence.start + found.start("first"), message
    for found in _superlative(names).finditer(sentence.text):
        named = names.models[term_of(found["first"], names.models)]
        for one in names.numbers.leaders:
            if one.metric in metrics and meant & set(one.evaluations) and _is_wrong(one, named):
                yield sentence.start + found.start("first"), _not_the_best(found["first"], one, names)
                break


def _orders(names: Names) -> tuple[_Order, ...]:
    """The ways to say that one is above the other: `better`, and `higher` or `better` in a metric."""
    of = rf"\s+{names.term.pattern}\s+than"
    return (
        _Order(_BETTER, 1),
        _Order(_WORSE, -1),
        _Order(rf"{_HAS}(?:higher(?:\s+than|{of})|(?:greater|larger){of})", 1, is_of_value=True),
        _Order(rf"{_HAS}(?:lower(?:\s+than|{of})|smaller{of})", -1, is_of_value=True),
        _Order(rf"{_HAS}better{of}", 1),
        _Order(rf"{_HAS}(?:worse|poorer){of}", -1),
    )


def _ordered(verb: str, names: Names) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?P<first>{names.model})(?![\w-])[^.;:\d]{{0,40}}?\s(?:{verb})\s+(?:the\s+)?"
        rf"(?P<second>{names.model})(?![\w-])",
        re.IGNORECASE,
    )


def _superlative(names: Names) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<first>{names.model})(?![\w-])\s+(?:{_BEST})", re.IGNORECASE)


def _between(first: frozenset[int], second: frozenset[int], names: Names) -> Iterator[Compared]:
    """The comparisons of the one with the other, turned so that it stands first."""
    for row in names.numbers.compared:
        if row.a in first and row.b in second:
            yield row
        elif row.b in first and row.a in second:
            yield row.turned()


def _instead(rows: list[Compared], order: _Order, names: Names) -> str | None:
    """What the comparisons say instead, the contrary before the open; None where all bear the order out."""
    wrong = [row for row in rows if row.is_decided and row.gain * order.sign_of(row, names) < 0]
    row = next(iter((*wrong, *(one for one in rows if not one.is_decided))), None)
    if row is None:
        return None
    sign = order.sign_of(row, names)
    a, b = (names.numbers.evaluations[place] for place in (row.a, row.b))
    label = next(one.label for one in names.numbers.catalogue.metrics if one.id == row.metric)
    called = ("worse", "better")[(sign > 0) == (not row.is_decided)]
    known = "is" if row.is_decided else "is not known to be"
    return f"{a.model} {known} {called} than {b.model} in {label} on {a.task}: {row.text}"


def _is_wrong(one: Leaders, named: frozenset[int]) -> bool:
    """Whether those who are called the best take part, and do not lead alone."""
    return bool(named & set(one.evaluations)) and (len(one.leaders) > 1 or not named & set(one.leaders))


def _not_the_best(name: str, one: Leaders, names: Names) -> str:
    task = names.numbers.evaluations[one.evaluations[0]].task
    first = listed(one.names)
    instead = f"{first} cannot be told apart" if len(one.leaders) > 1 else f"{first} is"
    return f"{name} is not known to be the best on {task}: {instead}"
