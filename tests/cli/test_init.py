"""`vizspec init`: what it says, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran

Run = Callable[..., Ran]


def test_init_says_what_it_wrote_and_what_comes_next(vizspec: Run, folder: Path) -> None:
    ran = vizspec("init")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        "no logs yet: the views are chosen by the design alone",
        "wrote analysis.yaml (9 views)",
        "next: vizspec validate, then vizspec render",
    ]
    assert vizspec("validate", "--strict").code == 0


def test_init_of_another_folder_names_it(vizspec: Run, folder: Path) -> None:
    (folder / "a b").mkdir()
    (folder / "experiment_summary.yaml").rename(folder / "a b" / "experiment_summary.yaml")
    assert "next: vizspec validate 'a b', then vizspec render 'a b'" in vizspec("init", "a b").err


def test_init_of_a_spec_that_is_to_be_means_its_folder(vizspec: Run, folder: Path) -> None:
    ran = vizspec("init", "analysis.yaml")
    assert (ran.code, ran.err.splitlines()[-2]) == (0, "wrote analysis.yaml (9 views)")


def test_init_keeps_a_spec_that_is_there(vizspec: Run, good: Path) -> None:
    before = good.read_text()
    ran = vizspec("init")
    assert ran.code == 2
    assert ran.err == "vizspec: 'analysis.yaml' is there already\n    write over it with --force\n"
    assert good.read_text() == before
    assert vizspec("init", "--force", "--quiet") == (0, "", "")
    assert good.read_text() != before


def test_init_where_there_is_nothing_says_what_is_missing(vizspec: Run, folder: Path) -> None:
    (folder / "experiment_summary.yaml").unlink()
    ran = vizspec("init")
    assert ran.code == 2
    assert "holds neither an experiment_summary.yaml nor logs" in ran.err


def test_init_tells_a_broken_design_at_its_place(vizspec: Run, folder: Path) -> None:
    (folder / "experiment_summary.yaml").write_text("runs: [\n")
    ran = vizspec("init")
    assert ran.code == 2
    assert ran.err.startswith("experiment_summary.yaml:2:1: error: not valid YAML")
