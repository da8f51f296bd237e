"""`vizspec doctor`: a line for everything that is looked for."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Ran
from vizspec import __version__

Run = Callable[..., Ran]


def test_every_finding_has_a_line(vizspec: Run) -> None:
    lines = [line.split("\t") for line in vizspec("doctor").out.splitlines()]
    assert lines[0] == ["vizspec", __version__, "this program"]
    assert {"browser", "runtime", "seff"} <= {line[0] for line in lines}


def test_programs_read_what_was_found(vizspec: Run) -> None:
    told = {one["name"]: one for one in json.loads(vizspec("doctor", "--json").out)}
    assert told["vizspec"]["found"] == __version__
    assert set(told["browser"]) == {"name", "found", "purpose", "is_needed"}


def test_what_renders_would_miss_is_found(vizspec: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIZSPEC_BROWSER", "/no/such/browser")
    ran = vizspec("doctor")
    assert ran.code == 1
    assert "browser\tnot found\tmakes PNGs of charts; VIZSPEC_BROWSER names no program" in ran.out
