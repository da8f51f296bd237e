"""A few mutants of each kind on every run; `make fuzz MINUTES=…` tries many."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.kinds import KINDS

pytestmark = pytest.mark.filterwarnings("ignore")


FEW = {"render of a log": 3, "render of a spec": 8}
"""Whole renders take many times as long as the rest."""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIZSPEC_CACHE", str(tmp_path / "kept"))


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.slow) if kind in FEW else kind for kind in KINDS]
)
def test_a_mutant_is_used_or_refused_with_a_message(kind: str, tmp_path: Path) -> None:
    for seed in range(FEW.get(kind, 40)):
        KINDS[kind](Random(f"{kind} {seed}"), tmp_path)


@pytest.mark.parametrize(
    ("kind", "seed"), [("spec", 4612), ("spec", 18082), ("design", 52645), ("template", 4505), ("log", 21775)]
)
def test_a_mutant_that_fell_once_does_not_fall_again(kind: str, seed: int, tmp_path: Path) -> None:
    KINDS[kind](Random(f"{kind} {seed}"), tmp_path)


@pytest.mark.slow
def test_the_long_trial_writes_its_logs_without_the_fixtures_of_tests(tmp_path: Path) -> None:
    place = str(tmp_path / "a.eval")
    write = f"from pathlib import Path; from tests.disk import write_log; write_log(Path({place!r}))"
    done = subprocess.run([sys.executable, "-c", write], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
