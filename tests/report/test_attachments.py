"""The date that the environment may fix."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vizspec.report.attachments import date_of


def test_the_date_is_that_of_the_environment() -> None:
    assert date_of({"SOURCE_DATE_EPOCH": "86400"}) == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("seconds", ["", "soon", "-1", "1.5", "9" * 30, "²"])
def test_what_is_no_date_fixes_none(seconds: str) -> None:
    assert date_of({"SOURCE_DATE_EPOCH": seconds}) is None
    assert date_of({}) is None
