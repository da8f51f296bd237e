"""A table whose rows can be sorted and filtered, by inspect-viz: values in, a component out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vizspec.draw.charts.inspectviz import data_of

PAGE_SIZES = (20, 50, 100)
"""The rows of a page that a reader may choose besides."""


@dataclass(frozen=True)
class Head:
    """A column: its alias in the data, what stands over it, and how its numbers are written."""

    alias: str
    label: str
    format: str | None = None
    width: float | None = None


def table(columns: Mapping[str, Sequence[Any]], heads: Sequence[Head], arguments: Mapping[str, Any]) -> Any:
    """The component. `arguments` are further ones of inspect-viz's function, and `page_size`, rows a page."""
    from inspect_viz.table import Pagination, column
    from inspect_viz.table import table as make

    given = dict(arguments)
    page_size = given.pop("page_size", None)
    if page_size is not None:
        given["pagination"] = Pagination(page_size, page_size_selector=sorted({page_size, *PAGE_SIZES}))
    shown = [column(head.alias, label=head.label, format=head.format, width=head.width) for head in heads]
    return make(data_of(columns), columns=shown, **given)
