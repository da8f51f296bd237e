"""What a cell knows of its log, its run, and the spec's derived columns."""

from __future__ import annotations

from tests.make import a_cell, a_log, a_run, an_experiment
from vizspec.cells.cell import key_of, make_cells
from vizspec.cells.columns import STANDARD, Column


def test_a_cell_has_every_standard_column() -> None:
    cell = a_cell("r4", task="pkg/capitals", vis_label=16, epoch=1)
    assert {name: cell.columns[name] for name in STANDARD} == {
        "run": "r4",
        "model": "1B",
        "task": "capitals",
        "log_task": "pkg/capitals",
        "task_name": "16",
        "vis_label": "16",
        "epoch": 1,
        "n_samples": 100,
        "n_scored": 100,
        "log": "r4/eval/pkg/capitals_16_1/logs/a.eval",
        "created": "2026-01-02T12:00:00+00:00",
    }
    assert (cell.run, cell.model, cell.task, cell.vis_label, cell.epoch) == ("r4", "1B", "capitals", "16", 1)


def test_a_task_is_shown_by_its_label_where_it_has_one() -> None:
    assert a_cell(task="capitals").task_name == "capitals"
    assert a_cell(task="capitals", vis_label="1B balanced").task_name == "1B balanced"


def test_a_log_that_tells_nothing_is_a_cell_all_the_same() -> None:
    (cell,) = make_cells([a_log(None, task=None, created=None, samples=None)])
    assert (cell.run, cell.task, cell.epoch) == (None, "unknown task", None)
    assert cell.columns["n_samples"] is None


def test_the_design_tells_the_parameters_of_a_run() -> None:
    design = an_experiment(
        [a_run("r4", lora_rank=4), a_run("base", kind="control")],
        variables={"lora_rank": [4, 8]},
        controls={"batch_size": 2},
    )
    ranked, base = make_cells([a_log("r4"), a_log("base")], design)
    assert ranked.columns["lora_rank"] == ranked.columns["run.parameters.lora_rank"] == 4
    assert (ranked.columns["run.type"], base.columns["run.type"]) == ("fine-tuned", "control")
    assert base.columns["lora_rank"] is base.columns["run.parameters.lora_rank"] is None


def test_every_cell_has_the_columns_of_all() -> None:
    first, second = make_cells([a_log("r4", task_args={"hint": True}), a_log("r8", metadata={"note": "x"})])
    assert list(first.columns) == list(second.columns)
    assert first.columns["task_args.hint"] is first.columns["task_arg_hint"] is True
    assert second.columns["task_args.hint"] is None
    assert second.columns["metadata.note"] == "x"


def test_a_frames_column_stands_unless_the_design_knows_better() -> None:
    design = an_experiment([a_run("r4", lora_rank=4), a_run("r8")])
    ranked, other = make_cells(
        [a_log("r4", columns={"lora_rank": 99}), a_log("r8", columns={"lora_rank": 99, "n_samples": 1})],
        design,
    )
    assert (ranked.columns["lora_rank"], other.columns["lora_rank"]) == (4, 99)
    assert other.columns["n_samples"] == 100


def test_derived_columns_build_on_each_other() -> None:
    derived = {
        "rank": Column.model_validate({"from": "run", "match": r"r(\d+)"}),
        "is_small": Column.model_validate({"from": "rank", "equals": 4}),
    }
    small, large = make_cells([a_log("r4"), a_log("r8")], derived=derived)
    assert (small.columns["rank"], small.columns["is_small"]) == ("4", True)
    assert (large.columns["rank"], large.columns["is_small"]) == ("8", False)


def test_one_name_of_two_providers_stays_two_models() -> None:
    cells = make_cells([a_log(None, "openai/gpt-4o"), a_log(None, "openai/azure/gpt-4o")])
    assert [cell.model for cell in cells] == ["openai/gpt-4o", "azure/gpt-4o"]


def test_logs_that_only_say_local_are_told_apart_by_their_runs() -> None:
    design = an_experiment([a_run("r4", None), a_run("r8", None)])
    cells = make_cells([a_log("r4", "hf/local"), a_log("r8", "hf/local")], design)
    assert [cell.model for cell in cells] == ["r4", "r8"]


def test_values_with_one_text_are_one_key() -> None:
    first, second, third = make_cells(
        [a_log("r4", task_args={"hint": value}) for value in (16, "16", "16.0")]
    )
    assert key_of(first, ["task_args.hint"]) == key_of(second, ["task_args.hint"]) == ("16",)
    assert key_of(third, ["task_args.hint", "epoch"]) == ("16.0", None)


def test_two_cells_of_one_place_but_other_logs_differ() -> None:
    first, second = a_cell("r4", location="a.eval"), a_cell("r4", location="b.eval")
    assert first != second
    assert len({first, second, a_cell("r4", location="a.eval")}) == 2
