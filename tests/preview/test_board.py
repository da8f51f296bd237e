"""What the preview tells its readers."""

from __future__ import annotations

from vizspec.errors import Mark, Problem
from vizspec.preview.board import Board, PreviewState, sentences_of, state_as_json

LONG = 60.0


def test_a_reader_is_told_each_state_that_is_newer_than_what_it_knows() -> None:
    board = Board()
    board.busy()
    assert board.newer(0, LONG) == PreviewState(1, is_busy=True)
    board.made()
    assert board.newer(1, LONG) == PreviewState(2, page=1)
    assert board.newer(2, 0.0) is None


def test_problems_leave_the_last_good_page() -> None:
    board = Board()
    board.made()
    board.failed(("a.yaml:1:1: error: no",))
    assert board.state == PreviewState(2, page=1, problems=("a.yaml:1:1: error: no",))
    board.made()
    assert board.state == PreviewState(3, page=2)


def test_all_readers_are_let_go_at_the_end() -> None:
    board = Board()
    board.close()
    assert board.is_closed
    assert board.newer(-1, LONG) is None


def test_a_problem_is_told_at_its_place() -> None:
    problem = Problem(("views",), "no", file="a.yaml", mark=Mark(4, 2))
    assert sentences_of((problem,)) == ("a.yaml:4:2: error: views: no",)


def test_a_state_is_plain_data_for_the_browser() -> None:
    assert state_as_json(PreviewState(1)) == {"version": 1, "page": 0, "is_busy": False, "problems": ()}
