"""`vizspec doctor`: what is installed, what is not, and what each thing is for."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

import click

from vizspec import __version__
from vizspec.cli import arguments
from vizspec.cli.console import show_json, show_table
from vizspec.slurm.sources.collect import PROGRAMS

PACKAGES: dict[str, str] = {
    "inspect-ai": "reads logs that are not in today's format, runs the demo",
    "inspect-viz": "draws the score views",
    "pandas": "reads data frames, hands data to inspect-viz",
    "matplotlib": "draws SVG and PDF, risk plots, the compute figure, and PNGs of charts without a browser",
    "scipy": "works out intervals",
    "scikit-learn": "has the demo's data and classifiers",
    "playwright": "drives the browser that takes PNGs of charts (pip install 'vizspec[png]')",
    "duckdb": "answers the charts in that browser (pip install 'vizspec[png]')",
    "distributed": "reads samples and draws on a Dask cluster (pip install 'vizspec[dask]')",
}

OPTIONAL = frozenset({"distributed", "playwright", "duckdb", "browser", *PROGRAMS})
"""What a render does without: many places lack it."""


BROWSER = "takes PNGs of charts"


@dataclass(frozen=True)
class Examined:
    """One thing that was looked for. `found` is its version or place; None: it is not there."""

    name: str
    found: str | None
    purpose: str
    is_needed: bool = True


def examine(
    environ: Mapping[str, str] = os.environ, which: Callable[[str], str | None] = shutil.which
) -> Iterator[Examined]:
    """Look for everything vizspec can use."""
    yield Examined("vizspec", __version__, "this program")
    yield Examined("python", platform.python_version(), "runs it")
    for name, purpose in PACKAGES.items():
        yield Examined(name, _version(name), purpose, name not in OPTIONAL)
    yield _browser(environ)
    yield _runtime(environ)
    for program, described in PROGRAMS.items():
        yield Examined(program, which(program), described.purpose, is_needed=False)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _browser(environ: Mapping[str, str]) -> Examined:
    from vizspec.draw.pictures.browser import NoBrowser, find_browser

    browser = find_browser(environ)
    if isinstance(browser, NoBrowser):
        purpose = f"{BROWSER}; without it matplotlib draws them; {browser.reason}: {browser.hint}"
        return Examined("browser", None, purpose, is_needed=False)
    return Examined("browser", browser.describe(), BROWSER, is_needed=False)


def _runtime(environ: Mapping[str, str]) -> Examined:
    from vizspec.runtime import NoRuntime, find_runtime

    runtime = find_runtime(environ)
    purpose = "lets pages draw without a network"
    if isinstance(runtime, NoRuntime):
        return Examined("runtime", None, f"{purpose}; {runtime.reason}: {runtime.hint}")
    return Examined("runtime", f"{len(runtime.modules)} modules", purpose)


@click.command("doctor")
@arguments.as_json
def command(as_json: bool) -> int:
    """Tell what is installed, what is not, and what each thing is for.

    Exit code 1 where something is missing that renders would miss.
    """
    findings = list(examine())
    if as_json:
        show_json([asdict(finding) for finding in findings])
    else:
        rows = [(finding.name, finding.found or "not found", finding.purpose) for finding in findings]
        show_table(("What", "Found", "What it is for"), rows)
    return int(any(finding.is_needed and finding.found is None for finding in findings))
