"""Numbers that a text says by hand beside a metric's name, and that no estimate is. Pure.

It would rather be silent than wrong: a number is looked at only where a metric's name stands close by in the
same clause, and nothing around makes it something else (a range, a threshold, a level, a difference, a year).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vizspec.metrics.catalogue import Metric
from vizspec.prose.names import Names, term_of
from vizspec.prose.numbers import Number
from vizspec.prose.sentences import Sentence

MOST_BEFORE, MOST_AFTER = 6, 2
"""Words that may stand between a metric's name and a number behind it, or before it."""

LEAST_BARE_PERCENT = 10
"""The smallest number that may be a share in percent without its sign."""

_NUMBER = re.compile(
    r"(?<![\w.,/§#$€^\-])(?P<sign>[-+−±<>≥≤~≈=]\s?)?(?P<digits>\d+(?:\.\d+)?|\.\d+)"
    r"(?P<percent>\s?%|\spercent\b|\sper\scent\b)?(?![\w/^]|[.,]\d|°)"
)
_RANGE = re.compile(r"(?<![\w.])\d[\d.]*\s?%?\s*(?:–|—|-|\bto\b|\.\.\.?|…)\s*[-−]?\d[\d.]*")
_BETWEEN = re.compile(r"\bbetween\b[^;]*?\d[^;]*?\band\b[^;]*?\d\S*", re.IGNORECASE)
_BRACKETS = re.compile(r"[\[(]\s*[-−]?\d[\d.]*\s*,\s*[-−]?\d[\d.]*\s*[\])]")
_SEPARATED = re.compile(r"[;:(]|,\s|\u00a0|\d|\b(?:and|but|while|whereas|against|versus|vs)\b")
"""What ends the clause of a metric's name."""

_CLAUSES = re.compile(r"[;:]|,\s")

_IN_BRACKETS = re.compile(
    r"^(?!.*\b(?:is|was|are|were|higher|lower|better|worse|than)\b)(?P<named>[^()]*)\(\s*$", re.IGNORECASE
)
"""`accuracy of the forest (0.85)`: a bracket that gives the number of what is named before it."""

_NEAR = re.compile(
    r"\b(?:per|above|below|over|under|than|least|most|exceed\w*|within|beyond|near(?:ly)?|almost|threshold|margin"
    r"|levels?|temperature|dropout|rate|lr|seed|version|epochs?|steps?|rank|layer|sections?|sec|fig(?:ure)?"
    r"|tab(?:le)?|chapter|page|eq(?:uation)?|appendix|line|row|column|alpha|beta|sigma|tolerance|weight|decay"
    r"|p|n|k|by|gaps?|gain\w*|differ\w*|drop\w*|fell|falls?|rose|rises?|improve\w*|increase\w*|decrease\w*"
    r"|change\w*|effect|power|since|until|interval|ci|confidence|std|stderr|deviation|uncertainty|mean"
    r"|averag\w*|median|overall|total|sum|maximum|minimum|end|ends|limit|bound|floor|ceiling|fraction|share)\b",
    re.IGNORECASE,
)
"""Words beside a metric's name by which a number is no estimate."""

_SUPPOSED = re.compile(
    r"\b(?:would|could|should|might|if|unless|claim\w*|vendor|chance|random|guess\w*|constant|baseline|target|goal|aim\w*"
    r"|want\w*|requir\w*|expect\w*|hop(?:ed|ing)|prior|previous(?:ly)?|earlier|published|literature|papers?"
    r"|et\s+al|ideal|perfect|possible)\b",
    re.IGNORECASE,
)
"""Words of a clause by which it tells of no result of these evaluations."""

_OF_MANY = re.compile(
    r"\b(?:error|deviation|variance|spread|range|mean|average|median|sum|maximum|minimum)s?\s+"
    r"(?:of|in|for)(?:\s+\w+){0,2}\s*$",
    re.IGNORECASE,
)
"""What a number tells of a metric that is named behind it: `the standard error of the accuracy`."""

_BEHIND = re.compile(
    r"\s*(?:points?|pp|higher|lower|more|less|better|worse|above|below|confidence|ci|intervals?|times|epochs?"
    r"|samples?|questions|runs?|models?|tasks?|of|percentage|threshold|or|as|seeds?|hours?|minutes?|seconds?)\b",
    re.IGNORECASE,
)
"""Words behind a number by which it is none."""


def wrong_numbers(sentence: Sentence, names: Names) -> Iterator[tuple[int, str]]:
    """The places in the text of numbers that no estimate is, each with the nearest one."""
    meant, text = names.meant(sentence.text), names.masked(sentence.text)
    terms = list(names.term.finditer(text))
    if not terms or text.rstrip().endswith("?"):
        return
    taken = [found.span() for one in (_RANGE, _BETWEEN, _BRACKETS) for found in one.finditer(text)]
    for found in _NUMBER.finditer(text):
        term = None if _is_other(found, text, taken) else _beside(text, found, terms)
        if term is None:
            continue
        metrics = names.terms[term_of(term[0], names.terms)]
        message = _unsupported(found, metrics, meant, names)
        if message is not None:
            yield sentence.start + found.start("digits"), f"no {' '.join(term[0].split())} is {message}"


def _unsupported(
    found: re.Match[str], metrics: Sequence[Metric], meant: frozenset[int], names: Names
) -> str | None:
    """What the nearest estimate is; None where one bears the number out, or none can be told."""
    ids = {metric.id for metric in metrics}
    rows = [
        row
        for row in names.numbers.estimates
        if row.metric in ids and row.evaluation in meant and row.value is not None
    ]
    is_share = all(metric.is_unit for metric in metrics)
    value, half = _as_share(found) if is_share else _value(found)
    is_other = value > 1 if is_share else bool(found["percent"])
    if not rows or is_other or any(_bears_out(row, value, half) for row in rows):
        return None
    near = min(rows, key=lambda row: abs((row.value or 0.0) - value))
    said = found["digits"] + (found["percent"] or "")
    return f"{said}; the nearest is {near.text} ({names.numbers.evaluations[near.evaluation].name})"


def _beside(text: str, number: re.Match[str], terms: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The metric's name that a number belongs to: the nearest one, few words away in the same clause."""
    near: list[tuple[int, re.Match[str]]] = []
    for term in terms:
        is_before = term.end() <= number.start()
        between = text[term.end() : number.start()] if is_before else text[number.end() : term.start()]
        if is_before and text[number.end() : number.end() + 1] in (")", ",", ";"):
            between = _IN_BRACKETS.sub(r"\g<named>", between)
        before = text[: term.start() if is_before else number.start()].split()[-2:]
        words = len(between.split())
        most = MOST_BEFORE if is_before else MOST_AFTER
        is_apart = (
            (between.strip() != ":" and _SEPARATED.search(between))
            or _NEAR.search(between)
            or _NEAR.search(" ".join(before))
            or (is_before and _OF_MANY.search(text[: term.start()]))
        )
        if words <= most and not is_apart and not _SUPPOSED.search(_clause(text, number)):
            near.append((words, term))
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _clause(text: str, number: re.Match[str]) -> str:
    """The clause of a number."""
    before, after = text[: number.start()], text[number.end() :]
    return f"{_CLAUSES.split(before)[-1]} {_CLAUSES.split(after)[0]}"


def _is_other(number: re.Match[str], text: str, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a number is something else than an estimate: of a range, signed, whole, or of a noun."""
    sign = number["sign"] or ""
    is_whole = "." not in number["digits"] and not number["percent"]
    is_of_range = any(start <= number.start("digits") < end for start, end in taken)
    is_compared = bool(sign) and not sign.startswith(("=", "~", "≈"))
    return is_whole or is_of_range or is_compared or _BEHIND.match(text, number.end()) is not None


def _as_share(number: re.Match[str]) -> tuple[float, float]:
    """The number as a share: 91.5 is one in percent whose sign was left out, 4.7 is none."""
    value, half = _value(number)
    is_bare_percent = value >= LEAST_BARE_PERCENT and not number["percent"]
    return (value / 100, half / 100) if is_bare_percent else (value, half)


def _value(number: re.Match[str]) -> tuple[float, float]:
    """The number, and half of its last digit: 91 % is 0.91 within 0.005."""
    digits = number["digits"]
    places = len(digits.partition(".")[2])
    scale = 0.01 if number["percent"] else 1.0
    return float(digits) * scale, 0.5 * 10**-places * scale * (1 + 1e-9) + 1e-12


def _bears_out(row: Number, value: float, half: float) -> bool:
    """Whether an estimate is the number as far as that has digits."""
    return row.value is not None and abs(row.value - value) <= half
