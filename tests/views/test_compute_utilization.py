"""The figure of the jobs, and what its step says."""

from dataclasses import replace

from tests.make import a_selection
from vizspec.slurm.compute import ComputeFacts
from vizspec.slurm.model.usage import JobUsage, Known
from vizspec.views.base import Draft, Skip
from vizspec.views.compute_utilization import ComputeUtilization, Usage, plan

JOB = JobUsage("r4", "finetune", "r4", wall_seconds=Known(60, "seff"), time_limit=Known("00:10:00", "seff"))


def test_the_notes_stand_in_the_section_on_compute_and_not_again_under_the_figure() -> None:
    facts = ComputeFacts((JOB,), notes=("jobstats was not found here.",))
    drafts = list(
        plan(ComputeUtilization(view="compute_utilization"), a_selection([], compute={None: facts}))
    )
    assert [draft.notes for draft in drafts if isinstance(draft, Draft)] == [(), (), ()]


def test_the_caption_says_what_a_hundred_percent_is_in_each_panel() -> None:
    facts = ComputeFacts((JOB,))
    figure, *_ = plan(ComputeUtilization(view="compute_utilization"), a_selection([], compute={None: facts}))
    assert isinstance(figure, Draft)
    assert figure.caption == "Time in % of the time limit."
    sampled = replace(
        JOB,
        gpu_utilization_jobstats_pct=Known(65.0, "jobstats"),
        gpu_utilization_min_pct=Known(20.0, "nvidia-smi"),
        gpu_utilization_max_pct=Known(100.0, "nvidia-smi"),
    )
    selection = a_selection([], compute={None: ComputeFacts((sampled,))})
    figure, *_ = plan(ComputeUtilization(view="compute_utilization"), selection)
    assert isinstance(figure, Draft)
    assert figure.caption == (
        "Time in % of the time limit, GPU utilization in % of the time. "
        "The thin line spans the samples, from the lowest to the highest."
    )


def test_an_empty_caption_is_none_and_no_default_takes_its_place() -> None:
    entry = ComputeUtilization(view="compute_utilization", caption="")
    figure, *_ = plan(entry, a_selection([], compute={None: ComputeFacts((JOB,))}))
    assert isinstance(figure, Draft)
    assert figure.caption == ""


def test_the_figures_are_written_for_people_and_for_the_next_design() -> None:
    facts = ComputeFacts((JOB,))
    drafts = plan(ComputeUtilization(view="compute_utilization"), a_selection([], compute={None: facts}))
    named = [(draft.stem, draft.suffix) for draft in drafts if isinstance(draft, Draft)]
    assert named == [(None, None), ("compute_metrics", "json"), ("compute_utilization", "json")]


def test_many_jobs_go_on_on_further_pages() -> None:
    jobs = tuple(replace(JOB, name=f"job{number}") for number in range(130))
    entry = ComputeUtilization(view="compute_utilization")
    drafts = plan(entry, a_selection([], compute={None: ComputeFacts(jobs)}))
    pages = [one for one in drafts if isinstance(one, Draft) and isinstance(one.content, Usage)]
    assert [page.page for page in pages] == [(1, 3), (2, 3), (3, 3)]
    labels = [
        label for page in pages if isinstance(page.content, Usage) for label in page.content.figure.labels
    ]
    assert labels == [f"job{number}" for number in range(130)]


def test_without_jobs_the_reason_is_said_once() -> None:
    reasons = ("Compute utilization unavailable: logs/run-torchtune.log is missing",)
    entry = ComputeUtilization(view="compute_utilization")
    assert list(plan(entry, a_selection([], compute={None: ComputeFacts(warnings=reasons)}))) == [
        Skip("logs/run-torchtune.log is missing")
    ]
    assert list(plan(entry, a_selection([], compute={None: ComputeFacts()}))) == [Skip("no job is known")]


def test_the_longest_jobs_alone_are_shown_in_the_order_that_is_asked_for() -> None:
    seconds = {"a": 60.0, "b": 3000.0, "c": 600.0, "d": None}
    jobs = tuple(
        replace(JOB, name=name, run="r", wall_seconds=None if time is None else Known(time, "seff"))
        for name, time in seconds.items()
    )

    def labels(**keys: object) -> tuple[list[str], str]:
        entry = ComputeUtilization.model_validate({"view": "compute_utilization", **keys})
        drafts = plan(entry, a_selection([], compute={None: ComputeFacts(jobs)}))
        found = [
            (one.content, one.caption)
            for one in drafts
            if isinstance(one, Draft) and isinstance(one.content, Usage)
        ]
        return [label for usage, _ in found for label in usage.figure.labels], found[0][1]

    assert labels()[0] == ["a", "b", "c", "d"]
    assert labels(sort="descending")[0] == ["b", "c", "a", "d"]
    assert labels(sort="ascending")[0] == ["a", "c", "b", "d"]
    shown, caption = labels(top=2, sort="name", limit=1)
    assert shown == ["b", "c"]
    assert caption.endswith("; the 2 longest of 4 jobs by their time; left out: a, d.")
