"""The versions of what makes the outputs, as their packages tell them; nothing is imported for it."""

from __future__ import annotations

import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from vizspec import __version__

PACKAGES = ("inspect-viz", "inspect-ai", "matplotlib", "pandas", "scikit-learn", "playwright", "duckdb")
"""The packages on whose versions the outputs' bytes may depend."""


def versions(installed: Callable[[str], str] = version) -> tuple[tuple[str, str], ...]:
    """Name and version of vizspec, Python, and each package that is installed."""
    found = [("vizspec", __version__), ("Python", platform.python_version())]
    for package in PACKAGES:
        try:
            found.append((package, installed(package)))
        except PackageNotFoundError:
            continue
    return tuple(found)
