"""From the spec and the logs on disk to the facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.disk import write_design, write_experiment, write_log
from tests.samples.logs import risk_score, sample, write_eval
from vizspec.errors import Problems, UserError
from vizspec.experiment.load import load_experiment
from vizspec.gather.facts import Facts
from vizspec.gather.gather import gather, needs
from vizspec.gather.options import Reading
from vizspec.risk.record import NoRisk
from vizspec.spec.model import Spec
from vizspec.views.entry import Need

RISK_VIEW = {"view": "roc_curves"}


def a_spec(*views: dict[str, Any], **sections: Any) -> Spec:
    return Spec.model_validate({"vizspec": 1, "views": list(views), **sections})


def gathered(spec: Spec, base: Path, reading: Reading | None = None) -> Facts:
    design = base / "experiment_summary.yaml"
    experiment = load_experiment(design)[0] if design.is_file() else None
    return gather(spec, experiment, base, "caps", reading or Reading(use_cache=False))


def risk_log(path: Path, *pairs: tuple[float | None, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = [sample(n, risk_score(p, target)) for n, (p, target) in enumerate(pairs)]
    return write_eval(path, samples, created="2026-01-29T10:00:00+00:00", dataset={}, version=2)


def test_every_log_of_the_design_is_a_cell(tmp_path: Path) -> None:
    facts = gathered(a_spec(), write_experiment(tmp_path))
    assert [(cell.run, cell.task) for cell in facts.cells] == [
        ("small", "capitals"),
        ("small", "rivers"),
        ("large", "capitals"),
        ("large", "rivers"),
    ]
    assert [metric.id for metric in facts.catalogue.metrics] == ["match/accuracy"]
    assert facts.warnings == ()


def test_progress_counts_the_logs(tmp_path: Path) -> None:
    events: list[tuple[str, int, int]] = []
    reading = Reading(lambda *what: events.append(what), use_cache=False)
    gathered(a_spec(), write_experiment(tmp_path), reading)
    assert [what for what in events if what[0] == "reading logs"] == [
        ("reading logs", number, 4) for number in range(1, 5)
    ]


def test_without_logs_the_patterns_and_the_runs_are_named(tmp_path: Path) -> None:
    write_design(tmp_path, ["small", "large"], ["capitals"])
    with pytest.raises(UserError) as raised:
        gathered(a_spec(data={"logs": ["old/*.eval", "new/*.eval"]}), tmp_path)
    assert (
        "tried 'old/*.eval' (there is no 'old'), 'new/*.eval' (there is no 'new'); " in raised.value.message
    )
    assert raised.value.message.endswith("runs without logs: small, large")
    assert "data.logs" in (raised.value.hint or "")


def test_a_file_of_no_known_form_is_told_where_there_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "evals.jsonl").touch()
    with pytest.raises(UserError) as raised:
        gathered(a_spec(data={"logs": ["evals.jsonl"]}), tmp_path)
    assert "; 'evals.jsonl': neither a log (.eval, .json) nor a data frame (" in raised.value.message


def test_a_pattern_of_the_users_that_matches_nothing_is_told(tmp_path: Path) -> None:
    write_log(tmp_path / "logs" / "a.eval")
    facts = gathered(a_spec(data={"logs": ["logs/*.eval", "old/*.eval"]}), tmp_path)
    assert facts.warnings == ("no log matches the pattern 'old/*.eval' (there is no 'old')",)


def test_run_logs_that_a_pattern_meets_are_no_logs_that_could_not_be_read(tmp_path: Path) -> None:
    write_log(tmp_path / "logs" / "a.eval")
    for name in ("analyze-experiment.log", "run-inspect.log", "other.log"):
        (tmp_path / "logs" / name).touch()
    notes = [
        note for note in gathered(a_spec(data={"logs": ["logs/*"]}), tmp_path).warnings if "not read" in note
    ]
    assert [note.split("'")[1] for note in notes] == ["logs/other.log"]


def test_a_default_pattern_that_matches_nothing_is_not_told(tmp_path: Path) -> None:
    assert gathered(a_spec(), write_experiment(tmp_path)).warnings == ()


def test_a_condition_that_cannot_be_worked_out_names_its_key(tmp_path: Path) -> None:
    write_experiment(tmp_path)
    with pytest.raises(Problems) as raised:
        gathered(a_spec(data={"where": "nothing_like_it > 3"}), tmp_path)
    (problem,) = raised.value.problems
    assert (problem.loc, problem.hint) == (
        ("data", "where"),
        "compare columns, as in: n_samples >= 50 and run != 'r4'",
    )


def test_every_confidence_level_of_the_spec_is_estimated(tmp_path: Path) -> None:
    spec = a_spec({"view": "scores_by_task", "ci": 0.8}, metrics={"ci": 0.9})
    facts = gathered(spec, write_experiment(tmp_path))
    assert sorted(facts.estimates) == [0.8, 0.9]
    assert facts.level == 0.9
    narrow, wide = (facts.estimates[level].rows[0] for level in (0.8, 0.9))
    assert narrow.lower is not None
    assert wide.lower is not None
    assert wide.lower < narrow.lower


def test_metrics_of_risk_come_from_the_samples(tmp_path: Path) -> None:
    risk_log(tmp_path / "logs" / "a.eval", (0.2, "0"), (0.7, "1"), (0.6, "0"), (0.9, "1"))
    facts = gathered(a_spec(data={"logs": ["logs"]}), tmp_path)
    values = {row.metric.name: row.value for row in facts.table.rows}
    assert values["auc_score"] == 1.0
    assert values["mean_risk_score"] == pytest.approx(0.6)


@pytest.mark.parametrize("metrics", [{}, {"positive": "1"}])
def test_a_log_without_a_single_usable_prediction_stops_nothing(
    metrics: dict[str, Any], tmp_path: Path
) -> None:
    risk_log(tmp_path / "logs" / "a.eval", (None, "0"), (None, "1"), (None, "1"))
    facts = gathered(a_spec(data={"logs": ["logs"]}, metrics=metrics), tmp_path)
    (risk,) = facts.risk.values()
    assert isinstance(risk, NoRisk)
    assert risk.reason.startswith("has no valid samples of 3")
    assert {row.value for row in facts.table.rows} == {None}


def test_a_positive_class_that_no_log_has_is_told_at_its_key(tmp_path: Path) -> None:
    risk_log(tmp_path / "logs" / "a.eval", (0.2, "0"), (0.7, "1"))
    with pytest.raises(Problems) as raised:
        gathered(a_spec(data={"logs": ["logs"]}, metrics={"positive": "yes"}), tmp_path)
    assert [problem.loc for problem in raised.value.problems] == [("metrics", "positive")]


def test_rows_of_a_frame_have_no_samples_and_no_risk(tmp_path: Path) -> None:
    (tmp_path / "frame.csv").write_text("model,task_name,score_risk_scorer_auc_score\n1B,capitals,0.75\n")
    facts = gathered(a_spec(RISK_VIEW, data={"logs": ["frame.csv"]}), tmp_path)
    assert dict(facts.risk) == {}
    assert [row.value for row in facts.table.rows] == [0.75]


@pytest.mark.parametrize(
    ("views", "needed"),
    [
        ((), frozenset()),
        (({"view": "scores_by_task"},), frozenset()),
        ((RISK_VIEW,), frozenset({Need.SAMPLES})),
        ((RISK_VIEW, {"view": "compute_utilization"}), frozenset({Need.SAMPLES, Need.COMPUTE})),
    ],
)
def test_only_what_some_entry_needs_is_read(
    views: tuple[dict[str, Any], ...], needed: frozenset[Need]
) -> None:
    assert needs(a_spec(*views)) == needed


def test_what_the_cluster_is_asked_belongs_to_the_entries_that_show_it(tmp_path: Path) -> None:
    folder = write_experiment(tmp_path)
    assert dict(gathered(a_spec(), folder).compute) == {}
    facts = gathered(a_spec({"view": "compute_utilization"}), folder)
    assert list(facts.compute) == [None]


@pytest.mark.slow
def test_a_pattern_that_backtracks_without_end_is_a_problem_at_its_place(tmp_path: Path) -> None:
    write_log(tmp_path / "logs" / "a.eval", task="a" * 80)
    columns = {"slow": {"from": "task", "match": "(a|aa)+$ "}}
    with pytest.raises(Problems) as raised:
        gathered(a_spec(data={"logs": ["logs/*.eval"], "columns": columns}), tmp_path)
    (problem,) = raised.value.problems
    assert problem.loc == ("data", "columns", "slow", "match")
    assert problem.message.startswith("the search takes more than 1 s")
    assert problem.message.endswith("of 'logs/a.eval'")


def at_checkpoints(folder: Path) -> Path:
    for epoch, accuracy in enumerate((0.25, 0.5, 0.75)):
        path = folder / "small" / "eval" / f"capitals_epoch{epoch}" / "logs" / "a.eval"
        write_log(path, "capitals", "hf/small", {"match": {"accuracy": accuracy}}, metadata={"epoch": epoch})
    return folder


def test_a_view_of_further_checkpoints_gives_them_estimates_and_changes_no_other(tmp_path: Path) -> None:
    base = at_checkpoints(tmp_path)
    bars = gathered(a_spec({"view": "scores_by_task"}), base)
    curve = gathered(a_spec({"view": "scores_by_variable", "x": "epoch"}), base)
    assert [cell.epoch for cell in bars.cells] == [cell.epoch for cell in curve.cells] == [2]
    assert [cell.epoch for cell in curve.further] == [0, 1]
    assert bars.further == ()
    assert [row.value for row in curve.table.rows] == [0.75, 0.25, 0.5]
    assert curve.table.rows[:1] == bars.table.rows
    assert [cell.epoch for cell in curve.of_checkpoints("all")] == [0, 1, 2]
    assert [cell.epoch for cell in curve.of_checkpoints((1,))] == [1]
