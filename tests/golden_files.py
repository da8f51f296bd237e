"""Comparing whole outputs with those in `tests/golden`; `VIZSPEC_ACCEPT=1` rewrites them."""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """The text is that of the file; see `tests/golden/README.md`."""
    file = GOLDEN / name
    if os.environ.get("VIZSPEC_ACCEPT"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
