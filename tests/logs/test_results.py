"""Headers become records."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from vizspec.logs.header import (
    Config,
    EvalDataset,
    EvalError,
    EvalMetric,
    EvalSpec,
    Header,
    Results,
    ScoreEntry,
)
from vizspec.logs.record import Status
from vizspec.logs.results import first_line, instant, log_of


def a_header(**parts: object) -> Header:
    header = Header(eval=EvalSpec(created="2026-01-29T10:00:00Z", task="income", model="hf/1B"), version=2)
    for name, value in parts.items():
        setattr(header, name, value)
    return header


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-02-11T15:17:00-05:00", datetime(2025, 2, 11, 15, 17, tzinfo=timezone(timedelta(hours=-5)))),
        ("2025-02-11T20:17:00Z", datetime(2025, 2, 11, 20, 17, tzinfo=UTC)),
        ("2025-02-11T20:17:00", datetime(2025, 2, 11, 20, 17, tzinfo=UTC)),
        ("some day", None),
        ("0001-01-01T00:00:00+23:59", None),  # in UTC it is in the year 0
        ("9999-12-31T23:59:59-23:59", None),
        ("", None),
    ],
)
def test_a_time_has_its_zone_and_is_utc_without_one(text: str, expected: datetime | None) -> None:
    assert instant(text) == expected


def test_a_long_error_is_cut_to_its_first_line() -> None:
    assert first_line("\n  gone \nTraceback") == "gone"
    assert first_line("x" * 500) == "x" * 199 + "…"


@pytest.mark.parametrize(
    ("parts", "status", "reason"),
    [
        ({"status": "success"}, Status.SUCCESS, None),
        ({"status": "cancelled"}, Status.CANCELLED, "the evaluation was cancelled"),
        ({"status": "error"}, Status.ERROR, "the evaluation failed"),
        ({"status": "error", "error": EvalError("gone")}, Status.ERROR, "the evaluation failed: gone"),
        ({"status": "started"}, Status.UNFINISHED, "the evaluation did not finish"),
    ],
)
def test_each_status_but_success_has_its_reason(
    parts: dict[str, object], status: Status, reason: str | None
) -> None:
    log = log_of(a_header(**parts), "a.eval")
    assert (log.status, log.reason) == (status, reason)


def test_counts_that_a_log_does_not_tell_are_none() -> None:
    log = log_of(a_header(), "a.eval")
    assert (log.samples, log.completed, log.version, log.eval_id, log.sha256, log.epochs) == (None,) * 5 + (
        1,
    )


def test_a_score_of_a_log_without_samples_is_over_none() -> None:
    scores = [ScoreEntry("match", metrics={"accuracy": EvalMetric("accuracy", 0.0)})]
    log = log_of(a_header(status="success", results=Results(0, 0, scores)), "a.eval")
    assert [score.scored for score in log.scores] == [0]


def test_samples_of_an_unfinished_log_are_those_it_was_to_evaluate() -> None:
    header = a_header()
    header.eval.dataset, header.eval.config = EvalDataset(sample_ids=["a", "b"]), Config(epochs=3)
    log = log_of(header, "a.eval")
    assert (log.samples, log.epochs) == (2, 3)


def test_a_task_is_named_without_its_package() -> None:
    header = a_header()
    header.eval.task = "inspect_evals/mmlu_0_shot"
    assert log_of(header, "a.eval").task == "mmlu_0_shot"


def test_a_log_tells_the_tokens_of_its_own_model_and_its_time() -> None:
    stats = {
        "started_at": "2026-03-01T10:00:00+00:00",
        "completed_at": "2026-03-01T10:05:00+00:00",
        "model_usage": {"hf/1B": {"total_tokens": 1200}, "openai/grader": {"total_tokens": 9}},
    }
    log = log_of(a_header(stats=stats), "a.eval")
    assert (log.tokens, log.seconds) == (1200, 300.0)


@pytest.mark.parametrize(
    "stats", [None, [], {"model_usage": 3, "started_at": 1}, {"started_at": "", "completed_at": ""}]
)
def test_stats_of_another_form_tell_nothing(stats: object) -> None:
    log = log_of(a_header(stats=stats), "a.eval")
    assert (log.tokens, log.seconds) == (None, None)
