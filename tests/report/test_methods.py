"""How intervals came about, in sentences."""

from __future__ import annotations

from dataclasses import replace

from tests.make import a_cell, a_metric, an_estimate
from vizspec.report.methods import RowName, method_notes
from vizspec.statistics.method import Method

NAMES = {an_estimate().cell: RowName("r4")}


def test_one_method_needs_no_metrics_named() -> None:
    assert method_notes([an_estimate(), an_estimate()], NAMES) == (
        "95% CI: Wilson's score interval for a proportion (Wilson 1927).",
    )


def test_rows_without_an_interval_have_no_method() -> None:
    assert method_notes([an_estimate(lower=None)], NAMES) == ()


def test_several_methods_name_their_metrics_and_the_rows_that_share_one() -> None:
    cells = {a_cell(run): RowName(run) for run in ("r1", "r2", "r3", "r4", "r5")}
    match = [an_estimate(cell) for cell in cells]
    mean = an_estimate(next(iter(cells)), a_metric("grade/mean"), method=Method.STUDENT)
    assert method_notes([*match[:4], mean, replace(match[4], method=Method.STUDENT)], cells) == (
        "95% CI of Match Accuracy (of r1, r2, r3 and 1 more): "
        "Wilson's score interval for a proportion (Wilson 1927).",
        "95% CI of Match Accuracy (of r5), Grade: value ± t · standard error, cut off at the metric's range.",
    )


def test_where_methods_go_by_task_the_tasks_are_named_and_not_each_row() -> None:
    cells = {
        a_cell(run, task=task): RowName(run, task) for task in ("size", "shape") for run in ("r1", "r2", "r3")
    }
    methods = [*[Method.WILSON] * 3, *[Method.HALF_OBSERVATION] * 2, Method.STUDENT]
    rows = [an_estimate(cell, method=method) for cell, method in zip(cells, methods, strict=True)]
    subjects = [note.partition(":")[0] for note in method_notes(rows, cells)]
    assert subjects == [
        "95% CI of Match Accuracy (on size)",
        "95% CI of Match Accuracy (of r1 on shape, r2 on shape)",
        "95% CI of Match Accuracy (of r3 on shape)",
    ]
    mixed = [replace(row, method=Method.WILSON) for row in rows[:4]] + rows[4:]
    assert method_notes(mixed, cells)[0].startswith("95% CI of Match Accuracy (on size; of r1 on shape):")


def test_every_method_has_its_sentence() -> None:
    for method in Method:
        if method is not Method.NONE:
            (note,) = method_notes([an_estimate(method=method)], NAMES)
            assert note != f"95% CI: {method.value}."
