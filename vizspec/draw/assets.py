"""What all pages share: the runtime's script, and the file that holds it beside linked pages.

The only module that reads the runtime's and inspect-viz's files. A page that shall draw without a network
but has no runtime falls back to the CDN, and says so.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from vizspec import runtime
from vizspec.errors import UserError

Mode = Literal["linked", "inline", "cdn"]
"""How a page finds its runtime: in a shared file beside it, in itself, or on the CDN."""

ASSETS_FOLDER = "assets"
STYLE = re.compile(r'<style id="iv-css">(.*?)</style>', re.DOTALL)
WIDGET = re.compile(r'<script id="iv-esm" type="text/plain">(.*?)</script>', re.DOTALL)
BUNDLES = {"modules": "modules.js.gz", "worker": "worker.js.gz", "wasm": "duckdb.wasm.gz"}


@dataclass(frozen=True)
class PageAssets:
    """The shared part of all pages of one render.

    `mode` is the one in force. `notice`, where not None, says why it is not the one asked for and what to do.
    `bundles` are the runtime's gzipped files by role (empty with the CDN).
    """

    mode: Mode
    page_script: str
    worker_prefix: str
    widget: str
    styles: str
    bundles: Mapping[str, bytes]
    file_name: str
    notice: str | None = None

    @property
    def href(self) -> str:
        """The shared file's path from a linked page in the output folder."""
        return f"{ASSETS_FOLDER}/{self.file_name}"


def load_assets(
    mode: Mode, find: Callable[[], runtime.Runtime | runtime.NoRuntime] = runtime.find_runtime
) -> PageAssets:
    """Reads what pages of this mode need. Without a usable runtime the mode becomes `cdn`, with a notice."""
    found = runtime.NoRuntime("", "") if mode == "cdn" else find()
    if isinstance(found, runtime.NoRuntime):
        notice = f"{found.reason}: {found.hint}" if found.reason else None
        return _assets("cdn", {}, "", notice)
    bundles = {role: (found.folder / name).read_bytes() for role, name in BUNDLES.items()}
    return _assets(mode, bundles, (found.folder / "modules.json").read_text(encoding="utf-8"), None)


def runtime_script(assets: PageAssets) -> str:
    """The script that a page runs before its charts, safe inside a `<script>` element and as a file."""
    encoded = {role: {"base64": base64.b64encode(data).decode()} for role, data in assets.bundles.items()}
    return script_with_parts(assets, encoded)


def script_with_parts(assets: PageAssets, bundles: Mapping[str, Mapping[str, str]]) -> str:
    """The same with the bundles given by role, each as `{"base64": …}` or `{"url": …}`."""
    parts = {
        "styles": assets.styles,
        "widget": assets.widget,
        "imports": runtime.import_addresses(assets.widget),
        "workerPrefix": assets.worker_prefix,
        **bundles,
    }
    return f"{assets.page_script}vizspec.provide({script_json(parts)});\n"


def asset_files(assets: PageAssets) -> dict[str, bytes]:
    """The files that linked pages expect, by path below the output folder; none in the other modes."""
    return {assets.href: runtime_script(assets).encode()} if assets.mode == "linked" else {}


def script_json(value: object) -> str:
    """JSON that no text in it can break out of a `<script>` element."""
    return escape_json(json.dumps(value, separators=(",", ":")))


def escape_json(text: str) -> str:
    """JSON text with the characters escaped that could end a script element or a line of JavaScript."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _assets(mode: Mode, bundles: Mapping[str, bytes], digests: str, notice: str | None) -> PageAssets:
    folder = runtime.source_folder() / "js"
    page_script = (folder / "page.js").read_text(encoding="utf-8")
    worker_prefix = (folder / "worker.js").read_text(encoding="utf-8")
    styles, widget = _inspect_viz_parts()
    # Digests of the inflated bundles: the name must not change with the library that compressed them.
    digest = hashlib.sha256("\0".join([page_script, worker_prefix, styles, widget, digests]).encode())
    name = f"vizspec-{digest.hexdigest()[:16]}.js"
    return PageAssets(mode, page_script, worker_prefix, widget, styles, bundles, name, notice)


@functools.cache
def _inspect_viz_parts() -> tuple[str, str]:
    """inspect-viz's styles and its widget's module, as its pages carry them."""
    from inspect_viz.plot import HtmlPage

    head = HtmlPage().head()
    styles, widget = STYLE.search(head), WIDGET.search(head)
    if styles is None or widget is None:
        raise UserError(
            "the installed inspect-viz writes its pages in a form that this version of vizspec does not know",
            "install the versions that belong together: `pip install --upgrade vizspec inspect-viz`",
        )
    return styles[1], widget[1]
