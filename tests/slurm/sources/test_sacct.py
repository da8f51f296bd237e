"""sacct's output: time limits, and tables of jobs."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.slurm.sources.sacct import (
    SacctJob,
    attempts_of,
    latest,
    moment,
    parse_table,
    parse_time_limit,
    rows_of,
)

Capture = Callable[[str], str]


def test_the_first_line_with_a_value_is_the_jobs_own_limit(capture: Capture) -> None:
    text = capture("running/19.sacct_timelimit.txt")
    assert text == "00:30:00\n\n\n"
    assert parse_time_limit(text) == "00:30:00"


def test_a_steps_limit_is_not_taken_for_the_jobs() -> None:
    assert parse_time_limit("Partition_Limit\n00:10:00\n") is None
    assert parse_time_limit("02:00:00\n00:10:00\n") == "02:00:00"


@pytest.mark.parametrize("name", ["array/9", "extra/sacct_timelimit_two_jobs"])
def test_of_several_limits_the_first_counts(capture: Capture, name: str) -> None:
    text = capture(f"{name}.sacct_timelimit.txt" if "extra" not in name else f"{name}.txt")
    assert parse_time_limit(text) == text.splitlines()[0]


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("days_limit/12", "2-03:05:00"),
        ("edited_long_gpu/42", "7-00:00:00"),
        ("subminute_suffix/27", "00:01:00"),
        ("completed_unlimited/4", "UNLIMITED"),
        ("running_unlimited/20", "365-00:00:00"),
        ("pending_nolimit_part/22", None),
    ],
)
def test_limits_as_slurm_writes_them(capture: Capture, name: str, limit: str | None) -> None:
    assert parse_time_limit(capture(f"{name}.sacct_timelimit.txt")) == limit


@pytest.mark.parametrize(
    "name", ["sacct_timelimit_p_3", "sacct_timelimit_padded_3", "sacct_timelimit_header_3"]
)
def test_bars_padding_and_headers_do_not_matter(capture: Capture, name: str) -> None:
    assert parse_time_limit(capture(f"extra/{name}.txt")) == "00:05:00"


def test_raw_minutes_are_not_taken_for_a_limit(capture: Capture) -> None:
    assert parse_time_limit(capture("extra/sacct_timelimitraw_3.txt")) is None


@pytest.mark.parametrize("text", ["", "\n\n", "Unknown", "PARTITION_LIMIT\n", "INVALID", "rubbish"])
def test_what_is_no_limit_is_not_known(text: str) -> None:
    assert parse_time_limit(text) is None


def test_a_table_has_one_job_and_no_steps(capture: Capture) -> None:
    assert parse_table(capture("gpu_2nodes/15.sacct.txt")) == (
        SacctJob(
            "15",
            state="COMPLETED",
            wall_seconds=4,
            time_limit="00:10:00",
            memory_requested_gib=1000 / 1024,
            cpu_cores=2,
            nodes=2,
        ),
    )


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("cancelled_running/7", "CANCELLED"),
        ("timeout/8", "TIMEOUT"),
        ("signalled/17", "FAILED"),
        ("oom/16", "FAILED"),
        ("running/19", "RUNNING"),
    ],
)
def test_the_state_is_the_jobs_and_one_word(capture: Capture, name: str, state: str) -> None:
    jobs = parse_table(capture(f"{name}.sacct.txt"))
    assert jobs is not None
    assert [job.state for job in jobs] == [state]


def test_a_cut_off_state_is_whole_again() -> None:
    jobs = parse_table("JobID|State\n7|CANCELLED+\n")
    assert jobs == (SacctJob("7", state="CANCELLED"),)


def test_a_timed_out_job_ran_longer_than_its_limit(capture: Capture) -> None:
    jobs = parse_table(capture("timeout/8.sacct.txt"))
    assert jobs is not None
    assert (jobs[0].wall_seconds, jobs[0].time_limit) == (62, "00:01:00")


def test_a_pending_job_has_no_wall_time(capture: Capture) -> None:
    jobs = parse_table(capture("pending_default_part/23.sacct.txt"))
    assert jobs is not None
    assert (jobs[0].state, jobs[0].wall_seconds, jobs[0].time_limit) == ("PENDING", None, "00:30:00")


@pytest.mark.parametrize(
    ("reqmem", "expected"),
    [("1G", 1.0), ("14000M", 14000 / 1024), ("1.50T", 1536.0), ("1024M", 1.0), ("1Gn", 2.0), ("512Mc", 4.0),
     ("0", None), ("", None), ("?", None)],
)  # fmt: skip
def test_requested_memory_is_the_jobs_total(reqmem: str, expected: float | None) -> None:
    jobs = parse_table(f"JobID|ReqMem|AllocCPUS|NNodes\n7|{reqmem}|8|2\n")
    assert jobs is not None
    assert jobs[0].memory_requested_gib == expected


@pytest.mark.parametrize(
    ("tres", "gpus"),
    [
        ("billing=4,cpu=4,gres/gpu=2,mem=32G,node=1", 2),
        ("cpu=4,gres/gpu:a100=2,gres/gpu=2,mem=32G", 2),
        ("cpu=4,gres/gpu:a100=2,gres/gpu:h100=1", 3),
        ("billing=4,cpu=4,mem=32G", None),
        ("", None),
    ],
)
def test_gpus_are_known_where_the_accounting_tracks_them(tres: str, gpus: int | None) -> None:
    jobs = parse_table(f"JobID|AllocTRES\n7|{tres}\n")
    assert jobs is not None
    assert jobs[0].gpus == gpus


@pytest.mark.parametrize("name", ["sacct_default_3", "sacct_padded_7"])
def test_a_padded_table_is_no_table(capture: Capture, name: str) -> None:
    assert parse_table(capture(f"extra/{name}.txt")) is None


@pytest.mark.parametrize("text", ["", "00:20:00\n\n", "slurm_persist_conn_open: failed\n"])
def test_other_text_is_no_table(text: str) -> None:
    assert parse_table(text) is None


def test_an_unknown_job_gives_a_table_without_rows(capture: Capture) -> None:
    assert parse_table(capture("unknown/999999.sacct.txt")) == ()


def test_a_step_alone_is_no_job(capture: Capture) -> None:
    assert parse_table(capture("extra/sacct_step_10.0.txt")) == ()


def test_a_row_that_is_cut_off_keeps_what_it_has() -> None:
    assert parse_table("JobID|State|Elapsed\n7|RUNNING\n|\n") == (SacctJob("7", state="RUNNING"),)


@pytest.mark.parametrize("name", ["sacct_noconvert_3", "sacct_units_G_3"])
def test_units_of_memory_do_not_matter(capture: Capture, name: str) -> None:
    jobs = parse_table(capture(f"extra/{name}.txt"))
    assert jobs is not None
    assert jobs[0].memory_requested_gib == 1.0


ROWS = (
    SacctJob("7", "7"),
    SacctJob("9_0", "18"),
    SacctJob("9_1", "9"),
    SacctJob("29+0", "29"),
    SacctJob("29+1", "30"),
    SacctJob("24_[1-4%2]", "24"),
)


@pytest.mark.parametrize(
    ("job_id", "rows"),
    [
        ("7", ["7"]),
        ("9_1", ["9_1"]),
        ("9", ["9_0", "9_1"]),
        ("18", ["9_0"]),
        ("29", ["29+0", "29+1"]),
        ("29+1", ["29+1"]),
        ("30", ["29+1"]),
        ("24", ["24_[1-4%2]"]),
        ("99", []),
    ],
)
def test_a_job_finds_its_rows_among_those_of_many(job_id: str, rows: list[str]) -> None:
    assert [row.job_id for row in rows_of(job_id, ROWS)] == rows


def test_a_requeued_job_has_a_row_for_each_attempt_and_the_last_tells_its_state(capture: Capture) -> None:
    rows = rows_of("28", parse_table(capture("extra/sacct_D_28.txt")) or ())
    assert [row.state for row in rows] == ["REQUEUED", "COMPLETED"]
    assert [row.state for row in latest(rows)] == ["COMPLETED"]


OLD = SacctJob("28", state="COMPLETED", submitted="2019-05-01T08:00:00")
FIRST = SacctJob("28", state="REQUEUED", submitted="2026-03-01T10:00:03")
SECOND = SacctJob("28", state="COMPLETED", submitted="2026-03-02T11:00:00")


@pytest.mark.parametrize(
    ("logged", "attempts"),
    [
        ("2026-03-01 10:00:00", (FIRST, SECOND)),
        ("2019-05-01 08:00:00", (OLD,)),
        ("2023-01-01 00:00:00", ()),
        ("t", (FIRST, SECOND)),
    ],
)
def test_a_number_that_was_given_anew_is_another_job(logged: str, attempts: tuple[SacctJob, ...]) -> None:
    assert attempts_of((SECOND, OLD, FIRST), moment(logged)) == attempts


def test_without_times_of_submission_all_rows_are_the_jobs() -> None:
    rows = (SacctJob("28", state="REQUEUED"), SacctJob("28", state="COMPLETED"))
    assert attempts_of(rows, moment("2026-03-01 10:00:00")) == rows


@given(st.text(), st.text())
def test_no_text_makes_the_parsers_raise(text: str, other: str) -> None:
    parse_time_limit(text)
    parse_table(text)
    rows_of(
        other, parse_table(f"JobID|State|Elapsed|Timelimit|ReqMem|AllocCPUS|NNodes|AllocTRES\n{text}") or ()
    )
