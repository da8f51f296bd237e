"""Claims that a render did not know which had logs already."""

from __future__ import annotations

from collections.abc import Mapping

from vizspec.manifest.claims import logs_before
from vizspec.manifest.inputs import Inputs, LogInput
from vizspec.manifest.manifest import Manifest

LOGS = tuple(LogInput(name=name, sha256="00") for name in ("a.eval", "b.eval"))


def rendered_with(claims: Mapping[str, int] | None) -> Manifest:
    return Manifest(experiment="caps", inputs=Inputs(logs=LOGS), claims=claims)


def test_of_a_first_render_nobody_can_tell_what_came_first() -> None:
    assert logs_before(None, ["old"]) == {"old": 0}
    assert logs_before(rendered_with(None), ["old"]) == {"old": 0}


def test_a_claim_that_the_last_render_did_not_know_came_after_its_logs() -> None:
    assert logs_before(rendered_with({"old": 0}), ["old", "new"]) == {"old": 0, "new": 2}
    assert logs_before(rendered_with({}), ["new"]) == {"new": 2}


def test_what_came_late_stays_late() -> None:
    assert logs_before(rendered_with({"late": 1}), ["late"]) == {"late": 1}
