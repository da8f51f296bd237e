"""What can be asked of an experiment's design."""

from __future__ import annotations

from tests.make import an_experiment
from vizspec.experiment.model import ExpectedCell, Experiment, MatrixRow, Run, RunType
from vizspec.experiment.variables import make_variable

EXPERIMENT = Experiment(
    name="ranks",
    runs=(
        Run("r4", RunType.FINE_TUNED, model="1B", parameters={"lora_rank": 4, "lr": 0}),
        Run("base", RunType.CONTROL, model="1B"),
    ),
    variables=(make_variable("lora_rank", [4, 8]),),
    controls={"epochs": 2, "lr": 1e-4},
    matrix=(
        MatrixRow("r4", ("one", "two"), "rank 4", (1, 0)),
        MatrixRow("base", ("one",)),
        MatrixRow("base", ("one",)),
    ),
)


def test_the_matrix_asks_for_a_cell_for_each_task_and_checkpoint_once() -> None:
    assert EXPERIMENT.expected_cells() == (
        ExpectedCell("r4", "one", "rank 4", 1),
        ExpectedCell("r4", "one", "rank 4", 0),
        ExpectedCell("r4", "two", "rank 4", 1),
        ExpectedCell("r4", "two", "rank 4", 0),
        ExpectedCell("base", "one", None, None),
    )


def test_runs_and_variables_are_found_by_name() -> None:
    assert EXPERIMENT.run("base") == Run("base", RunType.CONTROL, model="1B")
    assert EXPERIMENT.run("r5") is None
    assert EXPERIMENT.variable("lora_rank") == EXPERIMENT.variables[0]
    assert EXPERIMENT.variable("lr") is None


def test_a_setting_is_the_runs_own_or_else_the_control() -> None:
    assert EXPERIMENT.setting("r4", "lora_rank") == 4
    assert EXPERIMENT.setting("r4", "lr") == 0
    assert EXPERIMENT.setting("base", "lr") == 1e-4
    assert EXPERIMENT.setting("r4", "model") == "1B"
    assert EXPERIMENT.setting("r4", "batch_size") is None
    assert EXPERIMENT.setting("nobody", "lr") is None


def test_labels_epochs_and_parameters_are_listed() -> None:
    assert EXPERIMENT.vis_labels == ("rank 4",)
    assert EXPERIMENT.epochs == (0, 1)
    assert EXPERIMENT.parameter_names == ("lora_rank", "lr")


def test_an_experiment_of_which_only_the_name_is_known_is_empty() -> None:
    experiment = Experiment("x")
    assert experiment.expected_cells() == ()
    assert (experiment.vis_labels, experiment.epochs, experiment.parameter_names) == ((), (), ())


def test_a_label_over_several_tasks_of_one_run_is_shown_once_for_each() -> None:
    matrix = [
        MatrixRow("r4", ("capitals", "rivers"), "geography"),
        MatrixRow("r4", ("sums",)),
        MatrixRow("r8", ("capitals",), "towns"),
        MatrixRow("base", ("rivers",), "towns"),
    ]
    assert an_experiment(["r4", "r8", "base"], matrix=matrix).shown_tasks == (
        "geography (capitals)",
        "geography (rivers)",
        "sums",
        "towns",
    )
