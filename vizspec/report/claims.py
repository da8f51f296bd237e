"""The section on claims: each with its verdict, the numbers that say so, and what would decide it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vizspec.cells.column_texts import Labels
from vizspec.cells.facets import facets_of, shared
from vizspec.claims.record import CaseVerdict, ClaimOutcome, Verdict
from vizspec.report.footnotes import Footnotes
from vizspec.report.material import Material
from vizspec.report.methods import marked_by_method
from vizspec.report.model import Claims, ClaimText
from vizspec.report.number_texts import count_text
from vizspec.report.table import TableColumn, TextTable, said_once, table_of
from vizspec.statistics.intervals import level_text
from vizspec.text.decimals import ends_text, value_text
from vizspec.text.messages import counted

MOST_ROWS = 40

SAID_ONCE = frozenset({"Claim", "n"})
"""Columns that need not stand there where all rows agree."""


def claims(material: Material) -> tuple[Claims, ...]:
    """The section, where the spec has claims."""
    verdicts = material.facts.verdicts
    if not verdicts:
        return ()
    changed = _changed_alike(verdicts)
    listed_verdicts = [replace(verdict, changed=None) for verdict in verdicts] if changed else verdicts
    return (
        Claims(
            tuple(map(claim_text, listed_verdicts)),
            (*changed, *_sentences(verdicts, material.facts.level)),
            _table(verdicts, material.spec.data.labels),
        ),
    )


def _changed_alike(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """When the claims came to stand as they do, where that is one thing of all of several."""
    found = {verdict.changed for verdict in verdicts}
    if len(verdicts) < 2 or len(found) > 1:
        return ()
    return tuple(f"Of each claim: {text[:1].lower()}{text[1:]}" for text in found if text is not None)


def counts_text(verdicts: Sequence[Verdict]) -> str:
    """`of 3 claims 1 is Confirmed, 2 are Inconclusive`."""
    times = Counter(verdict.outcome for verdict in verdicts)
    parts = [counted(times[one], f"is {one}", f"are {one}") for one in ClaimOutcome if times[one]]
    return f"Of {counted(len(verdicts), 'claim')} {', '.join(parts)}"


def claim_text(verdict: Verdict) -> ClaimText:
    """One claim as texts."""
    methods = _methods(verdict)
    numbers = f"{detail(verdict)}, by {methods[0]}" if len(methods) == 1 else detail(verdict)
    return ClaimText(verdict.id, verdict.sentence, verdict.outcome.value, numbers, tuple(_remarks(verdict)))


def _methods(verdict: Verdict) -> Sequence[str]:
    """How the intervals of its combinations were worked out, each once."""
    return list(dict.fromkeys(case.method for case in verdict.cases if case.lower is not None))


def detail(verdict: Verdict) -> str:
    """`9 of 9; least +0.53, 0.34 to 0.68, n = 40`, or why there is no number."""
    if verdict.reason is not None:
        return verdict.reason
    weakest = verdict.weakest
    parts = []
    if len(verdict.cases) > 1:
        parts.append(f"{verdict.confirmed} of {len(verdict.cases)}")
    if weakest is not None:
        extreme = "most" if verdict.is_below else "least"
        parts.append(f"{extreme} {case_text(weakest)}" if len(verdict.cases) > 1 else case_text(weakest))
    elif verdict.cases:
        parts.append(verdict.cases[0].reason or "nothing is known")
    return "; ".join(parts)


def case_text(case: CaseVerdict) -> str:
    """`0.530, 95% CI 0.340 to 0.680, n = 40`."""
    parts = [value_text(case.value)]
    if case.lower is not None and case.upper is not None:
        parts.append(f"{level_text(case.level)} {ends_text(case.lower, case.upper)}")
    if case.n is not None:
        parts.append(f"n = {case.n:,}")
    return ", ".join(parts)


def _remarks(verdict: Verdict) -> Iterator[str]:
    case = verdict.weakest
    if verdict.outcome is ClaimOutcome.INCONCLUSIVE and case is not None:
        yield from _open(case)
    missing = [one for one in verdict.cases if one.outcome is ClaimOutcome.NOT_TESTABLE and one.reason]
    if missing and verdict.outcome is not ClaimOutcome.NOT_TESTABLE:
        where = f" ({missing[0].name})" if missing[0].name else ""
        count = counted(len(missing), "combination is not testable", "combinations are not testable")
        yield f"{count}: {missing[0].reason}{where}."
    alpha = 1 - case.level if case is not None else 0.05
    if (
        verdict.outcome is ClaimOutcome.CONFIRMED
        and verdict.p_adjusted is not None
        and 2 * verdict.p_adjusted > alpha
    ):
        yield "Not so if all claims are taken together (Holm)."
    if verdict.changed is not None:
        yield verdict.changed
    if verdict.why is not None:
        yield f"Expected because: {verdict.why}"


def _open(case: CaseVerdict) -> Iterator[str]:
    """What would decide it."""
    if case.reason is not None:
        yield f"Not decided: {case.reason}."
        return
    if case.detectable is not None:
        yield f"{case.n:,} samples show a difference of {value_text(case.detectable)} in 4 of 5 cases."
    elif case.n is not None:
        yield (
            f"So few of the {case.n:,} samples tell the two apart that no difference would be shown "
            "in 4 of 5 cases."
        )
    if case.needed is not None and case.n is not None and case.needed > case.n:
        yield f"Were {value_text(case.value)} the true value, {case.needed:,} samples would decide it."


def _sentences(verdicts: Sequence[Verdict], level: float) -> Iterator[str]:
    expected = len(verdicts) * (1 - level) / 2
    if len(verdicts) > 1:
        yield (
            f"Each claim is judged at its own level: of {counted(len(verdicts), 'claim')} "
            f"{expected:.1g} falsely Confirmed would be expected if all were only just false."
        )


def _table(verdicts: Sequence[Verdict], labels: Labels) -> TextTable | None:
    """A row a combination, of the claims that have several."""
    rows = [(verdict, case) for verdict in verdicts for case in verdict.cases if len(verdict.cases) > 1]
    if not rows:
        return None
    notes = Footnotes()
    shown = rows[:MOST_ROWS]
    outcomes = tuple(
        notes.marked(notes.marked(case.outcome.value, case.reason), case.note) for _, case in shown
    )
    rest = len(rows) - len(shown)
    more = (f"{counted(rest, 'more row is', 'more rows are')} in results.json.",) if rest > 0 else ()
    intervals = tuple(ends_text(case.lower, case.upper) for _, case in shown)
    by: tuple[str, ...] = ()
    methods = [case.method if case.lower is not None else None for _, case in shown]
    if any(methods) and any(len(_methods(verdict)) > 1 for verdict in verdicts):
        intervals, sentence = marked_by_method(intervals, methods, notes)
        by = (sentence,)
    columns = [
        TableColumn("Claim", tuple(verdict.id for verdict, _ in shown)),
        TableColumn("For", tuple(case.name for _, case in shown)),
        TableColumn("Verdict", outcomes),
        TableColumn("Value", tuple(value_text(case.value) for _, case in shown), "right"),
        TableColumn("Interval", intervals, "right"),
        TableColumn("n", tuple(count_text(case.n) for _, case in shown), "right"),
    ]
    kept, once = said_once(columns, SAID_ONCE)
    facets = [shared(facets_of(cell, labels) for cell in case.cells) for _, case in shown]
    return table_of(kept, (*notes.sentences(), *by, *once, *more), facets)
