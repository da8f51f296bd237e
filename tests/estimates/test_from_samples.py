"""What samples give takes the place of what logs store, and differences are said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.make import RISK, a_cell, a_score, some_estimates
from tests.risk.make import log_risk
from vizspec.cells.cell import Cell
from vizspec.estimates.from_samples import (
    Recomputed,
    Risks,
    may_have_risk,
    recompute,
    risk_notes,
    scores_of,
    with_samples,
)
from vizspec.metrics.catalogue import catalogue
from vizspec.risk.record import LogRisk, NoRisk
from vizspec.risk.statistics import METRICS, risk_estimates
from vizspec.samples.record import Reason
from vizspec.statistics.method import Method

TRUTH = (0, 0, 0, 1, 1, 1, 0, 1)
SCORES = (0.1, 0.2, 0.6, 0.7, 0.9, 0.4, 0.3, 0.8)


def a_risk_cell(**metrics: Any) -> Cell:
    return a_cell("r4", scores=[a_score("match"), a_score("risk_scorer", metrics={**RISK, **metrics})])


def a_risk(**changes: Any) -> LogRisk:
    return log_risk(TRUTH, SCORES, **changes)


def recomputed(cells: Sequence[Cell], risks: Risks) -> Recomputed:
    estimates = some_estimates(cells)
    metrics = catalogue([*(score for cell in cells for score in cell.log.scores), *scores_of(risks)])
    found = {cell: risk_estimates(risk, estimates.level) for cell, risk in with_samples(risks).items()}
    return recompute(estimates, metrics, risks, found)


def row(done: Recomputed, metric: str) -> Any:
    return next(row for row in done.estimates.rows if row.metric.id == metric)


def test_a_risk_metric_is_the_one_that_the_samples_give_with_its_interval() -> None:
    cell = a_risk_cell(auc_score=0.5)
    auc = row(recomputed([cell], {cell: a_risk()}), "risk_scorer/auc_score")
    assert auc.value == pytest.approx(0.9375)
    assert auc.lower < auc.value < auc.upper
    assert (auc.n, auc.method) == (8, Method.DELONG)


def test_every_way_to_an_interval_has_a_name_of_its_own() -> None:
    cell = a_risk_cell()
    done = recomputed([cell], {cell: a_risk()})
    methods = {row.metric.name: row.method for row in done.estimates.rows if row.metric.scorer != "match"}
    assert methods == {
        "auc_score": Method.DELONG,
        "brier_score": Method.HALF_OBSERVATION,
        "expected_calibration_error": Method.TEST_INVERSION,
        "risk_calibration_error": Method.TEST_INVERSION,
        "mean_risk_score": Method.HALF_OBSERVATION,
    }


def test_other_metrics_stay_as_the_log_stores_them() -> None:
    cell = a_risk_cell()
    done = recomputed([cell], {cell: a_risk()})
    assert row(done, "match/accuracy") == some_estimates([cell]).rows[0]


def test_a_stored_value_that_differs_is_said_with_the_logs_path() -> None:
    cell = a_risk_cell(auc_score=0.5, **dict.fromkeys(set(RISK) - {"auc_score"}))
    (warning,) = recomputed([cell], {cell: a_risk()}).warnings
    assert str(warning) == (
        f"{cell.log.location}: auc_score: the log stores 0.5, its 8 samples give 0.9375; "
        "the recomputed value is shown"
    )


def test_the_name_that_older_scorers_gave_a_metric_is_kept() -> None:
    cell = a_cell("r4", scores=[a_score("risk_scorer", metrics={"ece": 0.75, "auc_score": 0.9375})])
    done = recomputed([cell], {cell: a_risk()})
    names = {row.metric.name: row.value for row in done.estimates.rows}
    assert names["ece"] == pytest.approx(0.3)
    assert "expected_calibration_error" not in names


def test_a_metric_under_two_names_in_two_logs_is_shown_once_a_log() -> None:
    cells = [
        a_cell("r4", "hf/1B", scores=[a_score("risk_scorer", metrics={"ece": 0.75})]),
        a_cell("r8", "hf/3B", scores=[a_score("risk_scorer", metrics={"expected_calibration_error": 0.3})]),
    ]
    done = recomputed(cells, dict.fromkeys(cells, a_risk()))
    errors = [(r.cell.run, r.value) for r in done.estimates.rows if "C-ECE" in r.metric.label]
    assert errors == [("r4", pytest.approx(0.3)), ("r8", pytest.approx(0.3))]


def test_a_metric_that_the_log_does_not_store_is_there_too() -> None:
    cell = a_cell("r4", scores=[a_score("risk_scorer", metrics={"auc_score": None})])
    names = {row.metric.name for row in recomputed([cell], {cell: a_risk()}).estimates.rows}
    assert names == set(METRICS)


def test_without_samples_the_stored_values_stand() -> None:
    cell = a_risk_cell()
    done = recomputed([cell], {cell: NoRisk("cannot be read")})
    assert done.estimates == some_estimates([cell])
    assert done.warnings == ()


def test_a_log_that_no_figure_can_show_still_gives_what_is_defined() -> None:
    cell = a_risk_cell(auc_score=0.9)
    one_class = log_risk((1, 1), (0.4, 0.8))
    done = recomputed([cell], {cell: NoRisk("has one class only", one_class)})
    auc, brier = row(done, "risk_scorer/auc_score"), row(done, "risk_scorer/brier_score")
    lost = "the samples are of one class: the number that the log stores stands in a warning"
    assert (auc.value, auc.note) == (None, lost)
    assert str(done.warnings[-1]) == (
        f"{cell.log.location}: the log stores auc_score 0.9; its samples give no value "
        "(the samples are of one class), and none is shown"
    )
    assert brier.value == pytest.approx(0.2)


def test_cells_and_metrics_keep_their_order() -> None:
    cells = [a_risk_cell(), a_cell("r8", "hf/3B", scores=[a_score("risk_scorer", metrics=RISK)])]
    done = recomputed(cells, dict.fromkeys(cells, a_risk()))
    of_each = len(METRICS)
    rows = done.estimates.rows
    assert [row.cell for row in rows] == [cells[0]] * (1 + of_each) + [cells[1]] * of_each
    assert [row.metric for row in rows[1 : 1 + of_each]] == [row.metric for row in rows[1 + of_each :]]


@pytest.mark.parametrize(
    ("scorer", "metrics", "may"),
    [
        ("risk_scorer", {"accuracy": 0.5}, True),
        ("other", {"brier_score": 0.5}, True),
        ("match", {"accuracy": 0.5}, False),
    ],
)
def test_a_log_may_have_risk_by_its_scorer_or_by_its_metrics(
    scorer: str, metrics: dict[str, float], may: bool
) -> None:
    assert may_have_risk(a_cell(scores=[a_score(scorer, metrics=metrics)])) is may


def test_a_reader_is_told_what_is_missing_what_was_averaged_and_what_is_odd() -> None:
    cell = a_risk_cell()
    invalid = (("target is missing", 1), (Reason.NO_RISK_SCORE.value, 2))
    risk = a_risk(n_total=11, invalid=invalid, epochs=3, notes=("options are swapped",))
    at = cell.log.location
    assert list(map(str, risk_notes({cell: risk}))) == [
        f"{at}: 8 of 11 samples had a usable risk score; 1 has none (target is missing); "
        "2 have none (no log probabilities, or an answer that is not a number)",
        f"{at}: the 3 repeats of each sample count as one sample, with their mean probability",
        f"{at}: options are swapped",
    ]
    assert list(risk_notes({cell: replace(risk, n_total=8, epochs=1, notes=())})) == []
