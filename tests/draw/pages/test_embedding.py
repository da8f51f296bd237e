"""Charts in pages, and their tables in files that pages share: what is put in comes out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.draw.pages.embedding import (
    element_id,
    paths_of,
    state_json,
    state_of_page,
    table_file,
    table_json,
    tables_of_file,
)
from vizspec.draw.pages.state import ChartState


@given(st.binary())
def test_a_file_gives_back_its_table(data: bytes) -> None:
    tables = {"t_1": data, "t_2": b"more"}
    assert tables_of_file(["t_1", "t_2"], table_file(tables)) == tables
    assert tables_of_file(["t_2", "t_1"], table_file(tables)) is None


@given(st.dictionaries(st.text(), st.text(), max_size=3), st.binary(), st.binary())
def test_a_page_gives_back_its_chart(spec: dict[str, str], inside: bytes, outside: bytes) -> None:
    state = ChartState(json.dumps(spec, ensure_ascii=False), {"t_1": inside, "t_2": outside})
    text = (
        f'<p>x</p><script type="application/json" data-table="t_1">{table_json(inside)}</script>\n'
        f'<script type="application/json" id="{element_id("a")}-state">{state_json(state)}</script>\n'
    )
    files = {"assets/t_2.js": table_file({"t_2": outside})}
    found = state_of_page(text, "a", files.get)
    assert found is not None
    assert (json.loads(found.spec_json), found.tables) == (spec, state.tables)
    assert state_of_page(text, "a", lambda path: None) is None
    assert state_of_page(text, "b", files.get) is None


@given(st.binary(), st.data())
def test_half_a_file_is_no_table(data: bytes, drawn: st.DataObject) -> None:
    length = drawn.draw(st.integers(0, len(table_file({"t_1": data})) - 1))
    assert tables_of_file(["t_1"], table_file({"t_1": data})[:length]) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"alert(1)",
        b"\xff",
        table_file({"t_1": b"a"}) * 2,
        table_file({"t_2": b"a"}),
        table_file({"t_1": b""})[:-4] + b'A");\n',
    ],
)
def test_a_file_that_is_something_else_is_no_table(content: bytes) -> None:
    assert tables_of_file(["t_1"], content) is None


def test_a_table_has_one_file_below_the_folder_that_pages_share() -> None:
    assert paths_of(["t_0f", "t_1"]) == {"assets/t_0f.js": ("t_0f",), "assets/t_1.js": ("t_1",)}


def test_the_many_tables_of_a_chart_have_one_file_named_by_the_first_and_by_all() -> None:
    many, more = [f"t_{number}" for number in range(20)], [f"t_{number}" for number in range(21)]
    ((path, held),) = paths_of(many).items()
    assert path.startswith("assets/t_0_")
    assert held == tuple(many)
    assert path not in paths_of(more)


def test_a_page_gives_back_a_chart_of_many_tables() -> None:
    state = ChartState("{}", {f"t_{number}": bytes([number]) for number in range(20)})
    text = f'<script type="application/json" id="{element_id("a")}-state">{state_json(state)}</script>\n'
    ((path, _),) = paths_of(list(state.tables)).items()
    assert state_of_page(text, "a", {path: table_file(state.tables)}.get) == state
