"""No two cells of a figure are called alike, and none is called more than it needs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import a_cell, a_log
from vizspec.cells.cell import Cell
from vizspec.cells.labelled import code_notes
from vizspec.cells.labels import label, label_models
from vizspec.cells.select_logs import select_logs
from vizspec.errors import UserError


def labels_of(cells: list[Cell], **how: Any) -> list[tuple[str, str]]:
    return [(one.model, one.task) for one in label(cells, **how)]


def test_a_cell_is_called_by_its_base_model_and_its_task() -> None:
    assert labels_of([a_cell("r4"), a_cell("r8", "hf/3B"), a_cell("r8", task="sums")]) == [
        ("1B", "capitals"),
        ("3B", "capitals"),
        ("1B", "sums"),
    ]


def test_three_ranks_of_one_model_are_told_apart_by_their_runs() -> None:
    assert labels_of([a_cell(run) for run in ("r4", "r8", "r16")]) == [
        ("1B (r4)", "capitals"),
        ("1B (r8)", "capitals"),
        ("1B (r16)", "capitals"),
    ]


def test_a_model_is_called_the_same_in_every_task() -> None:
    cells = [a_cell("r4"), a_cell("r8"), a_cell("r4", task="sums")]
    assert [one.model for one in label(cells)] == ["1B (r4)", "1B (r8)", "1B (r4)"]


def test_two_tasks_under_one_label_are_told_apart_by_their_names() -> None:
    cells = [a_cell("r4", task=task, vis_label="balanced") for task in ("capitals", "sums")]
    assert labels_of(cells) == [("1B", "balanced (capitals)"), ("1B", "balanced (sums)")]


def test_two_checkpoints_are_told_apart_by_their_epochs() -> None:
    cells = [a_cell("r4", epoch=epoch) for epoch in (0, 1)]
    assert labels_of(cells) == [("1B (epoch 0)", "capitals"), ("1B (epoch 1)", "capitals")]


def test_runs_and_epochs_are_both_told_where_neither_is_enough() -> None:
    cells = [a_cell("r4", epoch=0), a_cell("r4", epoch=1), a_cell("r8", epoch=0)]
    assert [one.model for one in label(cells)] == [
        "1B (r4, epoch 0)",
        "1B (r4, epoch 1)",
        "1B (r8, epoch 0)",
    ]


def test_a_trained_and_an_untrained_model_differ_by_their_runs() -> None:
    assert [one.model for one in label([a_cell("base"), a_cell("r4", epoch=1)])] == ["1B (base)", "1B (r4)"]


def test_a_gap_tells_apart_too_and_the_run_is_told_beside_it() -> None:
    cells = [a_cell("r4"), a_cell("r4", epoch=1)]
    assert [one.model for one in label(cells)] == ["1B (r4)", "1B (r4, epoch 1)"]


def test_an_untuned_run_is_not_called_like_the_beginning_of_its_checkpoints() -> None:
    checkpoints = [a_cell("r4", epoch=0), a_cell("r4", epoch=1)]
    labels = ["1B (r4, epoch 0)", "1B (r4, epoch 1)", "1B (base)"]
    assert [one.model for one in label([*checkpoints, a_cell("base")])] == labels
    assert [one.model for one in label([*checkpoints, a_cell("base", task="sums")])] == labels


def test_the_specs_labels_stand_for_models_tasks_and_what_is_added() -> None:
    labels = {"model": {"1B": "Small"}, "task": {"capitals": "Capitals"}, "run": {"r4": "Rank 4"}}
    assert labels_of([a_cell("r4"), a_cell("r8")], labels=labels) == [
        ("Small (Rank 4)", "Capitals"),
        ("Small (r8)", "Capitals"),
    ]


def test_labels_that_make_two_cells_alike_do_not_hide_one() -> None:
    one_name = {"model": {"1B": "Llama", "3B": "Llama"}, "run": {"r4": "x", "r8": "x"}}
    assert [one.model for one in label([a_cell("r4"), a_cell("r8")], one_name)] == [
        "Llama (run: r4)",
        "Llama (run: r8)",
    ]
    assert [one.model for one in label([a_cell("r4"), a_cell("r4", "hf/3B")], one_name)] == [
        "Llama (model: 1B)",
        "Llama (model: 3B)",
    ]


def test_two_labels_of_one_task_that_are_shown_alike_are_told_apart() -> None:
    cells = [a_cell("r4", vis_label=name) for name in ("a", "b")]
    labels = {"vis_label": {"a": "X", "b": "X"}}
    assert len(set(labels_of(cells, labels=labels))) == 2
    old = [a_cell("r4"), a_cell("r4", vis_label="capitals", location="b")]
    assert len(set(labels_of(old))) == 2


def test_additions_that_would_read_alike_are_spelled_out() -> None:
    cells = [a_cell("1B"), a_cell(None)]
    assert [one.model for one in label(cells)] == ["1B (run: 1B)", "1B (run: -)"]
    cells = [a_cell("epoch 1"), a_cell(None, epoch=1), a_cell("r4", epoch=1)]
    assert len(set(labels_of(cells))) == 3


def test_a_run_that_is_called_like_the_mark_of_a_checkpoint_is_spelled_out() -> None:
    cells = [a_cell(epoch=1), a_cell(model="hf/3B", epoch=0), a_cell("epoch 1")]
    assert [one.model for one in label(cells)] == [
        "1B (run: -, epoch: 1)",
        "3B (epoch 0)",
        "1B (run: epoch 1, epoch: -)",
    ]


def test_columns_that_make_a_cell_tell_cells_apart() -> None:
    logs = [a_log("r4", location=str(hint), task_args={"hint": hint}) for hint in (True, False)]
    cells = select_logs(logs, identity=("run", "task", "task_args.hint")).cells
    assert [(one.model, one.task) for one in label(cells)] == [
        ("r4", "capitals (hint false)"),
        ("r4", "capitals (hint true)"),
    ]


def test_two_logs_that_differ_in_nothing_are_an_error_that_names_both() -> None:
    with pytest.raises(UserError) as caught:
        label([a_cell("r4", location="a.eval"), a_cell("r8"), a_cell("r4", location="b.eval")])
    assert caught.value.message == (
        "two logs would be shown as one: 'a.eval' and 'b.eval' "
        "have the same model, run, task, epoch, vis_label"
    )
    assert caught.value.hint


def test_no_cells_have_no_labels() -> None:
    assert label([]) == ()
    assert label_models([], []) == ()


def test_models_beside_a_factor_are_told_apart_by_what_is_given() -> None:
    cells = [a_cell("r4", columns={"rank": 4}), a_cell("r8", columns={"rank": 8}), a_cell("r16")]
    assert label_models(cells, [True, False, False], tell_by=("rank", "run")) == (
        "1B (r4)",
        "1B (r8)",
        "1B (r16)",
    )
    assert label_models(cells, [1, 2, 3]) == ("1B", "1B", "1B")
    assert label_models(cells, [1, 2, 3], {"model": {"1B": "Small"}}) == ("Small",) * 3
    assert label_models(cells, [1, 1, 1]) == ("1B (r4)", "1B (r8)", "1B (r16)")


def test_models_beside_a_factor_that_differ_in_nothing_are_an_error() -> None:
    with pytest.raises(UserError, match=r"'a' and 'b'"):
        label_models([a_cell("r4", location="a"), a_cell("r4", location="b")], [True, True])


NAMES = st.sampled_from(["1B", "1B (r4)", "r4", "epoch 1", "-", "a/b", "`|<\n", "🎉", "x" * 300])


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.none() | NAMES,
            st.sampled_from(["hf/1B", "hf/3B"]),
            st.sampled_from(["capitals", "sums", "balanced (sums)"]),
            st.sampled_from([None, "balanced", "capitals"]),
            st.none() | st.integers(0, 2),
        ),
        unique=True,
        max_size=10,
    )
)
def test_labels_are_unique_for_any_cells_that_differ_and_never_reorder_them(places: list[Any]) -> None:
    cells = [a_cell(*place, location=f"{at}.eval") for at, place in enumerate(places)]
    made = label(cells)
    assert [one.cell for one in made] == cells
    assert len({(one.model, one.task) for one in made}) == len(cells)
    assert all(one.model.startswith(one.cell.model) for one in made)
    assert all(one.task.startswith(one.cell.task_name) for one in made)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(["r4", "r8"]), st.integers(0, 3)), unique=True, min_size=2))
def test_a_label_says_no_more_than_is_needed(places: list[tuple[str, int]]) -> None:
    made = label([a_cell(run, epoch=epoch) for run, epoch in places])
    runs, epochs = ({place[at] for place in places} for at in (0, 1))
    tells_runs = any("(r" in one.model for one in made)
    tells_epochs = any("epoch" in one.model for one in made)
    assert tells_runs == (len(epochs) < len(places) or len(runs) == len(places))
    assert tells_epochs == (len(runs) < len(places) or len(epochs) > 1)


def test_what_is_of_the_model_stands_with_it_and_what_is_of_the_task_with_that() -> None:
    logs = [
        a_log(
            None, "o3", location=f"{effort}{scale}", task_args={"scale": scale}, generate={"effort": effort}
        )
        for effort in ("low", "high")
        for scale in (1.5, 10.0)
    ]
    assert {(one.model, one.task) for one in label(select_logs(logs).cells)} == {
        ("o3 (effort low)", "capitals (scale 1.5)"),
        ("o3 (effort low)", "capitals (scale 10.0)"),
        ("o3 (effort high)", "capitals (scale 1.5)"),
        ("o3 (effort high)", "capitals (scale 10.0)"),
    }


def test_columns_of_one_ending_are_told_by_their_whole_names() -> None:
    logs = [
        a_log(None, "o3", location=f"{at}", task_args={"seed": seed}, generate={"seed": other})
        for at, (seed, other) in enumerate(((1, 1), (1, 2), (2, 1)))
    ]
    assert next((one.model, one.task) for one in label(select_logs(logs).cells)) == (
        "o3 (generate.seed 1)",
        "capitals (task_args.seed 1)",
    )


def test_a_long_value_is_a_code_that_a_note_explains() -> None:
    logs = [
        a_log(None, "o3", location=str(at), task_args={"script": {"text": "line\n" * at}}) for at in (1, 2)
    ]
    labelled = label(select_logs(logs).cells)
    first, second = (one.task for one in labelled)
    assert first != second
    assert all(len(task) == len("capitals (script #1234)") for task in (first, second))
    code = first.removeprefix("capitals (script ").removesuffix(")")
    assert f'{code} stands for {{"text": "line\\n"}}' in code_notes(labelled)


def test_words_tell_apart_before_a_code_does() -> None:
    settings = [(1, "s"), (1, "l"), (2, "s"), (2, "l")]
    logs = [
        a_log("r", location=str(number), task_args={"config": {"k": number}, "rate": rate, "size": size})
        for number, (rate, size) in enumerate(settings)
    ]
    tasks = [one.task for one in label(select_logs(logs, epochs="all").cells)]
    assert tasks == [f"capitals (rate {rate}, size {size})" for rate, size in settings]


def test_a_run_that_begins_with_its_model_s_name_is_called_by_the_rest() -> None:
    cells = [a_cell(run) for run in ("1B_base", "1B-tuned", "1Bx", "1B")]
    assert [one.model for one in label(cells)] == ["1B (base)", "1B (tuned)", "1B (1Bx)", "1B"]


def test_a_run_is_called_by_the_rest_of_its_model_s_name_though_readers_know_that_by_another() -> None:
    found = label([a_cell("1B_base"), a_cell("1B_r4")], {"model": {"1B": "One billion"}})
    assert [one.model for one in found] == ["One billion (base)", "One billion (r4)"]


def test_runs_that_would_then_be_called_alike_are_spelled_out() -> None:
    cells = [a_cell(run) for run in ("1B_base", "base")]
    assert [one.model for one in label(cells)] == ["1B (run: 1B_base)", "1B (run: base)"]
