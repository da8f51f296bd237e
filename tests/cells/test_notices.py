"""Sentences on logs that are not there to be shown."""

from __future__ import annotations

from collections.abc import Iterable

from tests.make import a_log, an_experiment
from vizspec.cells.coverage import ledger
from vizspec.cells.notices import LogNotice, notices, together
from vizspec.cells.select_logs import select_logs
from vizspec.experiment.model import Experiment
from vizspec.logs.location import Location
from vizspec.logs.record import Log, Status


def notices_of(logs: Iterable[Log], experiment: Experiment | None = None) -> list[str]:
    selected = select_logs(logs, experiment)
    return list(notices(selected, ledger(selected, experiment)))


def unreadable(name: str) -> Log:
    return Log(Location(f"{name}.eval"), Status.UNREADABLE, "the file is empty")


def test_where_everything_is_shown_there_is_nothing_to_say() -> None:
    assert notices_of([a_log("r4"), a_log("r8")], an_experiment(["r4", "r8"])) == []
    assert notices_of([]) == []


def test_logs_that_cannot_be_read_are_named() -> None:
    assert notices_of([a_log("r4"), unreadable("x")]) == [
        "1 log cannot be read: 'x.eval' (the file is empty)"
    ]


def test_of_many_unreadable_logs_some_are_named_and_the_rest_counted() -> None:
    (sentence,) = notices_of([a_log("r4"), *(unreadable(name) for name in "abcde")])
    assert sentence.startswith("5 logs cannot be read: 'a.eval' (the file is empty), ")
    assert sentence.endswith("'c.eval' (the file is empty) and 2 more")


def test_where_no_log_can_be_shown_it_is_said_first() -> None:
    failed = a_log("r4", status=Status.ERROR, reason="out of memory")
    assert notices_of([failed, unreadable("x")])[0] == (
        "none of the logs that were found can be shown: 1 failed, 1 unreadable"
    )


def test_planned_evaluations_without_a_log_are_counted() -> None:
    experiment = an_experiment(["r4", "r8"], ["capitals", "rivers"])
    assert notices_of([a_log("r4")], experiment) == [
        "3 of 4 planned evaluations have no log: see the report's coverage"
    ]
    three = [a_log("r4"), a_log("r4", task="rivers"), a_log("r8")]
    assert notices_of(three, experiment) == [
        "1 of 4 planned evaluations has no log: see the report's coverage"
    ]


def test_planned_evaluations_that_failed_or_did_not_end_are_counted_beside_those_without_a_log() -> None:
    experiment = an_experiment(["r4", "r8"], ["capitals", "rivers", "sums"])
    shown = [a_log("r4"), a_log("r8")]
    failed = a_log("r4", task="rivers", status=Status.ERROR, reason="out of memory")
    cancelled = a_log("r8", task="rivers", status=Status.CANCELLED)
    unfinished = [a_log(run, task="sums", status=Status.UNFINISHED) for run in ("r4", "r8")]
    rest = [a_log("r8", task="rivers"), a_log("r4", task="sums"), a_log("r8", task="sums")]
    assert notices_of([*shown, failed, *rest], experiment) == [
        "1 of 6 planned evaluations failed: see the report's coverage"
    ]
    assert notices_of([*shown, failed, cancelled, *unfinished], experiment) == [
        "of 6 planned evaluations 2 are unfinished, 1 was cancelled, 1 failed: see the report's coverage"
    ]
    assert notices_of([*shown, failed], experiment) == [
        "of 6 planned evaluations 1 failed, 3 have no log: see the report's coverage"
    ]


def test_an_evaluation_that_failed_once_and_was_started_again_is_unfinished() -> None:
    logs = [
        a_log("r4"),
        a_log("r8", location="a", status=Status.ERROR, reason="out of memory"),
        a_log("r8", location="b", status=Status.UNFINISHED),
    ]
    assert notices_of(logs, an_experiment(["r4", "r8"])) == [
        "1 of 2 planned evaluations is unfinished: see the report's coverage"
    ]


def test_where_no_log_is_of_a_planned_evaluation_it_is_said_what_both_call_the_tasks() -> None:
    design = an_experiment(["r4", "r8"], ["riddle"])
    (sentence,) = notices_of([a_log("r4", task="puzzle"), a_log("r8", task="puzzle")], design)
    assert sentence == (
        "none of the 2 planned evaluations has a log, although there are logs of their runs: "
        "the design calls the tasks 'riddle', the logs call them 'puzzle'"
    )


def test_a_planned_evaluation_that_is_shown_under_several_settings_is_told() -> None:
    logs = [a_log("r4", location=str(most), task_args={"max_tokens": most}) for most in (20, 50)]
    assert notices_of(logs, an_experiment(["r4"])) == [
        "1 planned evaluation is shown more than once, since logs differ in task_args.max_tokens: "
        "what is not meant can be left out with data.where"
    ]


def test_what_is_the_same_of_several_logs_is_said_once() -> None:
    logs = [a_log(run, location=f"{run}/{name}.eval", task=name) for run in ("r4", "r8") for name in "abc"]
    cells = {cell.log.location: cell for cell in select_logs(logs).cells}
    few, many = "37 of 40 samples had a usable risk score", "9 of 9: all"
    remarks: list[str | LogNotice] = [
        "none at all",
        *(LogNotice(cells[f"r4/{name}.eval"], few) for name in "abc"),
        LogNotice(cells["r8/a.eval"], many),
        "x.eval: y",
    ]
    assert together(remarks) == (
        "none at all",
        f"3 logs of r4: {few}",
        f"r8/a.eval: {many}",
        "x.eval: y",
    )
    of_two = [LogNotice(cells[name], few) for name in ("r4/a.eval", "r8/b.eval")]
    assert together(of_two) == (f"2 logs of r4, r8: {few}",)
