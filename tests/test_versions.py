"""Versions of what is installed."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import MappingProxyType

from vizspec import __version__
from vizspec.versions import own_version, versions


def test_only_what_is_installed_has_a_version() -> None:
    def installed(package: str) -> str:
        if package != "pandas":
            raise PackageNotFoundError(package)
        return "2.1"

    assert versions(installed) == (
        ("vizspec", own_version()),
        ("Python", f"{sys.version_info.major}.{sys.version_info.minor}"),
        ("pandas", "2.1"),
    )


def test_ones_own_version_tells_other_code_apart_but_not_what_was_built_of_it(tmp_path: Path) -> None:
    def version_with(files: Mapping[str, str] = MappingProxyType({})) -> str:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        (folder / "dist").mkdir(parents=True)
        for name, text in {"a.py": "1", **files}.items():
            (folder / name).write_text(text)
        return own_version(folder)

    first = version_with()
    assert re.fullmatch(re.escape(__version__) + r"\+[0-9a-f]{8}", first)
    assert {version_with(), version_with({"dist/built.js": "x"}), version_with({"a.pyc": "x"})} == {first}
    assert len({first, version_with({"a.py": "2"}), version_with({"b.j2": "1"})}) == 3
