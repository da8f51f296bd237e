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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from vizspec import runtime
from vizspec.errors import UserError

Mode = Literal["linked", "inline", "cdn"]
"""How a page finds its runtime: in a shared file beside it, in itself, or on the CDN."""

ASSETS_FOLDER = "assets"
TEMPLATES = Path(__file__).parent / "templates"
STYLE = re.compile(r'<style id="iv-css">(.*?)</style>', re.DOTALL)
WIDGET = re.compile(r'<script id="iv-esm" type="text/plain">(.*?)</script>', re.DOTALL)
INDEX_SCRIPTS = ("export.js", "index.js")
BUNDLES = {"modules": "modules.js.gz", "worker": "worker.js.gz", "wasm": "duckdb.wasm.gz"}


@dataclass(frozen=True)
class Engine:
    """What is on a page before anything of inspect-viz: our styles, our script, and the runtime.

    `mode` is the one in force. `notice`, where not None, says why it is not the one asked for and what to do.
    `bundles` are the runtime's gzipped files by role (empty with the CDN), `digests` what identifies them.
    The index has styles and a script besides, which stand in it.
    """

    mode: Mode
    page_styles: str = ""
    page_script: str = ""
    worker_prefix: str = ""
    bundles: Mapping[str, bytes] = field(default_factory=dict)
    digests: str = ""
    notice: str | None = None
    index_styles: str = ""
    index_script: str = ""

    def parts(self) -> Mapping[str, object]:
        """What the page's script is provided with."""
        encoded = {role: {"base64": base64.b64encode(data).decode()} for role, data in self.bundles.items()}
        return {"workerPrefix": self.worker_prefix, "pageStyles": self.page_styles, **encoded}


@dataclass(frozen=True)
class Widget:
    """inspect-viz's module that draws charts, and its styles, as its own pages carry them."""

    text: str = ""
    styles: str = ""

    def parts(self) -> Mapping[str, object]:
        """What the page's script is provided with."""
        return {
            "widget": self.text,
            "imports": runtime.import_addresses(self.text),
            "styles": self.styles,
        }


@dataclass(frozen=True)
class PageAssets:
    """The shared part of all pages of one render."""

    engine: Engine
    widget: Widget

    @property
    def mode(self) -> Mode:
        return self.engine.mode

    @property
    def notice(self) -> str | None:
        return self.engine.notice

    @functools.cached_property
    def href(self) -> str:
        """The shared file's path from a linked page in the output folder; another one for other contents."""
        engine, widget = self.engine, self.widget
        # Digests of the inflated bundles: the name must not change with the library that compressed them.
        contents = (engine.page_styles, engine.page_script, engine.worker_prefix, engine.digests)
        digest = hashlib.sha256("\0".join((*contents, widget.styles, widget.text)).encode())
        return f"{ASSETS_FOLDER}/vizspec-{digest.hexdigest()[:16]}.js"

    @functools.cached_property
    def files(self) -> Mapping[str, bytes]:
        """The file that all linked pages load, by its path; none in the other modes."""
        return {self.href: runtime_script(self).encode()} if self.mode == "linked" else {}


Find = Callable[[], runtime.Runtime | runtime.NoRuntime]


def load_assets(mode: Mode, find: Find = runtime.find_runtime) -> PageAssets:
    """Reads what pages of this mode need. Without a usable runtime the mode becomes `cdn`, with a notice."""
    return PageAssets(load_engine(mode, find), load_widget())


def load_engine(
    mode: Mode, find: Find = runtime.find_runtime, roles: Iterable[str] = tuple(BUNDLES)
) -> Engine:
    """The part of `load_assets` that does not import inspect-viz, with the bundles of these roles."""
    scripts = runtime.source_folder() / "js"
    plain = Engine(
        "cdn",
        (TEMPLATES / "page.css").read_text(encoding="utf-8"),
        (scripts / "page.js").read_text(encoding="utf-8"),
        (scripts / "worker.js").read_text(encoding="utf-8"),
        index_styles=(TEMPLATES / "index.css").read_text(encoding="utf-8"),
        index_script="".join((scripts / name).read_text(encoding="utf-8") for name in INDEX_SCRIPTS),
    )
    if mode == "cdn":
        return plain
    found = find()
    if isinstance(found, runtime.NoRuntime):
        return replace(plain, notice=f"{found.reason}: {found.hint}")
    bundles = {role: (found.folder / BUNDLES[role]).read_bytes() for role in roles}
    digests = (found.folder / "modules.json").read_text(encoding="utf-8")
    return replace(plain, mode=mode, bundles=bundles, digests=digests)


@functools.cache
def load_widget() -> Widget:
    """The installed inspect-viz's own part of every page.

    Raises `UserError` where its pages have a form not known here.
    """
    from inspect_viz.plot import HtmlPage

    head = HtmlPage().head()
    styles, widget = STYLE.search(head), WIDGET.search(head)
    if styles is None or widget is None:
        raise UserError(
            "the installed inspect-viz writes its pages in a form that this version of vizspec does not know",
            "install the versions that belong together: `pip install --upgrade vizspec inspect-viz`",
        )
    return Widget(widget[1], styles[1])


def runtime_script(assets: PageAssets) -> str:
    """The script that a page runs before its charts, safe inside a `<script>` element and as a file."""
    return providing_script(assets.engine, {**assets.engine.parts(), **assets.widget.parts()})


def providing_script(engine: Engine, parts: Mapping[str, object]) -> str:
    """Our script, provided with these parts; the page may be provided with others later."""
    return f"{engine.page_script}vizspec.provide({script_json(parts)});\n"


def script_json(value: object) -> str:
    """JSON that no text in it can break out of a `<script>` element."""
    return escape_json(json.dumps(value, separators=(",", ":")))


def escape_json(text: str) -> str:
    """JSON text with the characters escaped that could end a script element or a line of JavaScript."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
