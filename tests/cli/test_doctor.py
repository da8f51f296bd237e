"""`vizspec doctor`: everything it finds or misses, as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.cli.conftest import Ran
from vizspec.doctor import PACKAGES, PROGRAMS

EVERYTHING = {"vizspec", "python", "browser", "runtime", *PACKAGES, *PROGRAMS}


def test_the_table_has_a_line_for_everything(vizspec: Callable[..., Ran]) -> None:
    ran = vizspec("doctor")
    assert {line.split("\t")[0] for line in ran.out.splitlines()} == EVERYTHING
    assert ran.err == ""


def test_json_has_everything_and_the_code_tells_what_is_missing(vizspec: Callable[..., Ran]) -> None:
    ran = vizspec("doctor", "--json")
    findings = json.loads(ran.out)
    assert {finding["name"] for finding in findings} == EVERYTHING
    assert ran.code == int(any(f["found"] is None and f["is_needed"] for f in findings))
