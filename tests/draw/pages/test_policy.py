"""The policy of pages: they run their own script and load nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib

from tests.rendering import NO_ASSETS
from vizspec.draw.pages.assets import Engine, PageAssets, Widget
from vizspec.draw.pages.policy import MARK_SCRIPT, policy

ASSETS = PageAssets(Engine("linked", bundles={"modules": b""}), Widget())


def rules(text: str) -> dict[str, list[str]]:
    return {rule.split()[0]: rule.split()[1:] for rule in text.split("; ")}


def test_a_page_runs_its_own_text_and_files_beside_it_alone() -> None:
    found = rules(policy("draw();", ["assets/runtime.js"], ASSETS))
    digests = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in (MARK_SCRIPT, "draw();")
    ]
    assert found["script-src"] == [*digests, "'self'", "blob:", "'wasm-unsafe-eval'"]
    assert found["connect-src"] == ["blob:", "data:"]
    assert found["default-src"] == found["base-uri"] == found["form-action"] == ["'none'"]


def test_a_page_that_is_whole_loads_no_script() -> None:
    assert "'self'" not in rules(policy("draw();", [], ASSETS))["script-src"]


def test_a_page_without_charts_runs_nothing() -> None:
    assert "script-src" not in rules(policy("", (), None))


def test_a_page_that_takes_its_modules_from_elsewhere_may_reach_just_that() -> None:
    widget = Widget('import * as d from "https://cdn.example/npm/d3-format@3.1.0/+esm";')
    found = rules(policy("draw();", [], PageAssets(Engine("cdn"), widget)))
    assert found["script-src"][-1] == found["connect-src"][-1] == "https://cdn.example"


def test_nothing_of_elsewhere_is_allowed_where_nothing_is_imported() -> None:
    assert "http" not in policy("", [], NO_ASSETS)
