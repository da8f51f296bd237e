"""`generate_report`: a data frame of evaluations becomes a report, as scripts have asked for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.report.markdown import headings, tables, targets
from vizspec.api.logs import parse_eval_metadata
from vizspec.api.report import generate_report
from vizspec.errors import UserError

ROWS: list[dict[str, Any]] = [
    {
        "log": f"/scratch/ranks/{run}/eval/{task}_epoch0/logs/a.eval",
        "eval_id": f"{run}{task}",
        "created": "2026-01-02T12:00:00+00:00",
        "task_name": task,
        "model": "hf/local",
        "status": "success",
        "total_samples": 100,
        "completed_samples": 100,
        "epochs": 1,
        "score_match_accuracy": accuracy,
        "score_match_stderr": 0.04,
        "score_risk_scorer_cruijff_kit/auc_score": auc,
    }
    for run, task, accuracy, auc in (
        ("r4", "capitals", 0.8, 0.9),
        ("r8", "capitals", 0.5, 0.7),
        ("r4", "sums", 0.4, 0.6),
    )
]
CONFIG = {
    "experiment": {"name": "ranks", "question": "Does a higher rank help?"},
    "runs": [{"name": "r4", "model": "1B"}, {"name": "r8", "model": "3B"}],
    "evaluation": {"matrix": [{"run": run, "tasks": ["capitals", "sums"]} for run in ("r4", "r8")]},
}


def test_the_report_is_written_and_returned(tmp_path: Path) -> None:
    text = generate_report(pd.DataFrame(ROWS), "ranks", tmp_path / "report.md", config=CONFIG)
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == text
    assert text.startswith(
        "# ranks\n\n## Executive Summary\n\n**Best Match Accuracy on capitals: 1B**, 0.800 "
    )
    assert "Does a higher rank help?" in text


def test_models_are_those_of_the_design_and_what_is_missing_is_told(tmp_path: Path) -> None:
    text = generate_report(pd.DataFrame(ROWS), "ranks", tmp_path / "report.md", config=CONFIG)
    comparison = tables(text)[0]
    assert [row[:2] for row in comparison[1:]] == [["1B", "capitals"], ["1B", "sums"], ["3B", "capitals"]]
    assert [["r8", "sums", "no log was found"]] in [table[1:] for table in tables(text)]


def test_risk_metrics_of_older_frames_stand_under_risk(tmp_path: Path) -> None:
    text = generate_report(pd.DataFrame(ROWS), "ranks", tmp_path / "report.md", config=CONFIG)
    assert "Calibration & Risk Metrics" in headings(text)
    assert ["Model", "Task", "AUC", "n"] in [table[0] for table in tables(text)]


def test_only_the_pictures_of_this_run_are_embedded_by_relative_paths(tmp_path: Path) -> None:
    (tmp_path / "analysis").mkdir()
    (tmp_path / "other").mkdir()
    for name in ("analysis/stale.png", "analysis/roc curves.png", "other/x.png"):
        (tmp_path / name).touch()
    text = generate_report(
        pd.DataFrame(ROWS[:1]),
        "ranks",
        tmp_path / "analysis" / "report.md",
        generated_pngs=[tmp_path / "analysis" / "roc curves.png", str(tmp_path / "other" / "x.png")],
    )
    assert targets(text) == ["roc curves.png", "../other/x.png"]


def test_a_picture_that_does_not_exist_is_told_of_and_not_embedded(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    text = generate_report(
        pd.DataFrame(ROWS[:1]),
        "ranks",
        tmp_path / "report.md",
        generated_pngs=[tmp_path / "a.png", tmp_path / "b.png"],
    )
    assert targets(text) == ["a.png"]
    assert "- **Figures:** 1 drawn" in text
    assert "The picture 'b.png' is left out: there is no such file." in text


@pytest.mark.parametrize("section", ["## Compute Utilization\n\nFast.", "\n# compute utilization ##\nFast."])
def test_a_compute_section_that_has_its_heading_gets_no_second_one(tmp_path: Path, section: str) -> None:
    frame = pd.DataFrame(ROWS[:1])
    text = generate_report(frame, "ranks", tmp_path / "report.md", compute_section=section)
    assert "## Compute Utilization\n\nFast.\n" in text
    assert text.lower().count("compute utilization") == 1


def scored_by_two(**more: object) -> pd.DataFrame:
    """A frame as `evals_df` gives it: the scorers' columns by name."""
    row = {name: value for name, value in ROWS[0].items() if not name.startswith("score_")}
    return pd.DataFrame([row | {"score_includes_accuracy": 0.9, "score_match_accuracy": 0.8} | more])


def test_the_primary_metric_is_of_the_first_scorer_that_the_config_lists(tmp_path: Path) -> None:
    config = CONFIG | {"evaluation": {"scorers": [{"name": "match"}, {"name": "includes"}]}}
    text = generate_report(scored_by_two(), "ranks", tmp_path / "report.md", config=config)
    assert "**Match Accuracy: 1B**" in text


def test_without_a_config_the_primary_metric_is_the_headline(tmp_path: Path) -> None:
    headed = scored_by_two(score_headline_name="match", score_headline_metric="accuracy")
    text = generate_report(headed, "ranks", tmp_path / "report.md")
    assert "**Match Accuracy: " in text
    assert "**Includes Accuracy: " in generate_report(scored_by_two(), "ranks", tmp_path / "report.md")


def test_prose_compute_and_provenance_are_taken_up(tmp_path: Path) -> None:
    text = generate_report(
        pd.DataFrame(ROWS[:1]),
        "ranks",
        tmp_path / "analysis" / "report.md",
        future_directions="### Next\n\nMore seeds.",
        compute_section="| Run | Wall |\n| --- | --- |\n| r4 | 1:00 |",
        eval_log_paths=[tmp_path / "r4" / "eval" / "a.eval", "s3://bucket/b.eval"],
        generated_by="R. Searcher",
    )
    assert headings(text)[-5:] == [
        "Analysis & Interpretation",
        "Next",
        "Compute Utilization",
        "Coverage",
        "Provenance",
    ]
    assert "- **Generated by:** R. Searcher" in text
    assert "- ../r4/eval/a.eval\n- s3&#58;//bucket/b.eval" in text
    assert str(tmp_path) not in text


@pytest.mark.parametrize("column", ["total_samples", "results_total_samples", "n", "sample_size"])
def test_n_is_that_of_the_column_which_counts_samples(tmp_path: Path, column: str) -> None:
    row = {"model": "hf/1B", "task_name": "capitals", "score_match_accuracy": 0.5, column: 100}
    text = generate_report(pd.DataFrame([row]), "ranks", tmp_path / "report.md")
    assert tables(text)[0][1] == ["1B", "capitals", "0.500", "0.404–0.596", "100"]


def test_the_samples_that_inspect_counts_come_before_a_variable_of_that_name(tmp_path: Path) -> None:
    row = {"model": "hf/1B", "task_name": "capitals", "score_match_accuracy": 0.5}
    frame = pd.DataFrame([{**row, "sample_size": 5000, "total_samples": 100, "completed_samples": 100}])
    assert tables(generate_report(frame, "ranks", tmp_path / "report.md"))[0][1][-1] == "100"


def test_a_plain_accuracy_is_the_score_of_a_frame_without_others(tmp_path: Path) -> None:
    row = {"model": "hf/1B", "task_name": "capitals", "accuracy": 0.55, "stderr": 0.0881, "n": 20}
    text = generate_report(pd.DataFrame([row]), "ranks", tmp_path / "report.md")
    assert tables(text)[0][1][:3] == ["1B", "capitals", "0.550"]
    assert tables(text)[0][1][-1] == "20"


def test_a_missing_interpretation_is_said(tmp_path: Path) -> None:
    text = generate_report(pd.DataFrame(ROWS[:1]), "ranks", tmp_path / "report.md")
    assert "No interpretation was written. Give one as the argument future_directions." in text


def test_a_frame_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing to report on"):
        generate_report(pd.DataFrame({"sample_id": [1]}), "ranks", tmp_path / "report.md")
    assert list(tmp_path.iterdir()) == []


def test_rows_that_look_alike_are_told_apart_and_never_averaged(tmp_path: Path) -> None:
    frame = pd.DataFrame([ROWS[0], {**ROWS[0], "score_match_accuracy": 0.1}])
    text = generate_report(frame, "ranks", tmp_path / "report.md")
    models, values = zip(*[(row[0], row[2]) for row in tables(text)[0][1:]], strict=True)
    assert len(set(models)) == 2
    assert values == ("0.800", "0.100")


def test_rows_of_other_runs_are_told_apart_by_the_run_that_their_paths_name(tmp_path: Path) -> None:
    text = generate_report(pd.DataFrame(ROWS[:2]).assign(source_model="1B"), "ranks", tmp_path / "report.md")
    assert models_in(text) == ["1B (r4)", "1B (r8)"]


@pytest.mark.parametrize(
    ("column", "values", "models"),
    [
        ("model", ["hf/1B_r4", "hf/1B_r8"], ["1B (model string hf/1B_r4)", "1B (model string hf/1B_r8)"]),
        ("task_display_name", ["a", "b"], ["1B (task_display_name a)", "1B (task_display_name b)"]),
        ("note", ["x", "y"], ["1B (log data frame#1)", "1B (log data frame#2)"]),
    ],
)
def test_rows_without_runs_are_told_apart_by_what_differs_and_by_their_number_at_last(
    tmp_path: Path, column: str, values: list[Any], models: list[str]
) -> None:
    frame = pd.DataFrame(ROWS[:2]).assign(source_model="1B", log=["/logs/a.eval", "/logs/b.eval"])
    frame[column] = values
    assert models_in(generate_report(frame, "ranks", tmp_path / "report.md")) == models


def test_a_parsed_frame_whose_tasks_are_called_by_their_labels_is_what_was_planned(tmp_path: Path) -> None:
    frame = parse_eval_metadata(pd.DataFrame(ROWS[:2]).assign(task_arg_vis_label="Capitals"))
    matrix = [{"run": run, "tasks": ["capitals"], "vis_label": "Capitals"} for run in ("r4", "r8")]
    config = CONFIG | {"evaluation": {"matrix": matrix}}
    text = generate_report(frame, "ranks", tmp_path / "report.md", config=config)
    assert "2 evaluations were planned: all shown." in text


def test_rows_of_other_task_arguments_are_conditions_of_their_task(tmp_path: Path) -> None:
    frame = pd.DataFrame(ROWS[:2]).assign(source_model="1B", log=["/logs/a.eval", "/logs/b.eval"])
    text = generate_report(frame.assign(task_arg_shots=[0, 5]), "ranks", tmp_path / "report.md")
    assert [row[:2] for row in tables(text)[0][1:]] == [
        ["1B", "capitals (shots 0)"],
        ["1B", "capitals (shots 5)"],
    ]


def models_in(text: str) -> list[str]:
    """The models of the comparison."""
    return [str(row[0]) for row in tables(text)[0][1:]]
