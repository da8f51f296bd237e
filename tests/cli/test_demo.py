"""`vizspec demo`: an example experiment, its spec and its render, in a folder of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran
from tests.disk import write_experiment
from tests.rendering import content
from vizspec import demo
from vizspec.demo import kinds
from vizspec.spec.open import open_spec

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
    """What was asked for: evaluations take their time, and have tests of their own."""
    asked: list[tuple[Path, str]] = []

    def make(folder: Path, kind: str = "demo", **named: Any) -> None:
        asked.append((folder, kind))
        write_experiment(folder)
        (folder / "analysis.yaml").unlink()

    large = {"id": "large", "of": {"run": "large"}, "is": "at_least", "value": 0.4, "for_each": ["task"]}
    design = replace(kinds.demo(), comparisons=({"id": "models", "among": ["model"]},), claims=(large,))
    monkeypatch.setattr(demo, "make_experiment", make)
    monkeypatch.setitem(kinds.KINDS, "demo", lambda: design)
    monkeypatch.setenv("VIZSPEC_BROWSER", "/no/such/browser")
    return asked


def test_the_experiment_is_made_and_rendered_and_one_is_told_where_to_look(
    vizspec: Run, made: list[tuple[Path, str]], tmp_path: Path
) -> None:
    folder = tmp_path / "try"
    ran = vizspec("demo", folder)
    assert ran.code == 0
    assert made == [(folder, "demo")]
    assert {"index.html", "report.md"} <= set(content(folder / "analysis"))
    assert ran.err.splitlines()[0] == f"made an experiment in {folder}"
    assert ran.err.splitlines()[-1] == (
        f"look at {folder / 'analysis' / 'index.html'} and {folder / 'analysis' / 'report.md'}"
    )


def test_its_spec_compares_and_its_report_judges_what_the_example_states(
    vizspec: Run, tmp_path: Path
) -> None:
    vizspec("demo", tmp_path / "try")
    spec = open_spec(tmp_path / "try").spec
    assert [entry.id for entry in spec.comparisons] == ["models"]
    assert [claim.id for claim in spec.stated_claims] == ["large"]
    assert "**large** – " in (tmp_path / "try" / "analysis" / "report.md").read_text()


def test_the_experiment_alone_may_be_wanted(
    vizspec: Run, made: list[tuple[Path, str]], tmp_path: Path
) -> None:
    assert vizspec("demo", tmp_path / "try", "--kind", "balanced", "--no-render").code == 0
    assert made == [(tmp_path / "try", "balanced")]
    assert not (tmp_path / "try" / "analysis.yaml").exists()


def test_quiet_tells_nothing(vizspec: Run, tmp_path: Path) -> None:
    assert vizspec("demo", tmp_path / "try", "--quiet") == Ran(0, "", "")
