"""Which browser is taken, in which order, and what is said where there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from vizspec.draw.pictures.browser import Browser, NoBrowser, find_browser


@pytest.fixture
def playwright(tmp_path: Path) -> Path:
    package = tmp_path / "playwright" / "driver" / "package"
    package.mkdir(parents=True)
    listing = {"browsers": [{"name": "chromium-headless-shell", "revision": "1234"}]}
    (package / "browsers.json").write_text(json.dumps(listing))
    return tmp_path / "playwright"


def _installed(*names: str) -> Callable[[str], str | None]:
    return lambda name: f"/bin/{name}" if name in names else None


def _find(
    playwright: Path | None,
    environ: Mapping[str, str],
    which: Callable[[str], str | None],
    *,
    root: bool = False,
    database: bool = True,
) -> Browser | NoBrowser:
    environ = {"HOME": "/nowhere", **environ}
    return find_browser(
        environ,
        which=which,
        playwright_folder=lambda: playwright,
        has_database=lambda: database,
        is_root=lambda: root,
    )


def _install_own(cache: Path, revision: str = "1234") -> None:
    folder = cache / f"chromium_headless_shell-{revision}"
    folder.mkdir(parents=True)
    (folder / "INSTALLATION_COMPLETE").write_text("")


def test_the_variable_comes_before_all_others(playwright: Path, tmp_path: Path) -> None:
    _install_own(tmp_path / "browsers")
    environ = {"VIZSPEC_BROWSER": "my-chrome", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers")}
    found = _find(playwright, environ, _installed("my-chrome", "google-chrome", "chromium"))
    assert found == Browser("environment", Path("/bin/my-chrome"), sandbox=True)


def test_a_variable_that_names_no_program_is_told_not_passed_over(playwright: Path) -> None:
    found = _find(playwright, {"VIZSPEC_BROWSER": "my-chrom"}, _installed("chromium"))
    assert isinstance(found, NoBrowser)
    assert "VIZSPEC_BROWSER names no program" in found.reason


def test_playwrights_own_comes_before_chrome(playwright: Path, tmp_path: Path) -> None:
    _install_own(tmp_path / "browsers")
    environ = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers")}
    assert _find(playwright, environ, _installed("google-chrome")) == Browser(
        "playwright", None, sandbox=True
    )


def test_playwrights_browser_of_another_version_does_not_count(playwright: Path, tmp_path: Path) -> None:
    _install_own(tmp_path / "browsers", "999")
    environ = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers")}
    found = _find(playwright, environ, _installed("chromium"))
    assert found == Browser("system", Path("/bin/chromium"), sandbox=True)


def test_playwrights_browser_is_looked_for_in_its_package_where_the_variable_says_so(
    playwright: Path,
) -> None:
    _install_own(playwright / "driver" / "package" / ".local-browsers")
    found = _find(playwright, {"PLAYWRIGHT_BROWSERS_PATH": "0"}, _installed())
    assert found == Browser("playwright", None, sandbox=True)


def test_chrome_comes_before_the_systems_chromium(playwright: Path) -> None:
    found = _find(playwright, {}, _installed("google-chrome", "chromium"))
    assert found == Browser("chrome", Path("/bin/google-chrome"), sandbox=True)


def test_without_a_browser_the_commands_that_help_are_told(playwright: Path) -> None:
    found = _find(playwright, {}, _installed())
    assert isinstance(found, NoBrowser)
    assert "playwright install chromium" in found.hint
    assert "VIZSPEC_BROWSER" in found.hint


def test_without_playwright_its_installation_is_told(playwright: Path) -> None:
    found = _find(None, {}, _installed("chromium"))
    assert found == NoBrowser(
        "playwright is not installed", "pip install playwright duckdb && playwright install chromium"
    )


def test_without_duckdb_its_installation_is_told(playwright: Path) -> None:
    found = _find(playwright, {}, _installed("chromium"), database=False)
    assert found == NoBrowser("duckdb is not installed", "pip install playwright duckdb")


def test_only_root_goes_without_a_sandbox(playwright: Path) -> None:
    found = _find(playwright, {}, _installed("chromium"), root=True)
    assert found == Browser("system", Path("/bin/chromium"), sandbox=False)
    assert isinstance(found, Browser)
    assert found.describe() == "the system's Chromium, /bin/chromium, with --no-sandbox (run as root)"


def test_a_description_names_the_variable() -> None:
    named = Browser("environment", Path("/opt/c"), sandbox=True)
    assert named.describe() == "/opt/c (named by VIZSPEC_BROWSER)"


def test_who_has_no_home_gets_the_browser_of_the_system(playwright: Path) -> None:
    found = _find(playwright, {"HOME": "~nobody-of-this-name"}, _installed("chromium"))
    assert found == Browser("system", Path("/bin/chromium"), sandbox=True)
