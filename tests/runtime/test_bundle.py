"""What the bundle holds: pinned packages, the same bytes in every build, and all their licences."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest

from vizspec.runtime import Runtime, find_runtime
from vizspec.runtime.build import SOURCES

REPOSITORY = Path(__file__).parents[2]
LICENCES = "THIRD_PARTY_LICENSES.txt"


@pytest.fixture(scope="module")
def bundle() -> Path:
    found = find_runtime()
    if not isinstance(found, Runtime):
        pytest.skip("there is no runtime")
    return found.folder


def test_every_package_is_pinned_by_its_version_and_its_content() -> None:
    asked = json.loads((SOURCES / "package.json").read_text())
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked["dependencies"].values())
    locked = json.loads((SOURCES / "package-lock.json").read_text())["packages"]
    assert [name for name, one in locked.items() if name and not one["integrity"].startswith("sha512-")] == []


def test_a_file_of_the_bundle_holds_no_moment_and_is_what_its_digest_says(bundle: Path) -> None:
    """The four bytes of a gzip file that could tell when it was made are 0."""
    for name, digest in json.loads((bundle / "modules.json").read_text())["digests"].items():
        content = (bundle / name).read_bytes()
        assert content[4:8] == bytes(4)
        assert hashlib.sha256(gzip.decompress(content)).hexdigest() == digest


def test_every_bundled_package_has_a_licence_with_its_text(bundle: Path) -> None:
    parts = (bundle / LICENCES).read_text(encoding="utf-8").split("\n" + "-" * 78 + "\n\n")[1:]
    assert len(parts) > 50
    for part in parts:
        name, licence, text = part.split("\n", 2)
        assert re.fullmatch(r"\S+ [\d.]+", name)
        assert licence.startswith("Licence: ")
        assert "carries no licence text" not in text
        assert re.search("copyright", text, re.IGNORECASE), name
        assert len(text) > 400, name


def test_the_packages_metadata_name_every_licence_and_its_texts(bundle: Path) -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = set(re.findall(r"^Licence: (.+)$", (bundle / LICENCES).read_text(encoding="utf-8"), re.MULTILINE))
    assert set(project["license"].split(" AND ")) == {"MIT", *named}
    assert project["license-files"] == ["LICENSE", f"vizspec/runtime/dist/{LICENCES}"]
