"""Comparisons as rows of files."""

from __future__ import annotations

import csv
from io import StringIO

from tests.comparisons.make import ACCURACY, a_comparison
from vizspec.comparisons.questions import Asked
from vizspec.comparisons.record import Comparisons, ComparisonTable, SamplePairing
from vizspec.comparisons.results import ComparisonRow, comparison_rows, disagreement_rows
from vizspec.statistics.intervals import Interval
from vizspec.text.records import csv_text

SAMPLES = SamplePairing(38, ("a",), (), (), ("b",), ("17",), "id", right_a=("x/1",), right_b=("3",))
ROW = a_comparison(samples=SAMPLES, together=Interval(0.01, 0.19), p_adjusted=0.02, wins=1, losses=1, ties=36)
TABLES = Comparisons((ComparisonTable(Asked("match/accuracy", ("run",), id="runs"), ACCURACY, (ROW,)),))


def test_a_row_tells_the_difference_and_the_samples_behind_it() -> None:
    (row,) = csv.DictReader(StringIO(csv_text(ComparisonRow, comparison_rows(TABLES))))
    assert row["id"] == "runs"
    assert (row["a"], row["b"], row["metric"]) == ("r4", "r8", "match/accuracy")
    assert (row["difference"], row["lower"], row["upper"]) == ("0.1", "0.02", "0.18")
    assert (row["p"], row["p_adjusted"], row["lower_together"]) == ("0.01", "0.02", "0.01")
    assert (row["n_shared"], row["only_a"], row["failed"], row["changed"]) == ("38", "1", "1", "1")
    assert (row["log_a"], row["no_verdict"]) == ("r4/eval/capitals/logs/a.eval", "")


def test_every_sample_that_one_side_alone_has_right_can_be_opened() -> None:
    first, second = disagreement_rows(TABLES)
    assert (first.sample, first.right, first.wrong) == ("x/1", "r4", "r8")
    assert (second.sample, second.right, second.wrong) == ("3", "r8", "r4")
    assert first.open_wrong == (
        "inspect view --log-dir r8/eval/capitals/logs"
        "  # http://127.0.0.1:7575/#/logs/a.eval/samples/sample/x%2F1/1"
    )


def test_different_samples_disagree_on_none() -> None:
    row = a_comparison(samples=SamplePairing(matched_by=None, right_a=("1",)))
    assert disagreement_rows(Comparisons((ComparisonTable(Asked("m"), ACCURACY, (row,)),))) == ()
