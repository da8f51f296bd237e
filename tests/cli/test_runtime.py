<<<<<<< HEAD
"""`vizspec runtime`: whether pages can draw without a network."""
=======
"""`vizspec runtime`: whether the pages' JavaScript is there."""
>>>>>>> main

from __future__ import annotations

from collections.abc import Callable

<<<<<<< HEAD
import pytest

from tests.cli.conftest import Ran
from vizspec import runtime
from vizspec.runtime import NoRuntime, Runtime, find_runtime

Run = Callable[..., Ran]


def test_the_modules_of_the_runtime_are_listed(vizspec: Run) -> None:
    if not isinstance(find_runtime(), Runtime):
        pytest.skip("the runtime is not built")
    ran = vizspec("runtime", "status")
    assert ran.code == 0
    assert "@uwdata/mosaic-core\t" in ran.out


def test_a_runtime_that_is_not_there_is_told_with_what_would_help(
    vizspec: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "find_runtime", lambda: NoRuntime("it is not built", "build it"))
    assert vizspec("runtime", "status") == Ran(1, "", "it is not built\n    build it\n")


def test_a_build_that_fails_says_why(vizspec: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from vizspec.runtime import build

    def fails() -> None:
        raise build.BuildError("npm could not reach its registry")

    monkeypatch.setattr(build, "build", fails)
    ran = vizspec("runtime", "build")
    assert ran.code == 2
    assert "npm could not reach its registry" in ran.err
=======
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
>>>>>>> main
