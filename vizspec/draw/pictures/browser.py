"""Which browser makes pictures: looked for, never started.

Playwright and DuckDB are optional parts: their absence, and a browser's, is a value with the command that
would help.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

BROWSER_VARIABLE = "VIZSPEC_BROWSER"
CHROME_PROGRAMS = ("google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_PROGRAMS = ("chromium", "chromium-browser", "chromium-headless-shell")
CHROME_ON_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
PACKAGES = ("playwright", "duckdb")
INSTALL_PACKAGES = f"pip install {' '.join(PACKAGES)}"
INSTALL_BROWSER = "playwright install chromium"

Origin = Literal["environment", "playwright", "chrome", "system"]


@dataclass(frozen=True)
class Browser:
    """A browser to be started: where it was found, its program (None: playwright knows), and its sandbox."""

    origin: Origin
    executable: Path | None
    sandbox: bool

    def describe(self) -> str:
        """One line for people: which browser, by which way it was found, and whether its sandbox is off."""
        names = {
            "environment": f"{self.executable} (named by {BROWSER_VARIABLE})",
            "playwright": "Chromium of playwright",
            "chrome": f"Chrome, {self.executable}",
            "system": f"the system's Chromium, {self.executable}",
        }
        return names[self.origin] + ("" if self.sandbox else ", with --no-sandbox (run as root)")


@dataclass(frozen=True)
class NoBrowser:
    """Pictures of charts cannot be made: why, and the command that would help."""

    reason: str
    hint: str


def find_browser(
    environ: Mapping[str, str] = os.environ,
    *,
    which: Callable[[str], str | None] = shutil.which,
    playwright_folder: Callable[[], Path | None] | None = None,
    has_database: Callable[[], bool] = lambda: importlib.util.find_spec("duckdb") is not None,
    is_root: Callable[[], bool] | None = None,
) -> Browser | NoBrowser:
    """The first of: the one named by `VIZSPEC_BROWSER`, playwright's own, Chrome, the system's Chromium.

    `playwright_folder` is where playwright is installed (None: it is not), `has_database` whether DuckDB is.
    """
    folder = (playwright_folder or _playwright_folder)()
    if folder is None:
        return NoBrowser("playwright is not installed", f"{INSTALL_PACKAGES} && {INSTALL_BROWSER}")
    if not has_database():
        return NoBrowser("duckdb is not installed", INSTALL_PACKAGES)
    sandbox = not (is_root or _is_root)()
    if named := environ.get(BROWSER_VARIABLE):
        program = which(named)
        if program is None:
            return NoBrowser(
                # Not which: the reason stands in outputs, which are the same for everyone.
                f"{BROWSER_VARIABLE} names no program",
                f"set {BROWSER_VARIABLE} to a Chromium or Chrome, or unset it",
            )
        return Browser("environment", Path(program), sandbox)
    if _has_own_browser(folder, environ):
        return Browser("playwright", None, sandbox)
    if chrome := _first_program((*CHROME_PROGRAMS, CHROME_ON_MAC), which):
        return Browser("chrome", chrome, sandbox)
    if chromium := _first_program(CHROMIUM_PROGRAMS, which):
        return Browser("system", chromium, sandbox)
    return NoBrowser(
        "no Chromium or Chrome was found",
        f"{INSTALL_BROWSER}, or install your system's `chromium` package, or set {BROWSER_VARIABLE}",
    )


def _playwright_folder() -> Path | None:
    spec = importlib.util.find_spec("playwright")
    return Path(spec.origin).parent if spec and spec.origin else None


def _is_root() -> bool:
    """Chromium refuses its sandbox to root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _first_program(names: tuple[str, ...], which: Callable[[str], str | None]) -> Path | None:
    return next((Path(found) for name in names if (found := which(name))), None)


def _has_own_browser(folder: Path, environ: Mapping[str, str]) -> bool:
    """Whether `playwright install` has brought the headless Chromium that this playwright starts.

    Asked of the files, because asking playwright starts its driver, which takes a second.
    """
    listing = folder / "driver" / "package" / "browsers.json"
    if not listing.is_file():
        return False
    browsers = json.loads(listing.read_text(encoding="utf-8"))["browsers"]
    revisions = {browser["name"]: browser["revision"] for browser in browsers}
    shell = f"chromium_headless_shell-{revisions.get('chromium-headless-shell')}"
    return (_browsers_folder(folder, environ) / shell / "INSTALLATION_COMPLETE").is_file()


def _browsers_folder(playwright: Path, environ: Mapping[str, str]) -> Path:
    """Where playwright keeps its browsers, by the rules of its documentation."""
    given = environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if given == "0":
        return playwright / "driver" / "package" / ".local-browsers"
    if given:
        return Path(given)
    try:
        home = Path(environ.get("HOME") or "~").expanduser()
    except RuntimeError:  # a user without a home has installed none there
        home = Path(os.devnull)
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "ms-playwright"
    return Path(environ.get("XDG_CACHE_HOME") or home / ".cache") / "ms-playwright"
