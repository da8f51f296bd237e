"""What is said of programs that did not answer."""

import pytest

from vizspec.slurm.model.usage import SlurmProgram
from vizspec.slurm.shortfalls import program_notes, shown_reason
from vizspec.slurm.sources.programs import ProgramUse


def test_programs_that_answered_everything_are_not_told_of() -> None:
    assert program_notes([ProgramUse("seff", answered=3, jobs=3)]) == ()


def test_a_failure_for_some_jobs_is_told_with_its_reason_where_others_were_answered() -> None:
    use = ProgramUse(
        "sacct", answered=9, failed=3, jobs=12, failed_jobs=3, reason="slurmdbd: Connection refused"
    )
    assert program_notes([use]) == (
        "sacct failed for 3 of 12 jobs (slurmdbd: Connection refused): "
        "there time limits are missing where seff does not give them.",
    )


def test_failures_and_time_outs_of_one_program_are_both_told() -> None:
    use = ProgramUse("seff", failed=1, timed_out=1, jobs=2, failed_jobs=1, timed_out_jobs=1)
    late, failed = program_notes([use])
    assert late.startswith("seff did not answer in time for 1 of 2 jobs: there CPU")
    assert failed.startswith("seff failed for 1 of 2 jobs: there CPU")


def test_a_missing_program_is_told_with_what_takes_its_place() -> None:
    assert program_notes(
        [ProgramUse("sacct", missing=3, jobs=3), ProgramUse("seff", answered=3, jobs=3)]
    ) == ("sacct was not found here: time limits are missing where seff does not give them.",)


@pytest.mark.parametrize(
    ("missing", "note"),
    [
        (
            ("seff", "sacct"),
            "seff and sacct were not found here: "
            "wall times and CPU figures are jobstats' alone, and time limits are missing.",
        ),
        (
            ("seff", "jobstats"),
            "seff and jobstats were not found here: wall times are sacct's, GPU utilization is nvidia-smi's, "
            "and CPU figures and jobstats' notes are missing.",
        ),
        (
            ("sacct", "jobstats"),
            "sacct and jobstats were not found here: times, limits and CPU figures are seff's, "
            "GPU utilization is nvidia-smi's, and jobstats' notes are missing.",
        ),
        (
            ("seff", "sacct", "jobstats"),
            "seff, sacct and jobstats were not found here: times, limits, CPU figures and jobstats' notes "
            "are missing, and GPU figures are nvidia-smi's.",
        ),
    ],
)
def test_several_missing_programs_share_a_sentence_that_names_none_of_them_as_a_source(
    missing: tuple[SlurmProgram, ...], note: str
) -> None:
    assert program_notes([ProgramUse(program, missing=1, jobs=1) for program in missing]) == (note,)


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("sacct: error: Connection refused", "error: Connection refused"),
        ("error: host db.example.org is down", "error: host … is down"),
        ("connection to host:db1:6819: Connection refused", "connection to host:…: Connection refused"),
        ("no answer of 10.1.2.3:6819", "no answer of …"),
        ("uninitialized value at /usr/bin/seff line 83.", "uninitialized value at … line 83."),
        ("Unable to contact slurm controller", "Unable to contact slurm controller"),
        ("x" * 500, "x" * 159 + "…"),
    ],
)
def test_a_reason_names_no_machine_and_is_short(reason: str, shown: str) -> None:
    assert shown_reason(ProgramUse("sacct", reason=reason)) == shown
