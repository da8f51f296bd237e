"""The comparison of the models and the families of metrics: one row a cell, every dash with its reason."""

from __future__ import annotations

from typing import Any

from tests.make import RISK, a_log, a_score, an_experiment
from tests.report.make import a_spec, some_material
from vizspec.logs.record import Log
from vizspec.report.definitions import PARSED_NOTE, class_notes
from vizspec.report.metric_tables import comparison, families
from vizspec.report.model import Tables
from vizspec.report.table import TextTable
from vizspec.risk.classification import ClassifiedSamples


def compared(*logs: Log, **named: Any) -> TextTable:
    (section,) = comparison(some_material(logs, **named))
    (table,) = section.tables
    return table


def family_tables(*scores: Any) -> dict[str, Tables]:
    return {section.title: section for section in families(some_material([a_log("r4", scores=scores)]))}


def test_a_row_has_value_interval_and_n() -> None:
    table = compared(a_log("r4", accuracy=0.8), a_log("r8", accuracy=0.5))
    assert table.headers == ("Model", "Task", "Match Accuracy", "95% CI", "n")
    assert table.rows == (
        ("r4", "capitals", "0.800", "0.711–0.867", "100"),
        ("r8", "capitals", "0.500", "0.404–0.596", "100"),
    )
    assert table.align == ("left", "left", "right", "right", "right")


def test_the_epoch_is_a_column_where_there_are_several() -> None:
    table = compared(a_log("r4", epoch=0), a_log("r4", epoch=1))
    assert table.headers[:3] == ("Model", "Task", "Epoch")
    assert [row[:3] for row in table.rows] == [
        ("r4 (epoch 0)", "capitals", "0"),
        ("r4 (epoch 1)", "capitals", "1"),
    ]


def test_no_two_rows_have_one_label() -> None:
    logs = [a_log(run, task=task) for run in ("r4", "r8") for task in ("a", "b")]
    labels = [row[:2] for row in compared(*logs, experiment=an_experiment(tasks=("a", "b"))).rows]
    assert labels == [("1B (r4)", "a"), ("1B (r4)", "b"), ("1B (r8)", "a"), ("1B (r8)", "b")]


def test_a_label_of_the_spec_is_shown() -> None:
    spec = a_spec(data={"labels": {"model": {"r4": "Rank 4"}}})
    assert compared(a_log("r4"), spec=spec).rows[0][0] == "Rank 4"


def test_what_is_not_known_is_a_dash_with_its_reason() -> None:
    unknown_n = a_log("r8", scores=[a_score(accuracy=0.5, scored=None)], samples=None)
    table = compared(a_log("r4", accuracy=None), unknown_n, a_log("r9", scores=[a_score("grade")]))
    assert [row[2:4] for row in table.rows] == [("- (a)", "-"), ("0.500", "- (c)"), ("- (b)", "-")]
    assert table.footnotes[:3] == (
        "(a) The log holds no finite value.",
        "(b) The log holds no such metric.",
        "(c) Neither a standard error nor the number of samples is known: no interval.",
    )


def test_metrics_of_different_n_have_a_column_of_n_each() -> None:
    scores = [a_score("match", scored=100), a_score("includes", scored=90)]
    table = compared(a_log("r4", scores=scores))
    assert table.headers[2:] == ("Match Accuracy", "95% CI", "n", "Includes Accuracy", "95% CI", "n")
    assert (table.rows[0][4], table.rows[0][7]) == ("100", "90 of 100")


def test_many_metrics_are_spread_over_tables() -> None:
    scores = [a_score(f"s{number}") for number in range(5)]
    (section,) = comparison(some_material([a_log("r4", scores=scores)]))
    assert [len(table.headers) for table in section.tables] == [2 + 3 * 2 + 1, 2 + 2 * 2 + 1]


def test_a_cell_that_a_table_has_no_metric_of_is_named_beneath() -> None:
    table = compared(a_log("r4"), a_log("r8", scores=[]))
    assert len(table.rows) == 1
    assert table.footnotes[-1] == (
        "Without a row, since their logs hold none of these metrics: those of r8 on capitals."
    )


def test_without_an_accuracy_the_comparison_says_so() -> None:
    (section,) = comparison(some_material([a_log("r4", scores=[a_score("fit", metrics={"mae": 1.0})])]))
    assert section.tables == ()
    assert section.sentences == (
        "The logs hold no accuracy metric. The tables below have the metrics that they do hold.",
    )


def test_each_family_stands_under_its_own_heading() -> None:
    found = family_tables(
        a_score("risk_scorer", metrics=RISK),
        a_score("fit", metrics={"mae": 1.0, "r_squared": 0.5}),
        a_score("grade", metrics={"mean": 3.0}),
    )
    assert {title: section.tables[0].headers[2:-1] for title, section in found.items()} == {
        "Calibration & Risk Metrics": ("AUC", "Brier Score", "C-ECE", "R-ECE", "Mean Risk Score"),
        "Regression Metrics": ("MAE", "R²"),
        "Other Metrics": ("Grade",),
    }


def test_a_family_without_metrics_has_no_heading() -> None:
    assert family_tables(a_score()) == {}


def test_a_family_says_which_way_is_better() -> None:
    table = family_tables(a_score("fit", metrics={"mae": 1.0, "r_squared": 0.5}))[
        "Regression Metrics"
    ].tables[0]
    assert "Higher is better: R²." in table.footnotes
    assert "Lower is better: MAE." in table.footnotes


def test_a_familys_cell_holds_value_and_interval() -> None:
    score = a_score("grade", metrics={"mean": 0.5}, stderr=0.1)
    table = family_tables(score)["Other Metrics"].tables[0]
    assert table.rows[0][2:] == ("0.500 (0.302–0.698)", "100")


def test_a_familys_cells_hold_their_n_where_it_differs() -> None:
    scores = [a_score("x", metrics={"f1": 0.5}, scored=90), a_score("y", metrics={"f2": 0.5}, scored=80)]
    table = family_tables(*scores)["Other Metrics"].tables[0]
    assert table.headers == ("Model", "Task", "X F1", "Y F2")
    assert table.rows[0][2:] == ("0.500 (n = 90 of 100) (a)", "0.500 (n = 80 of 100) (a)")


def test_a_value_outside_its_range_is_shown_with_the_remark() -> None:
    scores = [a_score("risk", metrics={"auc_score": 1.5})]
    table = family_tables(*scores)["Calibration & Risk Metrics"].tables[0]
    assert table.rows[0][2:3] == ("1.500 (a)",)
    assert table.footnotes[0] == "(a) Outside the range of AUC: no interval."


def test_beside_a_parse_rate_below_one_each_n_is_explained() -> None:
    def notes(*rates: float) -> tuple[str, ...]:
        scores = [a_score("fit", metrics={"mae": 1.0, "parse_rate": rate}) for rate in rates]
        logs = [a_log(f"r{place}", scores=[score]) for place, score in enumerate(scores)]
        (section,) = families(some_material(logs))
        return tuple(note for note in section.tables[0].footnotes if "parsed" in note)

    assert notes(1.0) == ()
    assert notes(0.92) == notes(0.9, 1.0) == (PARSED_NOTE,)


def test_the_n_of_an_error_is_that_of_the_parsed_samples() -> None:
    fit = a_score("fit", metrics={"mae": 1.0, "parse_rate": 0.92})
    (section,) = families(some_material([a_log("r4", scores=[fit])]))
    assert section.tables[0].rows[0][2:] == ("1.000 (n = 92 of 100) (a)", "0.920 (0.850–0.959, n = 100)")


def test_a_parse_rate_alone_is_over_all_scored_samples() -> None:
    (section,) = families(some_material([a_log("r4", scores=[a_score("fit", metrics={"parse_rate": 0.9})])]))
    assert not any("parsed" in note for note in section.tables[0].footnotes)


def test_the_positive_class_of_a_classification_is_told_once() -> None:
    logs = [a_log(run, scores=[a_score("classification", metrics={"f1": 0.5})]) for run in ("r4", "r8")]
    cells = some_material(logs).facts.cells
    answers = {cell: ClassifiedSamples("yes", (True, False), (True, True)) for cell in cells}
    (section,) = families(some_material(logs, answers=answers))
    footnote = "The positive class is 'yes'. An answer that is wrong counts as the other class."
    assert (section.title, footnote in section.tables[0].footnotes) == ("Classification Metrics", True)


def test_positive_classes_that_differ_are_told_with_the_evaluations() -> None:
    assert class_notes({"r4 on a": "1", "r8 on a": "1", "r4 on b": "yes"}) == (
        "The positive class is '1' of r4 on a, r8 on a; 'yes' of r4 on b. "
        "An answer that is wrong counts as the other class.",
    )
    assert class_notes({}) == ()
