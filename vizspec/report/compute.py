"""The section on compute: what was handed in, in its place."""

from __future__ import annotations

from vizspec.report.material import Material
from vizspec.report.model import Compute


def compute(material: Material) -> tuple[Compute, ...]:
    """The section, where something was handed in, be it only the reason why there is nothing."""
    given = material.inputs.compute
    if given is None:
        return ()
    return (Compute(given.table, given.totals, given.recommendations, given.warnings, given.unavailable),)
