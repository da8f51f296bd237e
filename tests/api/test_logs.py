"""The public functions over log files and frames."""

from __future__ import annotations

import json
import logging
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from vizspec.api.logs import (
    deduplicate_eval_files,
    evals_df_prep,
    parse_eval_metadata,
    sanitize_columns_for_viz,
)
from vizspec.logs.read_frame import logs_of_frame


def write_log(path: Path, created: str, *, status: str = "success", **parts: Any) -> str:
    spec = {
        "created": created,
        "task": "income",
        "model": "hf/local",
        "dataset": {"samples": 4, "sample_ids": [1, 2, 3, 4]},
        "config": {"epochs": 1},
    }
    metrics = {"accuracy": {"name": "accuracy", "value": 0.5}}
    scores = [{"name": "match", "scorer": "match", "metrics": metrics}]
    results = {"total_samples": 4, "completed_samples": 4, "scores": scores}
    header = {"version": 2, "status": status, "eval": spec | parts, "plan": {}, "stats": {}}
    header |= {"results": results} if status == "success" else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", 93) as archive:
        archive.writestr("header.json", json.dumps(header))
    return str(path)


def test_of_equal_evaluations_the_newest_by_its_own_time_is_kept(tmp_path: Path) -> None:
    old = write_log(tmp_path / "2026-03-01.eval", "2026-01-29T10:00:00+00:00")
    new = write_log(tmp_path / "2026-01-01.eval", "2026-01-29T06:00:00-05:00")
    assert deduplicate_eval_files([old, new]) == ([new], [old])


def test_a_newer_failed_log_does_not_replace_a_good_one(tmp_path: Path) -> None:
    good = write_log(tmp_path / "a.eval", "2026-01-29T10:00:00+00:00")
    failed = write_log(tmp_path / "b.eval", "2026-01-30T10:00:00+00:00", status="error")
    assert deduplicate_eval_files([good, failed]) == ([good], [failed])


def test_conditions_that_differ_in_any_part_of_the_design_are_all_kept_newest_first(tmp_path: Path) -> None:
    differing: list[dict[str, Any]] = [
        {},
        {"task": "health"},
        {"task_args": {"vis_label": 16}},
        {"metadata": {"epoch": 1}},
        {"metadata": {"source_model": "Llama"}},
        {"model": "hf/other"},
    ]
    files = [
        write_log(tmp_path / f"{at}.eval", f"2026-01-{at + 10}T10:00:00+00:00", **parts)
        for at, parts in enumerate(differing)
    ]
    runs = [
        write_log(tmp_path / run / "eval" / folder / "a.eval", f"2026-02-1{at}T10:00:00+00:00")
        for at, (run, folder) in enumerate([("r4", "logs"), ("r8", "income_epoch0/logs")])
    ]
    assert deduplicate_eval_files([*files, *runs]) == ([*reversed(runs), *reversed(files)], [])


def test_what_cannot_be_read_is_in_neither_list_and_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    good = write_log(tmp_path / "a.eval", "2026-01-29T10:00:00+00:00")
    (tmp_path / "b.eval").write_text("")
    with caplog.at_level(logging.WARNING, logger="vizspec"):
        assert deduplicate_eval_files([good, str(tmp_path / "b.eval"), good]) == ([good], [])
    (message,) = caplog.messages
    assert message == f"{tmp_path / 'b.eval'} is left out: the file is empty"


def test_the_prepared_frame_has_the_columns_of_evaluations(tmp_path: Path) -> None:
    file = write_log(tmp_path / "a.eval", "2026-01-29T10:00:00+00:00", task_args={"vis_label": "1B"})
    frame = evals_df_prep([file])
    assert frame["score_match_accuracy"].tolist() == [0.5]
    wanted = {
        "log",
        "created",
        "metadata",
        "task_name",
        "task_arg_vis_label",
        "model",
        "status",
        "total_samples",
    }
    assert wanted <= set(frame.columns)
    assert "dataset_samples" not in frame.columns


def test_every_log_given_has_its_row_whatever_its_format(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = write_log(tmp_path / "a.eval", "2026-01-29T10:00:00+00:00", eval_id="a")
    second = write_log(tmp_path / "b.eval", "2026-01-30T10:00:00+00:00", eval_id="b")
    text = tmp_path / "c.json"
    with zipfile.ZipFile(second) as archive:
        text.write_bytes(archive.read("header.json"))
    frame = evals_df_prep([str(text), first])
    assert [Path(log).name for log in frame["log"]] == ["c.json", "a.eval"]
    assert frame["score_match_accuracy"].tolist() == [0.5, 0.5]
    assert caplog.messages == []
    assert [Path(log).name for log in evals_df_prep([first, second, str(text)])["log"]] == [
        "a.eval",
        "b.eval",
    ]
    assert caplog.messages == [f"{text} is left out: it is the same evaluation as {second}"]
    assert len(evals_df_prep([str(tmp_path)])) == 2


def test_a_log_that_cannot_be_read_raises(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(ValueError, match="eval"):
        evals_df_prep([str(tmp_path / "a.json")])


def test_the_prepared_frame_tells_the_repeats_of_each_sample(tmp_path: Path) -> None:
    file = write_log(tmp_path / "a.eval", "2026-01-29T10:00:00+00:00", config={"epochs": 2})
    (log,) = logs_of_frame(evals_df_prep([file]), "frame")
    assert (log.epochs, log.samples) == (2, 2)


def test_no_logs_make_an_empty_frame() -> None:
    assert evals_df_prep([]).empty


def test_metadata_is_parsed_and_what_it_lacks_is_none() -> None:
    texts = [
        '{"epoch": 0, "is_finetuned": true, "source_model": "Llama"}',
        "{broken",
        None,
        '["a list"]',
        '{"epoch": 1}',
    ]
    frame = pd.DataFrame({"task_name": list("abcde"), "metadata": texts}, index=[5, 6, 7, 8, 9])
    parsed = parse_eval_metadata(frame)
    assert parsed["epoch"].tolist() == [0, None, None, None, 1]
    assert isinstance(parsed["epoch"].iloc[0], int)
    assert parsed["is_finetuned"].tolist() == [True, None, None, None, None]
    assert parsed["source_model"].tolist() == ["Llama", None, None, None, None]
    assert parsed["task_name"].tolist() == list("abcde")
    assert list(frame.columns) == ["task_name", "metadata"]


def test_the_task_is_called_by_its_label_where_it_has_one() -> None:
    frame = pd.DataFrame({"task_name": ["a", "b", "c"], "task_arg_vis_label": ["1B", None, ""]})
    assert parse_eval_metadata(frame)["task_name"].tolist() == ["1B", "b", "c"]
    numbers = pd.DataFrame({"task_name": ["a", "b"], "task_arg_vis_label": [16.0, float("nan")]})
    assert parse_eval_metadata(numbers)["task_name"].tolist() == ["16", "b"]


def test_a_label_of_several_parts_is_its_text() -> None:
    frame = pd.DataFrame({"task_name": ["a", "b"], "task_arg_vis_label": [["x", "y"], None]})
    assert parse_eval_metadata(frame)["task_name"].tolist() == ["['x', 'y']", "b"]


def test_whether_a_model_is_fine_tuned_stands_under_its_newer_and_its_older_name() -> None:
    texts = [
        '{"finetuned": true}',
        '{"is_finetuned": true}',
        '{"finetuned": true, "is_finetuned": false}',
        "{}",
    ]
    parsed = parse_eval_metadata(pd.DataFrame({"metadata": texts}))
    assert parsed["is_finetuned"].tolist() == [True, True, False, None]
    assert parsed["finetuned"].tolist() == [True, True, True, None]


def test_columns_that_the_frame_has_keep_what_no_log_tells() -> None:
    frame = pd.DataFrame(
        {"metadata": [None, '{"finetuned": false}'], "finetuned": [True, True], "epoch": [2, 3]}
    )
    parsed = parse_eval_metadata(frame)
    assert parsed["finetuned"].tolist() == [True, False]
    assert parsed["epoch"].tolist() == [2, 3]


def test_slashes_in_columns_become_underscores_and_the_frame_stays() -> None:
    frame = pd.DataFrame({"score_risk_cruijff_kit/auc": [1.0], "model": ["m"]})
    assert list(sanitize_columns_for_viz(frame).columns) == ["score_risk_cruijff_kit__auc", "model"]
    assert list(frame.columns) == ["score_risk_cruijff_kit/auc", "model"]


def test_a_frame_without_slashes_is_returned_itself() -> None:
    frame = pd.DataFrame({"score_match_accuracy": [1.0]})
    assert sanitize_columns_for_viz(frame) is frame


def test_no_two_columns_become_one() -> None:
    frame = pd.DataFrame({"a/b": [1], "a__b": [2], "a//b": [3], "a__b_2": [4], "a/_b": [5]})
    clean = sanitize_columns_for_viz(frame)
    assert list(clean.columns) == ["a__b_3", "a__b", "a____b", "a__b_2", "a___b"]
    assert clean.iloc[0].tolist() == [1, 2, 3, 4, 5]


def test_two_columns_of_one_name_become_two() -> None:
    clean = sanitize_columns_for_viz(pd.DataFrame([[1, 2, 3]], columns=["a/b", "a/b", "a__b"]))
    assert list(clean.columns) == ["a__b_2", "a__b_3", "a__b"]
    assert clean.iloc[0].tolist() == [1, 2, 3]
