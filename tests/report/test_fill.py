"""Templates of the user's: what they make, and that none takes all the time or the memory."""

from __future__ import annotations

import re

import pytest

from vizspec.report.fill import filled
from vizspec.report.model import Report
from vizspec.report.template import FilledTemplate

pytestmark = pytest.mark.slow

REPORT = Report("Ranks", ())


def test_a_template_is_filled_in_by_a_process_of_its_own() -> None:
    assert filled("# {{ report.title }} é 😀", REPORT) == FilledTemplate("# Ranks é 😀")


@pytest.mark.parametrize(
    ("template", "problem", "line"),
    [
        ("one\n{{ 'a' * 10**10 }}", "more than 1,000 MB of memory", 2),
        ("{{ range(10**10) | list }}", "Range too big", 1),
        ("{% macro f() %}\n{{ f() }}{% endmacro %}{{ f() }}", "it calls itself without end", 2),
        ("{{ report.titel }}", "no attribute 'titel'", 1),
        ("one\ntwo {{ 1 | nosuch }}", "No filter named 'nosuch'", 2),
        ("one\n{{ range(1e999) }}", "name 'inf' is not defined", 2),
        ("{{ '\\ud800' }}", "what it makes holds half of a character (U+D800)", None),
        ("{{ ''.__class__.__mro__ }}", "unsafe", 1),
        (
            "{% for a in range(999) %}{{ 'a' * 99999 }}{% endfor %}",
            "what it makes is larger than 20 MB",
            None,
        ),
    ],
)
def test_what_a_template_may_not_do_is_told_with_its_line(
    template: str, problem: str, line: int | None
) -> None:
    found = filled(template, REPORT)
    assert (found.text, found.line) == (None, line)
    assert problem in (found.problem or "")


def test_a_template_that_has_no_end_is_ended() -> None:
    loops = "{% for a in range(99999) %}" * 3 + "\n{% set x = a %}" + "{% endfor %}" * 3
    found = filled(loops, REPORT, seconds=1)
    assert found.text is None
    # Of computing; on a busy machine the limit of waiting comes first.
    assert re.search("it takes more than [13] s", (found.problem or ""))
