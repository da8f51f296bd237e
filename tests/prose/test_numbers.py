"""What texts may speak of is what the tables have."""

from __future__ import annotations

import pickle

from tests.make import a_log, a_score
from tests.prose.make import a_comparison
from tests.report.make import a_spec, a_step, some_material
from vizspec.plan.plan import Skipped
from vizspec.prose.numbers import Figure, figures_of, numbers_of

LOGS = [
    a_log("r4", "hf/1B", epoch=0, scores=[a_score(accuracy=0.8)]),
    a_log("r8", "hf/3B", epoch=0, scores=[a_score(accuracy=0.6)]),
]


def test_numbers_are_those_of_the_tables_and_can_be_given_to_a_process() -> None:
    found = numbers_of(some_material(LOGS, spec=a_spec()))
    assert pickle.loads(pickle.dumps(found)) == found
    assert [(one.name, sorted(one.names)) for one in found.evaluations] == [
        ("1B on capitals", ["1B", "r4"]),
        ("3B on capitals", ["3B", "r8"]),
    ]
    assert [(row.evaluation, row.metric, row.text) for row in found.estimates] == [
        (0, "match/accuracy", "0.800"),
        (1, "match/accuracy", "0.600"),
    ]
    (leaders,) = found.leaders
    assert leaders.evaluations == (0, 1)


def test_a_comparison_turned_has_its_signs_changed() -> None:
    found = a_comparison("Surface", 0.025, (-0.06, 0.111), is_decided=False).turned()
    assert (found.text, found.gain) == ("-0.025 (95 % CI -0.111 to 0.060)", -0.025)
    assert a_comparison("Size", 0.0, (0.0, 0.111), is_decided=False).turned().interval == ("-0.111 to 0.000")


def test_figures_are_those_of_the_plan_and_skips_have_their_reasons() -> None:
    outputs = (a_step("s"), Skipped("radar", 1, "radar", None, "too few tasks"))
    assert figures_of(outputs, ("by_task", "radar")) == (
        Figure("by_task", "scores_by_task:match/accuracy", "Match Accuracy by task", "s.png", "s.html"),
        Figure("radar", "radar", "radar", reason="too few tasks"),
    )
