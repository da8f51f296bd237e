"""What is looked for, what it is for, and what its absence means."""

from __future__ import annotations

from vizspec.doctor import OPTIONAL, PACKAGES, PROGRAMS, Finding, examine


def found(*programs: str, **environ: str) -> dict[str, Finding]:
    def which(name: str) -> str | None:
        return f"/usr/bin/{name}" if name in programs else None

    return {finding.name: finding for finding in examine(environ, which)}


def test_everything_that_vizspec_uses_is_looked_for_and_has_a_purpose() -> None:
    names = found()
    assert set(names) == {"vizspec", "python", *PACKAGES, "browser", "runtime", *PROGRAMS}
    assert all(finding.purpose for finding in names.values())


def test_what_is_installed_is_told_by_its_version() -> None:
    assert (found()["pandas"].found or "").count(".") >= 2


def test_the_clusters_programs_are_told_by_their_place_and_are_not_needed() -> None:
    names = found("seff")
    assert names["seff"].found == "/usr/bin/seff"
    assert names["sacct"].found is None
    assert not names["sacct"].is_needed
    assert "distributed" in OPTIONAL


def test_a_browser_that_is_not_there_is_told_with_what_would_help() -> None:
    browser = found(VIZSPEC_BROWSER="/no/such/browser")["browser"]
    assert browser.found is None
    assert browser.is_needed
    assert "set VIZSPEC_BROWSER to a Chromium or Chrome, or unset it" in browser.purpose
