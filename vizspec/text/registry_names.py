"""Names as Inspect's registry has them."""

from __future__ import annotations


def without_package(name: str) -> str:
    """The name of a task, scorer or model without what stands before it: `inspect_evals/arc` is `arc`."""
    return name.rpartition("/")[2]
