"""A chart as its page carries it, written and read again: its state in an element, its tables in others or in
files that pages share.

A table is named by its bytes, so that a file never holds another table than it did. The many small tables of
a figure of panels stand in one file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence

from vizspec.draw.pages.assets import ASSETS_FOLDER, escape_json, script_json
from vizspec.draw.pages.state import ChartState

MOST_FILES = 8
"""A chart with more tables has all of them in one file."""
STATE_JSON = re.compile(r'\{"spec":(?P<spec>.*),"tables":(?P<tables>\[[^\[\]]*\])\}')
EMBEDDED = re.compile(r'<script type="application/json" data-table="(\w+)">"([\w+/=]*)"</script>')
IN_FILE = re.compile(rb'window\.vizspec && vizspec\.hold\("(\w+)","([\w+/=]*)"\);\n')


def element_id(stem: str) -> str:
    """The id of a chart's element: of its stem alone, so that it is the same on every page."""
    return f"chart-{hashlib.sha256(stem.encode()).hexdigest()[:10]}"


def state_json(state: ChartState) -> str:
    """A chart's specification and the names of its tables, as the runtime reads them; safe in a script
    element.
    """
    return escape_json(f'{{"spec":{state.spec_json},"tables":{script_json(list(state.tables))}}}')


def state_of_page(html: str, stem: str, read: Callable[[str], bytes | None]) -> ChartState | None:
    """The state of the chart with this stem, as `chart_page` has written it; None where it is not whole.

    `read` tells the content of a file that the page loads.
    """
    found = re.search(rf'<script type="application/json" id="{element_id(stem)}-state">(.*)</script>', html)
    parts = STATE_JSON.fullmatch(found[1]) if found is not None else None
    if parts is None:
        return None
    own = _tables_of_page(html)
    tables: dict[str, bytes] = {}
    names: list[str] = json.loads(parts["tables"])
    for path, held in paths_of(names).items():
        if own.keys() >= set(held):
            found_here: Mapping[str, bytes] | None = {name: own[name] for name in held}
        else:
            found_here = tables_of_file(held, read(path) or b"")
        if found_here is None:
            return None
        tables |= found_here
    return ChartState(parts["spec"], tables)


def paths_of(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The files that a linked page loads a chart's tables from, by their paths below the output folder, and
    the tables that each holds: one, or all of a chart that has many.

    A file of many is called by the first of them, as the runtime looks for it, and by all.
    """
    if len(names) <= MOST_FILES:
        return {f"{ASSETS_FOLDER}/{name}.js": (name,) for name in names}
    digest = hashlib.sha256(" ".join(names).encode()).hexdigest()[:16]
    return {f"{ASSETS_FOLDER}/{names[0]}_{digest}.js": tuple(names)}


def table_file(tables: Mapping[str, bytes]) -> bytes:
    """A script that hands tables to the page: one that is opened as a file loads data in no other way."""
    return "".join(
        f'window.vizspec && vizspec.hold("{name}","{base64.b64encode(data).decode()}");\n'
        for name, data in tables.items()
    ).encode()


def tables_of_file(names: Sequence[str], content: bytes) -> dict[str, bytes] | None:
    """The tables that `table_file` wrote, of these names in this order; None where it is something else."""
    lines = [IN_FILE.fullmatch(line) for line in content.splitlines(keepends=True)]
    if [line and line[1].decode() for line in lines] != list(names):
        return None
    try:
        return {line[1].decode(): base64.b64decode(line[2], validate=True) for line in lines if line}
    except binascii.Error:
        return None


def table_json(data: bytes) -> str:
    """The table as a page's own element holds it: a JSON string of base64."""
    return f'"{base64.b64encode(data).decode()}"'


def _tables_of_page(html: str) -> dict[str, bytes]:
    """The tables that a page holds itself, by name."""
    return {name: base64.b64decode(data) for name, data in EMBEDDED.findall(html)}
