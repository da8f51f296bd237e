"""What evaluations can be filtered by."""

from tests.make import a_cell
from vizspec.cells.facets import Facets, choices, facets_named, facets_of, shared


def test_an_evaluation_is_found_by_what_people_read_of_it() -> None:
    cell = a_cell("r4", "hf/1B", "capitals", "Capitals", 1)
    assert facets_of(cell, {"model": {"1B": "One billion"}}) == Facets("One billion", "Capitals", "1", "r4")


def test_what_is_planned_is_called_as_what_was_evaluated() -> None:
    labels = {
        "task_name": {"caps": "b"},
        "vis_label": {"b": "c"},
        "epoch": {"1": "first"},
        "run": {"r4": "R"},
    }
    cell = facets_of(a_cell("r4", "hf/1B", "capitals", "caps", 1), labels)
    planned = facets_named("r4", "capitals", "caps", 1, labels)
    assert planned == Facets(None, "b", "first", "R")
    assert (cell.task, cell.epoch, cell.run) == (planned.task, planned.epoch, planned.run)


def test_only_what_differs_is_a_choice_and_epochs_stand_in_their_order() -> None:
    every = [Facets("1B", "b", "10"), Facets("1B", "a", "9"), Facets("1B", "b", None)]
    assert choices(every) == (("task", ("b", "a")), ("epoch", ("9", "10")))


def test_what_all_have_in_common_is_told() -> None:
    assert shared([Facets("1B", "a", "0", "r4"), Facets("3B", "a", "0", "r8")]) == Facets(None, "a", "0")
    assert shared([]) == Facets()
