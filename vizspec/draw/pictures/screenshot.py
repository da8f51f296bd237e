"""Takes the picture of one chart of an open page, of its very pixels."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING

from vizspec.draw.pictures.page_server import PADDING
from vizspec.draw.pictures.png import Png, png_size, with_resolution

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

# inspect-viz's browser for pictures.
VIEWPORT: ViewportSize = {"width": 1280 + 2 * PADDING, "height": 720}


class Screenshots:
    """A session of the browser's protocol: what it captures has the scale and the window that it sets."""

    def __init__(self, page: Page, scale: int) -> None:
        self._page = page
        self._scale = scale
        self._session = page.context.new_cdp_session(page)
        self._window: Mapping[str, int] = {}

    def picture(self, name: str, width: float, height: float) -> Png:
        """The picture of one chart, of these many CSS pixels."""
        self._open(width, height)
        self._page.evaluate("name => vizspec.showAlone(name)", name)
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        # The protocol's own command: playwright's adds waiting that is worth three pictures.
        answer = self._session.send("Page.captureScreenshot", {"format": "png", "clip": clip})
        data = base64.b64decode(answer["data"])
        return Png(with_resolution(data, self._scale), *png_size(data))

    def _open(self, width: float, height: float) -> None:
        """Makes the window as large as this chart needs, and no other: its size shows in the pixels."""
        window = {
            "width": max(VIEWPORT["width"], ceil(width)),
            "height": max(VIEWPORT["height"], ceil(height)),
        }
        if window != self._window:
            metrics = {**window, "deviceScaleFactor": self._scale, "mobile": False}
            self._session.send("Emulation.setDeviceMetricsOverride", metrics)
            self._window = window
