"""One preview: pages are made while their sources change, and what is wrong leaves the last good one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.disk import write_log, write_spec
from vizspec.errors import UserError
from vizspec.preview.board import PreviewState
from vizspec.preview.session import Session, keep_up, served
from vizspec.preview.watch import NamedStamp, Sources
from vizspec.render.result import Options

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
VIEWS = [{"view": "scores_by_task", "title": "First title"}]


def an_experiment(folder: Path) -> Path:
    write_log(folder / "logs" / "a.eval")
    return write_spec(folder, VIEWS, data={"logs": ["logs"]})


def preview(path: Path, *edits: Callable[[Session], None]) -> None:
    """A preview in which each edit is made when it waits; after the last one the user ends it."""
    left = list(edits)

    def wait(sources: Sources, before: frozenset[NamedStamp]) -> None:
        if not left:
            raise KeyboardInterrupt
        left.pop(0)(session)

    with served() as session, pytest.raises(KeyboardInterrupt):
        keep_up(path, session, Options(use_cache=False), wait)


def test_the_page_follows_the_spec_and_what_is_wrong_leaves_it(tmp_path: Path) -> None:
    spec = an_experiment(tmp_path)
    seen: list[PreviewState] = []

    def change(text: str) -> Callable[[Session], None]:
        def edit(session: Session) -> None:
            seen.append(session.board.state)
            page = (session.folder / "index.html").read_text(encoding="utf-8")
            assert "title" in page
            before, after = text.split(" -> ")
            spec.write_text(spec.read_text().replace(before, after))

        return edit

    def titled(session: Session) -> None:
        seen.append(session.board.state)
        assert "Second title" in (session.folder / "index.html").read_text(encoding="utf-8")

    preview(
        tmp_path, change("First -> Second"), change("title: -> titel:"), change("titel: -> title:"), titled
    )
    assert [state.page for state in seen] == [1, 2, 2, 3]
    assert [len(state.problems) for state in seen] == [0, 0, 1, 0]
    assert seen[2].problems[0].startswith(f"{spec}:")
    assert not (tmp_path / "analysis").exists()


def test_a_preview_leaves_nothing_and_makes_pages_alone(tmp_path: Path) -> None:
    spec = an_experiment(tmp_path)
    spec.write_text(spec.read_text().replace("- html", "- html\n  - png"))
    folders: list[Path] = []

    def look(session: Session) -> None:
        folders.append(session.folder)
        assert not list(session.folder.glob("*.png"))
        assert list(session.folder.glob("scores_by_task*.html"))

    preview(tmp_path, look)
    assert not folders[0].exists()


def test_logs_that_are_not_there_yet_are_told_and_taken_when_they_come(tmp_path: Path) -> None:
    write_spec(tmp_path, VIEWS, data={"logs": ["logs"]})
    problems: list[tuple[str, ...]] = []

    def come(session: Session) -> None:
        problems.append(session.board.state.problems)
        write_log(tmp_path / "logs" / "a.eval")

    def taken(session: Session) -> None:
        problems.append(session.board.state.problems)
        assert session.board.state.page == 1

    preview(tmp_path, come, taken)
    assert (len(problems[0]), problems[1]) == (1, ())


def test_a_spec_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    with served() as session, pytest.raises(UserError):
        keep_up(tmp_path / "none.yaml", session, Options())


def test_of_the_documents_the_page_alone_is_made(tmp_path: Path) -> None:
    an_experiment(tmp_path)

    def look(session: Session) -> None:
        names = {path.name for path in session.folder.iterdir()}
        assert "index.html" in names
        assert not names & {"report.md", "results.csv", "results.json", "coverage.csv"}
        assert "report.md" not in (session.folder / "index.html").read_text(encoding="utf-8")

    preview(tmp_path, look)


def test_a_number_that_nobody_knows_is_told_over_the_page(tmp_path: Path) -> None:
    spec = an_experiment(tmp_path)
    (tmp_path / "said.md").write_text("It is {{ value('match/accuracy', task='rivers') }}.")
    spec.write_text(spec.read_text().replace("interpretation: false", "interpretation: said.md"))

    def look(session: Session) -> None:
        assert session.board.state.page == 1
        (problem,) = session.board.state.problems
        assert "said.md:1:10" in problem

    preview(tmp_path, look)
