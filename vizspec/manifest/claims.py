"""Whether claims stood as they do before there were results, as far as earlier renders tell. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vizspec.manifest.manifest import Manifest


def logs_before(before: Manifest | None, claims: Iterable[str]) -> Mapping[str, int]:
    """How many logs an earlier render had that did not know a claim as it stands, by the claim's hash.

    0 where none is known of: of a first render nobody can tell which came first, claims or logs.
    """
    if before is None or before.claims is None:
        return dict.fromkeys(claims, 0)
    return {claim: before.claims.get(claim, len(before.inputs.logs)) for claim in claims}
