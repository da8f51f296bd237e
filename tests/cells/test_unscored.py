"""What is said of evaluations of which some samples have no score."""

from __future__ import annotations

from dataclasses import replace

from tests.make import a_cell, a_log, a_score
from vizspec.cells.cell import Cell
from vizspec.cells.unscored import unscored
from vizspec.logs.record import Log
from vizspec.metrics.score import Score


def a_log_of(*scores: Score, completed: int = 10, stopped: int = 0, location: str = "b.eval") -> Log:
    log = a_log("r4", samples=10, scores=scores, location=location)
    return replace(log, completed=completed, stopped=stopped)


def sentences_of(*logs: Log) -> list[str]:
    cell = a_cell("r4")
    cells: list[Cell] = [replace(cell, log=log) for log in logs]
    return list(unscored(cells))


def test_samples_that_ended_in_an_error_have_no_score() -> None:
    assert sentences_of(a_log_of(a_score(scored=4), completed=4)) == [
        "6 of 10 samples of 'b.eval' have no score (errors)"
    ]


def test_samples_whose_scorer_gave_no_number_have_no_score() -> None:
    assert sentences_of(a_log_of(replace(a_score(scored=6), unscored=4))) == [
        "4 of 10 samples of 'b.eval' have no score (the scorer gave no number)"
    ]


def test_samples_that_were_stopped_early_are_not_called_errors() -> None:
    assert sentences_of(a_log_of(a_score(scored=7), completed=7, stopped=3)) == [
        "3 of 10 samples of 'b.eval' have no score (3 stopped early)"
    ]


def test_the_scorer_is_named_where_another_has_scored_more() -> None:
    log = a_log_of(a_score(scored=10), replace(a_score("judge", scored=9), unscored=1))
    assert sentences_of(log) == [
        "1 of 10 samples of 'b.eval' has no score by judge (the scorer gave no number)"
    ]


def test_samples_that_were_scored_in_spite_of_an_error_are_told() -> None:
    assert sentences_of(a_log_of(a_score(scored=10), completed=8)) == [
        "2 of 10 samples of 'b.eval' were scored although they ended in an error"
    ]


def test_one_sample_that_was_scored_in_spite_of_an_error_is_told_in_the_singular() -> None:
    assert sentences_of(a_log_of(a_score(scored=10), completed=9)) == [
        "1 of 10 samples of 'b.eval' was scored although it ended in an error"
    ]


def test_where_nothing_tells_how_many_were_scored_no_score_of_a_failed_sample_is_claimed() -> None:
    assert sentences_of(a_log_of(a_score(scored=None), completed=8)) == [
        "2 of 10 samples of 'b.eval' were not completed, and nothing tells how many have a score"
    ]


def test_of_a_whole_evaluation_nothing_is_said() -> None:
    assert sentences_of(a_log_of(a_score(scored=10)), a_log_of(a_score(scored=None))) == []


def test_of_many_logs_the_first_are_told_and_the_others_named() -> None:
    logs = [a_log_of(a_score(scored=4), completed=4, location=f"{at}.eval") for at in range(7)]
    *first, last = sentences_of(*logs)
    assert len(first) == 5
    assert last.endswith("n in the tables counts the rest: '5.eval', '6.eval'")
