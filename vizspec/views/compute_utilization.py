"""What the experiment's Slurm jobs used of what they asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from vizspec.draw.shapes.model import Shapes
from vizspec.errors import Loc, Problem
from vizspec.text.decimals import DASH
from vizspec.text.natural_order import natural_key
from vizspec.views._many import Order, even, on_pages, with_left_out
from vizspec.views.base import (
    IMAGE_FORMATS,
    Data,
    Draft,
    Grid,
    Kind,
    Lookups,
    Skip,
)
from vizspec.views.entry import Entry, Need, Whole
from vizspec.views.selection import Selection

if TYPE_CHECKING:
    from vizspec.slurm.compute import ComputeFacts
    from vizspec.slurm.model.usage import JobUsage
    from vizspec.slurm.output.usage_figure import UsageFigure


class ComputeUtilization(Entry):
    """Time, memory and GPU that each job used; `compute_metrics.json` has all that is known."""

    view: Literal["compute_utilization"]
    source: str | None = Field(default=None, alias="from")
    """A saved compute_metrics.json, relative to the spec, where the cluster's commands are not at hand."""

    top: Annotated[Whole, Field(ge=1)] | None = None
    """Only so many jobs, those that took longest; the caption names what is left out. null: all."""
    sort: Order | None = None
    """The order of the jobs: by the time they took, the longest or the shortest first, or by their names;
    null: as they were submitted."""
    limit: Annotated[Whole, Field(ge=1)] | None = None
    """How many jobs one picture shows; the others are on further pages. null: as many as can be read."""

    @property
    def jobs_file(self) -> str | None:
        return self.source


MOST_JOBS = 60
"""As many jobs stand in one picture."""
UNAVAILABLE = "Compute utilization unavailable: "
"""How warnings begin; the reason of this view need not say so again."""


@dataclass(frozen=True)
class Usage:
    """The figure of used against requested."""

    figure: UsageFigure
    title: str


@dataclass(frozen=True)
class RawMetrics:
    """The content of a file of figures: `compute_metrics.json`, or `compute_utilization.json`."""

    content: bytes
    title: str


def plan(entry: ComputeUtilization, selection: Selection) -> Iterator[Draft[Usage | RawMetrics] | Skip]:
    facts: ComputeFacts | None = selection.compute.get(entry.source)
    if facts is None or not facts.jobs:
        warnings = facts.warnings if facts is not None else ()
        yield Skip(" ".join(one.removeprefix(UNAVAILABLE) for one in warnings) or "no job is known")
        return
    from vizspec.slurm.output.usage_figure import rows_of, usage_figure

    jobs = _chosen(entry, facts.jobs)
    figure = usage_figure(jobs)
    title = "What each job used"
    if figure is None:
        yield Skip("no job has both a request and a use that are known")
    else:
        longest = [facts.jobs[place].name for place in _longest_first(facts.jobs)]
        caption = entry.caption_or(_caption(figure))
        caption = with_left_out(caption, entry.top, longest, "longest", "jobs", "time")
        whole: Draft[Usage | RawMetrics] = Draft(Usage(figure, title), title, caption)
        pages = even(range(len(figure.labels)), entry.limit or MOST_JOBS)
        shown: list[Usage | RawMetrics] = [
            Usage(rows_of(figure, places[0], places[-1] + 1), title) for places in pages
        ]
        yield from on_pages(whole, shown, "jobs")
    raw = RawMetrics(facts.metrics_json(), "Raw compute metrics")
    yield Draft(raw, raw.title, "Everything known of the jobs.", suffix="json", stem="compute_metrics")
    estimation = RawMetrics(facts.estimation_json(), "Compute figures for the next design")
    yield Draft(
        estimation,
        estimation.title,
        "What the recipe's design step reads to estimate the needs of an experiment.",
        parts=(("use", "estimation"),),
        suffix="json",
        stem="compute_utilization",
    )


def _longest_first(jobs: Sequence[JobUsage]) -> list[int]:
    """The places of the jobs, that of the longest first; those of which no time is known last."""

    def seconds(place: int) -> float:
        known = jobs[place].wall_seconds
        return known.value if known is not None else -1.0

    return sorted(range(len(jobs)), key=seconds, reverse=True)


def _chosen(entry: ComputeUtilization, jobs: Sequence[JobUsage]) -> list[JobUsage]:
    """The jobs that the entry shows, in its order."""
    longest = _longest_first(jobs)
    there = set(longest[: entry.top])
    timed = [place for place in longest if jobs[place].wall_seconds is not None]
    orders: dict[str | None, list[int]] = {
        None: list(range(len(jobs))),
        "descending": longest,
        "ascending": [*timed[::-1], *longest[len(timed) :]],
        "name": sorted(range(len(jobs)), key=lambda place: natural_key(jobs[place].name)),
    }
    return [jobs[place] for place in orders[entry.sort] if place in there]


def _caption(figure: UsageFigure) -> str:
    """What 100 is in each panel: not everything is asked for."""
    whole = ", ".join(f"{panel.title} in {panel.unit}" for panel in figure.panels)
    has_range = any(share and share.has_range for panel in figure.panels for share in panel.shares)
    range_note = " The thin line spans the samples, from the lowest to the highest." if has_range else ""
    return f"{whole}.{range_note}"


def draw(content: Usage | RawMetrics) -> Data:
    """The bytes of a file of figures; the figure itself is drawn of its shapes."""
    if isinstance(content, Usage):
        raise TypeError("the figure of the jobs has no bytes of its own")
    return Data(content.content)


def shapes(content: Usage | RawMetrics) -> Shapes:
    """The figure of the jobs; files of figures have none."""
    if isinstance(content, RawMetrics):
        raise TypeError("a file of figures has no shapes")
    from vizspec.draw.shapes.usage import usage_shapes

    return usage_shapes(content.figure, content.title)


def numbers(content: Usage | RawMetrics) -> Grid:
    """A row a job: what it used of each resource."""
    if isinstance(content, RawMetrics):
        raise TypeError("a file of figures is no picture")
    figure = content.figure
    columns = ([share.text if share is not None else DASH for share in one.shares] for one in figure.panels)
    headers = ("Job", *(panel.title for panel in figure.panels))
    return Grid(headers, tuple(zip(figure.labels, *columns, strict=True)))


def check(entry: ComputeUtilization, loc: Loc, lookups: Lookups) -> Iterator[Problem]:
    if entry.source is not None:
        yield from lookups.file((*loc, "from"), entry.source)


KIND = Kind(
    entry=ComputeUtilization,
    plan=plan,
    draw=draw,
    shapes=shapes,
    numbers=numbers,
    check=check,
    many=f"{MOST_JOBS} jobs",
    skips="the run logs name no jobs, or no source tells anything of them; the report says what to do",
    formats=IMAGE_FORMATS,
    needs=frozenset({Need.COMPUTE}),
    name="{view}",
    needs_no_cells=True,
    comes_once=True,
)
