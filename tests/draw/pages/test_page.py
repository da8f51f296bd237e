"""The text of pages: what they hold once, what they escape, and that it is the same every time."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.draw.conftest import MakeChart, small_frame
from vizspec.cells.facets import Facets
from vizspec.draw.pages.assets import Engine, Mode, PageAssets, Widget, escape_json, runtime_script
from vizspec.draw.pages.embedding import state_of_page
from vizspec.draw.pages.page import chart_page, charts_html, index_page, pictures_html, states_of
from vizspec.draw.pages.parts import (
    Chapter,
    ChartPage,
    Facet,
    GridCell,
    Image,
    IndexGrid,
    IndexGroup,
    IndexRow,
    IndexSection,
    IndexTable,
    Link,
)
from vizspec.estimates.bars import Bar

HOSTILE = "</script><img src=x onerror=alert(1)>'\"\n\u2028--><!--"


def _assets(mode: Mode = "linked") -> PageAssets:
    bundles = {} if mode == "cdn" else {"modules": b"m", "worker": b"w", "wasm": b"d"}
    engine = Engine(mode, "h1 {}", "window.vizspec = {};\n", bundles=bundles)
    return PageAssets(engine, Widget("import '</script>';", "p {}"))


class Elements(HTMLParser):
    """The start tags of a page with their attributes, and the text of its script elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.scripts[-1] += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_a_linked_page_is_small_and_names_the_shared_file(make_chart: MakeChart) -> None:
    text = chart_page(make_chart(), _assets()).text
    assert len(text) < 10_000
    assert {"src": _assets().href} in Elements(text).named("script")


def test_an_inline_page_needs_no_other_file(make_chart: MakeChart) -> None:
    page = Elements(chart_page(make_chart(), _assets("inline")).text)
    assert all("src" not in script for script in page.named("script"))
    assert page.named("link") == []


def test_only_linked_pages_have_a_shared_file() -> None:
    assert list(_assets().files) == [_assets().href]
    assert _assets("inline").files == {}
    assert _assets("cdn").files == {}


def test_the_runtime_cannot_end_its_script_element() -> None:
    assert "</script" not in runtime_script(_assets()).lower()


def test_labels_titles_and_captions_open_no_element(make_chart: MakeChart) -> None:
    frame = small_frame((HOSTILE, "boolq"))
    chart = make_chart(frame=frame, title=HOSTILE, caption=HOSTILE)
    table = IndexTable((HOSTILE,), ((HOSTILE,),), ("left",))
    sections = [
        IndexSection(HOSTILE, chart),
        IndexSection(HOSTILE, Image(HOSTILE, HOSTILE), HOSTILE, (Link(HOSTILE, HOSTILE),)),
        IndexSection(HOSTILE, table, HOSTILE),
    ]
    single, index = chart_page(chart, _assets()).text, index_page(HOSTILE, sections, _assets()).text
    assert Elements(single).named("img") == []
    assert [image["src"] for image in Elements(index).named("img")] == [
        "%3C/script%3E%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%27%22%0A%E2%80%A8--%3E%3C%21--"
    ]
    for text in (single, index):
        assert not [script for script in Elements(text).scripts if "onerror" in script and "<" in script]


def test_hostile_text_survives_in_the_json_as_it_was() -> None:
    text = escape_json(json.dumps(HOSTILE, ensure_ascii=False))
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == HOSTILE


def test_a_chart_has_the_same_place_on_its_own_page_and_in_the_index(make_chart: MakeChart) -> None:
    chart = make_chart()
    own = Elements(chart_page(chart, _assets()).text)
    index = Elements(index_page("All", [IndexSection("One", chart)], _assets()).text)
    ids = [[tag["id"] for tag in page.named("div") if tag.get("id")] for page in (own, index)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 1


def test_a_title_that_the_chart_shows_is_not_repeated(make_chart: MakeChart) -> None:
    chart = make_chart(title="Accuracy")
    shown = ChartPage(chart.stem, chart.title, chart.component, shows_title=True)
    assert len(Elements(chart_page(chart, _assets()).text).named("h1")) == 1
    assert Elements(chart_page(shown, _assets()).text).named("h1") == []


def three_charts(make_chart: MakeChart) -> list[ChartPage]:
    """Of which two show equal tables."""
    charts = [make_chart(stem="one"), make_chart("scores_heatmap", stem="two")]
    return [*charts, make_chart(stem="three", frame=small_frame(("another",)))]


def test_an_index_that_stands_alone_holds_equal_tables_once(make_chart: MakeChart) -> None:
    sections = [IndexSection(chart.stem, chart) for chart in three_charts(make_chart)]
    page = index_page("All", sections, _assets("inline"))
    scripts = Elements(page.text).named("script")
    assert len([script for script in scripts if "data-table" in script]) == 2
    assert not [script for script in scripts if "src" in script]
    assert page.loads == {}


def test_linked_pages_load_what_they_show_from_files_that_all_share(make_chart: MakeChart) -> None:
    charts = three_charts(make_chart)
    index = index_page("All", [IndexSection(chart.stem, chart) for chart in charts], _assets())
    pages = [index, *(chart_page(chart, _assets()) for chart in charts)]
    for page in pages:
        scripts = Elements(page.text).named("script")
        assert [script["src"] for script in scripts if "src" in script] == list(page.loads)
        assert not [script for script in scripts if "data-table" in script]
    assert [len(page.loads) for page in pages] == [3, 2, 2, 2]
    assert next(iter(index.loads)) == _assets().href
    shared = {name: data for page in pages[1:] for name, data in page.loads.items()}
    assert shared == index.loads


@pytest.mark.parametrize("mode", ["linked", "inline", "cdn"])
def test_a_page_gives_back_the_chart_that_it_shows(make_chart: MakeChart, mode: Mode) -> None:
    chart = make_chart()
    page = chart_page(chart, _assets(mode))
    assert [state_of_page(page.text, chart.stem, page.loads.get)] == states_of([chart])
    assert state_of_page(page.text, "another", page.loads.get) is None


def test_a_page_whose_data_is_not_there_gives_no_chart_back(make_chart: MakeChart) -> None:
    page = chart_page(make_chart(), _assets())
    assert state_of_page(page.text, make_chart().stem, lambda name: None) is None
    assert state_of_page(page.text, make_chart().stem, lambda name: b"half a fi") is None


def test_sections_of_one_heading_are_numbered() -> None:
    page = index_page("All", [IndexSection("Match"), IndexSection("One"), IndexSection("Match")], _assets())
    headings = [text.split("<")[0] for text in page.text.split("<h2>")[1:]]
    assert headings == ["Match (1 of 2)", "One", "Match (2 of 2)"]


def test_the_contents_lead_to_every_section(make_chart: MakeChart) -> None:
    sections = [IndexSection("Match"), IndexSection("Match"), IndexSection("→")]
    page = Elements(index_page("All", sections, _assets()).text)
    anchors = [section["id"] for section in page.named("section")]
    links = [link["href"] for link in page.named("a") if link.get("class") is None]
    permalinks = [link["href"] for link in page.named("a") if link.get("class") == "permalink"]
    assert links == permalinks == [f"#{anchor}" for anchor in anchors]
    assert anchors == ["match-1-of-2", "match-2-of-2", "section"]


def test_an_index_without_charts_and_tables_loads_no_runtime() -> None:
    table = IndexTable(("a",), (("1",),), ("right",))
    assert index_page("All", [IndexSection("T")], _assets()).loads == {}
    assert list(index_page("All", [IndexSection("T", table)], _assets()).loads) == [_assets().href]


def test_headings_nest_and_anchors_of_equal_ones_differ() -> None:
    group = IndexGroup("Scores", (IndexSection("Match"), IndexSection("Other")))
    page = Elements(index_page("All", [IndexSection("Match"), Chapter("All", (group,))], _assets()).text)
    sections = [(section["id"], section["class"]) for section in page.named("section")]
    assert sections == [
        ("match", "section level-2"),
        ("all", "chapter level-2"),
        ("scores", "tabs level-3"),
        ("match--2", "section level-4"),
        ("other", "section level-4"),
    ]


def test_cells_of_a_grid_have_their_colour_their_words_and_where_they_lead() -> None:
    cell = GridCell("0.9", '1B on "A"', "#log-1", heat=0.9, is_best=True, facets=Facets(model="1B"))
    grid = IndexGrid("Model", ("A", "B"), (("1B", (cell, None)),))
    text = index_page("All", [IndexSection("Scores", grid)], _assets()).text
    opening_tag = '<td style="--heat: 0.900" title="1B on &#34;A&#34;" data-model="1B">'
    assert f'{opening_tag}<a href="#log-1"><strong>0.9</strong></a></td><td class="nothing"></td>' in text


def test_a_number_of_a_table_has_its_interval_as_a_picture() -> None:
    row = IndexRow("log-1", (None, Bar(0.5, 0.4, 0.6, heat=0.5)), Facets(task="<A>"), {0: "http://x/#/a"})
    table = IndexTable(("Log", "Score"), (("a", "0.5"),), ("left", "right"), (row,))
    text = index_page("All", [IndexSection("T", table)], _assets()).text
    assert '<tr id="log-1" data-task="&lt;A&gt;"><td><a href="http://x/#/a">a</a></td>' in text
    assert "--lower: 0.400; --upper: 0.600; --value: 0.500" in text


def test_what_the_page_can_be_filtered_by_is_a_list_of_boxes() -> None:
    page = Elements(index_page("All", [], _assets(), facets=[Facet("model", ("1B", "<3B>"))]).text)
    assert [box["value"] for box in page.named("input") if box["type"] == "checkbox"] == ["1B", "<3B>"]


def test_a_chart_has_what_stands_in_for_it_where_scripts_may_not_run(make_chart: MakeChart) -> None:
    chart = replace(make_chart(), title="Match", picture="a b.png")
    for text in (
        chart_page(chart, _assets()).text,
        index_page("All", [IndexSection("S", chart)], _assets()).text,
    ):
        assert Elements(text).named("img") == [
            {"src": "a%20b.png", "alt": "Match (a b.png)", "width": "720", "loading": "lazy"},
        ]
    without = chart_page(make_chart(), _assets())
    assert Elements(without.text).named("img") == []
    assert "scripts are blocked or switched off here" in without.text


def test_files_are_linked_by_relative_paths_that_a_browser_can_follow() -> None:
    sections = [IndexSection("S", Image("a b#1.png", "Points"), links=(Link("a b.html", "page"),))]
    page = Elements(index_page("All", sections, _assets()).text)
    assert page.named("img") == [{"src": "a%20b%231.png", "alt": "Points", "loading": "lazy"}]
    assert page.named("a")[-1] == {"href": "a%20b.html"}


def test_a_picture_is_shown_as_wide_as_it_is_in_css_pixels() -> None:
    page = Elements(
        index_page("All", [IndexSection("S", Image("a.png", "Points", width=640))], _assets()).text
    )
    assert page.named("img") == [{"src": "a.png", "alt": "Points", "width": "640", "loading": "lazy"}]


def test_styles_stand_in_the_shared_script_not_in_each_page(make_chart: MakeChart) -> None:
    assert "h1 {}" not in chart_page(make_chart(), _assets()).text
    assert '"pageStyles":"h1 {}"' in _assets().files[_assets().href].decode()


def test_numbers_stand_to_the_right_and_intervals_in_one_piece() -> None:
    table = IndexTable(("Model", "AUC"), (("1B (r8)", "0.9 (0.8–0.95)"),), ("left", "right"))
    text = index_page("All", [IndexSection("T", table)], _assets()).text
    assert '<th scope="col">Model</th><th scope="col" class="number">AUC</th>' in text
    assert '<td class="number">0.9<span class="gap"> </span>(0.8–0.95)</td>' in text


def test_an_index_leads_to_the_files_that_belong_to_the_whole() -> None:
    page = Elements(index_page("All", [], _assets(), [Link("my report.md", "my report.md")]).text)
    assert {"href": "my%20report.md"} in page.named("a")


def test_sentences_of_a_section_are_listed_and_escaped() -> None:
    text = index_page("All", [IndexSection("W", lines=("1 < 2", "3"))], _assets()).text
    assert "<li>1 &lt; 2</li>\n<li>3</li>" in text


def test_the_page_of_pictures_takes_modules_and_database_by_address_and_loads_them_at_once() -> None:
    text = pictures_html(_assets().engine)
    assert 'vizspec.provide({"modules":{"url":"modules"},"database":"."});\nvizspec.prepare();' in text


def test_without_the_runtime_the_page_of_pictures_has_what_a_page_with_the_cdn_has() -> None:
    assert "vizspec.provide({});" in pictures_html(_assets("cdn").engine)


def test_charts_of_the_page_of_pictures_stand_in_white(make_chart: MakeChart) -> None:
    page = Elements(charts_html([make_chart()], 8, with_tables=True))
    assert [div.get("style") for div in page.named("div")] == ["padding: 8px", None]


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["linked", "cdn"])
def test_another_process_writes_the_same_bytes(make_chart: MakeChart, mode: Mode) -> None:
    script = f"""
import hashlib
from tests.draw.conftest import component, small_frame
from tests.draw.pages.test_page import _assets
from vizspec.draw.pages.page import chart_page
from vizspec.draw.pages.parts import ChartPage
component("scores_heatmap", small_frame(("noise",)))
chart = ChartPage("scores_by_task", "A chart", component("scores_by_task", small_frame()))
print(hashlib.sha256(chart_page(chart, _assets({mode!r})).text.encode()).hexdigest())
"""
    other = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    here = hashlib.sha256(chart_page(make_chart(), _assets(mode)).text.encode()).hexdigest()
    assert other.stdout.strip() == here
