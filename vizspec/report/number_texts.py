"""Numbers as the report's text. Unknown is a dash."""

from __future__ import annotations

from vizspec.comparisons.leads import Lead
from vizspec.estimates.table import Estimate
from vizspec.statistics.intervals import level_text
from vizspec.text.decimals import DASH, ends_text, value_text


def interval_text(row: Estimate) -> str:
    """Both ends, `0.812–0.868`, or a dash where either is unknown."""
    if row.lower is None or row.upper is None:
        return DASH
    lower, upper = value_text(row.lower), value_text(row.upper)
    return f"{lower} to {upper}" if row.lower < 0 else f"{lower}–{upper}"


def count_text(n: int | None) -> str:
    """A count with its thousands apart, or a dash."""
    return DASH if n is None else f"{n:,}"


def n_text(row: Estimate) -> str:
    """How many samples stand behind a value, of how many where some have no part in it: `4 of 10`."""
    return f"{row.n:,} of {row.meant:,}" if row.is_partial else count_text(row.n)


def lead_text(lead: Lead) -> str:
    """By how much one leads another, with the interval: `0.050 (-0.042 to 0.165)`.

    `0.050 (-0.042 to 0.165, n = 38)` where not all samples of both are shared.
    """
    n = "" if lead.n is None else f", n = {lead.n:,}"
    return f"{value_text(lead.value)} ({ends_text(lead.lower, lead.upper)}{n})"


def estimate_text(row: Estimate) -> str:
    """A whole estimate in a sentence: `0.842 (95% CI 0.812–0.868, n = 500)`."""
    interval = f"{level_text(row.level)} {interval_text(row)}" if row.has_interval else "no interval known"
    n = "n not known" if row.n is None else f"n = {n_text(row)}"
    return f"{value_text(row.value)} ({interval}, {n})"
