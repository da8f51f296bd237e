"""Wide tables: split between columns that belong together, with the names of the rows in each part."""

from __future__ import annotations

from vizspec.report.narrow_tables import Listing, narrowed, rule
from vizspec.report.table import TableColumn, TextTable, table_of

NAMES = [TableColumn("Model", ("forest", "logistic")), TableColumn("Epoch", ("1", "-"), "right")]


def scores(metric: str) -> list[TableColumn]:
    return [
        TableColumn(metric, ("0.850", "0.700"), "right"),
        TableColumn("95% CI", ("0.752–0.914", "0.585–0.795"), "right", belongs=True),
    ]


def headers(table: TextTable, most: int) -> list[tuple[str, ...]]:
    return [part.headers for part in narrowed(table, most) if isinstance(part, TextTable)]


def test_a_narrow_table_is_left_as_it_is() -> None:
    table = table_of([*NAMES, *scores("AUC")])
    assert narrowed(table) == (TextTable(table.headers, table.rows, table.align),)


def test_a_wide_table_is_split_between_what_belongs_together() -> None:
    table = table_of([*NAMES, *scores("AUC"), *scores("Brier"), *scores("ECE")])
    assert headers(table, 60) == [
        ("Model", "Epoch", "AUC", "95% CI"),
        ("Model", "Epoch", "Brier", "95% CI"),
        ("Model", "Epoch", "ECE", "95% CI"),
    ]
    assert headers(table, 70)[0] == ("Model", "Epoch", "AUC", "95% CI", "Brier", "95% CI")


def test_a_later_part_leaves_out_the_rows_of_which_it_has_nothing() -> None:
    brier = [
        TableColumn("Brier", ("- (a)", "0.100"), "right"),
        TableColumn("95% CI", ("-", "0.050–0.150"), "right", belongs=True),
        TableColumn("n", ("40", "37"), "right", belongs=True),
    ]
    first, second = narrowed(table_of([*NAMES, *scores("AUC"), *brier]), 60)
    assert isinstance(first, TextTable)
    assert isinstance(second, TextTable)
    assert [row[0] for row in first.rows] == ["forest", "logistic"]
    assert second.rows == (("logistic", "-", "0.100", "0.050–0.150", "37"),)


def test_texts_that_are_too_long_beside_the_names_become_lines() -> None:
    long = TableColumn("Remark", ("x" * 50, "y" * 50))
    table = table_of([NAMES[0], TableColumn("n", ("40", "37"), "right"), long])
    first, lines = narrowed(table, 50)
    assert first == TextTable(("Model", "n"), (("forest", "40"), ("logistic", "37")), ("left", "right"))
    assert lines == Listing((("forest", f"Remark: {'x' * 50}"), ("logistic", f"Remark: {'y' * 50}")))


def test_a_line_says_of_a_number_that_it_is_an_epoch() -> None:
    long = TableColumn("Remark", ("x" * 50, "y" * 50))
    assert narrowed(table_of([*NAMES, long]), 50) == (
        Listing((("forest, epoch 1", f"Remark: {'x' * 50}"), ("logistic", f"Remark: {'y' * 50}"))),
    )


def test_the_rule_is_as_wide_as_the_columns() -> None:
    assert rule(table_of(NAMES)) == "| -------- | ----: |"
    assert rule(table_of([TableColumn("n", ("1",))])) == "| --- |"


def test_where_a_page_has_no_room_the_rule_leaves_each_column_its_longest_word() -> None:
    claims = TableColumn("Claim", ("bayes_behind_logistic", "forest_is_best"))
    cases = TableColumn("For", ("Surface, naive-bayes", "Size"))
    verdicts = TableColumn("Verdict", ("Inconclusive", "Not testable (a)"))
    ends = TableColumn("Interval", ("-0.179 to 0.067", "-0.173 to 0.121"), "right")
    found = [len(mark) for mark in rule(table_of([claims, cases, verdicts, ends])).strip("| ").split(" | ")]
    assert sum(found) <= 66 - 4 * 2.3
    assert all(width >= word for width, word in zip(found, (21, 8, 12, 8), strict=True)), found


def test_words_that_no_page_has_room_for_leave_the_other_columns_theirs() -> None:
    table = table_of([TableColumn("Log", ("x" * 90,)), TableColumn("Fate", ("superseded",))])
    assert rule(table) == f"| {'-' * 51} | {'-' * 10} |"
