"""Rows of data frames become records."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.make import some_estimates
from vizspec.cells.select_logs import select_logs
from vizspec.logs.find import FoundLog, find_logs
from vizspec.logs.read import read_log, read_logs
from vizspec.logs.read_frame import NoEvaluations, logs_of_frame
from vizspec.logs.record import Log, Status
from vizspec.statistics.method import Method

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "inspect_viz"


def logs_of(**columns: list[Any]) -> tuple[Log, ...]:
    return logs_of_frame(pd.DataFrame(columns), "frame.csv")


def log_of(**cells: Any) -> Log:
    (log,) = logs_of(**{name: [cell] for name, cell in cells.items()})
    return log


def test_a_frame_of_real_logs_gives_the_records_that_the_logs_give(real_logs: Path, tmp_path: Path) -> None:
    from inspect_ai.analysis import evals_df

    frame = evals_df([str(real_logs / "good.eval"), str(real_logs / "bad.eval")], quiet=True)
    frame.to_parquet(tmp_path / "frame.parquet")
    frame.to_csv(tmp_path / "frame.csv", index=False)
    direct = [read_log(FoundLog(name, real_logs / name)) for name in ("good.eval", "bad.eval")]
    for name in ("frame.csv", "frame.parquet"):
        rows = read_logs(find_logs([name], tmp_path).files)
        for row, log in zip(rows, direct, strict=True):
            assert row.status is log.status
            assert (row.eval_id, row.created, row.task, row.model) == (
                log.eval_id,
                log.created,
                log.task,
                log.model,
            )
            assert (row.vis_label, row.checkpoint, row.epochs, row.version) == ("16", 1, 2, log.version)
            assert row.metadata == log.metadata
            assert [(s.scorer, s.metrics, s.stderr, s.scored) for s in row.scores] == [
                (s.scorer, s.metrics, s.stderr, s.scored) for s in log.scores
            ]
        assert (rows[0].samples, rows[0].completed) == (6, 12)
        assert rows[1].reason is not None
        assert "the model server is gone" in rows[1].reason


def test_each_row_has_a_location_of_its_own_and_the_frames_digest(tmp_path: Path) -> None:
    path = tmp_path / "frame.csv"
    path.write_text("model,score_match_accuracy\nm1,0.5\nm2,0.25\n")
    first, second = read_logs([FoundLog("frames/frame.csv", path, run="r4")])
    assert (first.location, second.location) == ("frames/frame.csv#1", "frames/frame.csv#2")
    assert first.sha256 == second.sha256 is not None
    assert first.run == "r4"


def test_what_a_frame_lacks_is_none() -> None:
    log = log_of(model_display_name="Claude", score_headline_value=0.25)
    assert (log.status, log.model, log.task, log.run, log.created) == (
        Status.SUCCESS,
        "Claude",
        None,
        None,
        None,
    )
    assert (log.samples, log.completed, log.scores[0].scored, log.scores[0].stderr) == (
        None,
        None,
        None,
        None,
    )
    assert log.task_args == {}


def test_the_headline_is_a_score_where_it_is_all_there_is() -> None:
    log = log_of(model="m", score_headline_value=0.25, score_headline_stderr=0.02)
    assert [(s.scorer, s.metrics, s.stderr) for s in log.scores] == [("headline", {"value": 0.25}, 0.02)]


def test_the_headline_is_no_second_score_beside_one_that_all_rows_have() -> None:
    logs = logs_of(score_headline_value=[0.2, 0.3], score_match_accuracy=[0.2, 0.3])
    assert [[s.scorer for s in log.scores] for log in logs] == [["match"], ["match"]]


def test_the_headline_joins_rows_that_have_no_scorer_in_common() -> None:
    metrics = ["accuracy", "accuracy"]
    logs = logs_of(
        score_headline_value=[0.2, 0.3],
        score_headline_metric=metrics,
        score_match_accuracy=[0.2, None],
        score_choice_accuracy=[None, 0.3],
    )
    assert [[(s.scorer, s.metrics) for s in log.scores] for log in logs] == [
        [("match", {"accuracy": 0.2}), ("headline", {"accuracy": 0.2})],
        [("choice", {"accuracy": 0.3}), ("headline", {"accuracy": 0.3})],
    ]


def of_two_scorers(**columns: list[Any]) -> list[set[str]]:
    """The scorers of two rows without one in common, whose headlines are told as in the columns."""
    logs = logs_of(
        score_headline_value=[0.2, 0.3],
        score_match_accuracy=[0.2, None],
        score_judge_mean=[None, 0.3],
        **columns,
    )
    return [{score.scorer for score in log.scores} for log in logs]


def test_a_headline_that_is_a_metric_of_its_own_row_everywhere_is_no_second_source_of_it() -> None:
    scorers, metrics = ["match", "judge"], ["accuracy", "mean"]
    scorers_of_rows = of_two_scorers(score_headline_name=scorers, score_headline_metric=metrics)
    assert scorers_of_rows == [{"match"}, {"judge"}]


@pytest.mark.parametrize(
    ("scorers", "metrics"),
    [
        (["match", None], ["accuracy", "mean"]),
        (["match", "judge"], ["accuracy", None]),
        (["match", "other"], ["accuracy", "mean"]),
        (["match", "judge"], ["accuracy", "median"]),
    ],
)
def test_a_headline_that_some_row_has_nowhere_else_stays(
    scorers: list[str | None], metrics: list[str | None]
) -> None:
    scorers_of_rows = of_two_scorers(score_headline_name=scorers, score_headline_metric=metrics)
    assert scorers_of_rows == [{"match", "headline"}, {"judge", "headline"}]


def test_a_headline_that_differs_from_the_metric_it_names_stays() -> None:
    logs = logs_of(
        score_headline_value=[0.2, 0.9],
        score_headline_name=["match", "judge"],
        score_headline_metric=["accuracy", "mean"],
        score_match_accuracy=[0.2, None],
        score_judge_mean=[None, 0.3],
    )
    assert all("headline" in {score.scorer for score in log.scores} for log in logs)


def test_a_headline_that_is_an_accuracy_in_all_rows_has_its_range_and_its_interval() -> None:
    logs = logs_of(
        model=["m1", "m2"],
        score_headline_value=[14 / 15, 0.8],
        score_headline_metric=["accuracy", "accuracy"],
        score_headline_stderr=[(14 / 15 * (1 / 15) / 29) ** 0.5, (0.16 / 29) ** 0.5],
        total_samples=[30, 30],
        completed_samples=[30, 30],
    )
    rows = some_estimates(select_logs(logs, epochs="all").cells).rows
    assert [(row.metric.id, row.method) for row in rows] == [("headline/accuracy", Method.WILSON)] * 2
    assert all(row.upper is not None and row.upper < 1 for row in rows)


def test_missing_values_of_a_scorer_that_ran_are_none_and_other_scorers_are_left_out() -> None:
    log = log_of(
        score_risk_scorer_auc_score=math.nan,
        score_risk_scorer_brier_score=0.2,
        score_match_accuracy=None,
        score_match_stderr=None,
    )
    assert [(s.scorer, s.metrics) for s in log.scores] == [
        ("risk_scorer", {"auc_score": None, "brier_score": 0.2})
    ]


BARE, PREFIXED = "score_risk_scorer_auc_score", "score_risk_scorer_cruijff_kit/auc_score"


@pytest.mark.parametrize("order", [(BARE, PREFIXED), (PREFIXED, BARE)])
def test_two_spellings_of_a_metric_are_one_and_the_bare_one_counts_where_they_differ(
    order: tuple[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    columns = {BARE: [0.7, None, 0.6, None], PREFIXED: [None, 0.8, 0.9, None]}
    logs = logs_of(**{name: columns[name] for name in order}, score_match_accuracy=[0.5] * 4)
    aucs = [[s.metrics for s in log.scores if s.scorer == "risk_scorer"] for log in logs]
    assert aucs == [[{"auc_score": 0.7}], [{"auc_score": 0.8}], [{"auc_score": 0.6}], []]
    assert all(log.columns == {} for log in logs)
    assert caplog.messages == [
        f"frame.csv#3: '{BARE}' is 0.6 and '{PREFIXED}' is 0.9: the first is taken",
    ]


def test_a_headline_named_with_its_package_is_no_second_metric() -> None:
    logs = logs_of(
        **{BARE: [0.7, None], PREFIXED: [None, 0.8]},
        score_headline_value=[0.7, 0.8],
        score_headline_metric=["auc_score", "cruijff_kit/auc_score"],
    )
    assert [[(s.scorer, s.metrics) for s in log.scores] for log in logs] == [
        [("risk_scorer", {"auc_score": 0.7})],
        [("risk_scorer", {"auc_score": 0.8})],
    ]
    (alone,) = logs_of(score_headline_value=[0.7], score_headline_metric=["cruijff_kit/auc_score"])
    assert alone.scores[0].metrics == {"auc_score": 0.7}


def test_a_row_without_offset_is_utc_whether_its_time_is_text_or_a_timestamp() -> None:
    for created in (
        "2026-01-29 10:00:00",
        pd.Timestamp("2026-01-29 10:00"),
        pd.Timestamp("2026-01-29 10:00Z"),
    ):
        log = log_of(model="m", created=created, score_match_accuracy=1.0)
        assert log.created == datetime(2026, 1, 29, 10, tzinfo=UTC)


def test_task_arguments_lose_their_gaps_and_whole_numbers_their_point() -> None:
    first, second = logs_of(
        score_match_accuracy=[0.5, 0.5],
        task_arg_vis_label=[16.0, math.nan],
        task_arg_temperature=[1.0, 0.0],
        task_arg_hint=[True, False],
    )
    assert (first.vis_label, second.vis_label) == ("16", None)
    assert first.task_args == {"vis_label": 16, "temperature": 1.0, "hint": True}
    assert second.task_args == {"temperature": 0.0, "hint": False}


def test_a_label_in_a_csv_keeps_its_leading_zero(tmp_path: Path) -> None:
    path = tmp_path / "frame.csv"
    path.write_text("model,task_arg_vis_label,score_match_accuracy\nm,01,0.5\n")
    (log,) = read_logs([FoundLog("frame.csv", path)])
    assert log.vis_label == "01"


@pytest.mark.parametrize("text", ["{broken", "[1]", None, math.nan])
def test_metadata_that_is_no_mapping_is_empty(text: object) -> None:
    assert log_of(metadata=text, score_match_accuracy=0.5).metadata == {}


def test_columns_that_the_preparation_adds_count_as_metadata() -> None:
    first, second = logs_of(
        score_match_accuracy=[0.5, 0.5],
        epoch=[0, math.nan],
        source_model=["Llama", None],
        metadata=['{"is_finetuned": true}', None],
    )
    assert (first.checkpoint, first.metadata["source_model"], first.metadata["is_finetuned"]) == (
        0,
        "Llama",
        True,
    )
    assert (second.checkpoint, second.metadata) == (None, {})


@pytest.mark.parametrize(
    ("cells", "scored"),
    [
        ({"total_samples": 50, "completed_samples": 50, "epochs": 1}, 50),
        ({"total_samples": 100, "completed_samples": 100, "epochs": 2}, 50),
        ({"total_samples": 50, "completed_samples": 49, "epochs": 1}, None),
        ({"total_samples": 50, "completed_samples": 50}, 50),
        ({"completed_samples": 50}, None),
        ({}, None),
    ],
)
def test_scored_samples_are_known_where_all_were_completed(cells: dict[str, int], scored: int | None) -> None:
    assert log_of(score_match_accuracy=0.5, **cells).scores[0].scored == scored


def test_counts_of_0_are_known_where_no_number_speaks_against_them() -> None:
    counts = {"total_samples": 0, "completed_samples": 0}
    assert log_of(score_match_accuracy=0.0, **counts).samples == 0
    assert log_of(score_match_accuracy=0.5, **counts).samples is None


def test_a_count_without_epochs_is_not_trusted_where_the_standard_error_speaks_of_repeats() -> None:
    counts = {"total_samples": 100, "completed_samples": 100, "score_match_accuracy": 0.5}
    agreeing = log_of(score_match_stderr=math.sqrt(0.25 / 99), **counts)
    repeated = log_of(score_match_stderr=math.sqrt(0.25 / 49), **counts)
    assert (agreeing.scores[0].scored, repeated.scores[0].scored) == (100, None)


def test_the_status_of_a_row_is_told() -> None:
    logs = logs_of(
        status=["success", "error", "started", "cancelled"],
        error_message=[None, "it broke\nbadly", None, None],
        score_match_accuracy=[0.5, None, None, None],
    )
    assert [(log.status, log.reason) for log in logs] == [
        (Status.SUCCESS, None),
        (Status.ERROR, "the evaluation's status is 'error': it broke"),
        (Status.UNFINISHED, "the evaluation's status is 'started'"),
        (Status.CANCELLED, "the evaluation's status is 'cancelled'"),
    ]


def test_further_columns_are_kept_as_plain_values() -> None:
    log = log_of(
        **{"Unnamed: 0": 0},
        score_match_accuracy=0.5,
        model="m",
        score_headline_value=0.5,
        log_viewer="https://logs/1",
        frontier=True,
        released=pd.Timestamp("2025-01-02"),
        note=None,
    )
    assert log.columns == {
        "score_headline_value": 0.5,
        "log_viewer": "https://logs/1",
        "frontier": True,
        "released": datetime(2025, 1, 2),
        "note": None,
    }


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"sample_id": ["a"], "score_match": [1.0]}, "it holds samples, not evaluations"),
        ({"sample_id": ["a"], "message_id": ["b"]}, "it holds messages, not evaluations"),
        ({"model": ["m"], "value": [1.0]}, "it has no column of scores"),
        ({"model": [], "score_match_accuracy": []}, "it has no rows"),
    ],
)
def test_a_frame_that_holds_no_evaluations_says_what_it_holds(
    columns: dict[str, list[Any]], reason: str
) -> None:
    with pytest.raises(NoEvaluations, match=reason):
        logs_of(**columns)


def test_a_frame_that_cannot_be_read_is_one_unreadable_record(tmp_path: Path) -> None:
    files: dict[str, Callable[[Path], object]] = {
        "empty.csv": lambda path: path.write_text(""),
        "binary.csv": lambda path: path.write_bytes(bytes(range(256))),
        "text.parquet": lambda path: path.write_text("no parquet"),
        "empty.parquet": lambda path: path.write_bytes(b""),
        "folder.csv": lambda path: path.mkdir(),
        "plain.csv": lambda path: path.write_text("a,b\n1,2\n"),
    }
    for name, write in files.items():
        write(tmp_path / name)
        (log,) = read_logs([FoundLog(name, tmp_path / name)])
        assert (log.status, log.location) == (Status.UNREADABLE, name)
        assert log.reason


@pytest.mark.skipif(not SHARED.exists(), reason="the shared frames are not beside the checkout")
def test_the_frames_of_inspect_viz_are_read() -> None:
    logs = read_logs(
        find_logs(["*.csv", "evals.parquet", "agi-lsat-ar.parquet", "benchmarks.parquet"], SHARED).files
    )
    by_frame = {
        name: [log for log in logs if log.location.startswith(name)] for name in ("agi", "evals", "scores")
    }
    assert {log.status for log in logs} == {Status.SUCCESS}
    assert len(logs) == 13 + 20 + 12 + 249
    assert {(s.scorer, *s.metrics, s.scored) for log in by_frame["agi"] for s in log.scores} == {
        ("choice", "accuracy", 50)
    }
    assert not any("headline" in {s.scorer for s in log.scores} for log in by_frame["evals"])
    assert {log.task_args["hint"] for log in by_frame["scores"]} == {True, False}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("82.5%", "score_match_accuracy holds text ('82.5%'), not numbers: write 0.825"),
        ("0,825", "score_match_accuracy holds text ('0,825'), not numbers: write 0.825"),
        ("high", "score_match_accuracy holds text ('high'), not numbers"),
    ],
)
def test_scores_that_are_texts_are_told_with_the_number_that_is_meant(value: str, why: str) -> None:
    with pytest.raises(NoEvaluations) as raised:
        log_of(model="m", task_name="t", score_match_accuracy=value)
    assert str(raised.value) == why


def test_texts_among_numbers_and_dates_of_another_form_are_warned_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    logs = logs_of(score_match_accuracy=["0.5%", 0.25], created=["31.01.2026", "2026-01-31"])
    assert [log.created is None for log in logs] == [True, False]
    assert [record.getMessage() for record in caplog.records] == [
        "frame.csv: score_match_accuracy holds text ('0.5%'), not numbers: write 0.005",
        "frame.csv: created holds '31.01.2026', not a date such as 2026-01-31: which log is newer is "
        "not known",
    ]


def test_one_text_among_numbers_costs_no_number_and_is_the_one_that_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lines = ("model,task_name,score_match_accuracy,total_samples", "a,q,0.5,50", 'b,q,abc,"1,000"')
    (tmp_path / "frame.csv").write_text("\n".join(lines), encoding="utf-8")
    logs = read_logs(find_logs(["frame.csv"], tmp_path).files)
    assert [[score.metrics["accuracy"] for score in log.scores] for log in logs] == [[0.5], []]
    assert [log.samples for log in logs] == [50, None]
    assert [record.getMessage() for record in caplog.records] == [
        "frame.csv: score_match_accuracy holds text ('abc'), not numbers",
        "frame.csv: total_samples holds text ('1,000'), not numbers: write 1000",
    ]


def test_a_number_that_no_float_holds_is_text(tmp_path: Path) -> None:
    lines = ("model,task_name,score_match_accuracy", "a,q,0.5", f"b,q,{'9' * 399}", "c,q,abc")
    (tmp_path / "frame.csv").write_text("\n".join(lines), encoding="utf-8")
    logs = read_logs(find_logs(["frame.csv"], tmp_path).files)
    assert [[score.metrics["accuracy"] for score in log.scores] for log in logs] == [[0.5], [], []]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        ("model,score_match_accuracy\nm\xfc,0.5\n".encode("latin-1"), "it is not UTF-8 text"),
    ],
)
def test_an_empty_file_and_one_of_another_encoding_are_called_so(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "frame.csv").write_bytes(content)
    (log,) = read_logs(find_logs(["frame.csv"], tmp_path).files)
    assert (log.reason or "").startswith(reason)


@pytest.mark.parametrize(("separator", "name"), [(";", "';'"), ("\t", "tabs"), ("|", "'|'")])
def test_columns_with_another_separator_are_told(separator: str, name: str, tmp_path: Path) -> None:
    lines = (separator.join(("model", "score_match_accuracy")), separator.join(("m", "0,8")))
    (tmp_path / "frame.csv").write_text("\n".join(lines), encoding="utf-8")
    (log,) = read_logs(find_logs(["frame.csv"], tmp_path).files)
    assert log.reason == (
        f"the columns seem to be separated by {name}: "
        "save it with commas between columns, and points in numbers"
    )


def test_the_score_that_a_row_names_as_its_headline_comes_first_as_in_its_log() -> None:
    log = log_of(
        score_headline_name="rouge",
        score_headline_metric="f",
        score_headline_value=0.5,
        score_judge_mean=4.0,
        score_rouge_a=0.4,
        score_rouge_f=0.5,
    )
    assert [(score.scorer, list(score.metrics)) for score in log.scores] == [
        ("rouge", ["f", "a"]),
        ("judge", ["mean"]),
    ]
