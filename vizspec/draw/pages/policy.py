"""The Content-Security-Policy of a page: what it needs to draw, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from urllib.parse import urlsplit

from vizspec.draw.pages.assets import PageAssets
from vizspec.runtime import import_addresses

MARK_SCRIPT = 'document.documentElement.className = "scripted";'
"""What a page runs before all else: where it does not run, what stands in for charts stays in sight."""


def policy(script: str, files: Sequence[str], assets: PageAssets | None) -> str:
    """The policy of a page that runs this text after these files beside it; with None it runs nothing.

    The runtime makes modules, the database's worker and its WebAssembly from blobs. Without the runtime they
    come from the addresses that inspect-viz's widget imports. Styles stand in the page, as the charts set
    their own. Nothing else is loaded, sent, or framed, and no other text runs, whatever a label holds.
    """
    rules = {
        "default-src": ["'none'"],
        "img-src": ["'self'", "data:", "blob:"],
        "style-src": ["'unsafe-inline'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    if assets is not None:
        elsewhere = _origins(assets)
        texts = [_digest(text) for text in (MARK_SCRIPT, script)]
        beside = ["'self'"] if files else []
        rules |= {
            "script-src": [*texts, *beside, "blob:", "'wasm-unsafe-eval'", *elsewhere],
            "worker-src": ["blob:"],
            "connect-src": ["blob:", "data:", *elsewhere],
            "font-src": ["data:", *elsewhere],
        }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


def _digest(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8", "replace")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _origins(assets: PageAssets) -> list[str]:
    """Where the modules come from, for pages that do not have them."""
    if assets.engine.bundles:
        return []
    addresses = (urlsplit(address) for address in import_addresses(assets.widget.text))
    return sorted({f"{address.scheme}://{address.netloc}" for address in addresses})
