"""What a careful reader would notice."""

from __future__ import annotations

from tests.comparisons.make import ACCURACY, a_comparison, scored
from tests.make import a_catalogue, a_cell, a_log, a_run, a_score, an_experiment, some_estimates
from vizspec.cells.cell import Cell, make_cells
from vizspec.comparisons.audits import (
    copied,
    disagreeing,
    no_better_than_a_constant,
    not_monotone,
    saturated,
    several,
    unlike,
)
from vizspec.comparisons.record import Comparison
from vizspec.metrics.catalogue import Metric
from vizspec.risk.record import LogRisk


def name(cell: Cell) -> str:
    return cell.run or ""


def accuracies(**values: float) -> tuple[Cell, ...]:
    return tuple(a_cell(run, accuracy=value) for run, value in values.items())


def test_most_evaluations_at_an_end_of_the_range() -> None:
    cells = accuracies(a=0.99, b=1.0, c=0.7)
    assert list(saturated(ACCURACY, cells, some_estimates(cells))) == [
        "capitals: 2 of 3 evaluations stand at the ceiling of Match Accuracy (0.990 to 1.000), so it "
        "can hardly tell them apart."
    ]
    low = accuracies(a=0.0, b=0.01)
    assert "floor" in next(saturated(ACCURACY, low, some_estimates(low)))
    middle = accuracies(a=0.5, b=1.0)
    assert list(saturated(ACCURACY, middle, some_estimates(middle))) == []


def test_evaluations_that_are_alike_in_every_sample() -> None:
    a, b, c = accuracies(a=0.5, b=0.5, c=0.5)
    values = {str(n): float(n % 2) for n in range(20)}
    other = {**values, "0": 1.0, "1": 0.0}
    scores = {a: scored(values), b: scored(values), c: scored(other)}
    assert list(copied((a, b, c), scores, {}, name)) == [
        "a, b on capitals are alike in every score of all 20 samples: is one the copy of another?"
    ]
    all_right = {cell: scored(dict.fromkeys(values, 1.0)) for cell in (a, b)}
    assert list(copied((a, b), all_right, {}, name)) == []


def test_settings_in_which_evaluations_differ_that_stand_beside_each_other() -> None:
    small = a_cell("small", task_args={"shots": 0}, generate={"temperature": 0.0}, model_args={"adapter": 1})
    large = a_cell("large", task_args={"shots": 5}, generate={"temperature": 1.0}, model_args={"adapter": 2})
    assert list(unlike((small, large), name)) == [
        "Not all evaluations that are compared were set up alike: generate.temperature (0.0 of small, 1.0 of "
        "large), task_args.shots (0 of small, 5 of large)."
    ]
    assert list(unlike((small,), name)) == []


def test_conditions_of_a_task_and_tasks_of_their_own_need_not_be_set_up_alike() -> None:
    hinted = a_cell("a", vis_label="Hinted", task_args={"hint": True, "vis_label": "Hinted"})
    plain = a_cell("a", vis_label="Plain", task_args={"hint": False, "vis_label": "Plain"})
    other = a_cell("a", task="rivers", task_version="2")
    assert list(unlike((hinted, plain, other), name)) == []


def test_metrics_that_disagree() -> None:
    areas = [a_score("risk_scorer", metrics={"auc_score": area}) for area in (0.7, 0.9)]
    a, b = (a_cell(run, scores=[a_score(), area]) for run, area in zip(("a", "b"), areas, strict=True))
    row = a_comparison("a", "b", cells=(a, b))
    sentences = disagreeing(ACCURACY, [row], a_catalogue((a, b)), some_estimates((a, b)), name)
    assert list(sentences) == [
        "capitals: a is better than b in Match Accuracy by 0.100, and has the smaller AUC (0.700 "
        "against 0.900)."
    ]
    unsure = a_comparison("a", "b", p=0.2, cells=(a, b))
    assert list(disagreeing(ACCURACY, [unsure], a_catalogue((a, b)), some_estimates((a, b)), name)) == []


def a_risk(positive: int) -> LogRisk:
    truth = (1,) * positive + (0,) * (100 - positive)
    ids = tuple(map(str, range(100)))
    halves = (0.5,) * 100
    return LogRisk("risk_scorer", "1", ("0", "1"), ids, truth, halves, halves, (1.0,) * 100, 100)


def test_an_accuracy_that_one_constant_answer_would_have() -> None:
    cells = accuracies(a=0.6, b=0.8)
    risk = dict.fromkeys(cells, a_risk(30))
    assert list(no_better_than_a_constant(ACCURACY, cells, some_estimates(cells), risk, name)) == [
        "Match Accuracy is no higher than always giving the same answer would make it: a on capitals "
        "(0.600 against 0.700)."
    ]


def test_a_task_is_called_by_its_label_as_in_the_figures() -> None:
    cells = make_cells([a_log("a", "x", "capitals", "Capitals", accuracy=0.6)])
    (sentence,) = no_better_than_a_constant(
        ACCURACY, cells, some_estimates(cells), {cells[0]: a_risk(30)}, name
    )
    assert "a on Capitals (0.600 against 0.700)" in sentence


def test_a_step_against_the_way_of_an_ordered_variable() -> None:
    runs = [a_run(f"r{rank}", rank=rank) for rank in (4, 8, 16)]
    design = an_experiment(runs, variables={"rank": [4, 8, 16]})
    cells = make_cells([a_log(run.name, "x") for run in runs], design)
    scores = {"r4": 0.5, "r8": 0.9, "r16": 0.7}

    def compare(a: Cell, b: Cell, metric: Metric) -> Comparison:
        first, second = scores[a.run or ""], scores[b.run or ""]
        return a_comparison(
            cells=(a, b), metric=metric, difference=first - second, value_a=first, value_b=second
        )

    assert list(not_monotone("rank", (4, 8, 16), ACCURACY, cells, compare)) == [
        "rank: from 8 to 16 Match Accuracy goes from 0.900 to 0.700, against its way from 4 to 16."
    ]
    scores["r8"] = 0.6
    assert list(not_monotone("rank", (4, 8, 16), ACCURACY, cells, compare)) == []


def test_many_sentences_are_cut_and_counted() -> None:
    assert several(["a", "b", "c"], 2) == ("a", "b", "1 more such thing was noticed.")
    assert several(["a"], 2) == ("a",)
