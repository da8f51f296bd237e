"""Found logs become records, whatever state they are in."""

from __future__ import annotations

import json
import logging
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vizspec.logs.find import FoundLog, find_logs
from vizspec.logs.read import read_log, read_logs
from vizspec.logs.record import Log, Status

WriteLog = Callable[..., Path]
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "inspect_ai"


def read(path: Path) -> Log:
    return read_log(FoundLog(path.name, path))


def test_a_real_log_tells_its_design_counts_and_scores(real_logs: Path) -> None:
    log = read(real_logs / "good.eval")
    assert (log.status, log.reason, log.task, log.model) == (Status.SUCCESS, None, "income", "mockllm/1B")
    assert (log.vis_label, log.checkpoint, log.metadata["source_model"]) == ("16", 1, "Llama-3.2-1B")
    assert (log.samples, log.completed, log.epochs) == (6, 12, 2)
    assert log.created is not None
    assert log.created.tzinfo is not None
    (score,) = log.scores
    assert (score.scorer, dict(score.metrics), score.scored, score.unscored) == (
        "match",
        {"accuracy": 0.5},
        6,
        0,
    )
    assert score.stderr is not None
    assert score.clustered


def test_a_real_failed_log_tells_why_in_one_line(real_logs: Path) -> None:
    log = read(real_logs / "bad.eval")
    assert log.status is Status.ERROR
    assert log.reason is not None
    assert "the model server is gone" in log.reason
    assert "\n" not in log.reason
    assert log.scores == ()


def test_a_json_log_gives_the_same_record_as_the_eval_log(real_logs: Path) -> None:
    as_zip, as_json = read(real_logs / "good.eval"), read(real_logs / "good.json")
    assert as_json.scores == as_zip.scores
    assert (as_json.created, as_json.eval_id, as_json.task_args) == (
        as_zip.created,
        as_zip.eval_id,
        {"vis_label": 16},
    )


def test_the_fast_way_reads_what_inspect_reads(real_logs: Path) -> None:
    from inspect_ai.log import read_eval_log

    for name in ("good.eval", "bad.eval", "good.json"):
        slow, fast = read_eval_log(str(real_logs / name), header_only=True), read(real_logs / name)
        assert fast.eval_id == slow.eval.eval_id
        assert fast.created == datetime.fromisoformat(slow.eval.created)
        assert fast.metadata == slow.metadata
        values = {s.name: s.metrics["accuracy"].value for s in slow.results.scores} if slow.results else {}
        assert {s.scorer: s.metrics["accuracy"] for s in fast.scores} == values


def test_a_log_of_an_older_format_is_read_by_inspect_itself(tmp_path: Path) -> None:
    header = {
        "version": 1,
        "status": "success",
        "eval": {
            "task": "income",
            "model": "hf/1B",
            "created": "2024-04-01T10:00:00",
            "dataset": {},
            "config": {},
            "run_id": "a",
        },
        "results": {
            "scorer": {"name": "match"},
            "metrics": {"accuracy": {"name": "accuracy", "value": 0.25}},
        },
    }
    path = tmp_path / "old.json"
    path.write_text(json.dumps(header))
    log = read(path)
    assert log.status is Status.SUCCESS
    assert [(s.scorer, dict(s.metrics)) for s in log.scores] == [("match", {"accuracy": 0.25})]
    assert log.created == datetime(2024, 4, 1, 10, tzinfo=UTC)


def test_the_records_come_in_the_order_of_the_files_with_progress_for_each(
    tmp_path: Path, write_log: WriteLog
) -> None:
    found = [
        FoundLog(f"{at}.eval", write_log(tmp_path / f"{at}.eval", task=f"task{at}")) for at in (3, 1, 2, 0)
    ]
    calls: list[None] = []
    logs = read_logs(found, progress=lambda: calls.append(None))
    assert [log.task for log in logs] == ["task3", "task1", "task2", "task0"]
    assert len(calls) == 4


def test_a_record_has_its_run_location_and_digest(tmp_path: Path, write_log: WriteLog) -> None:
    path = write_log(tmp_path / "a.eval")
    log = read_log(FoundLog("r8/a.eval", path, run="r8"))
    assert (log.location, log.run) == ("r8/a.eval", "r8")
    assert log.sha256 is not None
    assert len(log.sha256) == 64


def score(**parts: object) -> dict[str, object]:
    metrics = parts.pop("metrics", {"accuracy": {"name": "accuracy", "value": 0.5}})
    return {"name": "match", "scorer": "match", "metrics": metrics} | parts


def test_values_that_are_no_finite_numbers_are_none(tmp_path: Path, write_log: WriteLog) -> None:
    values = {"auc_score": float("nan"), "brier_score": float("inf"), "ece": None, "accuracy": 1}
    metrics = {name: {"name": name, "value": value} for name, value in values.items()}
    (found,) = read(write_log(tmp_path / "a.eval", scores=[score(metrics=metrics)])).scores
    assert found.metrics == {"auc_score": None, "brier_score": None, "ece": None, "accuracy": 1.0}


def test_a_registry_prefix_is_dropped_and_any_other_slash_is_kept(
    tmp_path: Path, write_log: WriteLog
) -> None:
    names = ("cruijff_kit/auc_score", "a/b", "a__b", "brier_score", "cruijff_kit/brier_score")
    metrics = {name: {"name": name, "value": at} for at, name in enumerate(names)}
    (found,) = read(write_log(tmp_path / "a.eval", scores=[score(metrics=metrics)])).scores
    assert found.metrics == {
        "auc_score": 0,
        "a/b": 1,
        "a__b": 2,
        "brier_score": 3,
        "cruijff_kit/brier_score": 4,
    }


def test_one_scorer_under_two_reducers_gives_two_scores(tmp_path: Path, write_log: WriteLog) -> None:
    log = read(write_log(tmp_path / "a.eval", scores=[score(reducer="mean"), score(reducer="max")]))
    assert [(found.scorer, found.reducer) for found in log.scores] == [("match", "mean"), ("match", "max")]


@pytest.mark.parametrize("options", ["params", "options"])
def test_a_standard_error_over_clusters_is_told(options: str, tmp_path: Path, write_log: WriteLog) -> None:
    metrics = {
        "accuracy": {"name": "accuracy", "value": 0.5},
        "stderr": {"name": "stderr", "value": 0.1, options: {"cluster": "school"}},
    }
    (found,) = read(write_log(tmp_path / "a.eval", scores=[score(metrics=metrics)])).scores
    assert (found.stderr, found.clustered, dict(found.metrics)) == (0.1, True, {"accuracy": 0.5})


@pytest.mark.parametrize(
    ("epochs", "results", "counts", "scored"),
    [
        (1, {}, {"scored_samples": 3, "unscored_samples": 1}, 3),
        (1, {}, {}, 4),
        (2, {"total_samples": 8, "completed_samples": 8}, {}, 4),
        (1, {"completed_samples": 3}, {}, None),
        (2, {"total_samples": 8, "completed_samples": 8}, {"scored_samples": 8, "unscored_samples": 0}, 4),
        (2, {"total_samples": 8, "completed_samples": 8}, {"scored_samples": 7, "unscored_samples": 1}, None),
    ],
)
def test_scored_samples_count_each_sample_once_or_are_not_known(
    epochs: int,
    results: dict[str, int],
    counts: dict[str, int],
    scored: int | None,
    tmp_path: Path,
    write_log: WriteLog,
) -> None:
    path = write_log(
        tmp_path / "a.eval", config={"epochs": epochs}, results=results, scores=[score(**counts)]
    )
    log = read(path)
    assert [found.scored for found in log.scores] == [scored]
    assert log.samples == 4


def test_samples_are_those_evaluated_not_those_of_the_data_set(tmp_path: Path, write_log: WriteLog) -> None:
    log = read(write_log(tmp_path / "a.eval", status="cancelled"))
    assert (log.status, log.samples) == (Status.CANCELLED, 4)


def test_metadata_edited_after_the_evaluation_is_what_counts(tmp_path: Path, write_log: WriteLog) -> None:
    log = read(write_log(tmp_path / "a.eval", metadata={"epoch": 3}))
    assert log.checkpoint == 3


def test_a_log_without_header_is_unfinished_and_tells_how_far_it_came(
    tmp_path: Path, write_log: WriteLog
) -> None:
    log = read(write_log(tmp_path / "a.eval", member="_journal/start.json", status="started", samples=145))
    assert (log.status, log.reason) == (
        Status.UNFINISHED,
        "the evaluation did not finish (145 samples were logged)",
    )
    assert (log.task, log.model) == ("income", "hf/1B")


def test_a_status_of_the_future_is_not_taken_for_success(tmp_path: Path, write_log: WriteLog) -> None:
    log = read(write_log(tmp_path / "a.eval", status="paused"))
    assert log.status is Status.UNFINISHED
    assert log.reason == "its status is 'paused', which this version does not know"


def test_what_cannot_be_read_says_why(tmp_path: Path, write_log: WriteLog) -> None:
    whole = write_log(tmp_path / "whole.eval", samples=3).read_bytes()
    (tmp_path / "empty.eval").write_bytes(b"")
    (tmp_path / "cut.eval").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.eval").write_text("not a log at all")
    (tmp_path / "folder.eval").mkdir()
    (tmp_path / "cut.json").write_text('{"version": 2, "status": "success", "eval": {')
    (tmp_path / "foreign.json").write_text('{"name": "something else"}')
    with zipfile.ZipFile(tmp_path / "foreign.eval", "w") as archive:
        archive.writestr("word/document.xml", "<xml/>")
    with zipfile.ZipFile(tmp_path / "nonsense.eval", "w") as archive:
        archive.writestr("header.json", '["a list"]')
    reasons = {
        "empty.eval": "the file is empty",
        "cut.eval": "it is cut off: the archive has no directory at its end",
        "text.eval": "it is not a zip archive, as an .eval log is",
        "folder.eval": "it is a folder, not a log",
        "cut.json": "it is not valid JSON",
        "foreign.json": "it is not an Inspect log (eval",
        "foreign.eval": "it is not an Inspect log",
        "nonsense.eval": "it is not an Inspect log",
        "gone.eval": "it cannot be opened (No such file or directory)",
    }
    for name, reason in reasons.items():
        log = read(tmp_path / name)
        assert log.status is Status.UNREADABLE, name
        assert log.reason is not None
        assert log.reason.startswith(reason), log.reason
        assert str(tmp_path) not in log.reason


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 2000), place=st.integers(0, 2000), byte=st.integers(0, 255))
def test_a_damaged_log_never_raises(
    cut: int, place: int, byte: int, tmp_path: Path, write_log: WriteLog
) -> None:
    data = bytearray(write_log(tmp_path / "whole.eval", samples=2).read_bytes())
    data[place % len(data)] = byte
    damaged = tmp_path / "damaged.eval"
    damaged.write_bytes(data[: len(data) - cut % len(data)] if cut % 2 else data)
    assert read(damaged).location == "damaged.eval"


def test_what_cannot_be_read_says_the_same_behind_an_address(tmp_path: Path, write_log: WriteLog) -> None:
    from fsspec import filesystem

    whole = write_log(tmp_path / "whole.eval", samples=3).read_bytes()
    contents = {
        "empty": b"",
        "tiny": b"PK",
        "cut": whole[: len(whole) // 2],
        "text": b"no log",
        "whole": whole,
    }
    for name, content in contents.items():
        (tmp_path / f"{name}.eval").write_bytes(content)
        filesystem("memory").pipe(f"/unreadable/{name}.eval", content)
        address = f"memory://unreadable/{name}.eval"
        behind, here = read_log(FoundLog(address, address)), read(tmp_path / f"{name}.eval")
        assert (behind.status, behind.reason, behind.task) == (here.status, here.reason, here.task)


def test_logs_behind_an_address_are_found_and_read(tmp_path: Path, write_log: WriteLog) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    for run in ("r4", "r8"):
        path = write_log(tmp_path / f"{run}.eval", task=run)
        memory.pipe(f"/experiment/{run}/eval/logs/a.eval", path.read_bytes())
    memory.pipe("/experiment/r4/eval/logs/notes.json", b"{}")
    found = find_logs(["memory://experiment/{run}/eval/logs/*"], tmp_path, ["r4"])
    assert [(each.location, each.run) for each in found.files] == [
        ("memory:///experiment/r4/eval/logs/a.eval", "r4"),
        ("memory:///experiment/r8/eval/logs/a.eval", "r8"),
    ]
    assert [(log.task, log.sha256) for log in read_logs(found.files)] == [("r4", None), ("r8", None)]
    memory.rm("/experiment", recursive=True)


def test_an_address_that_no_file_system_serves_is_told(tmp_path: Path) -> None:
    found = find_logs(["nosuch://bucket/*.eval"], tmp_path)
    assert found.patterns_without_match == ("nosuch://bucket/*.eval",)
    assert [place.location for place in found.unlisted] == ["nosuch://bucket/*.eval"]


@pytest.mark.skipif(
    not SHARED.exists(), reason="the shared logs of other versions are not beside the checkout"
)
def test_logs_of_many_versions_of_inspect_are_read(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        logs = {log.location: log for log in read_logs(find_logs(["."], SHARED).files)}
    assert len(logs) == 8
    assert {log.status for log in logs.values()} == {Status.SUCCESS}
    assert logs["log_formats.json"].scores == logs["log_formats.eval"].scores
    assert (logs["log_streaming.eval"].samples, logs["log_streaming.eval"].epochs) == (2, 2)
    assert logs["mmlu-summary-choices.eval"].task == "mmlu_0_shot"


@pytest.mark.parametrize("name", ["a.eval", "a.json", "a.csv", "a.parquet"])
def test_a_git_lfs_pointer_is_told_from_a_damaged_log(name: str, tmp_path: Path) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1234\n"
    (tmp_path / name).write_bytes(pointer)
    (log,) = read_logs([FoundLog(name, tmp_path / name)])
    assert log.reason == "it is a Git LFS pointer, not the log itself: git lfs pull"
    assert not log.is_here


@pytest.mark.parametrize(
    ("what", "parts"),
    [
        ("task", {"task": "x" * 2000}),
        ("source model", {"metadata": {"source_model": "x" * 2000}}),
        ("setting", {"task_args": {"x" * 2000: 1}}),
        ("setting", {"model_roles": {"x" * 2000: {"model": "judge"}}}),
        ("writer", {"packages": {"inspect_ai": "1" * 2000}}),
    ],
)
def test_a_name_that_would_fill_every_output_makes_a_log_unreadable(
    what: str, parts: dict[str, Any], tmp_path: Path, write_log: WriteLog
) -> None:
    log = read(write_log(tmp_path / "a.eval", **parts))
    assert log.reason == f"the name of its {what} has more than 1,000 characters"


def test_what_a_log_says_of_itself_is_cut_in_its_reason(tmp_path: Path, write_log: WriteLog) -> None:
    log = read(write_log(tmp_path / "a.eval", status="x" * 2000))
    assert log.reason == f"its status is '{'x' * 199}…', which this version does not know"


def test_more_metrics_than_anyone_can_look_at_make_a_log_unreadable(
    tmp_path: Path, write_log: WriteLog
) -> None:
    metrics = {f"m{number}": {"name": f"m{number}", "value": 0.5} for number in range(3000)}
    log = read(write_log(tmp_path / "a.eval", scores=[{"name": "match", "metrics": metrics}]))
    assert log.reason == "it has more than 2,000 metrics"


@pytest.mark.parametrize(
    "parts",
    [
        '"eval": {"created": 1, "task": 2, "model": [], "task_args": 3, "dataset": "x", "config": 7}',
        '"eval": {"created": "x", "task": "a", "model": "b"}, "results": {"scorer": 5, "metrics": 3}',
        '"eval": [1], "samples": 5',
        '"eval": {"a": ' + "[" * 100_000,
    ],
)
def test_a_json_log_whose_parts_have_other_types_is_unreadable(parts: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"version": 2, "status": "success", ' + parts + "}")
    assert read(tmp_path / "a.json").status is Status.UNREADABLE


def test_half_a_character_in_a_label_is_shown_as_an_unknown_one(tmp_path: Path, write_log: WriteLog) -> None:
    assert read(write_log(tmp_path / "a.eval", task="caps\ud800")).task == "caps\ufffd"
