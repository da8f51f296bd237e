"""An output ends as the worst of its files, with every reason once."""

from __future__ import annotations

import pytest

from tests.report.make import a_step, skipped
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus


def ended(*statuses: OutputStatus) -> Outcome:
    files = [
        FileOutcome(f"{place}.html", status, None if status is OutputStatus.MADE else f"why {status.value}")
        for place, status in enumerate(statuses)
    ]
    return Outcome(a_step(), tuple(files))


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ((OutputStatus.MADE, OutputStatus.FAILED), OutputStatus.FAILED),
        ((OutputStatus.SKIPPED, OutputStatus.MADE), OutputStatus.MADE),
        ((OutputStatus.UNCHANGED, OutputStatus.SKIPPED), OutputStatus.UNCHANGED),
        ((OutputStatus.SKIPPED, OutputStatus.SKIPPED), OutputStatus.SKIPPED),
        ((), OutputStatus.SKIPPED),
    ],
)
def test_an_output_ends_as_the_worst_of_its_files(
    files: tuple[OutputStatus, ...], status: OutputStatus
) -> None:
    assert ended(*files).status is status


def test_a_planned_skip_is_a_skipped_output_with_the_plans_reason() -> None:
    outcome = skipped("scores_heatmap", "one model")
    assert (outcome.status, outcome.reason, outcome.written) == (OutputStatus.SKIPPED, "one model", ())


def test_a_reason_is_told_once() -> None:
    assert (
        ended(OutputStatus.FAILED, OutputStatus.FAILED, OutputStatus.SKIPPED).reason
        == "why failed; why skipped"
    )
    assert ended(OutputStatus.MADE).reason is None


def test_written_are_the_files_that_stand_in_the_folder() -> None:
    outcome = ended(OutputStatus.MADE, OutputStatus.UNCHANGED, OutputStatus.FAILED, OutputStatus.SKIPPED)
    assert outcome.written == ("0.html", "1.html")
