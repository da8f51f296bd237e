"""What outputs depend on: the spec, the experiment, the logs and the texts, by hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.disk import write_experiment, write_spec
from tests.make import a_log, some_facts
from vizspec import runtime
from vizspec.logs.location import Location
from vizspec.manifest.provenance import (
    context_of,
    file_input,
    inputs_of_render,
    page_mode,
    places_of,
    text_inputs,
)
from vizspec.spec.model import OutputSpec
from vizspec.spec.open import open_spec


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_spec_and_the_experiment_are_known_by_name_and_hash(tmp_path: Path) -> None:
    folder = write_experiment(tmp_path / "caps")
    inputs = inputs_of_render(open_spec(folder), some_facts([a_log("a")]))
    assert inputs.spec == file_input("analysis.yaml", folder / "analysis.yaml")
    assert inputs.experiment is not None
    assert inputs.experiment.sha256 == digest(folder / "experiment_summary.yaml")
    assert inputs.versions["vizspec"]


def test_without_an_experiment_there_is_none_among_the_inputs(tmp_path: Path) -> None:
    write_spec(tmp_path)
    assert inputs_of_render(open_spec(tmp_path), some_facts([a_log("a")])).experiment is None


def test_logs_of_any_fate_count_and_rows_of_one_frame_are_one_file(tmp_path: Path) -> None:
    write_spec(tmp_path)
    logs = [
        a_log("a", "hf/1", location=Location("frame.csv", 1)),
        a_log("b", "hf/2", location=Location("frame.csv", 2)),
        a_log("c", "hf/3", location="/absolute/a.eval"),
        a_log("d", "hf/4", location="b.eval"),
    ]
    inputs = inputs_of_render(open_spec(tmp_path), some_facts(logs))
    assert [file.name for file in inputs.logs] == ["b.eval", "frame.csv"]


def test_a_log_without_a_hash_is_known_by_what_was_read_of_it(tmp_path: Path) -> None:
    write_spec(tmp_path)

    def read(accuracy: float) -> str:
        facts = some_facts([a_log("a", location="s3://b/a.eval", accuracy=accuracy)])
        return inputs_of_render(open_spec(tmp_path), facts).logs[0].sha256

    assert read(0.5) == read(0.5)
    assert read(0.5) != read(0.6)


def test_the_place_of_an_entry_is_its_line(tmp_path: Path) -> None:
    (tmp_path / "analysis.yaml").write_text(
        "vizspec: 1\nviews:\n  - {view: scores_by_task}\n  # a comment\n  - {view: scores_heatmap}\n"
    )
    assert places_of(open_spec(tmp_path)) == ("analysis.yaml:3", "analysis.yaml:5")


def test_texts_are_the_interpretation_the_template_and_own_sections(tmp_path: Path) -> None:
    for name in ("why.md", "report.md.j2", "own.md"):
        (tmp_path / name).write_text(name)
    report = {
        "interpretation": "why.md",
        "template": "report.md.j2",
        "sections": ["summary", {"title": "Own", "file": "own.md"}],
    }
    write_spec(tmp_path, report=report)
    texts = text_inputs(open_spec(tmp_path))
    assert [text.name for text in texts] == ["why.md", "report.md.j2", "own.md"]
    write_spec(tmp_path, report=False)
    assert text_inputs(open_spec(tmp_path)) == ()


def test_every_drawing_depends_on_versions_and_on_how_pages_are_made() -> None:
    linked, inline = context_of(OutputSpec()), context_of(OutputSpec(html="inline"))
    assert linked != inline
    assert context_of(OutputSpec(scale=3)) != linked
    assert any(dependency.startswith("inspect-viz ") for dependency in linked)
    assert not any(dependency.startswith("Python ") for dependency in linked)


def test_pages_that_fall_back_to_the_cdn_are_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "find_runtime", lambda: runtime.NoRuntime("no runtime", "build it"))
    assert page_mode(OutputSpec(html="linked")) == ("cdn", "no runtime: build it")
    assert page_mode(OutputSpec(html="cdn")) == ("cdn", None)
    assert context_of(OutputSpec(html="linked")) == context_of(OutputSpec(html="cdn"))
    monkeypatch.setattr(runtime, "find_runtime", lambda: runtime.Runtime(Path("dist"), {}))
    assert page_mode(OutputSpec(html="inline")) == ("inline", None)
    assert context_of(OutputSpec(html="linked")) != context_of(OutputSpec(html="cdn"))
