"""`vizspec interpret`: the file that it writes, and those that it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.disk import write_experiment

Run = Callable[..., Ran]


@pytest.fixture
def caps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: an experiment with logs and a spec."""
    folder = write_experiment(tmp_path / "caps")
    monkeypatch.chdir(folder)
    return folder


def test_a_draft_is_written_beside_the_spec_and_never_over_another(vizspec: Run, caps: Path) -> None:
    spec = caps / "analysis.yaml"
    spec.write_text(spec.read_text().replace("interpretation: false", "title: Caps"))
    ran = vizspec("interpret", caps)
    assert ran.code == 0, ran.err
    draft = caps / "interpretation.md"
    assert "### Key findings" in draft.read_text()
    assert "name it in " in ran.err
    draft.write_text("mine\n")
    again = vizspec("interpret", caps)
    assert (again.code, draft.read_text()) == (2, "mine\n")
    assert again.err.endswith("is there already\n    write over it with --force\n")
    assert vizspec("interpret", caps, "--force", "--quiet") == (0, "", "")
    assert draft.read_text() != "mine\n"


def test_no_draft_is_written_where_a_spec_leads_out_of_its_place(
    vizspec: Run, caps: Path, tmp_path: Path
) -> None:
    """A spec may be somebody else's: what it names elsewhere is not written, nor through a link."""
    spec, link = caps / "analysis.yaml", caps / "link.md"
    link.symlink_to(tmp_path / "outside.md")
    text = spec.read_text()
    for name in ("../outside.md", str(tmp_path / "outside.md"), "link.md"):
        spec.write_text(text.replace("interpretation: false", f"interpretation: {name}"))
        ran = vizspec("interpret", caps, "--force")
        assert ran.code == 2
        assert f"'{name}' leads out of " in ran.err
        assert not (tmp_path / "outside.md").exists()


@pytest.mark.parametrize(
    ("report", "message"),
    [
        ("{interpretation: false}", "wants no interpretation"),
        ("false", "wants no interpretation"),
        ("{interpretation: All is well.}", "has its interpretation as a text"),
    ],
)
def test_where_none_can_be_written_the_reason_is_told(
    vizspec: Run, good: Path, report: str, message: str
) -> None:
    good.write_text(f"{good.read_text()}report: {report}\n")
    ran = vizspec("interpret")
    assert ran.code == 2
    assert message in ran.err
