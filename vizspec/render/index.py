"""`index.html`: every view of the render on one page, in the report's order, with the report's tables."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from vizspec.draw.pages.embedding import state_of_page
from vizspec.draw.pages.page import index_page
from vizspec.draw.pages.parts import (
    ChartPage,
    Image,
    IndexGroup,
    IndexPart,
    IndexSection,
    IndexTable,
    Link,
    Page,
    with_sections,
)
from vizspec.plan.outcomes import Outcome, OutputStatus
from vizspec.plan.plan import Skipped, Step
from vizspec.render.canvas import page_of
from vizspec.render.execute import Executed, components
from vizspec.render.figures import is_chart
from vizspec.render.index_sections import details_named, parts_of
from vizspec.render.overview import Overview
from vizspec.report.visualizations import view_words
from vizspec.text.decimals import DASH
from vizspec.text.html import with_pictures
from vizspec.views import KINDS

if TYPE_CHECKING:
    from vizspec.draw.pages.assets import PageAssets
    from vizspec.draw.pages.state import ChartState
    from vizspec.output.folder import Files
    from vizspec.report.model import Report

FACET_HEADERS = {"Job": "run", "run": "run", "model_label": "model", "task_label": "task", "epoch": "epoch"}
"""What tells of which evaluation the rows of a picture's numbers are."""
NO_OVERVIEW = Overview()
PICTURES = (".png", ".svg")


@dataclass(frozen=True)
class Outline:
    """What the index shows, before any chart is drawn: `fingerprint` tells whether it is what is there.

    Its charts have no component yet; `charts` has the step of each, by its stem.
    """

    title: str
    links: tuple[Link, ...]
    parts: tuple[IndexPart, ...]
    overview: Overview
    charts: Mapping[str, Step]
    fingerprint: str


def outline(
    name: str,
    executed: Executed,
    report: Report | None,
    context: Sequence[str],
    width_of: Callable[[str], int | None] = lambda name: None,
    documents: Sequence[str] = (),
    stands: Callable[[str], bool] = lambda name: False,
    overview: Overview = NO_OVERVIEW,
) -> Outline:
    """The index in the report's order, titled as the report, else `name`.

    `context` tells how pages are made, `width_of` the CSS pixels that a picture's file is wide, `documents`
    which files belong to the whole, `stands` whether a file of an earlier render is still there, `overview`
    what of all evaluations is shown besides.
    """
    title = report.title if report is not None else name
    made = [(outcome, _section(outcome, width_of, stands)) for outcome in executed.outcomes]
    first = (overview.scores,) if overview.scores is not None else ()
    parts = (*first, *parts_of(report, _groups(made), overview.coverage))
    charts = {
        step.stem: step
        for outcome, _ in made
        if isinstance(step := outcome.step, Step) and _is_drawn_here(step, outcome.written)
    }
    links = tuple(Link(name, name) for name in documents)
    drawn = [executed.fingerprints.get(step.id) for step in charts.values()]
    identity = (title, links, tuple(context), parts, overview.facets, drawn)
    digest = hashlib.sha256(repr(identity).encode()).hexdigest()
    return Outline(title, links, parts, overview, charts, digest)


def drawn_index(outline: Outline, executed: Executed, assets: PageAssets, folder: Files) -> Page:
    """The page; charts that were left as they are are taken from their own pages in `folder`."""
    left = [step for step in outline.charts.values() if step.id not in executed.components]
    kept = {step.id: state for step in left if (state := _state(step, folder)) is not None}
    drawn = {**executed.components, **kept, **components(step for step in left if step.id not in kept)}

    def finished(section: IndexSection) -> IndexSection:
        body = section.body
        if isinstance(body, ChartPage):
            step = outline.charts[body.stem]
            found = page_of(step, drawn[step.id]) if step.id in drawn else None
            return replace(section, body=found, caption=step.caption)
        if isinstance(body, Image) and assets.mode == "inline":
            return replace(section, body=replace(body, content=folder.read(body.href)))
        if section.prose and assets.mode == "inline":
            return replace(section, prose=with_pictures(section.prose, lambda name: _own(name, folder)))
        return section

    parts = with_sections(outline.parts, finished)
    return index_page(outline.title, parts, assets, outline.links, outline.overview.facets)


def _own(name: str, folder: Files) -> bytes | None:
    """A file of the output folder; None of one that lies elsewhere."""
    whole = folder.path.resolve()
    return folder.read(name) if (whole / name).resolve().is_relative_to(whole) else None


def _state(step: Step, folder: Files) -> ChartState | None:
    """The chart as its own page holds it; None where it has no page."""
    page = next((name for name in step.files if name.endswith(".html")), None)
    content = folder.read(page) if page is not None else None
    if content is None:
        return None
    return state_of_page(content.decode("utf-8", "replace"), step.stem, folder.read)


def _is_drawn_here(step: Step, written: Sequence[str]) -> bool:
    """Whether the index draws the figure, one that could have a page; else it shows an image."""
    return bool(written) and (is_chart(step) or "html" in KINDS[step.view].formats)


def _numbers(step: Step) -> IndexTable | None:
    """What a picture was made of; None where its kind does not tell."""
    tell = KINDS[step.view].numbers
    if tell is None:
        return None
    grid = tell(step.content)
    sides = (_side([row[place] for row in grid.rows]) for place in range(len(grid.headers)))
    details = details_named(grid.headers, grid.rows, FACET_HEADERS)
    return IndexTable(grid.headers, grid.rows, tuple(sides), details)


def _side(texts: Sequence[str]) -> Literal["left", "right"]:
    """Numbers stand to the right."""
    are_numbers = all(text == DASH or text[:1].isdigit() or text[:1] in ("-", "+", ".") for text in texts)
    return "right" if are_numbers else "left"


def _groups(made: Sequence[tuple[Outcome, IndexSection]]) -> tuple[IndexSection | IndexGroup, ...]:
    """The outputs of each entry together: metrics behind tabs, tasks and pages beside each other."""
    found: list[IndexSection | IndexGroup] = []
    for _, members in groupby(made, key=lambda one: one[0].step.entry):
        outcomes, sections = zip(*members, strict=True)
        sections = _with_data_at_figures(outcomes, sections)
        if len(sections) == 1:
            found.append(sections[0])
            continue
        metrics = {outcome.step.metric for outcome in outcomes}
        layout: Literal["tabs", "grid"] = "tabs" if len(metrics) > 1 else "grid"
        found.append(IndexGroup(_heading(outcomes[0].step), sections, layout))
    return tuple(found)


def _with_data_at_figures(
    outcomes: Sequence[Outcome], sections: Sequence[IndexSection]
) -> tuple[IndexSection, ...]:
    """The sections without those of data alone: links to their files stand at the first figure."""
    is_data = [bool(out.written) and one.body is None for out, one in zip(outcomes, sections, strict=True)]
    figures = [one for one, is_one in zip(sections, is_data, strict=True) if not is_one]
    if not figures or figures[0].body is None:
        return tuple(sections)
    data = (one for one, is_one in zip(sections, is_data, strict=True) if is_one)
    links = (*figures[0].links, *(link for one in data for link in one.links))
    return (replace(figures[0], links=links), *figures[1:])


def _heading(step: Step | Skipped) -> str:
    """What the outputs of an entry are called together: its view, and its id where that says more."""
    identity = step.entry_id or step.view
    view = view_words(step.view)
    if identity.startswith(step.view):
        return f"{view}{identity.removeprefix(step.view).replace('_', ' ')}"
    return f"{view}: {identity}"


def _section(
    outcome: Outcome, width_of: Callable[[str], int | None], stands: Callable[[str], bool]
) -> IndexSection:
    step = outcome.step
    if not isinstance(step, Step):
        return IndexSection(step.id, None, f"Not drawn: {step.reason}")
    if not outcome.written:
        earlier = tuple(Link(name, name) for name in step.files if stands(name))
        status = "Failed" if outcome.status is OutputStatus.FAILED else "Not drawn"
        left = "; an earlier render made these files" if earlier else ""
        return IndexSection(step.title, None, f"{status}: {outcome.reason}{left}", earlier)
    links = tuple(Link(name, _format(name)) for name in outcome.written)
    pictures = [name for name in outcome.written if name.endswith(PICTURES)]
    if _is_drawn_here(step, outcome.written):
        return IndexSection(step.title, page_of(step, None), step.caption, links, facets=step.facets)
    body = Image(pictures[0], step.title, width_of(pictures[0]), table=_numbers(step)) if pictures else None
    if body is None:
        links = tuple(Link(name, name) for name in outcome.written)
    return IndexSection(step.title, body, step.caption, links, facets=step.facets)


def _format(name: str) -> str:
    """What a link to a file of a figure is called."""
    ending = name.rpartition(".")[2]
    return "Page" if ending == "html" else ending.upper()
