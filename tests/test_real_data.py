"""Real logs of Inspect AI's tests and real data frames of inspect-viz's documentation, with short specs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.disk import write_spec
from tests.rendering import rendered
from vizspec.plan.outcomes import OutputStatus
from vizspec.plan.plan import Step
from vizspec.render.result import Rendered

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.skipif(
        not (Path(__file__).parents[2] / "shared" / "data").is_dir(), reason="the data are not here"
    ),
]

DATA = Path(__file__).parents[2] / "shared" / "data"
EVERYTHING = (
    {"view": "scores_by_task", "metrics": "all"},
    {"view": "scores_heatmap", "metrics": "all"},
    {"view": "scores_radar_by_task", "metrics": "all"},
    {"view": "scores_by_model", "metrics": "all"},
)


def of(tmp_path: Path, source: str, *views: dict[str, Any]) -> Rendered:
    """The render of one folder or file of the data, by a spec without an experiment."""
    name = Path(source).name
    if (DATA / source).is_dir():
        shutil.copytree(DATA / source, tmp_path / name)
    else:
        shutil.copy(DATA / source, tmp_path)
    write_spec(tmp_path, views or EVERYTHING, data={"logs": [name]})
    return rendered(tmp_path)


def made(done: Rendered) -> list[str]:
    return [outcome.step.id for outcome in done.outcomes if outcome.status is OutputStatus.MADE]


def test_logs_of_several_versions_of_inspect(tmp_path: Path) -> None:
    done = of(tmp_path, "inspect_ai")
    assert {"scores_by_task:headline/accuracy", "scores_heatmap:headline/accuracy"} <= set(made(done))
    report = (tmp_path / "analysis" / "report.md").read_text(encoding="utf-8")
    assert "## Coverage" in report


def test_evaluations_of_five_benchmarks(tmp_path: Path) -> None:
    done = of(tmp_path, "inspect_viz/evals.parquet")
    shown = {
        f"{view}:headline/value" for view in ("scores_by_task", "scores_heatmap", "scores_radar_by_task")
    }
    assert shown <= set(made(done))
    reasons = {outcome.step.id: outcome.reason for outcome in done.outcomes}
    assert (reasons["scores_by_model:headline/value"] or "").startswith("it takes exactly one task")


def test_one_scorer_of_several_benchmarks_can_be_asked_for(tmp_path: Path) -> None:
    done = of(tmp_path, "inspect_viz/evals.parquet", {"view": "scores_by_task", "metrics": "choice"})
    assert made(done) == ["scores_by_task:choice/accuracy"]


def test_one_benchmark_of_many_models(tmp_path: Path) -> None:
    assert "scores_by_model:choice/accuracy" in made(of(tmp_path, "inspect_viz/agi-lsat-ar.parquet"))


def test_benchmarks_that_not_every_model_has(tmp_path: Path) -> None:
    done = of(tmp_path, "inspect_viz/benchmarks.parquet")
    assert made(done) == [
        "scores_by_task:headline/value:1",
        "scores_by_task:headline/value:2",
        "scores_heatmap:headline/value",
        "scores_radar_by_task:headline/value:1",
        "scores_radar_by_task:headline/value:2",
    ]


def test_a_factor_of_rows_that_differ_in_nothing_else(tmp_path: Path) -> None:
    view = {"view": "scores_by_factor", "factor": "task_arg_hint", "metrics": "all"}
    done = of(tmp_path, "inspect_viz/scores_by_factor.csv", {**view, "labels": ["No hint", "Hint"]})
    assert (made(done), done.warnings) == (["scores_by_factor:headline/value"], ())
    (step,) = [outcome.step for outcome in done.outcomes]
    assert isinstance(step, Step)
    rows = step.content.rows
    assert len(rows) == 12
    assert {row.model for row in rows if row.factor} == {row.model for row in rows if not row.factor}
