"""A chart as its page carries it, written and read again: its state in an element, its tables in others or in
files that pages share.

A table is named by its bytes, so that a file never holds another table than it did.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable

from vizspec.draw.pages.assets import ASSETS_FOLDER, escape_json, script_json
from vizspec.draw.pages.state import ChartState

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
    for name in json.loads(parts["tables"]):
        table = own[name] if name in own else table_of_file(name, read(table_path(name)) or b"")
        if table is None:
            return None
        tables[name] = table
    return ChartState(parts["spec"], tables)


def table_path(name: str) -> str:
    """The file that linked pages load the table from, by its path below the output folder."""
    return f"{ASSETS_FOLDER}/{name}.js"


def table_file(name: str, data: bytes) -> bytes:
    """A script that hands the table to the page: one that is opened as a file loads data in no other way."""
    return f'window.vizspec && vizspec.hold("{name}","{base64.b64encode(data).decode()}");\n'.encode()


def table_of_file(name: str, content: bytes) -> bytes | None:
    """The table that `table_file` wrote; None where it is something else."""
    found = IN_FILE.fullmatch(content)
    if found is None or found[1].decode() != name:
        return None
    try:
        return base64.b64decode(found[2], validate=True)
    except binascii.Error:
        return None


def table_json(data: bytes) -> str:
    """The table as a page's own element holds it: a JSON string of base64."""
    return f'"{base64.b64encode(data).decode()}"'


def _tables_of_page(html: str) -> dict[str, bytes]:
    """The tables that a page holds itself, by name."""
    return {name: base64.b64decode(data) for name, data in EMBEDDED.findall(html)}
