"""`vizspec runtime`: whether the pages' JavaScript is there."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.conftest import Ran
from vizspec.runtime import NoRuntime, find_runtime


def test_status_lists_the_modules_or_says_how_to_get_them(vizspec: Callable[..., Ran]) -> None:
    found = find_runtime()
    ran = vizspec("runtime", "status")
    if isinstance(found, NoRuntime):
        assert (ran.code, ran.out) == (1, "")
        assert found.hint in ran.err
    else:
        assert ran.code == 0
        assert len(ran.out.splitlines()) == len(found.modules)
