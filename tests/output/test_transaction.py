"""Files of a render that take their places together: seen here at once, by others once committed."""

from __future__ import annotations

import errno
import hashlib
import shutil
import signal
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from vizspec.errors import UserError
from vizspec.output import journal as undo
from vizspec.output import transaction
from vizspec.output.folder import Folder
from vizspec.output.journal import FileChange, Put
from vizspec.output.transaction import Transaction


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_is_written_is_read_here_and_there_only_once_committed(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("old")
    made = {"page.html": hashlib.sha256(b"old").hexdigest()}
    with Transaction(Folder(tmp_path), made) as files:
        digest = files.write("page.html", b"new")
        assert (files.read("page.html"), files.sha256("page.html")) == (b"new", digest)
        assert (tmp_path / "page.html").read_text() == "old"
        files.commit()
        assert (tmp_path / "page.html").read_text() == "new"
    assert names(tmp_path) == ["page.html"]


def test_of_a_file_that_is_written_twice_the_last_one_stands(tmp_path: Path) -> None:
    with Transaction(Folder(tmp_path)) as files:
        files.write("page.html", b"first")
        files.write("page.html", b"second")
        files.commit()
    assert (tmp_path / "page.html").read_text() == "second"
    assert names(tmp_path) == ["page.html"]


def test_what_was_not_committed_is_taken_back_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("old")
    with Transaction(Folder(tmp_path)) as files:
        for name in ("page.html", "assets/deep/a.js", "assets/deep/b.js"):
            files.write(name, b"new")
        assert len(names(tmp_path)) == 6
    assert names(tmp_path) == ["page.html"]
    assert (tmp_path / "page.html").read_text() == "old"


def test_what_was_there_before_is_not_taken_back_with_it(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    with Transaction(Folder(tmp_path)) as files:
        files.write("assets/deep/a.js", b"new")
    assert names(tmp_path) == ["assets"]


def test_a_folder_that_is_named_from_the_current_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x" / "out").mkdir(parents=True)
    with Transaction(Folder(Path("x/out"))) as files:
        files.write("a.js", b"new")
    with Transaction(Folder(Path("x/out"))) as files:
        files.write("deep/a.js", b"new")
        files.commit()
    made = {"deep/a.js": hashlib.sha256(b"new").hexdigest()}
    with Transaction(Folder(Path("x/out")), made) as files:
        files.write("a.js", b"new")
        assert files.commit(without=["deep/a.js"]) == ("deep/a.js",)
    assert names(tmp_path) == ["x", "x/out", "x/out/a.js"]


def test_where_the_folder_went_meanwhile_nothing_is_left_to_take_back(tmp_path: Path) -> None:
    with Transaction(Folder(tmp_path / "out")) as files:
        files.write("assets/a.js", b"new")
        shutil.rmtree(tmp_path / "out")
    assert names(tmp_path) == []


def test_a_commit_removes_what_is_to_go_and_the_folders_that_it_leaves_empty(tmp_path: Path) -> None:
    (tmp_path / "assets" / "deep").mkdir(parents=True)
    (tmp_path / "assets" / "deep" / "old.js").write_text("old")
    made = {"assets/deep/old.js": hashlib.sha256(b"old").hexdigest()}
    with Transaction(Folder(tmp_path), made) as files:
        files.write("new.html", b"new")
        assert files.commit(without=["assets/deep/old.js", "never there.html"]) == ("assets/deep/old.js",)
    assert names(tmp_path) == ["new.html"]


def test_the_file_that_was_written_last_takes_its_place_after_everything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b.html", "old.html"):
        (tmp_path / name).write_text("mine")
    order: list[tuple[str, bool]] = []

    def watched(folder: Path, changes: Sequence[FileChange]) -> None:
        order.extend((change.name, isinstance(change, Put)) for change in changes)

    monkeypatch.setattr(transaction, "apply", watched)
    made = {
        name: hashlib.sha256(text).hexdigest() for name, text in (("b.html", b"made"), ("old.html", b"mine"))
    }
    with Transaction(Folder(tmp_path), made) as files:
        for name in ("a.html", "b.html", "manifest.json"):
            files.write(name, b"new")
        files.commit(without=["old.html"])
    expected = ["b.html.bak", "a.html", "b.html", "old.html", "manifest.json"]
    assert order == [(name, name != "old.html") for name in expected]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_while_files_take_their_places_waits_for_the_last(
    tmp_path: Path, sent: signal.Signals
) -> None:
    came: list[int] = []
    before = signal.signal(sent, lambda number, _: came.append(number))
    (tmp_path / "a.html").write_text("mine")
    try:

        def interrupt(_: str) -> None:
            signal.raise_signal(sent)  # comes at once, whatever other threads there are
            assert came == []

        with Transaction(
            Folder(tmp_path), {"a.html": hashlib.sha256(b"made").hexdigest()}, interrupt
        ) as files:
            for name in ("a.html", "b.html"):
                files.write(name, b"new")
            files.commit()
        assert came == [sent]
    finally:
        signal.signal(sent, before)
    assert (tmp_path / "b.html").read_text() == "new"


def test_an_interrupt_is_not_lost_where_the_commit_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(place: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        raise OSError(errno.EIO, "Input/output error")

    # A job in a shell's background would ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Transaction(Folder(tmp_path)) as files:
            files.write("a.html", b"new")
            monkeypatch.setattr(undo, "refuse_folder", interrupt)
            with pytest.raises(KeyboardInterrupt):
                files.commit()
    finally:
        signal.signal(signal.SIGINT, before)
    assert names(tmp_path) == []


def test_a_handler_that_is_not_python_s_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "getsignal", lambda number: None)
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with Transaction(Folder(tmp_path)) as files:
            files.write("a.html", b"new")
            files.commit()
    finally:
        assert signal.signal(signal.SIGTERM, before) is signal.SIG_IGN
    assert names(tmp_path) == ["a.html"]


def test_a_render_in_another_thread_than_the_first_commits_too(tmp_path: Path) -> None:
    def make() -> None:
        with Transaction(Folder(tmp_path)) as files:
            files.write("page.html", b"new")
            files.commit()

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    assert names(tmp_path) == ["page.html"]


def test_a_file_in_whose_place_a_folder_stands_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "results.csv").mkdir()
    with Transaction(Folder(tmp_path)) as files:
        with pytest.raises(IsADirectoryError):
            files.write("results.csv", b"")
        with pytest.raises(UserError, match=r"'results\.csv' cannot be written"):
            files.save("results.csv", b"")
    assert names(tmp_path) == ["results.csv"]


def test_a_file_that_cannot_take_its_place_is_told(tmp_path: Path) -> None:
    with Transaction(Folder(tmp_path)) as files:
        files.write("page.html", b"new")
        (tmp_path / "page.html").mkdir()
        with pytest.raises(UserError, match=r"'page\.html' cannot be written"):
            files.commit()
    assert names(tmp_path) == ["page.html"]


def test_what_somebody_made_of_a_file_is_kept_before_it_is_replaced_or_removed(tmp_path: Path) -> None:
    notes: list[str] = []
    names_made = ("edited.md", "as made.md", "as now.md", "edited one.md", "orphan.md")
    made = {name: hashlib.sha256(b"made").hexdigest() for name in names_made}
    texts = dict(zip(names_made, ("mine", "made", "new", "mine too", "made"), strict=True))
    for name, text in {**texts, "theirs.md": "theirs", "alike.md": "new"}.items():
        (tmp_path / name).write_text(text)
    with Transaction(Folder(tmp_path), made, notes.append) as files:
        for name in ("edited.md", "as made.md", "as now.md", "theirs.md", "alike.md"):
            files.write(name, b"new")
        files.commit(without=["edited one.md", "orphan.md"])
    assert notes == [
        "'edited.md' was edited since it was made; it is made anew, the old one is 'edited.md.bak'",
        "'theirs.md' was there before, and not of a render; it is replaced, the old one is 'theirs.md.bak'",
        "'edited one.md' was edited since it was made; it is removed, the old one is 'edited one.md.bak'",
    ]
    kept = {path.name: path.read_text() for path in tmp_path.glob("*.bak")}
    assert kept == {"edited.md.bak": "mine", "theirs.md.bak": "theirs", "edited one.md.bak": "mine too"}
    assert {(tmp_path / name).read_text() for name in ("edited.md", "theirs.md", "as made.md")} == {"new"}


def test_a_folder_in_the_place_of_what_is_kept_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("mine")
    (tmp_path / "a.md.bak").mkdir()
    with Transaction(Folder(tmp_path), {"a.md": hashlib.sha256(b"made").hexdigest()}) as files:
        files.write("a.md", b"new")
        files.commit()
    assert (tmp_path / "a.md.bak2").read_text() == "mine"


def test_what_was_kept_is_never_replaced(tmp_path: Path) -> None:
    for text in ("first", "second", "second"):
        (tmp_path / "a.md").write_text(text)
        with Transaction(Folder(tmp_path), {"a.md": hashlib.sha256(b"made").hexdigest()}) as files:
            files.write("a.md", b"new")
            files.commit()
    assert (tmp_path / "a.md.bak").read_text() == "first"
    assert (tmp_path / "a.md.bak2").read_text() == "second"
    assert not (tmp_path / "a.md.bak3").exists()
