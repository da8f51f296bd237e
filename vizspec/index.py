"""`index.html`: every view of the render on one page, in the report's order, with the report's tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vizspec.draw.canvas import page_of
from vizspec.draw.page import Image, IndexSection, IndexTable, Link, index_html
from vizspec.execute import NOT_ASKED_FOR, Executed, components
from vizspec.outcomes import Outcome, Status
from vizspec.plan import Step

if TYPE_CHECKING:
    from vizspec.draw.assets import PageAssets
    from vizspec.report.model import Report

INDEX = "index.html"


def index_page(name: str, executed: Executed, report: Report | None, assets: PageAssets) -> str:
    """The page's text, titled as the report, else `name`; unchanged charts are drawn again for it."""
    drawn = dict(executed.components) | components(
        outcome.step
        for outcome in executed.outcomes
        if isinstance(outcome.step, Step)
        and outcome.step.id not in executed.components
        and outcome.status is not Status.FAILED
        and outcome.reason != NOT_ASKED_FOR
    )
    sections = [section for outcome in executed.outcomes for section in _sections(outcome, drawn)]
    title = report.title if report is not None else name
    return index_html(title, (*sections, *_tables(report)), assets)


def _sections(outcome: Outcome, drawn: dict[str, Any]) -> Iterator[IndexSection]:
    step = outcome.step
    if not isinstance(step, Step):
        yield IndexSection(step.id, None, f"Not drawn: {step.reason}")
        return
    links = tuple(Link(name, name) for name in outcome.written)
    pictures = [name for name in outcome.written if name.endswith((".png", ".svg"))]
    if outcome.status is Status.FAILED and step.id not in drawn:
        yield IndexSection(step.title, None, f"Failed: {outcome.reason}", links)
    elif step.id in drawn:
        yield IndexSection(step.title, page_of(step, drawn[step.id]), step.caption, links)
    elif pictures:
        yield IndexSection(step.title, Image(pictures[0], step.title), step.caption, links)
    else:
        yield IndexSection(step.title, None, f"Not drawn: {outcome.reason}", links)


def _tables(report: Report | None) -> Iterator[IndexSection]:
    """The report's tables of metrics and jobs."""
    for section in report.sections if report is not None else ():
        for table in getattr(section, "tables", None) or filter(None, [getattr(section, "table", None)]):
            yield IndexSection(
                section.title, IndexTable(tuple(table.headers), table.rows), " ".join(table.footnotes) or None
            )
