"""`vizspec doctor`: a line for everything that is looked for."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Ran
from vizspec import __version__
from vizspec.cli.doctor import OPTIONAL, PACKAGES, Examined, examine
from vizspec.slurm.sources.collect import PROGRAMS

Run = Callable[..., Ran]


def test_every_finding_has_a_line(vizspec: Run) -> None:
    lines = [line.split("\t") for line in vizspec("doctor").out.splitlines()]
    assert lines[0] == ["vizspec", __version__, "this program"]
    assert {"browser", "runtime", "seff"} <= {line[0] for line in lines}


def test_programs_read_what_was_found(vizspec: Run) -> None:
    checks = {one["name"]: one for one in json.loads(vizspec("doctor", "--json").out)}
    assert checks["vizspec"]["found"] == __version__
    assert set(checks["browser"]) == {"name", "found", "purpose", "is_needed"}


def test_without_a_browser_it_says_what_draws_instead(vizspec: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIZSPEC_BROWSER", "/no/such/browser")
    line = (
        "browser\tnot found\ttakes PNGs of charts; without it matplotlib draws them; VIZSPEC_BROWSER names no"
    )
    assert line in vizspec("doctor").out


def findings(which: Callable[[str], str | None] = lambda name: None) -> dict[str, Examined]:
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
