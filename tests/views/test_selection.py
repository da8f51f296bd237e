"""What a view sees: labelled cells with their estimates, and the facts around them."""

from __future__ import annotations

from tests.make import RISK, a_cell, a_metric, a_run, a_score, a_selection, an_experiment, some_estimates
from vizspec.metrics.catalogue import catalogue
from vizspec.views.selection import FACTS, Selection, shared


def test_every_fact_that_is_documented_has_a_value() -> None:
    assert set(a_selection([]).facts) == set(FACTS)


def test_the_facts_count_what_the_view_would_show() -> None:
    cells = [
        a_cell("r4", "hf/1B", samples=50),
        a_cell("r8", "hf/1B", scores=[a_score("risk", metrics=RISK)]),
        a_cell("r8", "hf/1B", "sums", epoch=1),
        a_cell("r16", "hf/3B", "sums", epoch=2),
    ]
    design = an_experiment([a_run("r4", rank=4)], variables={"rank": [4, 8]})
    assert a_selection(cells, experiment=design).facts == {
        "n_models": 3,
        "n_tasks": 2,
        "n_evals": 4,
        "n_runs": 3,
        "n_epochs": 2,
        "max_models_per_task": 2,
        "max_tasks_per_model": 2,
        "min_samples": 50,
        "metrics": ["match/accuracy", *(f"risk/{name}" for name in RISK)],
        "variables": ["rank"],
        "has_risk_scorer": True,
    }


def test_the_facts_of_nothing_are_zero_or_unknown() -> None:
    facts = a_selection([]).facts
    assert (facts["n_models"], facts["max_models_per_task"], facts["min_samples"]) == (0, 0, None)
    assert a_selection([a_cell("r4", samples=None)]).facts["min_samples"] is None


def test_rows_pair_labelled_cells_with_their_values() -> None:
    first, second = a_cell("r4"), a_cell("r8", scores=[a_score(accuracy=None)])
    third = a_cell("r16", scores=[a_score("includes")])
    selection = a_selection([first, second, third])
    (pair,) = selection.rows(a_metric())
    assert (pair[0].cell, pair[0].model, pair[1].value) == (first, "1B (r4)", 0.8)
    assert [one.cell for one in selection.without(a_metric())] == [second, third]


def test_labels_of_the_spec_are_used() -> None:
    (one,) = a_selection([a_cell("r4")], labels={"model": {"1B": "Small"}}).labelled
    assert one.model == "Small"


def test_a_selection_may_see_fewer_cells_than_are_estimated() -> None:
    cells = [a_cell("r4"), a_cell("r8")]
    found = catalogue(cells[0].log.scores)
    selection = Selection((cells[1],), some_estimates(cells), found)
    assert [one.model for one, _ in selection.rows(found.metrics[0])] == ["1B"]


def test_models_and_tasks_that_share_evaluations_are_listed() -> None:
    models, tasks = shared(
        a_selection([a_cell("r4"), a_cell("r8", "hf/3B"), a_cell("r4", task="s")]).labelled
    )
    assert models == {"capitals": {"1B", "3B"}, "s": {"1B"}}
    assert tasks == {"1B": {"capitals", "s"}, "3B": {"capitals"}}
