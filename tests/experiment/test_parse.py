"""Experiment files of every age give one design, and warnings for what they lack."""

from __future__ import annotations

from textwrap import dedent

import pytest
import yaml

from vizspec.errors import path_text
from vizspec.experiment.model import MatrixRow, RunType, TrainingDataset
from vizspec.experiment.parse import ParsedDesign, design_of
from vizspec.experiment.variables import ScaleType

OLD = """
    experiment: {name: caps, question: "Does rank matter?", date: 2026-01-29, directory: /scratch/caps}
    models: {base: [{name: 1B, path: /models/1B, size_gb: 2.5}]}
    data: {training: {path: words.json, label: words, splits: {train: 800, validation: 100, test: 100}}}
    variables: {lora_rank: [4, 8], lr: [1e-5]}
    controls: {epochs: 2, batch_size: 4, weight_decay: 1e-2}
    output: {base_directory: /out, checkpoint_pattern: "ck-out-{run_name}/epoch_{N}"}
    runs:
      - {name: r4, type: fine-tuned, model: 1B, parameters: {lora_rank: 4, lr: 1e-5}}
      - {name: r8, type: fine-tuned, model: 1B, parameters: {lora_rank: 8, lr: 1e-5}}
      - {name: base, type: control, model: 1B, parameters: {}}
    evaluation:
      scorer: [{name: match}, {name: risk_scorer, params: {option_tokens: ["0", "1"]}}]
      tasks: [{name: caps, script: caps.py}]
      matrix:
        - {run: r4, vis_label: rank4, tasks: [caps], epochs: [0, 1]}
        - {run: r8, vis_label: rank8, tasks: [caps], epochs: [0, 1]}
        - {run: base, vis_label: base, tasks: [caps], epochs: null}
"""
NEW = """
    experiment: {name: caps, research_question: "Does rank matter?", date: "2026-01-29", dir: /scratch/caps}
    models: {base: [{name: 1B}]}
    data:
      training: [{path: words.json, dataset_label: words, splits: {train: "800", validation: 100, test: 100}}]
    variables: {independent: [{name: lora_rank, values: [4, 8]}, {name: lr, values: [1.0e-5]}]}
    controls: {epochs: 2, batch_size: 4, weight_decay: 0.01}
    output: {base_directory: /out, checkpoint_pattern: "ck-out-{run_name}/epoch_{N}"}
    runs:
      - {name: r4, type: finetuned, model: 1B, lr: 1.0e-5, lora_rank: 4}
      - {name: r8, type: fine_tuned, model: 1B, parameters: {lora_rank: "8", lr: 0.00001}}
      - {name: base, type: base, model: 1B, parameters: }
    evaluation:
      scorers: [match, risk_scorer]
      tasks: [{name: caps, script: caps.py}]
      matrix:
        - {run: r4, vis_label: rank4, tasks: caps, epochs: [0, 1]}
        - {run: r8, vis_label: rank8, epochs: ["0", 1]}
        - {run: base, vis_label: base, tasks: [caps]}
"""


def design(text: str) -> ParsedDesign:
    return design_of(yaml.safe_load(dedent(text)) or {}, name="folder")


def warned(text: str) -> list[tuple[str, str]]:
    return [(path_text(warning.loc), warning.message) for warning in design(text).problems]


def test_old_and_new_files_of_one_experiment_give_one_design() -> None:
    assert design(OLD).experiment == design(NEW).experiment
    assert warned(OLD) == warned(NEW) == []


def test_the_design_holds_what_the_file_says() -> None:
    experiment = design(OLD).experiment
    assert (experiment.name, experiment.question, experiment.hypothesis) == (
        "caps",
        "Does rank matter?",
        None,
    )
    assert (experiment.date, experiment.directory) == ("2026-01-29", "/scratch/caps")
    assert experiment.models == ("1B",)
    assert experiment.datasets == (TrainingDataset("words", "words.json", 800, 100, 100),)
    assert [(v.name, v.kind, v.levels) for v in experiment.variables] == [
        ("lora_rank", ScaleType.ORDINAL, (4, 8)),
        ("lr", ScaleType.CONTINUOUS, (1e-5,)),
    ]
    assert experiment.controls == {"epochs": 2, "batch_size": 4, "weight_decay": 0.01}
    assert [(run.name, run.type) for run in experiment.runs] == [
        ("r4", RunType.FINE_TUNED),
        ("r8", RunType.FINE_TUNED),
        ("base", RunType.CONTROL),
    ]
    assert experiment.runs[0].parameters == {"lora_rank": 4, "lr": 1e-5}
    assert experiment.scorers == ("match", "risk_scorer")
    assert experiment.matrix[1:] == (
        MatrixRow("r8", ("caps",), "rank8", (0, 1)),
        MatrixRow("base", ("caps",), "base", None),
    )
    assert (experiment.output_dir, experiment.checkpoint_pattern) == ("/out", "ck-out-{run_name}/epoch_{N}")


def test_an_empty_file_has_the_folders_name_and_a_warning_for_each_section_it_needs() -> None:
    assert design("{}").experiment.name == "folder"
    missing = "this section is missing"
    assert warned("{}") == [("experiment", missing), ("runs", missing), ("evaluation", missing)]


@pytest.mark.parametrize(
    "section", ["experiment", "models", "data", "variables", "controls", "runs", "output"]
)
def test_a_section_without_content_is_a_warning(section: str) -> None:
    data = yaml.safe_load(dedent(OLD)) | {section: None}
    assert [warning.loc for warning in design_of(data, name="x").problems if warning.loc[0] == section] == [
        (section,)
    ]


@pytest.mark.parametrize("part", ["scorers", "tasks", "matrix"])
def test_a_part_of_the_evaluation_that_is_empty_or_missing_is_a_warning(part: str) -> None:
    parts = {"scorers": ["match"], "tasks": ["t"], "matrix": [{"run": "r", "tasks": ["t"]}]}
    around = {"experiment": "x", "runs": [{"name": "r"}]}
    for evaluation in (parts | {part: None}, {name: value for name, value in parts.items() if name != part}):
        found = design_of({**around, "evaluation": evaluation}, name="x").problems
        assert [warning.loc for warning in found] == [("evaluation", part)]


def test_a_section_of_the_wrong_type_is_a_warning_and_the_rest_is_read() -> None:
    text = OLD.replace("controls: {epochs: 2, batch_size: 4, weight_decay: 1e-2}", "controls: [epochs]")
    assert warned(text) == [("controls", "expected a mapping, found a list")]
    assert len(design(text).experiment.runs) == 3


def test_runs_and_tasks_are_taken_from_the_matrix_where_nothing_else_names_them() -> None:
    experiment = design("evaluation: {matrix: [{run: a, tasks: [t]}, {run: b, tasks: [t, u]}]}").experiment
    assert [run.name for run in experiment.runs] == ["a", "b"]
    assert experiment.tasks == ("t", "u")


def test_a_row_without_tasks_means_all_of_them() -> None:
    experiment = design("evaluation: {tasks: [t, u], matrix: [{run: a, epochs: 0}]}").experiment
    assert experiment.matrix == (MatrixRow("a", ("t", "u"), None, (0,)),)


def test_the_kind_of_experiment_is_what_the_file_says_else_what_varies() -> None:
    varied = "variables: {lora_rank: [4, 8], balanced: [true, false]}"
    assert design(varied).experiment.type == "lora_rank_balanced"
    assert design(f"experiment: {{type: ranks}}\n{varied}").experiment.type == "ranks"
    assert design("experiment: {experiment_type: ranks}").experiment.type == "ranks"
    assert design("experiment: ranks").experiment.type is None


def test_contradictions_are_told_with_what_was_meant() -> None:
    text = """
        experiment: x
        runs: [{name: r4}, {name: r8}, {name: r4}]
        evaluation:
          scorers: [match]
          tasks: [{name: caps, script: caps.py}]
          matrix: [{run: r44, tasks: [caps, cap]}]
    """
    assert [(path_text(p.loc), p.message, p.hint, p.severity) for p in design(text).problems] == [
        ("runs[2].name", "a second run is named 'r4'", "only the first is read", "warning"),
        ("evaluation.matrix[0].run", "no run is named 'r44'", "did you mean 'r4'?", "error"),
        ("evaluation.matrix[0].tasks[1]", "no task is named 'cap'", "did you mean 'caps'?", "warning"),
    ]


def test_entries_that_do_not_fit_are_left_out_and_told() -> None:
    text = """
        experiment: x
        runs: [{type: control}, r8, {name: r4, parameters: 5}]
        evaluation: {scorers: [match, []], tasks: [t], matrix: [5, {run: r4, epochs: [0, last, true]}]}
    """
    assert warned(text) == [
        ("runs[0].name", "required, but missing"),
        ("runs[1]", "expected a mapping, found the text 'r8'"),
        ("runs[2].parameters", "expected a mapping, found the number 5"),
        ("evaluation.scorers[1]", "expected a mapping, found an empty list"),
        ("evaluation.matrix[0]", "expected a mapping, found the number 5"),
        ("evaluation.matrix[1].epochs[1]", "expected a whole number, found the text 'last'"),
        ("evaluation.matrix[1].epochs[2]", "expected a whole number, found the text 'true'"),
    ]
    assert design(text).experiment.matrix == (MatrixRow("r4", ("t",), None, (0,)),)


def test_a_type_of_run_that_is_not_known_is_kept_as_written() -> None:
    assert [run.type for run in design("runs: [{name: a, type: merged}, {name: b}]").experiment.runs] == [
        "merged",
        None,
    ]


def test_a_type_of_run_that_is_not_known_is_told_with_the_one_that_may_be_meant() -> None:
    text = OLD.replace(
        "type: fine-tuned, model: 1B, parameters: {lora_rank: 4",
        "type: fine-tuend, model: 1B, parameters: {lora_rank: 4",
    )
    text = text.replace("type: control", "type: merged")
    assert [(path_text(w.loc), w.message, w.hint) for w in design(text).problems] == [
        ("runs[0].type", "no type of run is called 'fine-tuend'", "did you mean 'fine-tuned'?"),
        ("runs[2].type", "no type of run is called 'merged'", "known: fine-tuned, control, eval-only"),
    ]


@pytest.mark.parametrize(
    ("written", "misspelt", "place"),
    [
        ("model: 1B, parameters: {}", "model: 1B, paramters: {}", "runs[2].paramters"),
        ("vis_label: rank8", "vis_lable: rank8", "evaluation.matrix[1].vis_lable"),
        ("matrix:", "matrx:", "evaluation.matrx"),
        ("splits:", "split:", "data.training[0].split"),
        ("controls:", "control:", "control"),
        ("question:", "qestion:", "experiment.qestion"),
        ("runs:", "rums:", "rums"),
    ],
)
def test_a_key_that_is_nearly_a_known_one_is_told(written: str, misspelt: str, place: str) -> None:
    text = OLD.replace(written, misspelt)
    key = written.rpartition(": {")[0].rpartition(" ")[2] if "{" in written else written.partition(":")[0]
    assert (place, f"did you mean '{key}'?") in [(path_text(w.loc), w.hint) for w in design(text).problems]


def test_keys_of_other_readers_are_no_warnings() -> None:
    text = """
        experiment: {name: x, project: p, names: [a], 5: five}
        tools: {evaluation: inspect-ai}
        variables: {modal: [a, b]}
        runs: [{name: a, type: control, model: m, modal: a, mode: fast, 8: eight}]
        evaluation:
          temperature: 0
          scorers: [{name: match, names: n, params: {}}]
          tasks: [{name: t, nme: t, script: t.py}]
          matrix: [{run: a, tasks: [t], notes: n}]
    """
    assert warned(text) == []
