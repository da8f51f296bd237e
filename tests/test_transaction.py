"""Files of a render that take their places together: seen here at once, by others once committed."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from pathlib import Path

import pytest

from vizspec.errors import UserError
from vizspec.transaction import Transaction


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_is_written_is_read_here_and_there_only_once_committed(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("old")
    with Transaction(tmp_path) as files:
        digest = files.write("page.html", b"new")
        assert (files.read("page.html"), files.sha256("page.html")) == (b"new", digest)
        assert (tmp_path / "page.html").read_text() == "old"
        files.commit()
        assert (tmp_path / "page.html").read_text() == "new"
    assert names(tmp_path) == ["page.html"]


def test_of_a_file_that_is_written_twice_the_last_one_stands(tmp_path: Path) -> None:
    with Transaction(tmp_path) as files:
        files.write("page.html", b"first")
        files.write("page.html", b"second")
        files.commit()
    assert (tmp_path / "page.html").read_text() == "second"
    assert names(tmp_path) == ["page.html"]


def test_what_was_not_committed_is_taken_back_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("old")
    with Transaction(tmp_path) as files:
        for name in ("page.html", "assets/deep/a.js", "assets/deep/b.js"):
            files.write(name, b"new")
        assert len(names(tmp_path)) == 6
    assert names(tmp_path) == ["page.html"]
    assert (tmp_path / "page.html").read_text() == "old"


def test_a_commit_removes_what_is_to_go(tmp_path: Path) -> None:
    (tmp_path / "old.html").write_text("old")
    with Transaction(tmp_path) as files:
        files.write("new.html", b"new")
        assert files.commit(without=["old.html", "never there.html"]) == ("old.html",)
    assert names(tmp_path) == ["new.html"]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_while_files_take_their_places_waits_for_the_last(
    tmp_path: Path, sent: signal.Signals
) -> None:
    came: list[int] = []
    before = signal.signal(sent, lambda number, _: came.append(number))
    (tmp_path / "a.html").write_text("mine")
    try:

        def interrupt(_: str) -> None:
            os.kill(os.getpid(), sent)
            assert came == []

        with Transaction(tmp_path, {"a.html": hashlib.sha256(b"made").hexdigest()}, interrupt) as files:
            for name in ("a.html", "b.html"):
                files.write(name, b"new")
            files.commit()
        assert came == [sent]
    finally:
        signal.signal(sent, before)
    assert (tmp_path / "b.html").read_text() == "new"


def test_a_render_in_another_thread_than_the_first_commits_too(tmp_path: Path) -> None:
    def make() -> None:
        with Transaction(tmp_path) as files:
            files.write("page.html", b"new")
            files.commit()

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    assert names(tmp_path) == ["page.html"]


def test_a_file_in_whose_place_a_folder_stands_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "results.csv").mkdir()
    with Transaction(tmp_path) as files:
        with pytest.raises(IsADirectoryError):
            files.write("results.csv", b"")
        with pytest.raises(UserError, match=r"'results\.csv' cannot be written"):
            files.save("results.csv", b"")
    assert names(tmp_path) == ["results.csv"]


def test_a_file_that_cannot_take_its_place_is_told(tmp_path: Path) -> None:
    with Transaction(tmp_path) as files:
        files.write("page.html", b"new")
        (tmp_path / "page.html").mkdir()
        with pytest.raises(UserError, match=r"'page\.html' cannot be written"):
            files.commit()
    assert names(tmp_path) == ["page.html"]


def test_a_file_that_somebody_edited_is_kept_before_it_is_replaced(tmp_path: Path) -> None:
    told: list[str] = []
    made = {name: hashlib.sha256(b"made").hexdigest() for name in ("edited.md", "as made.md", "as now.md")}
    (tmp_path / "edited.md").write_text("mine")
    (tmp_path / "as made.md").write_text("made")
    (tmp_path / "as now.md").write_text("new")
    (tmp_path / "not ours.md").write_text("theirs")
    with Transaction(tmp_path, made, told.append) as files:
        for name in (*made, "not ours.md"):
            files.write(name, b"new")
        files.commit()
    assert told == [
        "'edited.md' was edited since it was made; it is made anew, the edited one is 'edited.md.bak'"
    ]
    assert (tmp_path / "edited.md.bak").read_text() == "mine"
    assert (tmp_path / "edited.md").read_text() == "new"
    assert "as made.md.bak" not in names(tmp_path)


def test_what_was_kept_is_never_replaced(tmp_path: Path) -> None:
    for text in ("first", "second", "second"):
        (tmp_path / "a.md").write_text(text)
        with Transaction(tmp_path, {"a.md": hashlib.sha256(b"made").hexdigest()}) as files:
            files.write("a.md", b"new")
            files.commit()
    assert (tmp_path / "a.md.bak").read_text() == "first"
    assert (tmp_path / "a.md.bak2").read_text() == "second"
    assert not (tmp_path / "a.md.bak3").exists()
