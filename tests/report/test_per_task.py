"""The leading model of each task."""

from __future__ import annotations

from tests.make import a_log, a_score
from tests.report.make import a_spec, some_material
from vizspec.logs.record import Log
from vizspec.report.model import Tables
from vizspec.report.per_task import per_task

ALONE = a_spec(report={"sections": ["per_task"]})
"""A report without a summary that tells the leads."""


def of(*logs: Log) -> Tables:
    (section,) = per_task(some_material(logs, spec=ALONE))
    return section


def test_leads_that_the_summary_tells_are_not_told_again() -> None:
    logs = [a_log("r4", task=task, accuracy=0.9) for task in ("easy", "hard")]
    logs += [a_log("r8", task=task, accuracy=0.5) for task in ("easy", "hard")]
    (section,) = per_task(some_material(logs))
    assert [row[-1] for row in section.tables[0].rows] == ["better than r8", "better than r8"]
    assert [note for note in section.tables[0].footnotes if note.startswith("Against")] == []


def test_of_many_models_the_nearest_is_named_and_the_others_are_counted() -> None:
    few = [
        a_log(name, task="easy", accuracy=0.9 - 0.01 * place) for place, name in enumerate(("r4", "r8", "r2"))
    ]
    hard = [a_log(name, task="hard", accuracy=0.3) for name in ("r4", "r8")]
    section = of(*few, *hard)
    assert section.tables[0].rows[0][-1].startswith("no clear lead over r8: 0.010 (")
    assert section.tables[0].rows[0][-1].endswith("), and 1 other")
    (part,) = per_task(some_material([*few, *hard]))
    assert part.tables[0].rows[0][-1] == "no clear lead over r8 and 1 other"


def test_one_task_needs_no_breakdown() -> None:
    assert per_task(some_material([a_log("r4"), a_log("r8")])) == ()


def test_conditions_of_one_task_need_no_breakdown() -> None:
    logs = [a_log("r4", task="shape", vis_label=label) for label in ("12", "32")]
    assert per_task(some_material(logs)) == ()


def test_conditions_of_a_task_share_its_row() -> None:
    shapes = [
        a_log("r4", task="shape", vis_label=name, accuracy=v) for name, v in (("12", 0.8), ("32", 0.79))
    ]
    section = of(*shapes, a_log("r4", task="size", vis_label="Size"))
    assert [(row[0], row[1], row[-1]) for row in section.tables[0].rows] == [
        ("shape", "r4 on 12", "no clear lead over r4 on 32: 0.010 (-0.102 to 0.122)"),
        ("Size", "r4", "the only model"),
    ]


def test_a_metric_without_a_better_direction_has_no_breakdown() -> None:
    risk = a_score("risk_scorer", metrics={"mean_risk_score": 0.4})
    assert per_task(some_material([a_log("r4", task=task, scores=[risk]) for task in "ab"])) == ()


def test_each_task_has_its_best_with_interval_and_n() -> None:
    section = of(
        a_log("r4", task="easy", accuracy=0.9),
        a_log("r8", task="easy", accuracy=0.5),
        a_log("r4", task="hard", accuracy=0.3),
        a_log("r8", task="hard", accuracy=0.35),
    )
    assert section.tables[0].headers == (
        "Task",
        "Leading model",
        "Match Accuracy",
        "95% CI",
        "n",
        "Against the others",
    )
    assert section.tables[0].rows == (
        ("easy", "r4", "0.900", "0.826–0.945", "100", "better than r8: 0.400 (0.278 to 0.506)"),
        ("hard", "r8", "0.350", "0.264–0.447", "100", "no clear lead over r4: 0.050 (-0.079 to 0.177)"),
    )


def test_ties_single_models_and_unknown_intervals_are_said() -> None:
    open_lead = a_log("r8", task="open", scores=[a_score(accuracy=0.1, scored=None)], samples=None)
    section = of(
        a_log("r4", task="tied", accuracy=0.5),
        a_log("r8", task="tied", accuracy=0.5),
        a_log("r4", task="alone"),
        a_log("r4", task="open"),
        open_lead,
        a_log("r4", task="void", accuracy=None),
    )
    assert {row[0]: (row[1], row[-1]) for row in section.tables[0].rows} == {
        "tied": ("r4, r8", "tie"),
        "alone": ("r4", "the only model"),
        "open": ("r4", "no interval to compare with r8"),
        "void": ("-", "no evaluation has a value"),
    }


def test_a_lower_error_is_better() -> None:
    logs = [
        a_log(run, task=task, scores=[a_score("risk_scorer", metrics={"brier_score": value})])
        for task in ("a", "b")
        for run, value in (("r4", 0.2), ("r8", 0.1))
    ]
    (section,) = per_task(some_material(logs))
    assert [row[1] for row in section.tables[0].rows] == ["r8", "r8"]
    assert section.sentences == ("The leading model of each task by Brier Score (lower is better).",)


def test_tasks_with_scorers_of_their_own_are_ranked_by_them() -> None:
    section = of(a_log("r4", task="a"), a_log("r4", task="b", scores=[a_score("choice", 0.4)]))
    assert section.tables[0].headers[2:4] == ("Metric", "Value")
    assert [row[:4] for row in section.tables[0].rows] == [
        ("a", "r4", "Match Accuracy", "0.800"),
        ("b", "r4", "Choice Accuracy", "0.400"),
    ]


def test_the_spec_chooses_the_metric() -> None:
    logs = [a_log("r4", task=task, scores=[a_score(), a_score("includes", 0.9)]) for task in "ab"]
    spec = a_spec(metrics={"primary": "includes/accuracy"})
    (section,) = per_task(some_material(logs, spec=spec))
    assert section.tables[0].headers[2] == "Includes Accuracy"
