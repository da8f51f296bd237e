"""`index.html`: every view of the render on one page, in the report's order, with the report's tables."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vizspec.draw.pages.embedding import state_of_page
from vizspec.draw.pages.page import index_page
from vizspec.draw.pages.parts import Image, IndexSection, Link, Page
from vizspec.plan.outcomes import Outcome, Status
from vizspec.plan.plan import Step
from vizspec.render.canvas import page_of
from vizspec.render.execute import Executed, components, is_chart
from vizspec.render.index_sections import after_figures, before_figures

if TYPE_CHECKING:
    from vizspec.draw.pages.assets import PageAssets
    from vizspec.draw.pages.state import ChartState
    from vizspec.output.folder import Files
    from vizspec.report.model import Report

INDEX = "index.html"


@dataclass(frozen=True)
class Outline:
    """What the index shows, before any chart is drawn: `fingerprint` tells whether it is what is there."""

    title: str
    links: tuple[Link, ...]
    sections: tuple[Part, ...]
    fingerprint: str


@dataclass(frozen=True)
class Part:
    """One section; `chart` is the step whose chart stands in it, the section's body then being empty."""

    section: IndexSection
    chart: Step | None = None


def outline(
    name: str,
    executed: Executed,
    report: Report | None,
    context: Sequence[str],
    width_of: Callable[[str], int | None] = lambda name: None,
    documents: Sequence[str] = (),
    stands: Callable[[str], bool] = lambda name: False,
) -> Outline:
    """The index in the report's order, titled as the report, else `name`.

    `context` tells how pages are made, `width_of` the CSS pixels that a picture's file is wide, `documents`
    which files belong to the whole, `stands` whether a file of an earlier render is still there.
    """
    title = report.title if report is not None else name
    parts = (
        *(Part(section) for section in before_figures(report)),
        *(_part(outcome, width_of, stands) for outcome in executed.outcomes),
        *(Part(section) for section in after_figures(report)),
    )
    links = tuple(Link(name, name) for name in documents)
    fingerprints = [
        (part.section, executed.fingerprints.get(part.chart.id) if part.chart else None) for part in parts
    ]
    digest = hashlib.sha256(repr((title, links, tuple(context), fingerprints)).encode()).hexdigest()
    return Outline(title, links, parts, digest)


def drawn_index(outline: Outline, executed: Executed, assets: PageAssets, folder: Files) -> Page:
    """The page; charts that were left as they are are taken from their own pages in `folder`."""
    left = [part.chart for part in outline.sections if part.chart is not None]
    left = [step for step in left if step.id not in executed.components]
    kept = {step.id: state for step in left if (state := _state(step, folder)) is not None}
    drawn = {**executed.components, **kept, **components(step for step in left if step.id not in kept)}
    sections = [_with_chart(part, drawn) for part in outline.sections]
    if assets.mode == "inline":
        sections = [_with_content(section, folder) for section in sections]
    return index_page(outline.title, sections, assets, outline.links)


def _with_content(section: IndexSection, folder: Files) -> IndexSection:
    """The section with its picture in it: an inline page stands alone."""
    body = section.body
    if not isinstance(body, Image):
        return section
    return replace(section, body=replace(body, content=folder.read(body.href)))


def _state(step: Step, folder: Files) -> ChartState | None:
    """The chart as its own page holds it; None where it has no page."""
    page = next((name for name in step.files if name.endswith(".html")), None)
    content = folder.read(page) if page is not None else None
    if content is None:
        return None
    return state_of_page(content.decode("utf-8", "replace"), step.stem, folder.read)


def _with_chart(part: Part, drawn: Mapping[str, Any]) -> IndexSection:
    if part.chart is None or part.chart.id not in drawn:
        return part.section
    return replace(part.section, body=page_of(part.chart, drawn[part.chart.id]))


def _part(outcome: Outcome, width_of: Callable[[str], int | None], stands: Callable[[str], bool]) -> Part:
    step = outcome.step
    if not isinstance(step, Step):
        return Part(IndexSection(step.id, None, f"Not drawn: {step.reason}"))
    links = tuple(Link(name, name) for name in outcome.written)
    if not outcome.written:
        earlier = tuple(Link(name, name) for name in step.files if stands(name))
        status = "Failed" if outcome.status is Status.FAILED else "Not drawn"
        left = "; an earlier render made these files" if earlier else ""
        return Part(IndexSection(step.title, None, f"{status}: {outcome.reason}{left}", earlier))
    pictures = [name for name in outcome.written if name.endswith((".png", ".svg"))]
    if is_chart(step):
        return Part(IndexSection(step.title, None, step.caption, links), step)
    body = Image(pictures[0], step.title, width_of(pictures[0])) if pictures else None
    return Part(IndexSection(step.title, body, step.caption, links))
