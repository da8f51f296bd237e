"""Versions of what is installed."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError

from vizspec import __version__
from vizspec.versions import versions


def test_only_what_is_installed_has_a_version() -> None:
    def installed(package: str) -> str:
        if package != "pandas":
            raise PackageNotFoundError(package)
        return "2.1"

    assert versions(installed) == (
        ("vizspec", __version__),
        ("Python", platform.python_version()),
        ("pandas", "2.1"),
    )
