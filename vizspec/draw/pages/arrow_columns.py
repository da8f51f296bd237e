"""Columns of plain values as Arrow arrays, made of their bytes (Arrow columnar format, version 1.5).

`pyarrow.array` imports pandas, where it is installed, whatever it is given: a third of a second and 36 MB in
each process that draws.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, compress
from typing import Any

LARGEST = 2**53


def arrow_table(columns: Mapping[str, Sequence[Any]]) -> Any:
    """A `pyarrow.Table` of the columns; None, and what is not a number in one of numbers, is not known."""
    import pyarrow as pa

    return pa.table({name: arrow_array(values) for name, values in columns.items()})


def arrow_array(values: Sequence[Any]) -> Any:
    """A `pyarrow.Array` of the type that `pyarrow.array` finds for the values."""
    import pyarrow as pa

    has = [value is not None and value == value for value in values]
    kinds = {type(value) for value in compress(values, has)}
    if kinds == {str}:
        texts = [value.encode() if is_known else b"" for value, is_known in zip(values, has, strict=True)]
        offsets = array("i", accumulate(map(len, texts), initial=0))
        return _made(pa.string(), has, offsets, b"".join(texts))
    if float in kinds and kinds <= {int, float} and _are_exact(compress(values, has)):
        numbers = [value if is_known else 0 for value, is_known in zip(values, has, strict=True)]
        return _made(pa.float64(), has, array("d", numbers))
    if kinds == {int} and _are_exact(compress(values, has)):
        numbers = [value if is_known else 0 for value, is_known in zip(values, has, strict=True)]
        return _made(pa.int64(), has, array("q", numbers))
    return pa.array(values, from_pandas=True)


def _are_exact(numbers: Iterable[float]) -> bool:
    """Whether no whole number is one that a float cannot hold."""
    return all(isinstance(number, float) or abs(number) <= LARGEST for number in numbers)


def _made(kind: Any, has: Sequence[bool], *buffers: array[Any] | bytes) -> Any:
    import pyarrow as pa

    known = None if all(has) else pa.py_buffer(_bits(has))
    return pa.Array.from_buffers(kind, len(has), [known, *map(pa.py_buffer, buffers)])


def _bits(has: Sequence[bool]) -> bytes:
    """A bit for each value, the first of eight the lowest of a byte."""
    digits = "".join("1" if is_known else "0" for is_known in reversed(has))
    return int(digits, 2).to_bytes((len(has) + 7) // 8, "little")
