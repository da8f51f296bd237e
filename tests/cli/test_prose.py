"""What is wrong in the texts of a report: `validate` and `plan` refuse it at its place, a render goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.disk import write_experiment, write_log, write_spec

pytestmark = pytest.mark.slow

Run = Callable[..., Ran]


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The interpretation of an experiment with logs, in the current folder."""
    folder = write_experiment(tmp_path / "caps")
    write_spec(folder, experiment="experiment_summary.yaml", report={"interpretation": "notes.md"})
    monkeypatch.chdir(folder)
    return folder / "notes.md"


def test_an_unknown_level_is_refused_with_its_place_and_loses_no_report(vizspec: Run, notes: Path) -> None:
    notes.write_text(
        'All is well.\n\nOf {{ value("match", run="smal") }} and {{ figure("scores_heatmap") }}.\n'
    )
    place, message = "notes.md:3:7: error: ", "smal'"
    for command in ("validate", "plan"):
        ran = vizspec(command)
        assert ran.code == 2
        assert place in ran.err
        assert message in ran.err
    ran = vizspec("render", "--quiet")
    assert ran.code == 1
    assert "notes.md:3:7: no evaluation has run 'smal' (did you mean 'small'?)" in ran.err
    report = (notes.parent / "analysis" / "report.md").read_text()
    assert "All is well.\n\nOf *(unknown: no evaluation has run 'smal')* and [" in report


def test_a_text_that_is_not_utf_8_is_told_with_its_place(vizspec: Run, notes: Path) -> None:
    notes.write_bytes(b"One.\nCaf\xe9.\n")
    for command in ("validate", "plan"):
        ran = vizspec(command)
        assert ran.code == 2
        assert "notes.md:2:4: error: report.interpretation: this is not UTF-8 text" in ran.err
    assert vizspec("render", "--quiet").code == 1
    assert "*'notes.md' is not UTF-8 text.*" in (notes.parent / "analysis" / "report.md").read_text()


def test_why_a_difference_cannot_be_worked_out_is_told(vizspec: Run, notes: Path) -> None:
    for run in ("small", "large"):
        log = notes.parent / run / "eval" / "capitals" / "logs" / "a.eval"
        write_log(log, "capitals", f"hf/{run}", {"fit": {"score": 3.0}})
    notes.write_text('{{ difference("fit", of="small", than="large", task="capitals") }}\n')
    ran = vizspec("plan")
    assert ran.code == 2
    assert "small and large cannot be compared in Fit Score for task capitals: " in ran.err


def test_a_number_that_no_estimate_bears_out_is_a_warning(vizspec: Run, notes: Path) -> None:
    notes.write_text("The accuracy is 0.123.\n")
    assert vizspec("validate", "--strict").code == 0
    ran = vizspec("plan")
    assert ran.code == 0
    assert "notes.md:1:17: warning: report.interpretation: no accuracy is 0.123; the nearest is " in ran.err
    assert vizspec("plan", "--strict").code == 1
