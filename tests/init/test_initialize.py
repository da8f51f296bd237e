"""`init`: a spec for every kind of experiment that has nothing to complain of, and none is ever lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.privileges import modes_hold
from vizspec.demo.experiment_summary import summary_text
from vizspec.demo.kinds import KINDS
from vizspec.demo.layout import layout_named
from vizspec.errors import UserError
from vizspec.experiment.load import load_experiment
from vizspec.gather.options import Reading
from vizspec.init.initialize import initialize
from vizspec.init.suggest import Stated
from vizspec.render.pipeline import make_plan
from vizspec.spec.open import open_spec

EVALUATED = [*((kind, "current") for kind in KINDS), ("regression", "older")]
FRAME = """model,task_name,score_match_accuracy,score_match_stderr,total_samples
1B,capitals,0.5,0.1,20
3B,capitals,0.7,0.1,20
1B,rivers,0.4,0.1,20
"""


def design_in(folder: Path, kind: str, layout: str = "current") -> Path:
    text = summary_text(KINDS[kind](), layout_named(layout), rows=500)
    (folder / "experiment_summary.yaml").write_text(text)
    return folder


def views_in(folder: Path) -> list[str]:
    """The views of the folder's spec, of which nothing is complained."""
    opened = open_spec(folder)
    assert opened.warnings == ()
    return [str(entry.model_dump()["view"]) for entry in opened.spec.views]


@pytest.mark.parametrize("layout", ["current", "older"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_design_without_logs_gets_a_spec_without_complaint(kind: str, layout: str, tmp_path: Path) -> None:
    written = initialize(design_in(tmp_path, kind, layout))
    assert written.notes == ("no logs yet: the views are chosen by the design alone",)
    assert len(views_in(tmp_path)) == written.views > 0


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_example_states_of_its_results_can_be_tested_by_its_design(kind: str, tmp_path: Path) -> None:
    design = KINDS[kind]()
    written = initialize(design_in(tmp_path, kind), stated=Stated(design.comparisons, design.claims))
    assert len(views_in(tmp_path)) == written.views
    spec = open_spec(tmp_path).spec
    assert [entry.id for entry in spec.comparisons] == [entry["id"] for entry in design.comparisons]
    assert [claim.id for claim in spec.stated_claims] == [claim["id"] for claim in design.claims]
    assert ("comparisons" in views_in(tmp_path)) is bool(design.comparisons)


def test_the_example_answers_its_hypothesis(copy_of: Callable[..., Path]) -> None:
    folder, design = copy_of("demo"), KINDS["demo"]()
    initialize(folder, stated=Stated(design.comparisons, design.claims))
    facts, _ = make_plan(open_spec(folder), Reading(use_cache=False))
    assert [table.asked.id for table in facts.comparisons.tables] == ["models", "against_base", "checkpoints"]
    assert {verdict.id: str(verdict.outcome) for verdict in facts.verdicts} == {
        "beats_base": "Confirmed",
        "forest_is_best": "Inconclusive",
        "bayes_behind_logistic": "Inconclusive",
        "bayes_behind_forest": "Inconclusive",
        "improves": "Inconclusive",
    }


@pytest.mark.parametrize(("kind", "layout"), EVALUATED)
def test_an_evaluated_experiment_gets_a_spec_that_can_be_planned(
    kind: str, layout: str, copy_of: Callable[..., Path]
) -> None:
    folder = copy_of(kind, layout)
    written = initialize(folder)
    assert written.notes == ()
    assert len(views_in(folder)) == written.views
    _, plan = make_plan(open_spec(folder), Reading(use_cache=False))
    assert plan.steps


@pytest.mark.parametrize("kind", ["several_tasks", "regression"])
def test_a_folder_with_logs_only_gets_a_spec(kind: str, copy_of: Callable[..., Path]) -> None:
    folder = copy_of(kind)
    (folder / "experiment_summary.yaml").unlink()
    initialize(folder)
    assert open_spec(folder).experiment is None
    assert "scores_by_task" in views_in(folder)


def test_logs_in_a_folder_of_that_name_are_found(copy_of: Callable[..., Path], tmp_path: Path) -> None:
    folder = tmp_path / "loose"
    (folder / "logs").mkdir(parents=True)
    for log in copy_of("single_task").rglob("*.eval"):
        log.rename(folder / "logs" / log.name)
    initialize(folder)
    assert open_spec(folder).spec.data.logs == ("logs",)
    assert views_in(folder)


@pytest.mark.parametrize(
    ("place", "patterns"), [("", ("*.eval",)), ("deep/er", ("**/*.eval",))], ids=["beside", "below"]
)
def test_loose_logs_are_found_where_no_output_will_be(
    place: str, patterns: tuple[str, ...], copy_of: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tmp_path / "loose"
    (folder / place).mkdir(parents=True)
    for log in copy_of("single_task").rglob("*.eval"):
        log.rename(folder / place / log.name)
    initialize(folder)
    assert open_spec(folder).spec.data.logs == patterns


def test_a_saved_frame_is_a_source_too(tmp_path: Path) -> None:
    (tmp_path / "evals.csv").write_text(FRAME)
    initialize(tmp_path)
    assert open_spec(tmp_path).spec.data.logs == ("evals.csv",)
    assert views_in(tmp_path) == ["scores_by_task", "scores_heatmap"]
    _, plan = make_plan(open_spec(tmp_path), Reading())
    assert plan.steps


def test_the_users_patterns_are_written_down(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "evals.csv").write_text(FRAME)
    initialize(tmp_path, logs=["results/*.csv"])
    assert open_spec(tmp_path).spec.data.logs == ("results/*.csv",)


def test_logs_that_cannot_be_used_leave_the_design(tmp_path: Path) -> None:
    design_in(tmp_path, "balanced")
    folder = tmp_path / "logistic_balanced" / "eval" / "tumour_shape_epoch0" / "logs"
    folder.mkdir(parents=True)
    (folder / "broken.eval").write_bytes(b"no zip")
    (note,) = initialize(tmp_path).notes
    assert note.startswith(
        "no log can be used ('logistic_balanced/eval/tumour_shape_epoch0/logs/broken.eval'"
    )
    assert views_in(tmp_path)


def test_logs_that_cannot_be_used_and_no_design_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "broken.eval").write_bytes(b"no zip")
    with pytest.raises(UserError, match=r"'broken.eval'"):
        initialize(tmp_path)
    assert not (tmp_path / "analysis.yaml").exists()


def test_the_editors_schema_stands_beside_the_spec(tmp_path: Path) -> None:
    initialize(design_in(tmp_path, "balanced"))
    first = (tmp_path / "analysis.yaml").read_text().partition("\n")[0]
    schema = tmp_path / first.removeprefix("# yaml-language-server: $schema=")
    runs = load_experiment(tmp_path / "experiment_summary.yaml")[0].runs
    baseline = json.loads(schema.read_text())["$defs"]["ComparisonEntry"]["properties"]["to"]["properties"]
    assert baseline["run"]["anyOf"][0] == {"enum": [run.name for run in runs]}


def test_every_view_says_why_it_is_there(tmp_path: Path) -> None:
    initialize(design_in(tmp_path, "demo"))
    text = (tmp_path / "analysis.yaml").read_text()
    assert "  # 3 models in 4 variants × 3 tasks\n  - {view: scores_by_task, metrics: accuracy}\n" in text


def test_a_spec_that_is_there_is_kept(tmp_path: Path) -> None:
    design_in(tmp_path, "balanced")
    (tmp_path / "analysis.yaml").write_text("mine\n")
    with pytest.raises(UserError, match="is there already") as raised:
        initialize(tmp_path)
    assert "--force" in (raised.value.hint or "")
    assert (tmp_path / "analysis.yaml").read_text() == "mine\n"
    initialize(tmp_path, force=True)
    assert views_in(tmp_path)


def test_the_same_experiment_gives_the_same_bytes(tmp_path: Path) -> None:
    texts = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        initialize(design_in(tmp_path / name, "demo"))
        texts.append((tmp_path / name / "analysis.yaml").read_bytes())
    assert texts[0] == texts[1]


def test_an_empty_folder_and_no_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds neither"):
        initialize(tmp_path)
    with pytest.raises(UserError, match="there is no folder"):
        initialize(tmp_path / "none")


def test_a_folder_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    design_in(tmp_path, "balanced")
    tmp_path.chmod(0o500)
    with modes_hold(), pytest.raises(UserError, match="cannot be written"):
        initialize(tmp_path)
    tmp_path.chmod(0o700)


def test_a_place_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    design_in(tmp_path, "balanced")
    (tmp_path / ".vizspec").write_text("a file where the schema's folder should be")
    with pytest.raises(UserError, match="cannot be written"):
        initialize(tmp_path)
    assert not (tmp_path / "analysis.yaml").exists()


def test_logs_of_json_are_found_in_any_folder(tmp_path: Path) -> None:
    folder = tmp_path / "results" / "deep"
    folder.mkdir(parents=True)
    spec = {"created": "2026-01-29T10:00:00Z", "task": "quiz", "model": "one", "dataset": {"samples": 4}}
    score = {"name": "match", "metrics": {"accuracy": {"name": "accuracy", "value": 0.5}}}
    results = {"total_samples": 4, "completed_samples": 4, "scores": [score]}
    log = {"version": 2, "status": "success", "eval": spec, "results": results}
    (folder / "2024_quiz.json").write_text(json.dumps(log))
    (tmp_path / "settings.json").write_text("{}")
    initialize(tmp_path)
    assert '  logs: ["results/**/*.json"]\n' in (tmp_path / "analysis.yaml").read_text()
