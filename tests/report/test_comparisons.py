"""The section on comparisons: a table for each question, with who cannot be told apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.comparisons.make import ACCURACY, a_comparison
from tests.make import a_cell, a_log, a_metric, some_facts
from vizspec.comparisons.questions import Asked
from vizspec.comparisons.record import Comparison, Comparisons, ComparisonTable, Ranked
from vizspec.report.attachments import Attachments
from vizspec.report.comparisons import MOST_ROWS, comparisons, p_text, ranks_text, signed
from vizspec.report.material import Material
from vizspec.report.model import ComparisonPart
from vizspec.spec.model import Spec

RUNS = Asked("match/accuracy", ("run",), (("run", "r8"),), id="runs")


def section(*tables: ComparisonTable, **sections: object) -> tuple[ComparisonPart, ...]:
    spec = Spec.model_validate({"vizspec": 1, **sections})
    facts = replace(some_facts([a_log("r4")]), comparisons=Comparisons(tables))
    found = comparisons(Material(spec, facts, (), Attachments()))
    return found[0].parts if found else ()


def a_table(*rows: Comparison, asked: Asked = RUNS, **named: Any) -> ComparisonTable:
    return ComparisonTable(asked, rows[0].metric if rows else ACCURACY, rows, **named)


def test_there_is_no_section_where_nothing_is_compared() -> None:
    assert section() == ()


def test_a_row_tells_difference_interval_p_and_samples() -> None:
    (part,) = section(a_table(a_comparison(wins=20, losses=10, ties=70)))
    assert part.title == "runs: Match Accuracy by run, against run r8"
    assert part.table is not None
    assert dict(zip(part.table.headers, part.table.rows[0], strict=True)) == {
        "A": "r4",
        "B": "r8",
        "A − B": "+0.100",
        "95% CI": "0.020 to 0.180",
        "p": "0.010",
        "A / B better / tied": "20 / 10 / 70",
        "n": "100",
        "Method": "tango",
    }
    assert part.table.footnotes == ()


def test_what_all_rows_share_is_said_once() -> None:
    (part,) = section(a_table(a_comparison("r4"), a_comparison("r2", method="welch")))
    assert part.table is not None
    assert part.table.headers == ("A", "A − B", "95% CI", "p", "A / B better / tied")
    assert [row[0] for row in part.table.rows] == ["r4", "r2"]
    assert [row[2] for row in part.table.rows] == ["0.020 to 0.180", "0.020 to 0.180 (a)"]
    assert part.table.footnotes == (
        "(a) By welch.",
        "Intervals are by tango where no note says otherwise.",
        "In every row: B is r8, n is 100.",
    )


def test_what_no_row_has_is_left_out_in_silence() -> None:
    rows = (a_comparison(lower=None, upper=None), a_comparison(group="rivers", lower=None, upper=None))
    (part,) = section(a_table(*rows))
    assert part.table is not None
    assert part.table.footnotes == ("In every row: A is r4, B is r8, n is 100.",)


def test_of_two_evaluations_no_ranks_are_told() -> None:
    row = a_comparison()
    ranked = Ranked("", row.metric, (row.a, row.b), ("r4", "r8"), ((1, 2), (1, 2)), (row.a, row.b))
    (part,) = section(a_table(row, ranked=(ranked,)))
    assert part.sentences == ()


def test_groups_and_adjusted_p_values_have_columns_where_there_are_some() -> None:
    rows = (a_comparison(p_adjusted=0.02), a_comparison(group="rivers", p_adjusted=0.0004))
    (part,) = section(a_table(*rows))
    assert part.table is not None
    assert [row[0] for row in part.table.rows] == ["capitals", "rivers"]
    column = part.table.headers.index("p (Holm)")
    assert [row[column] for row in part.table.rows] == ["0.020", "< 0.001"]


def test_what_is_not_judged_or_lost_is_a_footnote() -> None:
    row = a_comparison(no_verdict="only 3 clusters", note="38 of 40 samples paired")
    (part,) = section(a_table(row))
    assert part.table is not None
    assert part.table.rows[0][2] == "+0.100 (a) (b)"
    assert part.table.footnotes == (
        "(a) Not judged: only 3 clusters.",
        "(b) 38 of 40 samples paired.",
    )


def test_a_direction_that_readers_do_not_expect_is_told() -> None:
    (part,) = section(a_table(a_comparison(metric=a_metric("risk_scorer/brier_score"))))
    assert part.table is not None
    assert part.table.footnotes == ("Of Brier Score the lower is the better: below 0, A is better.",)


def test_what_is_not_compared_stands_there_and_what_it_is_for() -> None:
    entry = {"id": "runs", "among": ["run"], "why": "Is a higher rank worth it?"}
    (part,) = section(a_table(left_out=("no two evaluations differ in run",)), comparisons=[entry])
    assert part.table is None
    assert part.sentences == ("Is a higher rank worth it?", "Not compared: no two evaluations differ in run.")


def test_a_long_table_is_cut_and_says_where_the_rest_is() -> None:
    (part,) = section(a_table(*(a_comparison(f"r{n}") for n in range(45))))
    assert part.table is not None
    assert len(part.table.rows) == MOST_ROWS == 40
    assert part.sentences == ("The first 40 of 45 comparisons; comparisons.csv has them all.",)


@pytest.mark.parametrize(
    ("best", "ranks", "expected"),
    [
        (
            (0, 1),
            ((1, 2), (1, 2), (3, 3)),
            "A and B cannot be told apart at the top; ranks: A (1–2), B (1–2), C (3).",
        ),
        ((1,), ((2, 3), (1, 1), (2, 3)), "B is the best; ranks: A (2–3), B (1), C (2–3)."),
    ],
)
def test_ranks_as_a_sentence(
    best: tuple[int, ...], ranks: tuple[tuple[int, int], ...], expected: str
) -> None:
    cells = tuple(a_cell(name) for name in "abc")
    ranked = Ranked("capitals", ACCURACY, cells, ("A", "B", "C"), ranks, tuple(cells[n] for n in best))
    assert ranks_text(ranked) == f"capitals: {expected}"


def test_numbers_as_texts() -> None:
    assert [signed(value) for value in (0.05, -0.05, 0.0, None)] == ["+0.050", "-0.050", "0.000", "-"]
    assert [p_text(p) for p in (0.2, 0.0001, None)] == ["0.200", "< 0.001", "-"]
