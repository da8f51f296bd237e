"""Nobody takes models of different checkpoints for equally trained."""

from __future__ import annotations

from tests.make import a_cell
from vizspec.cells.epoch_marks import epochs_note
from vizspec.cells.labels import label


def test_checkpoints_of_different_epochs_are_marked_wherever_they_stand() -> None:
    cells = [a_cell("8B", "hf/8B", epoch=0), a_cell("1B", "hf/1B", epoch=1), a_cell("base", "hf/3B")]
    labelled = label(cells)
    assert [one.model for one in labelled] == ["8B (epoch 0)", "1B (epoch 1)", "3B"]
    assert epochs_note(labelled) == ("checkpoints of different epochs: 8B (epoch 0); 1B (epoch 1)",)
    assert [one.model for one in label(cells[1:])] == ["1B", "3B"]


def test_a_model_at_several_epochs_in_several_tasks_stays_one() -> None:
    cells = [a_cell("8B", "hf/8B", "size", epoch=0), a_cell("8B", "hf/8B", "shape", epoch=1)]
    assert [one.model for one in label(cells)] == ["8B (epochs 0, 1)"] * 2


def test_a_model_beside_checkpoints_that_are_told_apart_is_marked_with_its_own() -> None:
    cells = [a_cell("r4", epoch=0), a_cell("r4", epoch=1), a_cell("r8", "hf/8B", epoch=1)]
    assert [one.model for one in label(cells)] == ["1B (epoch 0)", "1B (epoch 1)", "8B (epoch 1)"]
