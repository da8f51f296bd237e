"""The report as pandoc reads it: no warning, no raw HTML but what folds, nothing that runs off a page."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.report.markdown import targets
from tests.report.test_render import _report
from vizspec.report.render import render

PANDOC = shutil.which("pandoc")
pytestmark = pytest.mark.skipif(PANDOC is None, reason="needs pandoc")

README = Path(__file__).parents[2] / "README.md"
"""It names a command for each engine."""

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
"""A PNG of one white pixel."""


def pandoc(folder: Path, *arguments: str) -> str:
    """What pandoc writes of the report in the folder; neither it nor the engine warns of anything."""
    text = render(_report())
    (folder / "report.md").write_text(text, encoding="utf-8")
    for name in targets(text):
        (folder / name).write_bytes(PICTURE)
    command = [PANDOC or "", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def arguments_for(engine: str) -> list[str]:
    """Those with which the README calls pandoc for an engine."""
    lines = README.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    (found,) = (line for line in lines if line.startswith("pandoc ") and f"={engine} " in line)
    return shlex.split(found)[1:]


def test_the_only_raw_html_is_what_folds(tmp_path: Path) -> None:
    raw: list[str] = []

    def visit(node: object) -> None:
        if isinstance(node, dict):
            if node.get("t") in ("RawBlock", "RawInline"):
                raw.append(node["c"][1])
            node = list(node.values())
        if isinstance(node, list):
            for child in node:
                visit(child)

    visit(json.loads(pandoc(tmp_path, "report.md", "--to", "json")))
    assert set(raw) <= {"<details>", "</details>", "<summary>", "</summary>"}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["xelatex", "weasyprint"])
def test_the_commands_of_the_readme_make_a_pdf_without_a_warning(tmp_path: Path, engine: str) -> None:
    if shutil.which(engine) is None:
        pytest.skip(f"needs {engine}")
    pandoc(tmp_path, *arguments_for(engine))
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
