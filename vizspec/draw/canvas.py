"""Charts become files: a page each, and a picture of all of them in one browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vizspec.draw.assets import Mode, PageAssets, asset_files, load_assets
from vizspec.draw.page import ChartPage, chart_html
from vizspec.execute import Failure

if TYPE_CHECKING:
    from vizspec.draw.browser import Browser, NoBrowser
    from vizspec.plan import Step
    from vizspec.spec import OutputSpec


@dataclass(frozen=True)
class BrowserCanvas:
    """Pages with the shared assets of one render, and pictures by Chromium."""

    output: OutputSpec
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    load: Callable[[Mode], PageAssets] = load_assets

    @cached_property
    def assets(self) -> PageAssets:
        """What all pages share; read once, when the first page is made."""
        return self.load(self.output.html)

    @cached_property
    def picture_assets(self) -> PageAssets:
        """What pictures are drawn with: the runtime where there is one, even where pages take the CDN."""
        return self.load("linked") if self.output.html == "cdn" else self.assets

    @cached_property
    def no_pictures(self) -> Failure | None:
        """Why no browser can take pictures; None where one can."""
        from vizspec.draw.browser import NoBrowser

        return _unavailable(self._browser) if isinstance(self._browser, NoBrowser) else None

    @cached_property
    def _browser(self) -> Browser | NoBrowser:
        from vizspec.draw.browser import find_browser

        return find_browser(self.environ)

    def shared_files(self) -> Mapping[str, bytes]:
        """The runtime that linked pages load; nothing in the other modes."""
        return asset_files(self.assets)

    def html(self, step: Step, component: Any) -> str:
        """The page of a chart."""
        return chart_html(page_of(step, component), self.assets)

    def pictures(self, charts: Sequence[tuple[Step, Any]]) -> Iterator[tuple[Step, bytes | Failure]]:
        """A PNG of each chart, all in one browser; without a browser every one is skipped with the reason."""
        from vizspec.draw.browser import NoBrowser
        from vizspec.draw.pictures import screenshots
        from vizspec.draw.png import Png

        browser = self._browser
        if isinstance(browser, NoBrowser):
            yield from ((step, _unavailable(browser)) for step, _ in charts)
            return
        steps = {step.stem: step for step, _ in charts}
        pages = [page_of(step, component) for step, component in charts]
        for stem, result in screenshots(
            pages,
            browser=browser,
            assets=self.picture_assets,
            limit_seconds=self.output.timeout,
            scale=self.output.scale,
        ):
            drawn = result.data if isinstance(result, Png) else Failure(result.message)
            yield steps[stem], drawn


def _unavailable(browser: NoBrowser) -> Failure:
    return Failure(f"{browser.reason}: {browser.hint}", is_skip=True)


def page_of(step: Step, component: Any) -> ChartPage:
    """The chart as pages and pictures take it."""
    return ChartPage(step.stem, step.title, component, step.caption, shows_title=bool(step.title))
