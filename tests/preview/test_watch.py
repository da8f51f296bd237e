"""What a page is made of, and whether it has changed."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.disk import write_log, write_spec
from vizspec.preview.watch import Sources, sources_of, stamps, wait_for_change
from vizspec.spec.open import open_spec


def an_experiment(folder: Path) -> Sources:
    write_log(folder / "logs" / "a.eval")
    (folder / "interpretation.md").write_text("It is so.")
    write_spec(folder, data={"logs": ["logs"]}, report={"interpretation": "interpretation.md"})
    return sources_of(open_spec(folder))


def test_spec_texts_and_logs_are_sources(tmp_path: Path) -> None:
    sources = an_experiment(tmp_path)
    assert {path.name for path in sources.files} == {"analysis.yaml", "interpretation.md"}
    names = {Path(path).name for path, *_ in stamps(sources)}
    assert names == {"analysis.yaml", "interpretation.md", "a.eval"}


def test_a_new_log_and_another_text_are_changes_and_nothing_else_is(tmp_path: Path) -> None:
    sources = an_experiment(tmp_path)
    before = stamps(sources)
    (tmp_path / "notes.txt").write_text("no source")
    assert stamps(sources) == before
    write_log(tmp_path / "logs" / "b.eval")
    with_log = stamps(sources)
    assert with_log != before
    (tmp_path / "interpretation.md").write_text("It is not so.")
    assert stamps(sources) != with_log


def test_what_changed_while_nobody_looked_is_noticed_at_once(tmp_path: Path) -> None:
    sources = an_experiment(tmp_path)
    before = stamps(sources)
    write_spec(tmp_path, data={"logs": ["logs"]})
    wait_for_change(sources, before)


def test_a_file_that_an_editor_replaces_is_noticed(tmp_path: Path) -> None:
    sources = an_experiment(tmp_path)
    before = stamps(sources)
    waiting = threading.Thread(target=wait_for_change, args=(sources, before), daemon=True)
    waiting.start()
    (tmp_path / "new").write_text("vizspec: 1\n")
    (tmp_path / "new").replace(tmp_path / "analysis.yaml")
    waiting.join(60)
    assert not waiting.is_alive()


def test_a_log_that_comes_is_noticed(tmp_path: Path) -> None:
    sources = an_experiment(tmp_path)
    before = stamps(sources)
    waiting = threading.Thread(target=wait_for_change, args=(sources, before), daemon=True)
    waiting.start()
    write_log(tmp_path / "logs" / "b.eval")
    waiting.join(60)
    assert not waiting.is_alive()
