"""The base of stores that tests hand to fsspec."""

from __future__ import annotations

from fsspec import AbstractFileSystem


class Store(AbstractFileSystem):  # type: ignore[misc] # fsspec has no types
    """A store that a test gives its listings, or its refusals."""
