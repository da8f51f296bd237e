"""The build hook: a build without the runtime warns and goes on, unless it was told otherwise."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

pytest.importorskip("hatchling")

BUILD = """
class BuildError(Exception):
    pass

def build(target):
    if {fails}:
        raise BuildError("no network")
    target.mkdir(parents=True)
"""


class App:
    """hatchling's application, as far as the hook speaks to it."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def display_warning(self, message: str) -> None:
        self.warnings.append(message)


class Core:
    """The project's metadata, as far as the hook looks at them."""

    def __init__(self) -> None:
        self.license_files = ["LICENSE"]


class Metadata:
    def __init__(self) -> None:
        self.core = Core()


@pytest.fixture(scope="module")
def hook_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", Path(__file__).parents[1] / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _run(hook_module: ModuleType, root: Path, *, fails: bool, metadata: Metadata | None = None) -> App:
    folder = root / "vizspec" / "runtime"
    folder.mkdir(parents=True)
    (folder / "build.py").write_text(BUILD.format(fails=fails))
    app = App()
    hook = hook_module.RuntimeHook(str(root), {}, None, metadata or Metadata(), "", "wheel", app)
    hook.initialize("standard", {})
    return app


def test_the_runtime_is_built_beside_the_sources(hook_module: ModuleType, tmp_path: Path) -> None:
    metadata = Metadata()
    app = _run(hook_module, tmp_path, fails=False, metadata=metadata)
    assert (tmp_path / "vizspec" / "runtime" / "dist").is_dir()
    assert app.warnings == []
    assert metadata.core.license_files == ["LICENSE", "vizspec/runtime/dist/THIRD_PARTY_LICENSES.txt"]


def test_without_a_network_the_build_goes_on_and_says_how_to_get_the_runtime(
    hook_module: ModuleType, tmp_path: Path
) -> None:
    (warning,) = _run(hook_module, tmp_path, fails=True).warnings
    assert "no network" in warning
    assert "vizspec runtime build" in warning


def test_a_required_runtime_that_cannot_be_built_is_an_error(
    hook_module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIZSPEC_RUNTIME", "require")
    with pytest.raises(Exception, match="no network"):
        _run(hook_module, tmp_path, fails=True)


def test_the_runtime_can_be_left_out(
    hook_module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIZSPEC_RUNTIME", "skip")
    _run(hook_module, tmp_path, fails=False)
    assert not (tmp_path / "vizspec" / "runtime" / "dist").exists()
