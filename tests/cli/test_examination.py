"""`vizspec doctor`: what it looks for, and what it says of what is not there."""

from __future__ import annotations

from collections.abc import Callable

from vizspec import __version__
from vizspec.cli.examination import OPTIONAL, PACKAGES, PROGRAMS, Finding, examine


def findings(which: Callable[[str], str | None] = lambda name: None) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine({}, which)}


def test_everything_is_looked_for_and_has_its_purpose() -> None:
    found = findings()
    assert set(found) == {"vizspec", "python", "browser", "runtime", *PACKAGES, *PROGRAMS}
    assert all(finding.purpose for finding in found.values())
    assert found["vizspec"].found == __version__


def test_programs_of_the_cluster_are_found_where_they_are() -> None:
    found = findings(lambda name: f"/usr/bin/{name}" if name == "seff" else None)
    assert (found["seff"].found, found["jobstats"].found) == ("/usr/bin/seff", None)


def test_what_most_places_lack_is_not_needed() -> None:
    assert {name for name, finding in findings().items() if not finding.is_needed} == OPTIONAL
