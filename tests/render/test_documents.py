"""The files of a render that belong to no entry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.disk import write_experiment, write_spec
from tests.rendering import NO_ASSETS, PlainCanvas
from vizspec.draw.pages.assets import Engine, PageAssets
from vizspec.errors import UserError
from vizspec.gather.gather import gather
from vizspec.gather.options import Reading
from vizspec.manifest.manifest import Manifest, manifest_of
from vizspec.output.folder import Folder
from vizspec.plan.outcomes import OutputStatus
from vizspec.render.documents import write_documents
from vizspec.render.execute import Executed
from vizspec.render.result import Documents
from vizspec.spec.open import Opened, open_spec

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

NOTHING = Executed((), {})


class NeverCanvas(PlainCanvas):
    """Nothing may ask for what pages share."""

    @property
    def assets(self) -> PageAssets:
        raise AssertionError("pages were made where nothing changed")


def documents(
    opened: Opened, folder: Path, before: Manifest | None = None, canvas: PlainCanvas | None = None
) -> Documents:
    facts = gather(
        opened.spec, opened.experiment, opened.base, opened.name, Reading(use_cache=False), opened.path.parent
    )
    return write_documents(opened, facts, NOTHING, Folder(folder), before, canvas or PlainCanvas())


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    return open_spec(write_experiment(tmp_path / "caps"))


def test_results_report_and_index_are_written(opened: Opened, tmp_path: Path) -> None:
    written = documents(opened, tmp_path / "out")
    assert [(file.name, file.status) for file in written.files] == [
        (name, OutputStatus.MADE)
        for name in ("coverage.csv", "index.html", "report.md", "results.csv", "results.json")
    ]
    assert written.report == "report.md"
    rows = json.loads((tmp_path / "out" / "results.json").read_text())
    assert (len(rows["estimates"]), rows["comparisons"]) == (4, [])


def test_documents_that_are_as_they_were_are_left_alone(opened: Opened, tmp_path: Path) -> None:
    documents(opened, tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.*") if path.is_file()}
    assert {file.status for file in documents(opened, tmp_path).files} == {OutputStatus.UNCHANGED}
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_pages_are_not_even_made_where_the_last_render_left_them(opened: Opened, tmp_path: Path) -> None:
    first = documents(opened, tmp_path)
    before = manifest_of("caps", Manifest(experiment="caps").inputs, (), {}, first.files, index=first.index)
    kept = documents(opened, tmp_path, before, NeverCanvas())
    assert {file.name for file in kept.files} == {file.name for file in first.files}
    (tmp_path / "index.html").write_text("edited")
    again = documents(opened, tmp_path, before)
    assert [file.name for file in again.files if file.status is OutputStatus.MADE] == ["index.html"]


def test_what_pages_lack_is_told_once(opened: Opened, tmp_path: Path) -> None:
    from dataclasses import replace

    canvas = PlainCanvas(assets=replace(NO_ASSETS, engine=Engine("cdn", notice="no runtime: build it")))
    made = documents(opened, tmp_path, canvas=canvas)
    assert made.warnings == ("no runtime: build it",)


def test_an_interpretation_that_is_not_there_is_a_warning_and_no_reason_to_stop(tmp_path: Path) -> None:
    folder = write_experiment(tmp_path / "caps")
    write_spec(folder, [], experiment="experiment_summary.yaml", report={"interpretation": "why.md"})
    written = documents(open_spec(folder), tmp_path / "out")
    assert written.report == "report.md"
    assert any("why.md" in warning for warning in written.warnings)
    (folder / "why.md").write_text("It *works*.")
    assert documents(open_spec(folder), tmp_path / "out").warnings == ()
    assert "It *works*." in (tmp_path / "out" / "report.md").read_text()


def test_a_report_that_is_not_wanted_is_not_missing(tmp_path: Path) -> None:
    folder = write_experiment(tmp_path / "caps")
    write_spec(folder, [], experiment="experiment_summary.yaml", report=False)
    written = documents(open_spec(folder), tmp_path / "out")
    assert (written.report, written.errors) == (None, ())
    assert not (tmp_path / "out" / "report.md").exists()


def test_a_document_that_cannot_be_written_is_named(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "results.json").mkdir()
    with pytest.raises(UserError, match=r"'results\.json' cannot be written"):
        documents(opened, tmp_path)
