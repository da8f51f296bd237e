"""Each file of `bad/` gets exactly the diagnostics of its neighbour `.txt`.

A case is a spec and its text; an experiment that it names lies in `bad/experiments/`, a text in `bad/prose/`.
With `VIZSPEC_ACCEPT=1` the texts are written anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vizspec.errors import Problems, format_problem
from vizspec.spec.open import open_spec

BAD = Path(__file__).parent / "bad"
SPECS = sorted(path.stem for path in BAD.glob("*.yaml"))


def diagnostics(name: str) -> str:
    """What is said of a spec: errors and warnings, whether or not it can be used."""
    try:
        opened = open_spec(Path(f"{name}.yaml"))
        problems = (*opened.warnings, *opened.in_texts)
    except Problems as found:
        problems = found.problems
    return "".join(f"{format_problem(problem)}\n" for problem in problems)


@pytest.mark.parametrize("name", SPECS)
def test_a_bad_spec_gets_its_diagnostics(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)
    found, expected = diagnostics(name), BAD / f"{name}.txt"
    if os.environ.get("VIZSPEC_ACCEPT"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
    assert found


def test_every_text_belongs_to_a_spec() -> None:
    assert sorted(path.stem for path in BAD.glob("*.txt")) == SPECS
