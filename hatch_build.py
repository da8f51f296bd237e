"""Puts the runtime that pages need into sdist and wheel, and beside the sources of an editable install.

Without a network or Node the package is built all the same, and a warning says how to get the runtime later.
`VIZSPEC_RUNTIME=skip` leaves it out on purpose, `VIZSPEC_RUNTIME=require` makes its absence an error.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILD_MODULE = Path("vizspec", "runtime", "build.py")
LICENCES = "vizspec/runtime/dist/THIRD_PARTY_LICENSES.txt"


class RuntimeHook(BuildHookInterface):
    """Builds the runtime into `vizspec/runtime/dist` before the package is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds, or copies from the user's cache; `version` and `build_data` are hatchling's and stay as
        they are.
        """
        wish = os.environ.get("VIZSPEC_RUNTIME", "")
        if wish == "skip":
            return
        runtime = _load(Path(self.root) / BUILD_MODULE)
        try:
            runtime.build(Path(self.root) / "vizspec" / "runtime" / "dist")
        except runtime.BuildError as error:
            if wish == "require":
                raise
            self.app.display_warning(
                f"vizspec is installed without the runtime that pages need without a network: {error}. "
                "To get it later, run `vizspec runtime build`."
            )
            return
        # hatchling looks for the files of `license-files` before there are those of the runtime.
        files = self.metadata.core.license_files
        if LICENCES not in files:
            files.append(LICENCES)


def _load(path: Path) -> ModuleType:
    """The module in this file, without importing the package, whose dependencies the build does not have."""
    spec = importlib.util.spec_from_file_location("vizspec_runtime_build", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by its name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
