"""A chart's component as plain data: its specification and its tables, under names that do not change.

inspect-viz names tables, plots, selections and params at random, and its specification lists every param
and selection of the process. Here a chart keeps only its own, named by its stem and their order; a table is
named by its bytes, so that equal tables of one page are one table.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizspec.draw.charts.mosaic import SELECTION, Columns, Specification, SpecReference
from vizspec.draw.pages.arrow_columns import arrow_table
from vizspec.errors import UserError

if TYPE_CHECKING:
    from inspect_viz import Component

# inspect-viz makes the last 22 characters with shortuuid.
PLOT_NAME = re.compile(r"\bplot_[2-9A-HJ-NP-Za-km-z]{22}\b")
SELECT = {"select": "intersect", "cross": False, "empty": False}
"""What a legend chooses: all rows at first, then those of all that is clicked."""
STATE = re.compile(r"const state = (\{.*\});$", re.MULTILINE)


@dataclass(frozen=True)
class ChartState:
    """What the widget needs to draw one chart.

    `spec_json` is the chart's Mosaic specification (a JSON object); `tables` are Arrow IPC streams by table
    name.
    """

    spec_json: str
    tables: Mapping[str, bytes]


def chart_state(component: Component | Specification, stem: str) -> ChartState:
    """The state of a chart, the same in every process for equal data; `stem` must be the chart's alone.

    Raises `UserError` where the installed inspect-viz hands its state over in a form not known here.
    """
    if isinstance(component, Specification):
        return _completed(component, stem)
    from inspect_viz.plot import HtmlPage

    found = STATE.search(HtmlPage().fragment(component))
    if found is None:
        raise UserError(
            "the installed inspect-viz writes its pages in a form that this version of vizspec does not know",
            "install the versions that belong together: `pip install --upgrade vizspec inspect-viz`",
        )
    state = json.loads(found[1])
    return stable_state(state["spec"], _decoded(state["tables"]), stem)


def _completed(chart: Specification, stem: str) -> ChartState:
    """The state of a chart that is written down already."""
    owner, tables = _owner(stem), dict[str, bytes]()

    def name(part: Any) -> str:
        if isinstance(part, Columns):
            data = arrow_stream(arrow_table(part.values))
            called = _table_name(data)
            tables[called] = data
            return called
        if isinstance(part, SpecReference):
            return f"${part.named(owner)}" if part.kind == "selection" else part.named(owner)
        raise TypeError(f"a specification holds no {type(part).__name__}")

    params = {SELECTION.named(owner): SELECT} if chart.has_selection else {}
    content = {**chart.content, "params": params}
    text = json.dumps(content, default=name, ensure_ascii=False, separators=(",", ":"))
    return ChartState(text, dict(sorted(tables.items())))


def stable_state(spec_json: str, tables: Mapping[str, bytes], stem: str) -> ChartState:
    """The state with only the params that the chart refers to, and every random name replaced."""
    spec: dict[str, Any] = json.loads(spec_json)
    spec["params"] = _own_params(spec.pop("params", {}), spec)
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    plain = {name: _plain(data) for name, data in tables.items()}
    names = {name: _table_name(data) for name, data in plain.items()}
    # A selection's id holds its table's name, so ids are replaced before table names.
    for old, new in [*_stable_ids(spec["params"], text, stem), *names.items()]:
        text = text.replace(old, new)
    return ChartState(text, dict(sorted((names[name], data) for name, data in plain.items())))


def _own_params(params: Mapping[str, Any], spec: Mapping[str, Any]) -> dict[str, Any]:
    """The params that the specification refers to, and those that these refer to in turn."""
    text = json.dumps(spec)
    own: dict[str, Any] = {}
    while fresh := [name for name in params if name not in own and f"${name}" in text]:
        own |= {name: params[name] for name in fresh}
        text = json.dumps([params[name] for name in fresh])
    return own


def _stable_ids(params: Iterable[str], text: str, stem: str) -> list[tuple[str, str]]:
    """Every random id of the text and what replaces it, in the order in which they are first referred to."""
    owner = _owner(stem)
    in_order = sorted({*params, *PLOT_NAME.findall(text)}, key=text.index)
    return [(name, f"{name.split('_')[0]}_{owner}_{i}") for i, name in enumerate(in_order)]


def _owner(stem: str) -> str:
    return hashlib.sha256(stem.encode()).hexdigest()[:10]


def _table_name(data: bytes) -> str:
    return f"t_{hashlib.sha256(data).hexdigest()[:16]}"


def _decoded(tables: Mapping[str, Any]) -> dict[str, bytes]:
    return {name: base64.b64decode(table["data"]) for name, table in tables.items()}


def _plain(arrow: bytes) -> bytes:
    """The same table without the schema's metadata, which holds the versions of the libraries that wrote it.

    A column in which nothing is known is one of numbers: the page's reader of Arrow takes the buffers of one
    without a type for those of the next.
    """
    import pyarrow as pa

    table = pa.ipc.open_stream(arrow).read_all()
    fields = [f.with_type(pa.float64()) if pa.types.is_null(f.type) else f for f in table.schema]
    return arrow_stream(table.cast(pa.schema(fields)).replace_schema_metadata(None))


def arrow_stream(table: Any) -> bytes:
    """An Arrow table as an IPC stream."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())
