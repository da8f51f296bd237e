"""The figure of the jobs, and what its step says."""

from tests.make import a_selection
from vizspec.slurm.compute import ComputeFacts
from vizspec.slurm.usage import JobUsage, Known
from vizspec.views.base import Draft
from vizspec.views.compute_utilization import ComputeUtilization, plan

JOB = JobUsage("r4", "finetune", "r4", wall_seconds=Known(60, "seff"), time_limit=Known("00:10:00", "seff"))


def test_the_notes_stand_in_the_section_on_compute_and_not_again_under_the_figure() -> None:
    facts = ComputeFacts((JOB,), notes=("jobstats was not found here.",))
    drafts = list(
        plan(ComputeUtilization(view="compute_utilization"), a_selection([], compute={None: facts}))
    )
    assert [draft.notes for draft in drafts if isinstance(draft, Draft)] == [(), ()]
