"""Which checkpoints are shown, and what is told where that may surprise."""

from __future__ import annotations

from typing import Any

import pytest

from tests.make import a_log
from vizspec.cells.log_use import Fate
from vizspec.cells.select_logs import select_logs
from vizspec.logs.record import Status


@pytest.mark.parametrize(
    ("epochs", "kept"), [("latest", [2]), ("all", [0, 1, 2]), ((0,), [0]), ((1, 2), [1, 2]), ((7,), [])]
)
def test_the_epochs_that_are_asked_for_are_shown(epochs: Any, kept: list[int]) -> None:
    selected = select_logs([a_log("r4", epoch=epoch) for epoch in (0, 1, 2)], epochs=epochs)
    assert [cell.epoch for cell in selected.cells] == kept


def test_an_evaluation_without_a_checkpoint_is_shown_whatever_epochs_are_asked_for() -> None:
    assert len(select_logs([a_log("base")], epochs=(1,)).cells) == 1


def test_the_reason_names_the_epoch_that_is_shown_instead() -> None:
    logs = [a_log("r4", epoch=epoch) for epoch in (0, 1)]
    latest = select_logs(logs).with_fate(Fate.OTHER_EPOCH)[0].reason
    listed = select_logs(logs, epochs=(1,)).with_fate(Fate.OTHER_EPOCH)[0].reason
    assert latest == "epoch 1 is shown (data.epochs: latest)"
    assert listed == "epoch 0 is not among data.epochs: [1]"


def test_tasks_of_one_run_at_different_latest_epochs_are_told_of() -> None:
    logs = [a_log("r4", epoch=0), a_log("r4", epoch=1), a_log("r4", task="sums", epoch=0)]
    assert select_logs(logs).warnings == (
        "'r4' is shown at different epochs: 0 in 'sums'; 1 in 'capitals' (data.epochs: latest)",
    )
    assert select_logs(logs, epochs="all").warnings == ()


def test_two_tasks_under_one_label_are_told_apart_in_the_warning() -> None:
    logs = [
        a_log("r4", task=task, vis_label="V", epoch=epoch) for epoch, task in enumerate(("sums", "rivers"))
    ]
    assert select_logs(logs).warnings == (
        "'r4' is shown at different epochs: 0 in 'V (sums)'; 1 in 'V (rivers)' (data.epochs: latest)",
    )


def test_a_later_epoch_that_failed_is_told_of_once() -> None:
    bad: dict[str, Any] = {"epoch": 1, "status": Status.ERROR, "reason": "out of memory"}
    logs = [a_log("r4", epoch=0), a_log("r4", **bad, location="x"), a_log("r4", **bad, location="y")]
    assert select_logs(logs).warnings == (
        "'r4' is shown at epoch 0 in 'capitals', because the log of epoch 1 is not used "
        "(failed: out of memory)",
    )


def test_a_model_without_a_run_is_told_of_by_its_own_name() -> None:
    logs = [a_log(None, "hf/1B", task, epoch=epoch) for task, epoch in (("sums", 0), ("capitals", 1))]
    (warning,) = select_logs(logs).warnings
    assert warning.startswith("'1B' is shown at different epochs")
