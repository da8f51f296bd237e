"""Tables in pages and in the files that pages share: what is put in comes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.draw.tables import table_file, table_json, table_of_file, table_path, tables_of_page


@given(st.binary())
def test_a_file_gives_back_its_table(data: bytes) -> None:
    assert table_of_file(table_file("t_1", data)) == data


@given(st.binary())
def test_a_page_gives_back_its_tables(data: bytes) -> None:
    text = f'<p>x</p><script type="application/json" data-table="t_1">{table_json(data)}</script>'
    assert tables_of_page(text) == {"t_1": data}


@given(st.binary(), st.integers(0, 30))
def test_half_a_file_is_no_table(data: bytes, length: int) -> None:
    assert table_of_file(table_file("t_1", data)[:-1][:length]) is None


@pytest.mark.parametrize("content", [b"", b"alert(1)", b"\xff", table_file("t_1", b"a") * 2])
def test_a_file_that_is_something_else_is_no_table(content: bytes) -> None:
    assert table_of_file(content) is None


def test_a_table_has_one_file_below_the_folder_that_pages_share() -> None:
    assert table_path("t_0f") == "assets/t_0f.js"
