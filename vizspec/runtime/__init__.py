"""The JavaScript that pages need: where the built runtime is, what it provides, and what inspect-viz asks
for.

Pure Python, and it imports neither inspect-viz nor Node. `build` makes the runtime; `js/` holds what we
write ourselves, `package.json` and its lock the packages that are bundled with it.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vizspec.runtime import build as _build

BUILD_COMMAND = "vizspec runtime build"
IMPORT = re.compile(r"""https://[\w.-]+/npm/(?P<name>(?:@[\w.-]+/)?[\w.-]+)@(?P<version>[^/"']+)/\+esm""")


@dataclass(frozen=True)
class Runtime:
    """A built runtime: its folder and the npm packages in it, name to version."""

    folder: Path
    modules: Mapping[str, str]


@dataclass(frozen=True)
class NoRuntime:
    """Pages cannot draw without a network: why, and the next step."""

    reason: str
    hint: str


def find_runtime(
    environ: Mapping[str, str] = os.environ,
    *,
    sources: Path = _build.SOURCES,
    requested: Mapping[str, str] | None = None,
) -> Runtime | NoRuntime:
    """The built runtime that the installed inspect-viz can use: the package's own, else the one in the cache.

    `requested` is what inspect-viz asks for (read from its files by default).
    """
    built = built_runtime(environ, sources=sources)
    if built is None:
        return NoRuntime(
            "the runtime for pages without a network is not built, so they load their modules from a CDN",
            f"where there is a network, run `{BUILD_COMMAND}`",
        )
    wanted = requested_modules() if requested is None else requested
    lacking = lacking_modules(wanted, built.modules)
    if lacking:
        return NoRuntime(
            f"the installed inspect-viz asks for modules that the runtime lacks ({', '.join(lacking)}), "
            "so pages load them from a CDN",
            "install the versions of vizspec and inspect-viz that belong together: "
            "`pip install --upgrade vizspec inspect-viz`",
        )
    return built


def built_runtime(
    environ: Mapping[str, str] = os.environ, *, sources: Path = _build.SOURCES
) -> Runtime | None:
    """The runtime built from the sources in this package, whatever inspect-viz asks for; None where there
    is none.
    """
    key = _build.source_key(sources)
    for folder in (sources / "dist", _build.cached_runtime(key, environ)):
        if _build.is_built(folder, key):
            return Runtime(folder, _build.built_modules(folder))
    return None


def source_folder() -> Path:
    """The folder of this package, with the JavaScript that we write in its `js`."""
    return _build.SOURCES


def requested_modules(widget: str | None = None) -> dict[str, str]:
    """The npm packages and versions that inspect-viz's widget imports; of the installed one by default."""
    text = widget_path().read_text(encoding="utf-8") if widget is None else widget
    return {found["name"]: found["version"] for found in IMPORT.finditer(text)}


def import_addresses(widget: str) -> dict[str, str]:
    """The addresses that a widget imports npm packages from, each with its package's name."""
    return {found[0]: found["name"] for found in IMPORT.finditer(widget)}


def widget_path() -> Path:
    """The widget's JavaScript in the installed inspect-viz, found without importing it."""
    spec = importlib.util.find_spec("inspect_viz")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("inspect_viz is not installed", name="inspect_viz")
    return Path(spec.origin).parent / "_widgets" / "mosaic.js"


def lacking_modules(wanted: Mapping[str, str], provided: Mapping[str, str]) -> list[str]:
    """The requests that no provided package fulfils, as `name@version (has version)`, sorted."""
    lacking = []
    for name, version in sorted(wanted.items()):
        has = provided.get(name)
        if has is None:
            lacking.append(f"{name}@{version}")
        elif not _compatible(version, has):
            lacking.append(f"{name}@{version} (it has {has})")
    return lacking


def _compatible(wanted: str, has: str) -> bool:
    """Whether two versions share what npm's caret compares: all up to the first number that is not zero."""
    return _caret(wanted) == _caret(has)


def _caret(version: str) -> tuple[str, ...]:
    numbers = version.split("-")[0].split(".")
    significant = next((i for i, number in enumerate(numbers) if number != "0"), len(numbers) - 1)
    return tuple(numbers[: significant + 1])
