"""`results.csv` and `results.json` hold every estimate, with the same numbers."""

from __future__ import annotations

import csv
import json
import math
from io import StringIO
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.make import a_cell, a_log, a_score, an_estimate, some_facts
from vizspec.estimates.results import COLUMNS, result_rows, results_csv
from vizspec.estimates.table import Estimates
from vizspec.text.records import json_text


def test_the_columns_are_those_promised() -> None:
    assert ",".join(COLUMNS) == (
        "run,model,task,vis_label,epoch,metric,family,value,lower,upper,stderr,n,n_samples,method,log,"
        "condition,noise,unbiased"
    )


def test_a_row_is_a_metric_of_a_cell() -> None:
    logs = [a_log("r4", "1B", epoch=1, vis_label=16, accuracy=0.1 + 0.2), a_log("r8", "1B", accuracy=None)]
    assert results_csv(some_facts(logs).table) == (
        "run,model,task,vis_label,epoch,metric,family,value,lower,upper,stderr,n,n_samples,method,log,"
        "condition,noise,unbiased\n"
        "r4,1B,capitals,16,1,match/accuracy,accuracy,0.30000000000000004,"
        "0.21894885294932764,0.39584854633346667,,100,100,wilson,r4/eval/capitals_16_1/logs/a.eval,,,\n"
        "r8,1B,capitals,,,match/accuracy,accuracy,,,,,100,100,none,r8/eval/capitals/logs/a.eval,,,\n"
    )


def test_json_has_null_for_what_is_not_known() -> None:
    (row,) = rows_in_json(some_facts([a_log(None, "1B", accuracy=None)]).table)
    assert list(row) == list(COLUMNS)
    assert (row["run"], row["epoch"], row["value"], row["n"]) == (None, None, None, 100)


def test_rows_are_sorted_whatever_the_order_of_the_logs() -> None:
    scores = [a_score("match"), a_score("includes")]
    logs = [a_log(run, "1B", task, scores=scores) for run in ("r16", "r4", "r8") for task in ("b", "a")]
    rows = rows_in_json(some_facts(logs).table)
    places = [(row["run"], row["task"], row["metric"]) for row in rows]
    assert places == [
        (run, task, f"{scorer}/accuracy")
        for run in ("r4", "r8", "r16")
        for task in ("a", "b")
        for scorer in ("includes", "match")
    ]


def rows_in_json(table: Estimates) -> Any:
    return json.loads(json_text({"estimates": result_rows(table)}), parse_constant=_refuse)["estimates"]


@given(st.floats(), st.text(max_size=8))
@example(0.0, "\0")
def test_no_number_and_no_label_breaks_a_file(value: float, label: str) -> None:
    cell = a_cell(label or "r", label or "m")
    table = Estimates(0.95, (an_estimate(cell, value=value, lower=value, upper=value),))
    (row,) = rows_in_json(table)
    (read,) = csv.DictReader(StringIO(results_csv(table), newline=""))
    expected = value if math.isfinite(value) else None
    assert row["value"] == expected
    assert (float(read["value"]) if read["value"] else None) == expected
    assert row["run"] == cell.run
    run = (cell.run or "").replace("\0", "\ufffd")  # CSV readers stop at a zero byte
    assert read["run"] in (run, f"'{run}")


def test_half_characters_are_replaced() -> None:
    table = some_facts([a_log("r\ud800", "1B")]).table
    assert "r?" in results_csv(table)
    json_text({"estimates": result_rows(table)}).encode()


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def test_a_calibration_error_has_the_noise_that_it_stands_out_from() -> None:
    known = an_estimate(a_cell("r", "m"), value=0.2, noise=0.15, unbiased=0.08)
    (row,) = rows_in_json(Estimates(0.95, (known,)))
    assert (row["noise"], row["unbiased"]) == (0.15, 0.08)


def test_rows_of_a_sweep_are_told_apart_by_their_condition() -> None:
    logs = [
        a_log(None, "1B", location=str(scale), task_args={"scale": scale}, generate={"seed": 7})
        for scale in (1.2, 2.0)
    ]
    assert [row.condition for row in result_rows(some_facts(logs).table)] == [
        "task_args.scale=1.2",
        "task_args.scale=2.0",
    ]
