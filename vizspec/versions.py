"""The versions of what makes the outputs; nothing is imported to find them."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from vizspec import __version__

PACKAGES = ("inspect-viz", "inspect-ai", "matplotlib", "pandas", "playwright", "duckdb")
"""The packages on whose versions the outputs' bytes may depend."""

SOURCES = (".py", ".js", ".mjs", ".j2", ".css", ".yaml", ".json")
"""The files of this package that make it do what it does."""

NOT_SOURCES = frozenset({"dist", "__pycache__"})
"""The folders of what is built of them."""


@cache
def versions(installed: Callable[[str], str] = version) -> tuple[tuple[str, str], ...]:
    """Name and version of vizspec, Python, and each package that is installed.

    Python's is its minor version (`3.11`): its patches mend it, and change no output.
    """
    python = ".".join(platform.python_version_tuple()[:2])
    found = [("vizspec", own_version()), ("Python", python)]
    for package in PACKAGES:
        try:
            found.append((package, installed(package)))
        except PackageNotFoundError:
            continue
    return tuple(found)


@cache
def own_version(package: Path = Path(__file__).parent) -> str:
    """The version of vizspec and, as `+` and 8 hex digits, of its very files.

    Who works from a checkout has other code under the same number after each update.
    """
    digest = hashlib.sha256()
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name not in NOT_SOURCES)
        place = Path(folder).relative_to(package).as_posix()
        for name in sorted(names):
            if name.endswith(SOURCES):
                content = Path(folder, name).read_bytes()
                digest.update(f"{place}/{name}".encode() + b"\0" + content + b"\0")
    return f"{__version__}+{digest.hexdigest()[:8]}"
