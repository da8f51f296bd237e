"""Arrow arrays made of their bytes are those that pyarrow makes, byte by byte."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.draw.pages.arrow_columns import arrow_array, arrow_table
from vizspec.draw.pages.state import arrow_stream

numbers = st.one_of(st.none(), st.floats(), st.integers(-(2**53), 2**53))
texts = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"])))


def made(values: Sequence[object]) -> bytes:
    return arrow_stream(arrow_table({"column": values}))


def known(values: Sequence[object]) -> bytes:
    return arrow_stream(pa.table({"column": pa.array(values, from_pandas=True)}))


@given(st.one_of(st.lists(numbers), st.lists(texts), st.lists(st.one_of(st.none(), st.booleans()))))
def test_columns_are_those_of_pyarrow(values: list[object]) -> None:
    assert made(values) == known(values)


@pytest.mark.parametrize(
    "values",
    [
        [1, 2, None],
        [1, 2.5, math.nan],
        ["a", "", None, "é\n"],
        [True, None, False] * 5,
        [None, None],
        [2**60, 1],
        [],
    ],
)
def test_each_type_is_found_as_pyarrow_finds_it(values: list[object]) -> None:
    assert arrow_array(values).equals(pa.array(values, from_pandas=True))
    assert made(values) == known(values)


@pytest.mark.slow
def test_pandas_is_not_imported() -> None:
    code = (
        "import sys; from vizspec.draw.pages.arrow_columns import arrow_table; "
        "arrow_table({'x': [1.5, None], 'y': ['a', 'b'], 'z': [1, 2]}); print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
