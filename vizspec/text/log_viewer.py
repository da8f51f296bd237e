"""Where a log viewer shows a log."""

from __future__ import annotations

from urllib.parse import quote


def log_link(viewer: str | None, location: str) -> str | None:
    """The address of the log in `inspect view` at this address; None without a viewer."""
    return None if viewer is None else f"{viewer.rstrip('/')}/#/logs/{quote(location)}"
