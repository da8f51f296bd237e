"""Documents that would be made as they stand are left, and nothing is made to find that out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.disk import write_evaluation, write_experiment, write_log, write_spec
from tests.rendering import PlainCanvas, content
from vizspec.draw.pages.assets import PageAssets
from vizspec.gather.facts import Facts
from vizspec.render.known_documents import BY_INPUTS, TOLD
from vizspec.render.pipeline import render
from vizspec.render.result import Options, Rendered
from vizspec.report.attachments import DATE
from vizspec.spec.open import open_spec

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

SPEC: dict[str, Any] = {
    "experiment": "experiment_summary.yaml",
    "views": [{"view": "scores_by_task", "metrics": "match"}],
    "output": {"formats": ["html"]},
    "report": {"interpretation": "interpretation.md"},
}
HEAVY = (
    "numpy",
    "scipy",
    "pandas",
    "matplotlib",
    "pyarrow",
    "inspect_ai",
    "inspect_viz",
    "playwright",
    "duckdb",
)
WRITERS = (
    "vizspec.render.documents",
    "vizspec.report.render",
    "markdown_it",
)

PROBE = """
import json, sys
from vizspec.cli.boundary import run
code = run(["render", "--quiet", sys.argv[1]])
print(json.dumps([code, [name for name in json.loads(sys.argv[2]) if name in sys.modules]]), file=sys.stderr)
"""


class NeverCanvas(PlainCanvas):
    """Nothing may ask for what pages share."""

    @property
    def assets(self) -> PageAssets:
        raise AssertionError("a page was made where nothing changed")


def make(folder: Path, canvas: PlainCanvas | None = None, **options: Any) -> Rendered:
    return render(
        open_spec(folder),
        Options(**options),
        canvas=canvas or PlainCanvas(),
        now=lambda: datetime(2026, 1, 30, 12),
    )


@pytest.fixture
def caps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An experiment that was rendered once, with a cache of its own."""
    monkeypatch.setenv("VIZSPEC_CACHE", str(tmp_path / "cache"))
    folder = write_experiment(tmp_path / "caps")
    for place, log in enumerate(sorted(folder.glob("*/eval/*/logs/a.eval"))):
        run, task = log.parts[-5], log.parts[-3]
        write_evaluation(log, [1] * (20 + 4 * place) + [0] * (20 - 4 * place), task, model=f"hf/{run}")
    (folder / "interpretation.md").write_text("Small models know capitals.\n")
    write_spec(folder, **SPEC)
    make(folder)
    return folder


def test_every_fact_is_told_by_the_inputs_or_stands_in_the_key() -> None:
    assert {field.name for field in fields(Facts)} == BY_INPUTS | TOLD


def test_nothing_is_made_or_written_where_nothing_changed(caps: Path) -> None:
    first = make(caps, force=True)
    before = {path: path.stat().st_mtime_ns for path in (caps / "analysis").rglob("*") if path.is_file()}
    again = make(caps, NeverCanvas())
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert (again.report, again.warnings, again.notes, again.errors) == (
        first.report,
        first.warnings,
        first.notes,
        first.errors,
    )


def edit_report(folder: Path) -> None:
    (folder / "analysis" / "report.md").write_text("mine\n")


def lose_results(folder: Path) -> None:
    (folder / "analysis" / "results.csv").unlink()


@pytest.mark.parametrize("change", [edit_report, lose_results])
def test_a_document_that_is_not_as_it_was_made_is_made_anew(
    caps: Path, change: Callable[[Path], None]
) -> None:
    before = content(caps / "analysis")
    change(caps)
    make(caps)
    after = content(caps / "analysis")
    assert {name: after[name] for name in before} == before


def write_another_text(folder: Path) -> None:
    (folder / "interpretation.md").write_text("Large ones too.\n")


def caption_it(folder: Path) -> None:
    views = [{"view": "scores_by_task", "metrics": "match", "caption": "Mind the gap."}]
    write_spec(folder, **{**SPEC, "views": views})


def run_again(folder: Path) -> None:
    write_log(
        folder / "small" / "eval" / "logs" / "later.eval", accuracy=0.9, created="2026-02-01T10:00:00+00:00"
    )


@pytest.mark.parametrize("change", [write_another_text, caption_it, run_again])
def test_what_documents_are_made_of_is_seen_to_change(caps: Path, change: Callable[[Path], None]) -> None:
    change(caps)
    make(caps)
    known = content(caps / "analysis")
    make(caps, use_cache=False, force=True)
    assert content(caps / "analysis") == known


def test_the_date_of_the_build_is_seen_to_change(caps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (caps / "analysis" / "report.md").read_text()
    monkeypatch.setenv(DATE, "1700000000")
    make(caps)
    assert (caps / "analysis" / "report.md").read_text() != before


def test_an_unchanged_render_loads_nothing_that_reads_works_out_or_draws(caps: Path, tmp_path: Path) -> None:
    probe = [sys.executable, "-c", PROBE, str(caps), json.dumps([*HEAVY, *WRITERS])]
    environ = {"PYTHONPATH": ":".join(sys.path), "PATH": "", "VIZSPEC_CACHE": str(tmp_path / "cache")}
    for _ in range(2):
        done = subprocess.run(probe, env=environ, capture_output=True, text=True, check=False)
    assert json.loads(done.stderr.splitlines()[-1]) == [0, []]
