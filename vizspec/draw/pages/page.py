"""Pages: one chart on a page of its own, and the index that shows everything.

Pure: files are read by `assets` and written by the caller. Every title, caption and cell is escaped by
the templates; a chart's data and specification stand in JSON elements that no label can break out of.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vizspec.draw.pages.assets import (
    TEMPLATES,
    Engine,
    PageAssets,
    providing_script,
    runtime_script,
)
from vizspec.draw.pages.embedding import element_id, paths_of, state_json, table_file, table_json
from vizspec.draw.pages.index_view import facet_pairs, nodes_of, quoted, sections_of
from vizspec.draw.pages.parts import (
    ChartPage,
    Drawing,
    EmbeddedTable,
    Facet,
    Image,
    IndexPart,
    IndexTable,
    Link,
    Page,
)
from vizspec.draw.pages.policy import MARK_SCRIPT, policy
from vizspec.draw.pages.state import ChartState, chart_state

if TYPE_CHECKING:
    from inspect_viz import Component

    from vizspec.draw.charts.mosaic import Specification

STATES_KEPT = 256
NO_TEXT = Markup("")
SHOW_OR_TELL = (
    'window.vizspec ? vizspec.showAll() : document.querySelectorAll("[data-vizspec-chart]")'
    '.forEach((e) => { e.textContent = "This chart needs the file FILE beside this page."; });'
)
"""What a page runs after the files that it loads."""


@dataclass(frozen=True)
class PageScript:
    """What a page runs as the templates see it: the files that it loads, the runtime first, and a text."""

    files: tuple[str, ...] = ()
    text: Markup = NO_TEXT


def chart_page(chart: ChartPage, assets: PageAssets) -> Page:
    """The page of one chart; byte-identical in every process for equal data, versions and mode."""
    (state,) = states = states_of([chart])
    loads = _loads(states, assets)
    script = _script(loads, assets)
    text = (
        _environment()
        .get_template("chart.html.j2")
        .render(
            title=chart.title,
            heading=None if chart.shows_title else chart.title,
            caption=chart.caption,
            drawing=_drawing(chart, state, _in_files(states, loads)),
            script=script,
            policy=policy(script.text, script.files, assets),
        )
    )
    return Page(text, loads)


def index_page(
    title: str,
    parts: Sequence[IndexPart],
    assets: PageAssets,
    links: Sequence[Link] = (),
    facets: Sequence[Facet] = (),
) -> Page:
    """The page that shows all parts in their order with one runtime; equal tables are held once.

    `links` lead to the files that belong to the whole, `facets` are what the page can be filtered by.
    """
    bodies = [section.body for section in sections_of(parts)]
    charts = [body for body in bodies if isinstance(body, ChartPage)]
    has_tables = any(_is_table(body) for body in bodies)
    states = states_of(charts)
    loads = _loads(states, assets, has_tables=has_tables)
    held = _in_files(states, loads)
    drawings = {c.stem: _drawing(c, state, held) for c, state in zip(charts, states, strict=True)}
    runtime = "" if loads or not (charts or has_tables) else runtime_script(assets)
    script = PageScript(tuple(loads), Markup(f"\n{runtime}{assets.engine.index_script}"))
    text = (
        _environment()
        .get_template("index.html.j2")
        .render(
            title=title,
            links=quoted(links),
            nodes=nodes_of(parts, drawings),
            facets=facets,
            styles=Markup(assets.engine.page_styles + assets.engine.index_styles),
            script=script,
            policy=policy(script.text, script.files, assets),
        )
    )
    return Page(text, loads)


def _is_table(body: object) -> bool:
    """Whether the index shows a table here, be it behind an image."""
    return isinstance(body, IndexTable) or (isinstance(body, Image) and body.table is not None)


def pictures_html(engine: Engine) -> str:
    """The page that pictures are taken of, without its charts and the widget that draws them: the runtime's
    modules and a database stand at addresses below its own.
    """
    local = {"modules": {"url": "modules"}, "database": "."} if engine.bundles else {}
    script = Markup(providing_script(engine, local))
    return _environment().get_template("pictures.html.j2").render(script=script)


def charts_html(charts: Sequence[ChartPage], padding: int, *, with_tables: bool) -> str:
    """The charts of the page of pictures, with as many pixels of white around each."""
    states = states_of(charts)
    held = set() if with_tables else set(_tables(states))
    drawings = [_drawing(chart, state, held) for chart, state in zip(charts, states, strict=True)]
    return _environment().get_template("charts.html.j2").render(drawings=drawings, padding=padding)


def states_of(charts: Sequence[ChartPage]) -> list[ChartState]:
    """The state of each chart, worked out once for its page, its picture and the index."""
    return [_known(chart) for chart in charts]


def _known(chart: ChartPage) -> ChartState:
    assert chart.component is not None, f"{chart.stem} was not drawn"
    return chart.component if isinstance(chart.component, ChartState) else _state(chart.component, chart.stem)


def _drawing(chart: ChartPage, state: ChartState, held: set[str]) -> Drawing:
    fresh = {name: data for name, data in state.tables.items() if name not in held}
    held.update(fresh)
    tables = (EmbeddedTable(name, Markup(table_json(data))) for name, data in fresh.items())
    return Drawing(
        element_id(chart.stem), chart.title, Markup(state_json(state)), tuple(tables), chart.picture
    )


@functools.lru_cache(STATES_KEPT)
def _state(component: Component | Specification, stem: str) -> ChartState:
    return chart_state(component, stem)


def _script(loads: Mapping[str, bytes], assets: PageAssets) -> PageScript:
    if not loads:
        return PageScript(text=Markup(f"\n{runtime_script(assets)}vizspec.showAll();\n"))
    files = tuple(loads)
    return PageScript(files, Markup(SHOW_OR_TELL.replace("FILE", files[0])))


def _loads(states: Sequence[ChartState], assets: PageAssets, *, has_tables: bool = False) -> dict[str, bytes]:
    """The files that a page of these charts loads, the runtime first; none where it stands alone."""
    if assets.mode != "linked" or not (states or has_tables):
        return {}
    held = {path: names for state in states for path, names in paths_of(list(state.tables)).items()}
    tables = _tables(states)
    files = {path: table_file({name: tables[name] for name in held[path]}) for path in sorted(held)}
    return {**assets.files, **files}


def _in_files(states: Sequence[ChartState], loads: Mapping[str, bytes]) -> set[str]:
    """The names of the tables that the page need not hold itself: all, where it loads files."""
    return set(_tables(states)) if loads else set()


def _tables(states: Sequence[ChartState]) -> dict[str, bytes]:
    return {name: data for state in states for name, data in state.tables.items()}


@functools.cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["mark_script"] = Markup(MARK_SCRIPT)
    made.filters["facets"] = facet_pairs
    return made
