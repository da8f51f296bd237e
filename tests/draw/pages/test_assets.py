"""What all pages share, with the runtime there and without it."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from vizspec.draw.pages.assets import Mode, load_assets, runtime_script
from vizspec.runtime import NoRuntime, Runtime


@pytest.fixture
def built(tmp_path: Path) -> Runtime:
    for name in ("modules.js.gz", "worker.js.gz", "duckdb.wasm.gz"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "modules.json").write_text('{"digests": {}}')
    return Runtime(tmp_path, {})


def test_linked_pages_share_one_file_that_holds_the_whole_runtime(built: Runtime) -> None:
    assets = load_assets("linked", lambda: built)
    files = assets.files
    assert list(files) == [assets.href]
    given = json.loads(files[assets.href].decode().rsplit("vizspec.provide(", 1)[1].removesuffix(");\n"))
    assert base64.b64decode(given["wasm"]["base64"]) == b"duckdb.wasm.gz"
    assert "mosaic-core" in given["widget"]
    assert "@uwdata/mosaic-core" in given["imports"].values()
    assert all(address in given["widget"] for address in given["imports"])
    assert ".mosaic-widget" in given["styles"]


def test_the_shared_files_name_tells_the_runtime_apart_but_not_its_compression(built: Runtime) -> None:
    first = load_assets("linked", lambda: built).href
    (built.folder / "duckdb.wasm.gz").write_bytes(b"compressed otherwise")
    assert load_assets("linked", lambda: built).href == first
    (built.folder / "modules.json").write_text('{"digests": {"duckdb.wasm.gz": "other"}}')
    assert load_assets("linked", lambda: built).href != first


@pytest.mark.parametrize("mode", ["linked", "inline"])
def test_without_the_runtime_pages_fall_back_to_the_cdn_and_say_so(mode: Mode) -> None:
    missing = NoRuntime("the runtime is not built", "run it")
    assets = load_assets(mode, lambda: missing)
    assert (assets.mode, assets.notice) == ("cdn", "the runtime is not built: run it")
    assert "/+esm" in runtime_script(assets)


def test_the_cdn_as_wished_is_no_notice_and_looks_for_no_runtime() -> None:
    def never() -> Runtime:
        raise AssertionError

    assets = load_assets("cdn", never)
    assert (assets.mode, assets.notice, assets.engine.bundles) == ("cdn", None, {})
