"""Whole renders in tests: in this process without a browser, or by the command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.cli.conftest import Ran
from vizspec.draw.pages.assets import Engine, PageAssets, Widget
from vizspec.draw.pages.parts import Page
from vizspec.gather.options import Reading
from vizspec.plan.plan import Step
from vizspec.render.canvas import Failure
from vizspec.render.check_outputs import check_outputs
from vizspec.render.figures import ImageStyle
from vizspec.render.pipeline import render
from vizspec.render.result import Options, Rendered
from vizspec.spec.open import open_spec

REPOSITORY = Path(__file__).parents[1]
NO_ASSETS = PageAssets(Engine("cdn"), Widget())


class PlainCanvas:
    """Pages and pictures without inspect-viz and without a browser: texts that name their step."""

    def __init__(
        self,
        failure: Failure | None = None,
        assets: PageAssets = NO_ASSETS,
        stand_in: str | None = None,
        *,
        replaces_failed: bool = False,
    ) -> None:
        self.failure = failure
        self.replaces_failed = replaces_failed
        self.stand_in = stand_in
        self._assets = assets
        self.pages: list[str] = []
        self.is_expecting = self.is_closed = False

    @property
    def assets(self) -> PageAssets:
        return self._assets

    @property
    def no_pictures(self) -> Failure | None:
        return self.failure if self.failure is not None and self.failure.is_skip else None

    @property
    def draws_pictures(self) -> bool:
        return self.stand_in is not None

    @property
    def look(self) -> ImageStyle:
        return ImageStyle()

    def expect_pictures(self) -> None:
        self.is_expecting = True

    def close(self) -> None:
        self.is_closed = True

    def page(self, step: Step, component: Any) -> Page:
        self.pages.append(step.id)
        return Page(f"page of {step.id}")

    def pictures(self, charts: Sequence[tuple[Step, Any]]) -> Iterator[tuple[Step, bytes | Failure]]:
        for step, _ in charts:
            yield step, self.failure or f"picture of {step.id}".encode()


def rendered(folder: Path, canvas: PlainCanvas | None = None, **options: Any) -> Rendered:
    """The render of the spec in a folder, with plain pages; at the same moment whenever it runs."""
    return render(
        open_spec(folder),
        Options(use_cache=False, **options),
        canvas=canvas or PlainCanvas(),
        now=lambda: datetime(2026, 1, 30, 12),
    )


def states(folder: Path) -> list[tuple[str, str, str]]:
    """What a check finds in a folder: name, state and reason."""
    found = check_outputs(open_spec(folder), Reading(use_cache=False))
    return [(one.name, one.state.value, one.reason) for one in found]


def command(
    *arguments: object,
    environ: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    before: Callable[[], None] | None = None,
) -> Ran:
    """`vizspec` in a process of its own, which calls `before` first."""
    done = subprocess.run(
        [sys.executable, "-m", "vizspec", *(str(argument) for argument in arguments)],
        env={**environment(), **(environ or {})},
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=before,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def environment() -> dict[str, str]:
    """The environment in which this checkout's `vizspec` runs from any folder."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}


def content(folder: Path) -> dict[str, bytes]:
    """What a folder holds, by relative path; hidden files left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
