"""A few mutants of each kind on every run; `make fuzz MINUTES=…` tries many."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fuzz.kinds import KINDS

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.parametrize("kind", KINDS)
def test_a_mutant_is_used_or_refused_with_a_message(kind: str, tmp_path: Path) -> None:
    for seed in range(40):
        KINDS[kind](Random(f"{kind} {seed}"), tmp_path)


@pytest.mark.parametrize(
    ("kind", "seed"), [("spec", 4612), ("spec", 18082), ("design", 52645), ("template", 4505), ("log", 21775)]
)
def test_a_mutant_that_fell_once_does_not_fall_again(kind: str, seed: int, tmp_path: Path) -> None:
    KINDS[kind](Random(f"{kind} {seed}"), tmp_path)
