"""What turns charts into files, a page and a picture each; a browser takes the pictures."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from vizspec.draw.pages.assets import PageAssets, load_assets
from vizspec.draw.pages.page import chart_page
from vizspec.draw.pages.parts import ChartPage, Page
from vizspec.render.figures import ImageStyle, is_chart
from vizspec.views import KINDS

if TYPE_CHECKING:
    from vizspec.draw.pictures.browser import Browser, NoBrowser
    from vizspec.draw.pictures.camera import Camera
    from vizspec.plan.plan import Step
    from vizspec.spec.model import OutputSpec

STAND_IN = "drawn with matplotlib"
"""What is said of a picture of a chart that no browser took."""


class Canvas(Protocol):
    """What turns a chart into files: pages as text, and pictures of all charts at once."""

    @property
    def assets(self) -> PageAssets:
        """What all pages share."""

    @property
    def no_pictures(self) -> Failure | None:
        """Why there are no pictures of charts at all; None where they can be taken."""

    @property
    def draws_pictures(self) -> bool:
        """Whether matplotlib draws the pictures of charts."""

    @property
    def stand_in(self) -> str | None:
        """Why matplotlib draws pictures that a browser would take elsewhere; None where it does not."""

    @property
    def replaces_failed(self) -> bool:
        """Whether matplotlib draws the picture of a chart that fails in the browser."""

    @property
    def look(self) -> ImageStyle:
        """How matplotlib draws."""

    def page(self, step: Step, component: Any) -> Page:
        """The page of a chart."""

    def expect_pictures(self) -> None:
        """Get ready to take pictures, while the charts are still being drawn."""

    def pictures(self, charts: Sequence[tuple[Step, Any]]) -> Iterator[tuple[Step, bytes | Failure]]:
        """A PNG of each chart, or why there is none."""

    def close(self) -> None:
        """End what was started for pictures."""


@dataclass(frozen=True)
class Failure:
    """Why a picture was not made. `is_skip`: nothing is wrong with the view, the means are not there."""

    reason: str
    is_skip: bool = False
    traceback: str | None = None


@dataclass
class BrowserCanvas:
    """Pages with the shared assets of one render, and pictures by Chromium. `close` it in any case."""

    output: OutputSpec
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    _camera: Camera | None = field(default=None, init=False)

    @cached_property
    def assets(self) -> PageAssets:
        """What all pages share; read once, when the first page is made."""
        return load_assets(self.output.html)

    @cached_property
    def no_pictures(self) -> Failure | None:
        """Why no browser can take pictures; None where one can."""
        from vizspec.draw.pictures.browser import NoBrowser

        return _unavailable(self._browser) if isinstance(self._browser, NoBrowser) else None

    @cached_property
    def draws_pictures(self) -> bool:
        """Whether matplotlib draws the pictures of charts: the spec wants it, or no browser is found."""
        wanted = self.output.pictures == "matplotlib" or self.output.style == "paper"
        return wanted or (self.output.pictures == "auto" and self.no_pictures is not None)

    @property
    def stand_in(self) -> str | None:
        """Why matplotlib draws what a browser would take elsewhere; None where it does not."""
        is_wanted = self.output.pictures != "auto" or self.output.style == "paper"
        if is_wanted or self.no_pictures is None:
            return None
        return f"{STAND_IN}: {self.no_pictures.reason}"

    @property
    def replaces_failed(self) -> bool:
        """Whether matplotlib draws the picture of a chart that fails in the browser."""
        return self.output.pictures == "auto"

    @property
    def look(self) -> ImageStyle:
        """How matplotlib draws."""
        return ImageStyle(self.output.style, self.output.scale)

    @cached_property
    def _browser(self) -> Browser | NoBrowser:
        from vizspec.draw.pictures.browser import find_browser

        return find_browser(self.environ)

    def page(self, step: Step, component: Any) -> Page:
        """The page of a chart."""
        return chart_page(page_of(step, component), self.assets)

    def expect_pictures(self) -> None:
        """Start the browser, where there is one, so that it is up when the charts are."""
        from vizspec.draw.pictures.browser import NoBrowser
        from vizspec.draw.pictures.camera import Camera

        if self._camera is None and not isinstance(self._browser, NoBrowser):
            self._camera = Camera(
                self._browser,
                limit_seconds=self.output.timeout,
                scale=self.output.scale,
            )

    def pictures(self, charts: Sequence[tuple[Step, Any]]) -> Iterator[tuple[Step, bytes | Failure]]:
        """A PNG of each chart, all in one browser; without a browser every one is skipped with the reason.

        Once in a render.
        """
        from vizspec.draw.pictures.png import Png

        if self.no_pictures is not None:
            yield from ((step, self.no_pictures) for step, _ in charts)
            return
        self.expect_pictures()
        assert self._camera is not None
        steps = {step.stem: step for step, _ in charts}
        for stem, result in self._camera.take([page_of(step, component) for step, component in charts]):
            yield steps[stem], result.data if isinstance(result, Png) else Failure(result.message)

    def close(self) -> None:
        """End the browser, where one was started."""
        if self._camera is not None:
            self._camera.close()


def _unavailable(browser: NoBrowser) -> Failure:
    return Failure(f"{browser.reason}: {browser.hint}", is_skip=True)


def page_of(step: Step, component: Any) -> ChartPage:
    """The chart as pages and pictures take it."""
    picture = next((name for name in step.files if name.endswith(".png")), None)
    return ChartPage(
        step.stem,
        step.title,
        component,
        step.caption,
        shows_title=bool(step.title) and is_chart(step) and KINDS[step.view].draws_title,
        picture=picture,
    )
