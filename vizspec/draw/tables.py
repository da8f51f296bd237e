"""A chart's tables as pages get them: in an element of the page, or from a file that pages share.

A table is named by its bytes, so that a file never holds another table than it did.
"""

from __future__ import annotations

import base64
import re

from vizspec.draw.assets import ASSETS_FOLDER

EMBEDDED = re.compile(r'<script type="application/json" data-table="(\w+)">"([\w+/=]*)"</script>')
IN_FILE = re.compile(rb'window\.vizspec && vizspec\.hold\("\w+","([\w+/=]*)"\);\n')


def table_path(name: str) -> str:
    """The file that linked pages load the table from, by its path below the output folder."""
    return f"{ASSETS_FOLDER}/{name}.js"


def table_file(name: str, data: bytes) -> bytes:
    """A script that hands the table to the page: of a page that is opened as a file, it may load no other
    kind.
    """
    return f'window.vizspec && vizspec.hold("{name}","{base64.b64encode(data).decode()}");\n'.encode()


def table_of_file(content: bytes) -> bytes | None:
    """The table that `table_file` wrote; None where it is something else."""
    found = IN_FILE.fullmatch(content)
    return base64.b64decode(found[1]) if found is not None else None


def table_json(data: bytes) -> str:
    """The table as a page's own element holds it: a JSON string of base64."""
    return f'"{base64.b64encode(data).decode()}"'


def tables_of_page(html: str) -> dict[str, bytes]:
    """The tables that a page holds itself, by name."""
    return {name: base64.b64decode(data) for name, data in EMBEDDED.findall(html)}
