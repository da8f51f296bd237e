"""Asking about many jobs, with fake programs that answer, hang, fail, print rubbish, or are not there."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from vizspec.slurm.sources.answers_cache import JobCache
from vizspec.slurm.sources.collect import JobAnswers, collect_answers
from vizspec.slurm.sources.run_command import Completed
from vizspec.slurm.sources.sacct import SacctJob
from vizspec.slurm.sources.seff import SeffReport

Capture = Callable[[str], str]

TABLE = (
    "JobID|JobIDRaw|State|Elapsed|Timelimit|ReqMem|AllocCPUS|NNodes|AllocTRES\n"
    "42|42|COMPLETED|2-07:33:20|7-00:00:00|256G|16|2|cpu=16,gres/gpu=2\n"
    "42.batch|42.batch|COMPLETED|2-07:33:20|||1|1|\n"
    "43|43|RUNNING|00:10:00|01:00:00|1G|1|1|\n"
)
NOTES = "Notes\n=====\n  * Ask for less.\n"


def test_every_program_is_asked_and_its_answer_read(programs: Any, capture: Capture) -> None:
    programs.prints("seff", capture("edited_long_gpu/42.seff.txt"))
    programs.prints("sacct", TABLE)
    document = capture("jobstats/gpu_low_util_batch.json")
    (programs.folder / "json").write_text(document)
    (programs.folder / "notes").write_text(NOTES)
    programs.add(
        "jobstats",
        f'case $1 in -j) /bin/cat "{programs.folder}/json";; *) /bin/cat "{programs.folder}/notes";; esac',
    )
    (answers,) = collect_answers(["42"], programs.run).answers
    assert answers.seff is not None
    assert answers.seff.wall_seconds == 200_000
    assert [(row.job_id, row.time_limit, row.gpus) for row in answers.sacct] == [("42", "7-00:00:00", 2)]
    assert answers.jobstats is not None
    assert answers.jobstats.gpu_utilization_pct == 6.4
    assert answers.notes == ("Ask for less.",)
    assert [call.split()[0] for call in programs.calls()] == ["jobstats", "jobstats", "sacct", "seff"]


def test_one_call_of_sacct_answers_for_all_jobs(programs: Any) -> None:
    programs.prints("sacct", TABLE)
    collected = collect_answers(["42", "43"], programs.run)
    assert [answers.sacct[0].state for answers in collected.answers] == ["COMPLETED", "RUNNING"]
    assert len([call for call in programs.calls() if call.startswith("sacct")]) == 1


def test_a_sacct_that_prints_only_limits_is_asked_about_each_job(programs: Any, capture: Capture) -> None:
    programs.prints("sacct", capture("edited_long_gpu/42.sacct_timelimit.txt"))
    collected = collect_answers(["42", "43"], programs.run)
    assert [answers.time_limit for answers in collected.answers] == ["7-00:00:00"] * 2


def test_a_cluster_whose_seff_tells_the_limit_needs_no_more_of_sacct(programs: Any) -> None:
    programs.prints("seff", "Job ID: 7\nJob Time Limit: 00:15:00\n")
    programs.prints("sacct", "rubbish")
    collect_answers(["7"], programs.run)
    assert len([call for call in programs.calls() if call.startswith("sacct")]) == 1


def test_jobstats_without_data_is_not_asked_for_notes(programs: Any, capture: Capture) -> None:
    programs.prints("jobstats", capture("jobstats/no_data_gpu.json"))
    (answers,) = collect_answers(["7"], programs.run).answers
    assert answers.jobstats is not None
    assert answers.jobstats.gpu_count == 2
    assert programs.calls() == ["jobstats -j 7"]


def test_jobstats_is_not_asked_about_a_pending_job(programs: Any, capture: Capture) -> None:
    programs.prints("seff", capture("pending_default_part/23.seff.txt"))
    programs.prints("jobstats", "{}")
    collect_answers(["23"], programs.run)
    assert programs.calls() == ["seff 23"]


def test_without_any_program_there_are_no_answers(programs: Any) -> None:
    collected = collect_answers(["42"], programs.run)
    (answers,) = collected.answers
    assert (answers.seff, answers.sacct, answers.jobstats, answers.time_limit) == (None, (), None, None)
    assert [use.program for use in collected.uses if use.is_missing] == ["seff", "sacct", "jobstats"]


@pytest.mark.parametrize("silent", ["seff", "sacct", "jobstats"])
@pytest.mark.parametrize(
    "body",
    [
        "exec /bin/sleep 30",
        "echo 'it broke' >&2; exit 3",
        r"printf '\377\000%%% rubbish: [|]\n{\"nodes\": 3'",
        ":",
    ],
    ids=["hangs", "fails", "prints rubbish", "prints nothing"],
)
def test_a_program_that_does_not_answer_leaves_the_others_answers(
    programs: Any, capture: Capture, body: str, silent: str
) -> None:
    programs.prints("seff", capture("edited_long_gpu/42.seff.txt"))
    programs.prints("sacct", TABLE)
    programs.prints("jobstats", capture("jobstats/gpu_low_util_batch.json"))
    programs.add(silent, body)

    def run(argv: Sequence[str], timeout: float) -> Completed:
        completed: Completed = programs.run(argv, timeout=0.2 if argv[0] == silent else timeout)
        return completed

    (answers,) = collect_answers(["42"], run).answers
    has = {"seff": bool(answers.seff), "sacct": bool(answers.sacct), "jobstats": bool(answers.jobstats)}
    assert has == {program: program != silent for program in has}


def test_answers_come_in_the_order_of_the_jobs_and_progress_counts_them(programs: Any) -> None:
    programs.add("seff", 'case $1 in 1) /bin/sleep 0.2;; esac; echo "Job ID: $1"')
    events: list[tuple[int, int]] = []
    ids = ["1", "2", "3", "2"]
    collected = collect_answers(ids, programs.run, progress=lambda done, total: events.append((done, total)))
    assert [answers.job_id for answers in collected.answers] == ["1", "2", "3"]
    assert events == [(1, 3), (2, 3), (3, 3)]


def test_jobs_are_asked_about_in_parallel_but_bounded() -> None:
    lock = threading.Lock()
    running = most = 0
    full = threading.Event()

    def run(argv: Sequence[str], timeout: float) -> Completed:
        nonlocal running, most
        if argv[0] != "seff":
            return Completed("missing")
        with lock:
            running += 1
            most = max(most, running)
            if running == 4:
                full.set()
        full.wait(5)
        with lock:
            running -= 1
        return Completed("done", f"Job ID: {argv[1]}")

    collect_answers([str(job) for job in range(1, 41)], run, workers=4)
    assert most == 4


def test_very_many_jobs_are_several_calls_of_sacct() -> None:
    asked: list[int] = []

    def run(argv: Sequence[str], timeout: float) -> Completed:
        if argv[0] == "sacct" and "-n" not in argv:
            asked.append(argv[2].count(",") + 1)
            rows = "".join(f"{job}|COMPLETED\n" for job in argv[2].split(","))
            return Completed("done", f"JobID|State\n{rows}")
        return Completed("missing")

    collected = collect_answers([str(job) for job in range(1, 1001)], run)
    assert asked == [400, 400, 200]
    assert all(len(answers.sacct) == 1 for answers in collected.answers)


def test_finished_jobs_are_not_asked_about_again(programs: Any, capture: Capture, tmp_path: Path) -> None:
    programs.add(
        "seff", 'case $1 in 42) s=COMPLETED;; *) s=RUNNING;; esac; echo "Job ID: $1"; echo "State: $s"'
    )
    programs.prints("sacct", TABLE)
    programs.prints("jobstats", capture("jobstats/oom.json"))
    cache = JobCache(tmp_path / "cache", {})
    first = collect_answers(["42", "43"], programs.run, cache=cache)
    programs.calls_file.unlink()
    assert collect_answers(["42", "43"], programs.run, cache=cache).answers == first.answers
    assert {call.split()[-1] for call in programs.calls() if not call.startswith("sacct")} == {"43"}
    assert [call.split()[2] for call in programs.calls() if call.startswith("sacct")] == ["43"]


def test_a_program_that_was_missing_is_asked_about_a_kept_job(
    programs: Any, capture: Capture, tmp_path: Path
) -> None:
    programs.prints("sacct", TABLE)
    collect_answers(["42"], programs.run, cache=JobCache(tmp_path / "cache", {}))
    programs.prints("seff", capture("edited_long_gpu/42.seff.txt"))
    (answers,) = collect_answers(["42"], programs.run, cache=JobCache(tmp_path / "cache", {})).answers
    assert answers.seff is not None


def test_no_jobs_ask_nobody(programs: Any) -> None:
    programs.prints("sacct", TABLE)
    assert collect_answers([], programs.run).answers == ()
    assert programs.calls() == []


def test_an_interruption_ends_the_asking() -> None:
    asked: list[str] = []

    def run(argv: Sequence[str], timeout: float) -> Completed:
        asked.append(argv[0])
        return Completed("done", "Job ID: 7") if argv[0] == "seff" else Completed("missing")

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collect_answers([str(job) for job in range(1, 2001)], run, workers=1, progress=interrupt)
    assert len(asked) < 2000


def test_answers_are_final_when_all_states_are() -> None:
    done = SacctJob("7_0", state="COMPLETED")
    assert JobAnswers("7", SeffReport(state="FAILED"), (done,)).is_final
    assert not JobAnswers("7", SeffReport(state="COMPLETED"), (SacctJob("7_1", state="RUNNING"),)).is_final


def test_answers_without_a_state_are_not_final() -> None:
    assert not JobAnswers("7").is_final


def test_states_are_told_once() -> None:
    answers = JobAnswers("7", SeffReport(state="FAILED"), (SacctJob("7", state="FAILED"), SacctJob("7")))
    assert answers.states == ("FAILED",)


def test_an_answer_that_cannot_be_read_is_kept_by_its_first_words(programs: Any) -> None:
    programs.prints("seff", "Illegal division by zero at line 130.\n")
    programs.prints("jobstats", "no JSON")
    (answers,) = collect_answers(["7"], programs.run).answers
    assert answers.unread == (("seff", "Illegal division by zero at line 130."), ("jobstats", "no JSON"))


def test_earlier_attempts_do_not_make_a_finished_job_unfinished() -> None:
    attempts = (SacctJob("7", state="REQUEUED"), SacctJob("7", state="COMPLETED"))
    assert JobAnswers("7", sacct=attempts).is_final
