"""Finding the runtime, and comparing what it provides with what inspect-viz asks for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec import runtime
from vizspec.runtime import (
    NoRuntime,
    Runtime,
    build,
    find_runtime,
    import_addresses,
    lacking_modules,
    requested_modules,
)

WIDGET = """
import { parseSpec } from "https://cdn.example.org/npm/@uwdata/mosaic-spec@0.16.2/+esm";
import tippy from "https://cdn.example.org/npm/tippy.js@6.3.7/+esm";
import { other } from "./local.js";
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The package's sources with a built runtime of two packages beside them."""
    folder = tmp_path / "sources"
    shutil.copytree(build.SOURCES / "js", folder / "js")
    for name in build.PACKAGE_FILES:
        shutil.copy(build.SOURCES / name, folder)
    dist = folder / "dist"
    dist.mkdir()
    for name in build.BUILT_FILES:
        (dist / name).write_text(json.dumps({"modules": {"tippy.js": "6.3.7", "d3-format": "3.1.0"}}))
    (dist / build.KEY_FILE).write_text(build.source_key(folder))
    return folder


def _find(sources: Path, requested: dict[str, str]) -> Runtime | NoRuntime:
    return find_runtime({"VIZSPEC_CACHE": str(sources / "none")}, sources=sources, requested=requested)


def test_the_widgets_imports_are_read_with_their_versions() -> None:
    assert requested_modules(WIDGET) == {"@uwdata/mosaic-spec": "0.16.2", "tippy.js": "6.3.7"}


def test_the_addresses_that_the_widget_imports_from_are_told_with_their_packages() -> None:
    assert import_addresses(WIDGET) == {
        "https://cdn.example.org/npm/@uwdata/mosaic-spec@0.16.2/+esm": "@uwdata/mosaic-spec",
        "https://cdn.example.org/npm/tippy.js@6.3.7/+esm": "tippy.js",
    }


def test_the_installed_inspect_viz_asks_for_what_the_lock_pins() -> None:
    pinned = json.loads((build.SOURCES / "package.json").read_text())["dependencies"]
    assert requested_modules() == pinned


def test_the_runtime_is_found_beside_the_package(sources: Path) -> None:
    found = _find(sources, {"tippy.js": "6.3.7"})
    assert found == Runtime(sources / "dist", {"tippy.js": "6.3.7", "d3-format": "3.1.0"})


def test_a_runtime_of_other_sources_is_not_used_and_the_next_step_is_told(sources: Path) -> None:
    (sources / "dist" / build.KEY_FILE).write_text("0" * 16)
    found = _find(sources, {})
    assert isinstance(found, NoRuntime)
    assert "not built" in found.reason
    assert runtime.BUILD_COMMAND in found.hint


def test_the_cache_is_looked_into_where_the_package_has_no_runtime(sources: Path, tmp_path: Path) -> None:
    environ = {"VIZSPEC_CACHE": str(tmp_path / "cache")}
    cached = build.cached_runtime(build.source_key(sources), environ)
    cached.parent.mkdir(parents=True)
    (sources / "dist").rename(cached)
    found = find_runtime(environ, sources=sources, requested={})
    assert isinstance(found, Runtime)
    assert found.folder == cached


def test_a_module_that_inspect_viz_asks_for_and_the_runtime_lacks_is_named(sources: Path) -> None:
    found = _find(sources, {"tippy.js": "6.3.7", "d3-new": "1.0.0"})
    assert isinstance(found, NoRuntime)
    assert "(d3-new@1.0.0)" in found.reason
    assert "pip install --upgrade vizspec inspect-viz" in found.hint


@pytest.mark.parametrize(
    ("wanted", "has", "fits"),
    [
        ("3.1.0", "3.2.5", True),
        ("3.1.0", "4.0.0", False),
        ("0.16.2", "0.16.9", True),
        ("0.16.2", "0.17.0", False),
        ("0.0.3", "0.0.4", False),
    ],
)
def test_versions_fit_as_npms_caret_says(wanted: str, has: str, fits: bool) -> None:
    assert (lacking_modules({"a": wanted}, {"a": has}) == []) is fits


def test_a_version_that_does_not_fit_is_named_with_the_one_there_is() -> None:
    assert lacking_modules({"a": "2.0.0"}, {"a": "1.0.0"}) == ["a@2.0.0 (it has 1.0.0)"]


@given(
    st.dictionaries(st.text("abc", min_size=1), st.from_regex(r"\d{1,2}\.\d{1,2}\.\d{1,2}", fullmatch=True))
)
def test_what_is_provided_as_asked_is_never_lacking(modules: dict[str, str]) -> None:
    assert lacking_modules(modules, modules) == []
