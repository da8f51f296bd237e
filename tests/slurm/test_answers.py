"""What was said of a job, taken together."""

from vizspec.slurm.answers import JobAnswers
from vizspec.slurm.sacct import SacctJob
from vizspec.slurm.seff import SeffReport


def test_answers_are_final_when_all_states_are() -> None:
    done = SacctJob("7_0", state="COMPLETED")
    assert JobAnswers("7", SeffReport(state="FAILED"), (done,)).is_final
    assert not JobAnswers("7", SeffReport(state="COMPLETED"), (SacctJob("7_1", state="RUNNING"),)).is_final


def test_answers_without_a_state_are_not_final() -> None:
    assert not JobAnswers("7").is_final


def test_states_are_told_once() -> None:
    answers = JobAnswers("7", SeffReport(state="FAILED"), (SacctJob("7", state="FAILED"), SacctJob("7")))
    assert answers.states == ("FAILED",)
