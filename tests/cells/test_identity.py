"""Which run, checkpoint and base model a log is of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.make import a_log, a_run, an_experiment
from vizspec.cells.identity import epoch_of, model_of, run_folder, run_of, short_names


@pytest.mark.parametrize(
    ("folder", "model", "run"),
    [
        ("r4", "hf/local", "r4"),
        ("old", "hf/r4_epoch_0", "old"),
        (None, "hf/r4_epoch_0", "r4"),
        (None, "hf/r4", "r4"),
        (None, "hf//scratch/x/ck-out-r4/epoch_2", "r4"),
        (None, "hf/local", None),
        (None, "openai/gpt-4o", None),
        (None, None, None),
    ],
)
def test_the_folder_tells_the_run_else_the_model_string(
    folder: str | None, model: str | None, run: str | None
) -> None:
    log = a_log(folder, model or "x")
    assert run_of(log if model else a_log(folder), an_experiment(["r4"])) == run


def test_without_a_design_only_the_folder_tells_the_run() -> None:
    assert run_of(a_log(None, "hf/r4_epoch_0"), None) is None


@pytest.mark.parametrize(
    ("path", "model", "run"),
    [
        ("/scratch/r4/eval/logs/a.eval", "hf/local", "r4"),
        ("/scratch/r4/2026/a.eval", "hf/r8", "r4"),
        ("/scratch/old/eval/logs/a.eval", "hf/r8", "r8"),
        ("/scratch/old/eval/logs/a.eval", "hf/local", None),
        ("/scratch/r4", "hf/local", None),
        (None, "hf/local", None),
    ],
)
def test_a_row_of_a_frame_is_of_the_run_of_the_design_that_its_path_names(
    path: str | None, model: str, run: str | None
) -> None:
    row = a_log(None, model, columns={"log": path})
    assert run_of(row, an_experiment(["r4", "r8"])) == run


def test_without_a_design_the_path_of_a_row_tells_its_run() -> None:
    assert run_of(a_log(columns={"log": "/scratch/r4/eval/capitals_epoch0/logs/a.eval"}), None) == "r4"
    assert run_of(a_log(columns={"log": "/scratch/logs/a.eval"}), None) is None


@pytest.mark.parametrize(
    ("path", "run"),
    [
        ("r4/eval/logs/a.eval", "r4"),
        ("/x/r4/eval/capitals/logs/a.eval", "r4"),
        ("s3://bucket/r4/eval/logs/a.eval", "r4"),
        ("eval/logs/a.eval", None),
        ("r4/logs/a.eval", None),
    ],
)
def test_the_folder_before_eval_is_the_runs(path: str, run: str | None) -> None:
    assert run_folder(path) == run


@pytest.mark.parametrize(
    ("model", "metadata_epoch", "epoch"),
    [
        ("hf/r4_epoch_3", None, 3),
        ("hf/r4_epoch_3", 1, 1),
        ("hf/r4_epoch_3", "2", 2),
        ("hf//scratch/ck-out-r4/epoch_2/", None, 2),
        ("hf/r4", None, None),
        ("hf/epoch_3", None, 3),
        ("hf/my_epoch_x", None, None),
    ],
)
def test_the_checkpoint_is_that_of_the_metadata_else_of_the_model_string(
    model: str, metadata_epoch: object, epoch: int | None
) -> None:
    assert epoch_of(a_log("r4", model, epoch=metadata_epoch)) == epoch


def test_the_base_model_is_what_the_run_trains() -> None:
    log = a_log("r4", "hf/r4_epoch_0", metadata={"source_model": "other"})
    assert model_of(log, "r4", a_run("r4", "Llama-1B")) == "Llama-1B"
    assert model_of(log, "r4", a_run("r4", None)) == "other"
    assert model_of(log, "r4", None) == "other"


@pytest.mark.parametrize(
    ("model", "run", "name"),
    [
        ("hf/1B_ft_epoch_0", None, "hf/1B_ft"),
        ("openai/gpt-4o", "r4", "openai/gpt-4o"),
        ("hf/local", "r4", "r4"),
        ("hf/local", None, "hf/local"),
        ("hf/models/1B/", None, "hf/models/1B"),
    ],
)
def test_a_model_string_without_a_name_is_called_as_the_run(model: str, run: str | None, name: str) -> None:
    assert model_of(a_log(run, model), run, None) == name


@pytest.mark.parametrize(
    ("models", "short"),
    [
        (["openai/gpt-4o", "hf/1B"], ["gpt-4o", "1B"]),
        (["openai/gpt-4o", "openai/azure/gpt-4o"], ["openai/gpt-4o", "azure/gpt-4o"]),
        (["gpt-4o", "openai/gpt-4o"], ["gpt-4o", "openai/gpt-4o"]),
        (["/a/x/m", "/b/x/m", "m"], ["a/x/m", "b/x/m", "m"]),
        (["a", "a"], ["a", "a"]),
    ],
)
def test_models_carry_as_little_of_their_names_as_tells_them_apart(
    models: list[str], short: list[str]
) -> None:
    names = short_names(models)
    assert [names[model] for model in models] == short


@given(st.lists(st.text("ab/", min_size=1).map(lambda text: text.strip("/") or "a"), unique=True))
def test_no_two_models_share_a_short_name(models: list[str]) -> None:
    names = short_names(models)
    assert len(set(names.values())) == len(models)
    assert all(model.endswith(names[model]) for model in models)
