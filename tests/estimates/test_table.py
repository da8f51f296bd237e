"""Every value has its interval, and the method that fits what the log tells; or a reason for none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.make import NOON, RISK, a_catalogue, a_cell, a_log, a_metric, a_score, some_estimates
from vizspec.estimates.counts import scored_samples
from vizspec.estimates.table import Estimate, estimate
from vizspec.logs.location import Location
from vizspec.logs.record import Log, Status
from vizspec.metrics.catalogue import Definition, catalogue
from vizspec.metrics.score import LoggedInterval, Score, ScoreGroup
from vizspec.samples.scored import SampleScores
from vizspec.statistics.bounded import half_observation
from vizspec.statistics.clusters import cluster_mean
from vizspec.statistics.intervals import from_stderr
from vizspec.statistics.method import Method
from vizspec.statistics.wilson import wilson, wilson_effective


def the_estimate(
    score: Score, *, level: float = 0.95, values: SampleScores | None = None, **named: Any
) -> Estimate:
    cell = a_cell("r4", scores=[score], **named)
    (row,) = estimate([cell], a_catalogue([cell]), level, {cell: values} if values else {}).rows
    return row


def some_values(values: Mapping[str, Sequence[float]], **metadata: Sequence[str]) -> SampleScores:
    """The values of some scorers, a repeat a sample, with the samples' metadata."""
    n = len(next(iter(values.values())))
    return SampleScores(
        tuple(map(str, range(n))),
        (1,) * n,
        scores={scorer: tuple(map(float, column)) for scorer, column in values.items()},
        metadata={key: tuple(column) for key, column in metadata.items()},
    )


def test_an_accuracy_over_samples_has_wilsons_interval() -> None:
    row = the_estimate(a_score(accuracy=0.8, stderr=math.sqrt(0.16 / 99), scored=100))
    assert (row.lower, row.upper) == wilson(0.8, 100, 0.95)
    assert (row.value, row.n, row.method, row.note) == (0.8, 100, Method.WILSON, None)
    assert row.has_interval


def test_the_level_is_the_one_that_was_asked_for() -> None:
    row = the_estimate(a_score(accuracy=0.8), level=0.5)
    assert ((row.lower, row.upper), row.level) == (wilson(0.8, 100, 0.5), 0.5)


def test_repeats_of_samples_count_as_the_standard_error_of_their_means_tells() -> None:
    row = the_estimate(a_score(accuracy=0.98, stderr=0.012, scored=100), epochs=3)
    assert (row.lower, row.upper) == wilson_effective(0.98, 0.012, 0.95, degrees=99)
    assert row.method is Method.WILSON_EFFECTIVE
    student = from_stderr(0.98, 0.012, 100, 0.95)
    assert row.lower is not None
    assert row.lower < student.lower
    assert student.upper > 1


def test_repeats_that_were_reduced_to_right_or_wrong_have_wilsons_interval() -> None:
    row = the_estimate(a_score(accuracy=0.1, stderr=math.sqrt(0.09 / 39), scored=40), epochs=3)
    assert (row.lower, row.upper) == wilson(0.1, 40, 0.95)


def test_repeats_whose_scores_are_known_have_the_half_observation_interval() -> None:
    values = SampleScores(
        tuple("aabbccdd"),
        (1, 2) * 4,
        scores={"match": (1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0)},
    )
    row = the_estimate(a_score(accuracy=0.875, stderr=0.125, scored=4), values=values, epochs=2)
    assert (row.lower, row.upper) == half_observation([1, 0.5, 1, 1], 0.95)
    assert (row.n, row.method) == (4, Method.HALF_OBSERVATION)


def test_partial_credit_whose_scores_are_known_has_the_half_observation_interval() -> None:
    row = the_estimate(
        a_score(accuracy=0.75, stderr=0.1, scored=4), values=some_values({"match": (1, 1, 0.5, 0.5)})
    )
    assert (row.lower, row.upper) == half_observation([1, 1, 0.5, 0.5], 0.95)


def test_a_value_that_is_not_the_mean_of_the_scores_keeps_its_own_standard_error() -> None:
    row = the_estimate(
        a_score(accuracy=0.8, stderr=0.1, scored=4), values=some_values({"match": (1, 1, 0.5, 0.5)})
    )
    assert row.method is Method.WILSON_EFFECTIVE


@pytest.mark.parametrize("stderr", [0.02, 0.06])
def test_partial_credit_and_other_spreads_use_the_standard_error(stderr: float) -> None:
    row = the_estimate(a_score(accuracy=0.8, stderr=stderr))
    assert row.method is Method.WILSON_EFFECTIVE
    assert (row.lower, row.upper) == wilson_effective(0.8, stderr, 0.95, degrees=99)


def test_a_bootstrapped_standard_error_counts_as_it_is() -> None:
    row = the_estimate(a_score(accuracy=0.8, stderr=1.03 * math.sqrt(0.16 / 99)))
    assert row.method is Method.WILSON_EFFECTIVE
    assert (row.lower, row.upper) == pytest.approx(wilson(0.8, 100, 0.95), abs=0.01)


def test_a_value_that_is_no_count_of_samples_uses_the_standard_error() -> None:
    assert the_estimate(a_score(accuracy=0.8042, stderr=0.04)).method is Method.WILSON_EFFECTIVE


def test_clusters_of_samples_have_their_own_standard_error_and_degrees_of_freedom() -> None:
    scores = (1, 1, 1, 0, 1, 1, 0, 0, 1, 1)
    row = the_estimate(
        a_score(accuracy=0.7, stderr=0.1, clustered=True, scored=10),
        values=some_values({"match": scores}, school="aabbccddee"),
    )
    found = cluster_mean(scores, "aabbccddee")
    assert (row.lower, row.upper) == wilson_effective(0.7, found.stderr, 0.95, found.degrees)
    assert (row.n, row.stderr, row.note) == (10, found.stderr, None)


def test_few_clusters_decide_nothing() -> None:
    row = the_estimate(
        a_score(accuracy=0.75, stderr=0.1, clustered=True, scored=8),
        values=some_values({"match": (1, 1, 1, 1, 1, 1, 0, 0)}, school="aabbccdd"),
    )
    assert row.has_interval
    assert row.note == "only 4 clusters: nothing is decided by the interval"


def test_clusters_of_a_value_that_is_not_the_mean_of_the_scores_leave_one_degree_of_freedom_less() -> None:
    score = a_score(accuracy=0.8, stderr=0.1, clustered=True, scored=8)
    row = the_estimate(score, values=some_values({"match": (1, 1, 1, 1, 1, 1, 0, 0)}, school="aabbccdd"))
    assert (row.lower, row.upper) == wilson_effective(0.8, 0.1, 0.95, degrees=3)


def test_clusters_that_cannot_be_counted_give_no_interval_but_the_reason() -> None:
    row = the_estimate(a_score(accuracy=0.75, stderr=0.1, clustered=True))
    assert not row.has_interval
    assert row.note == "the clusters (school) could not be counted: no interval"


def test_one_log_that_agrees_with_a_count_by_chance_is_no_share_where_another_does_not() -> None:
    cells = [
        a_cell("r4", scores=[a_score(accuracy=0.5, stderr=math.sqrt(0.25 / 9), scored=10)]),
        a_cell("r8", scores=[a_score(accuracy=0.55, stderr=0.1, scored=10)]),
    ]
    assert [row.method for row in some_estimates(cells).rows] == [Method.WILSON_EFFECTIVE] * 2


def test_logs_whose_repeats_are_reduced_deny_nobody_a_share() -> None:
    cells = [
        a_cell("r4", scores=[a_score(accuracy=0.5, stderr=math.sqrt(0.25 / 9), scored=10)]),
        a_cell("r8", scores=[a_score(accuracy=0.55, stderr=0.1, scored=10)], epochs=2),
    ]
    assert [row.method for row in some_estimates(cells).rows] == [
        Method.WILSON,
        Method.WILSON_EFFECTIVE,
    ]


def test_samples_that_are_zeros_and_ones_make_a_share_whatever_other_logs_say() -> None:
    score = a_score(accuracy=0.75, stderr=0.25, scored=4)
    cells = [a_cell("r4", scores=[score]), a_cell("r8", scores=[score])]
    values = {
        cells[0]: some_values({"match": (1, 1, 1, 0)}),
        cells[1]: some_values({"match": (1, 1, 0.5, 0.5)}),
    }
    rows = estimate(cells, a_catalogue(cells), 0.95, values).rows
    assert [row.method for row in rows] == [Method.WILSON, Method.HALF_OBSERVATION]


def by_subject(scored: int = 8, whole: Literal["samples", "groups"] = "samples") -> Score:
    groups = {
        "law": ScoreGroup("school", "law", "accuracy", 0.25),
        "art": ScoreGroup("school", "art", "accuracy", 0.3),
        "all": ScoreGroup("school", "all", "accuracy", whole=whole),
    }
    return replace(a_score(metrics={"law": 0.75, "art": 0.5, "all": 0.625}, scored=scored), groups=groups)


def test_the_n_of_a_group_is_counted_in_its_samples_or_not_known() -> None:
    values = some_values({"match": (1, 1, 1, 0, 1, 0, 1, 0)}, school=["law"] * 4 + ["art"] * 4)
    known = estimates_of(by_subject(), values)
    assert [(row.metric.name, row.n, row.method) for row in known] == [
        ("all", 8, Method.WILSON),
        ("law", 4, Method.WILSON),
        ("art", 4, Method.WILSON),
    ]
    unknown = estimates_of(by_subject(), None)
    assert [(row.n, row.method) for row in unknown] == [
        (8, Method.WILSON),
        (None, Method.WILSON_EFFECTIVE),
        (None, Method.WILSON_EFFECTIVE),
    ]
    assert all((row.metric.better, row.metric.is_unit) == ("higher", True) for row in known)


def test_a_mean_of_groups_is_no_share_and_has_the_standard_error_of_its_groups() -> None:
    whole, *_ = estimates_of(by_subject(whole="groups"), None)
    assert whole.method is Method.WILSON_EFFECTIVE
    assert whole.stderr == pytest.approx(math.hypot(0.25, 0.3) / 2)


def estimates_of(score: Score, values: SampleScores | None) -> tuple[Estimate, ...]:
    cell = a_cell("r4", scores=[score])
    return estimate([cell], a_catalogue([cell]), 0.95, {cell: values} if values else {}).rows


def test_the_interval_that_a_log_gives_itself_is_its_metrics() -> None:
    score = replace(
        a_score(metrics={"mean": 3.0}, scored=20), interval=LoggedInterval(2.0, 4.5, 0.95, "bootstrap")
    )
    row = the_estimate(score)
    assert (row.lower, row.upper, row.method) == (2.0, 4.5, Method.LOGGED)
    assert the_estimate(score, level=0.9).note == "no standard error is known: no interval"


def test_a_logged_interval_of_students_t_tells_the_standard_error() -> None:
    lower, upper = from_stderr(3.0, 0.5, 20, 0.95)
    score = replace(a_score(metrics={"mean": 3.0}, scored=20), interval=LoggedInterval(lower, upper, 0.95))
    row = the_estimate(score, level=0.8)
    assert row.stderr == pytest.approx(0.5)
    assert (row.lower, row.upper) == pytest.approx(from_stderr(3.0, 0.5, 20, 0.8))


@pytest.mark.parametrize("odd", [a_score(accuracy=7.2, stderr=1.4), a_score(accuracy=1.0, stderr=0.3)])
def test_where_one_log_shows_that_an_accuracy_is_no_share_none_is_treated_as_one(odd: Score) -> None:
    cells = [a_cell("r4", scores=[a_score(accuracy=0.5, stderr=0.4)]), a_cell("r8", scores=[odd])]
    rows = some_estimates(cells).rows
    assert [row.method for row in rows] == [Method.STUDENT, Method.STUDENT]
    assert (rows[0].lower, rows[0].upper) == from_stderr(0.5, 0.4, 100, 0.95)
    assert all(row.metric.is_doubtful and row.metric.better is None for row in rows)


def test_a_range_that_is_told_settles_what_an_accuracy_is() -> None:
    cell = a_cell("r4", scores=[a_score(accuracy=82.5, stderr=2.0)])
    found = catalogue(cell.log.scores, define={"match/accuracy": Definition(range=(0, 100))})
    (row,) = estimate([cell], found, 0.95).rows
    assert (row.metric.is_doubtful, row.metric.better, row.method) == (False, "higher", Method.STUDENT)


def test_samples_without_a_score_are_told_beside_those_with_one() -> None:
    row = the_estimate(a_score(accuracy=1.0, scored=4), samples=10)
    assert (row.n, row.meant, row.is_partial) == (4, 10, True)
    assert not the_estimate(a_score(), samples=100).is_partial


@pytest.mark.parametrize("accuracy", [0.0, 1.0])
def test_when_all_scores_are_alike_wilsons_interval_is_not_a_point(accuracy: float) -> None:
    row = the_estimate(a_score(accuracy=accuracy, stderr=0.0), epochs=4)
    assert row.method is Method.WILSON
    assert row.lower is not None
    assert row.upper is not None
    assert row.upper - row.lower > 0.03


@pytest.mark.parametrize("stderr", [0.0, 2.5e-17])
def test_a_standard_error_of_zero_or_of_rounding_is_no_certainty(stderr: float) -> None:
    row = the_estimate(a_score(accuracy=0.5, stderr=stderr))
    assert not row.has_interval
    assert row.method is Method.NONE
    assert row.note == "all scores are alike, a standard error of 0 tells nothing: no interval"


def test_clusters_that_are_all_right_count_once_each() -> None:
    values = some_values({"match": (1,) * 12}, school="aabbccddeeff")
    row = the_estimate(a_score(accuracy=1.0, stderr=0.0, clustered=True, scored=12), values=values)
    assert (row.lower, row.upper) == wilson(1.0, 6, 0.95)
    assert (row.n, row.note) == (12, None)


def test_without_the_number_of_samples_the_normal_quantile_is_used() -> None:
    row = the_estimate(a_score(accuracy=0.98, stderr=0.04, scored=None), samples=None)
    assert (row.n, row.method) == (None, Method.WILSON_EFFECTIVE)
    assert (row.lower, row.upper) == wilson_effective(0.98, 0.04, 0.95)


def test_without_a_range_and_the_number_of_samples_the_normal_quantile_is_used() -> None:
    row = the_estimate(a_score(metrics={"mean": 3.0}, stderr=0.5, scored=None), samples=None)
    assert (row.n, row.method) == (None, Method.NORMAL)
    assert row.lower == pytest.approx(3 - 1.959964 * 0.5)


def test_a_mean_is_not_cut_off_at_a_range_that_nobody_told() -> None:
    row = the_estimate(a_score(metrics={"mean": 0.99}, stderr=0.1))
    assert row.upper == pytest.approx(0.99 + 1.984217 * 0.1)


def test_a_defined_range_cuts_the_interval_off() -> None:
    cell = a_cell("r4", scores=[a_score("judge", metrics={"mean": 4.9}, stderr=0.2)])
    found = catalogue(cell.log.scores, define={"judge/mean": Definition(range=(1, 5))})
    assert estimate([cell], found, 0.95).rows[0].upper == 5


def test_an_accuracy_of_a_users_definition_is_not_taken_for_a_proportion() -> None:
    cell = a_cell("r4", scores=[a_score("judge", metrics={"f1": 0.5})])
    found = catalogue(cell.log.scores, define={"judge/f1": Definition(range=(0, 1), family="accuracy")})
    assert estimate([cell], found, 0.95).rows[0].method is Method.NONE


@pytest.mark.parametrize(
    ("score", "samples", "note"),
    [
        (a_score(accuracy=None), 100, "the log holds no finite value"),
        (
            a_score("risk", metrics={"auc_score": 1.5}, stderr=0.1),
            100,
            "outside the range of AUC: no interval",
        ),
        (a_score(accuracy=0.5, stderr=0.1, scored=1), 1, "fewer than two samples: no interval"),
        (a_score(accuracy=0.123, scored=100), 100, "no standard error is known: no interval"),
        (
            a_score(accuracy=0.5, scored=None),
            None,
            "neither a standard error nor the number of samples is known: no interval",
        ),
        (
            a_score(accuracy=0.55, stderr=-1.0, scored=10),
            10,
            "the logged standard error is negative: no interval",
        ),
    ],
)
def test_where_nothing_is_known_there_is_no_interval_but_a_reason(
    score: Score, samples: int | None, note: str
) -> None:
    row = the_estimate(score, samples=samples)
    assert (row.lower, row.upper, row.method, row.note) == (None, None, Method.NONE, note)
    assert row.value == next(iter(score.metrics.values()))


@pytest.mark.parametrize(
    ("scored", "samples"),
    [
        (0, 0),
        (0, 5),
        (None, 0),
    ],
)
def test_what_no_sample_gave_is_no_value(scored: int | None, samples: int) -> None:
    row = the_estimate(a_score(accuracy=0.0, stderr=0.0, scored=scored), samples=samples)
    assert (row.value, row.lower, row.upper, row.stderr, row.n) == (None, None, None, None, 0)
    assert (row.method, row.note) == (Method.NONE, "no samples")


def test_other_metrics_have_no_interval_from_the_accuracys_standard_error() -> None:
    cell = a_cell("r4", scores=[a_score("risk", metrics={"accuracy": 0.8, **RISK}, stderr=0.04)])
    rows = some_estimates([cell]).rows
    assert {row.metric.name: row.stderr for row in rows} == {"accuracy": 0.04, **dict.fromkeys(RISK)}
    assert [row.has_interval for row in rows] == [True, *(False for _ in RISK)]


def test_a_frames_headline_value_has_the_standard_error_beside_it() -> None:
    row = the_estimate(a_score("headline", metrics={"value": 0.85}, stderr=0.03))
    assert (row.stderr, row.method) == (0.03, Method.STUDENT)


def test_a_parse_rate_is_a_proportion_of_the_samples() -> None:
    row = the_estimate(a_score("continuous_scorer", metrics={"parse_rate": 0.9}, stderr=2.5))
    assert ((row.lower, row.upper), row.stderr) == (wilson(0.9, 100, 0.95), None)


def test_errors_of_numbers_count_the_samples_that_could_be_parsed() -> None:
    def counts(rate: float) -> dict[str, int | None]:
        score = a_score("fit", metrics={"mae": 1.0, "r_squared": 0.5, "parse_rate": rate}, scored=40)
        return {row.metric.name: row.n for row in some_estimates([a_cell("r4", scores=[score])]).rows}

    assert counts(0.925) == {"mae": 37, "r_squared": 37, "parse_rate": 40}
    assert counts(1.0) == {"mae": 40, "r_squared": 40, "parse_rate": 40}
    assert counts(0.93) == {"mae": None, "r_squared": None, "parse_rate": 40}


@pytest.mark.parametrize(
    ("scored", "samples", "completed", "epochs", "n"),
    [
        (90, 100, 100, 1, 90),
        (None, 100, 100, 1, 100),
        (None, 100, 400, 4, 100),
        (None, 100, 99, 1, None),
        (None, 100, None, 1, None),
        (None, None, None, 1, None),
    ],
)
def test_n_is_the_scored_samples_and_never_invented(
    scored: int | None, samples: int | None, completed: int | None, epochs: int, n: int | None
) -> None:
    log = Log(
        Location("x"), Status.SUCCESS, created=NOON, samples=samples, completed=completed, epochs=epochs
    )
    assert scored_samples(log, a_score(scored=scored)) == n


def test_there_is_one_row_for_each_scorer_that_a_cells_log_has() -> None:
    first = a_cell("r4", scores=[a_score("match"), a_score("includes")])
    second = a_cell("r8", scores=[a_score("match")])
    table = some_estimates([first, second])
    match, includes = (a_metric(f"{scorer}/accuracy") for scorer in ("match", "includes"))
    assert [(row.cell.run, row.metric.scorer) for row in table.rows] == [
        ("r4", "match"),
        ("r4", "includes"),
        ("r8", "match"),
    ]
    assert [row.cell for row in table.of(match)] == [first, second]
    assert [row.cell for row in table.of(match, [second])] == [second]
    assert table.row(second, match) is table.rows[2]
    assert table.row(second, includes) is None


def test_metrics_whose_names_read_alike_are_not_confused() -> None:
    cell = a_cell("r4", scores=[a_score("a/b", metrics={"c": 1.0}), a_score("a", metrics={"b/c": 2.0})])
    table = some_estimates([cell])
    assert [table.row(cell, row.metric) for row in table.rows] == list(table.rows)


@given(
    st.none() | st.floats(-0.5, 1.5),
    st.none() | st.floats(0, 1),
    st.none() | st.integers(0, 1000),
    st.integers(1, 4),
    st.booleans(),
)
@example(value=0.0, stderr=None, n=0, epochs=1, clustered=False)
def test_every_interval_holds_its_value_inside_the_range_and_names_its_method(
    value: float | None, stderr: float | None, n: int | None, epochs: int, clustered: bool
) -> None:
    score = a_score(accuracy=value, stderr=stderr, scored=n, clustered=clustered)
    cell = a_cell(None, scores=[score], samples=n, epochs=epochs)
    (row,) = some_estimates([cell]).rows
    held = None if n == 0 or value is None else row.metric.rounded(value)
    assert (row.value, row.n) == (held, n)
    assert row.has_interval == (row.method is not Method.NONE) == (row.note is None)
    if row.lower is not None and row.upper is not None and row.value is not None:
        assert row.lower <= row.value <= row.upper
        assert row.metric.admits(row.lower)
        assert row.metric.admits(row.upper)


def test_reduced_and_plain_scores_are_metrics_of_their_own() -> None:
    log = a_log("r4", scores=[a_score("match", reducer="mean"), a_score("match", 0.9, reducer="max")])
    rows = some_estimates([a_cell("r4", scores=log.scores)]).rows
    assert [(row.metric.id, row.value) for row in rows] == [
        ("match/accuracy", 0.8),
        ("match_max/accuracy", 0.9),
    ]


NUMBERS = SampleScores(
    tuple("abcde"), (1,) * 5, pairs={"near": ((1.0, 2.0), (2.0, 2.0), (3.0, 5.0), (4.0, 4.0), None)}
)


def test_errors_of_numbers_have_the_interval_of_their_samples() -> None:
    score = a_score("near", metrics={"mae": 0.75}, scored=5)
    row = the_estimate(score, values=NUMBERS, samples=5)
    assert (row.n, row.meant, row.method) == (4, 5, Method.STUDENT)
    assert row.lower == 0
    assert row.upper == pytest.approx(0.75 + 3.182446 * 0.478714, abs=1e-4)


def test_numbers_that_give_another_error_than_the_stored_are_not_believed() -> None:
    row = the_estimate(a_score("near", metrics={"mae": 0.9}, scored=5), values=NUMBERS)
    assert row.note == "no standard error is known: no interval"


def test_a_share_that_rounding_took_beyond_its_range_is_at_its_end() -> None:
    cell = a_cell("r4", scores=[a_score(accuracy=-1e-17)])
    (row,) = estimate([cell], a_catalogue([cell]), 0.95).rows
    assert (row.value, row.lower, row.has_interval) == (0.0, 0.0, True)


def test_the_mean_of_errors_that_a_scorer_gives_has_the_interval_of_a_mean() -> None:
    row = the_estimate(
        a_score("off", metrics={"mae": 2.0}, scored=4), values=some_values({"off": [1, 2, 3, 2]}), samples=4
    )
    assert row.method is Method.STUDENT
    assert (row.lower, row.upper) == pytest.approx(
        (2 - 3.182446 * 0.408248, 2 + 3.182446 * 0.408248), abs=1e-4
    )


def test_an_interval_over_clusters_goes_before_a_standard_error_that_knows_none() -> None:
    logged = LoggedInterval(0.4, 0.9, 0.95, cluster="doc")
    score = replace(a_score(accuracy=0.7, stderr=0.05), cluster="doc", interval=logged)
    row = the_estimate(score)
    assert (row.lower, row.upper, row.method) == (0.4, 0.9, Method.LOGGED)
    assert the_estimate(score, level=0.9).note == "the clusters (doc) could not be counted: no interval"


def test_a_metric_that_a_log_of_its_scorer_lacks_has_no_row_there() -> None:
    cells = [
        a_cell("r4", scores=[a_score(metrics={"accuracy": 0.5, "f1": 0.4})]),
        a_cell("r8", scores=[a_score(metrics={"accuracy": 0.5})]),
    ]
    rows = estimate(cells, a_catalogue(cells), 0.95).rows
    names = [(row.cell.run, row.metric.id) for row in rows]
    assert names == [("r4", "match/accuracy"), ("r4", "match/f1"), ("r8", "match/accuracy")]
