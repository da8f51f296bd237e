"""The same work gives the same results in this process, in several, and on a cluster."""

from __future__ import annotations

import math
import os

import pytest

from vizspec.errors import UserError
from vizspec.samples.parallel import SerialExecutor, executor, run_all, run_unknown, usable_cores


def die(item: float) -> None:
    os._exit(1)


def test_one_job_runs_in_this_process() -> None:
    with executor(1) as pool:
        assert isinstance(pool, SerialExecutor)
        assert run_all(pool, lambda item: (item, os.getpid()), [2, 1]) == [(2, os.getpid()), (1, os.getpid())]


def test_more_jobs_run_in_processes_and_keep_the_order() -> None:
    with executor(2) as pool:
        assert run_all(pool, math.sqrt, [9.0, 4.0, 1.0]) == [3.0, 2.0, 1.0]


def test_progress_counts_every_piece_once() -> None:
    events: list[tuple[int, int]] = []
    run_all(SerialExecutor(), math.sqrt, [1.0, 4.0, 9.0], lambda done, total: events.append((done, total)))
    assert events == [(1, 3), (2, 3), (3, 3)]


def test_progress_is_told_while_the_work_goes_on() -> None:
    seen: list[object] = []
    run_all(SerialExecutor(), seen.append, ["a", "b"], lambda done, total: seen.append(done))
    assert seen == ["a", 1, "b", 2]


def test_no_work_is_no_trouble() -> None:
    assert run_all(SerialExecutor(), math.sqrt, []) == []


def test_an_error_of_the_work_is_raised() -> None:
    with pytest.raises(ValueError, match="math domain"):
        run_all(SerialExecutor(), math.sqrt, [-1.0])


@pytest.mark.slow
def test_a_process_that_is_killed_is_told_with_the_next_step() -> None:
    with executor(2) as pool, pytest.raises(UserError) as caught:
        run_all(pool, die, [1.0])
    assert "memory" in caught.value.message
    assert "--jobs" in (caught.value.hint or "")


def test_the_cores_are_those_this_process_may_use() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)


def test_a_scheduler_that_is_gone_or_not_understood_leaves_its_work_to_this_process(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with executor(1, scheduler="nonsense://host") as here:
        assert isinstance(here, SerialExecutor)
    assert "nonsense://host" in caplog.text


def test_what_is_known_is_not_worked_out_and_counts_as_done() -> None:
    asked: list[int] = []
    events: list[tuple[int, int]] = []

    def work(item: int) -> str:
        asked.append(item)
        return f"made {item}"

    known = {1: "known 1", 3: "known 3"}
    found = run_unknown(SerialExecutor(), known.get, work, [1, 2, 3, 4], lambda *event: events.append(event))
    assert found == ["known 1", "made 2", "known 3", "made 4"]
    assert asked == [2, 4]
    assert events == [(3, 4), (4, 4)]
