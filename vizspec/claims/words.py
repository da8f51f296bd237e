"""A claim as a sentence, and what tells one claim from another."""

from __future__ import annotations

import hashlib
import json

from vizspec.cells.columns import text_of
from vizspec.claims.model import Claim, Relation
from vizspec.views.sample_matching import Levels

TOLD_ALONE = frozenset({"model", "run", "task", "vis_label", "task_name", "run.type"})
"""Columns whose values speak for themselves."""


def sentence(claim: Claim, metric: str) -> str:
    """The claim in its author's words, else read from its parts."""
    if claim.claim is not None:
        return claim.claim
    parts = [f"on {metric}, {side(claim.of)} is {_relation(claim)}"]
    if claim.within is not None:
        parts.append(f"more so for {side(claim.within)} than for {side(claim.versus or {})}")
    if claim.than is not None or claim.among is not None or claim.over is not None:
        parts.append("on the same samples")
    if claim.for_each:
        parts.append(f"for each {' and '.join(claim.for_each)}")
    return ", ".join(parts)


def side(wanted: Levels) -> str:
    """`forest on Size`: the evaluations that values of columns mean."""
    if not wanted:
        return "every evaluation"
    values = [
        " or ".join(map(text_of, value)) if isinstance(value, tuple) else text_of(value)
        for value in wanted.values()
    ]
    pairs = zip(wanted, values, strict=True)
    return ", ".join(text if name in TOLD_ALONE else f"{name} {text}" for name, text in pairs)


def _relation(claim: Claim) -> str:
    other = side(claim.than or {})
    by = f" by at least {claim.by:g}" if claim.by is not None else ""
    margin = f"{claim.margin or 0:g}"
    texts = {
        Relation.BETTER: f"better than {other}{by}",
        Relation.WORSE: f"worse than {other}{by}",
        Relation.NOT_WORSE: f"not worse than {other} by more than {margin}",
        Relation.SAME: f"the same as {other} within {margin}",
        Relation.AT_LEAST: f"at least {claim.value or 0:g}",
        Relation.AT_MOST: f"at most {claim.value or 0:g}",
        Relation.RISING: f"the better the higher {claim.over}",
        Relation.FALLING: f"the worse the higher {claim.over}",
        Relation.TREND: f"better by trend with {claim.over}",
        Relation.BEST: f"the best among every {' and '.join(claim.among or ())}",
    }
    return texts[claim.relation]


def claim_sha256(claim: Claim) -> str:
    """The hash of what a claim says: its words and reasons for readers are no part of it."""
    data = claim.model_dump(mode="json", by_alias=True, exclude={"claim", "why"})
    text = json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
