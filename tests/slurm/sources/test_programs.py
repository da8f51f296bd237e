"""The command lines, the counting, and when a program is given up."""

from collections.abc import Sequence
from typing import get_args

from vizspec.slurm.model.usage import SlurmProgram
from vizspec.slurm.sources.collect import PROGRAMS
from vizspec.slurm.sources.jobstats import ask_jobstats
from vizspec.slurm.sources.notes import ask_notes
from vizspec.slurm.sources.programs import Asker, ProgramUse
from vizspec.slurm.sources.run_command import Completed
from vizspec.slurm.sources.sacct import ask_table, ask_time_limit
from vizspec.slurm.sources.seff import ask_seff


class Recorder:
    """A run that notes each command line and gives one ending."""

    def __init__(self, completed: Completed) -> None:
        self.completed = completed
        self.calls: list[list[str]] = []
        self.timeouts: set[float] = set()

    def __call__(self, argv: Sequence[str], timeout: float) -> Completed:
        self.calls.append(list(argv))
        self.timeouts.add(timeout)
        return self.completed


def test_the_command_lines() -> None:
    run = Recorder(Completed("done", "text"))
    asker = Asker(run, 30)
    answers = [
        ask_seff(asker, "7"),
        ask_jobstats(asker, "7"),
        ask_notes(asker, "7"),
        ask_time_limit(asker, "7_1"),
        ask_table(asker, ["7", "8+0"]),
    ]
    assert answers == ["text"] * 5
    assert run.calls == [
        ["seff", "7"],
        ["jobstats", "-j", "7"],
        ["jobstats", "-n", "7"],
        ["sacct", "-j", "7_1", "--format=Timelimit", "-P", "-n"],
        ["sacct", "-j", "7,8+0",
         "--format=JobID,JobIDRaw,Submit,State,Elapsed,Timelimit,ReqMem,AllocCPUS,NNodes,AllocTRES", "-P",
         "-D"],
    ]  # fmt: skip
    assert run.timeouts == {30}


def test_every_program_has_its_row() -> None:
    assert tuple(PROGRAMS) == get_args(SlurmProgram)


def test_empty_output_is_no_answer() -> None:
    assert ask_seff(Asker(Recorder(Completed("done", " \n")), 30), "7") == ""


def test_a_missing_program_is_asked_once() -> None:
    run = Recorder(Completed("missing"))
    asker = Asker(run, 30)
    assert [ask_seff(asker, "7"), ask_seff(asker, "8")] == ["", ""]
    assert len(run.calls) == 1
    (use,) = asker.uses()
    assert use.is_missing


def test_a_program_that_hangs_for_everyone_is_given_up() -> None:
    run = Recorder(Completed("timed out"))
    asker = Asker(run, 30)
    assert {ask_seff(asker, str(job)) for job in range(1, 50)} == {""}
    assert len(run.calls) == 3
    assert list(asker.uses()) == [ProgramUse("seff", timed_out=3, jobs=49, timed_out_jobs=49)]


def test_a_program_that_answered_once_is_not_given_up() -> None:
    run = Recorder(Completed("done", "text"))
    asker = Asker(run, 30)
    ask_seff(asker, "1")
    run.completed = Completed("timed out")
    for job in range(2, 10):
        ask_seff(asker, str(job))
    assert len(run.calls) == 9


def test_failures_are_counted_and_one_complaint_is_kept_whatever_the_order() -> None:
    run = Recorder(Completed("failed", "", "\nb: not  found\nb: usage\n"))
    asker = Asker(run, 30)
    ask_jobstats(asker, "1")
    run.completed = Completed("failed", "", "a: not found\n")
    ask_jobstats(asker, "2")
    assert list(asker.uses()) == [
        ProgramUse("jobstats", failed=2, jobs=2, failed_jobs=2, reason="a: not found")
    ]


def test_jobs_are_counted_not_questions() -> None:
    run = Recorder(Completed("failed"))
    asker = Asker(run, 30)
    ask_table(asker, ["1", "2", "3"])
    ask_time_limit(asker, "1")
    run.completed = Completed("done", "text")
    ask_time_limit(asker, "4")
    (use,) = asker.uses()
    assert (use.jobs, use.failed, use.failed_jobs, use.timed_out_jobs) == (4, 2, 3, 0)
