"""What must be true of every difference."""

from __future__ import annotations

from vizspec.statistics.contrasts import Difference


def is_consistent(found: Difference) -> bool:
    """The interval holds the difference, and leaves 0 out exactly where p is small."""
    if found.lower is None or found.upper is None or found.p is None:
        return found.no_verdict is not None
    holds = found.lower <= found.value + 1e-12 and found.value - 1e-12 <= found.upper
    return holds and (abs(found.p - 0.05) < 1e-6 or (found.p > 0.05) == (found.lower <= 0 <= found.upper))
