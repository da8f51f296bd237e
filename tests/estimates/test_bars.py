"""Estimates as small pictures: places on a scale, and which is best."""

from dataclasses import replace

from tests.make import a_metric, an_estimate
from vizspec.estimates.bars import Bar, bars

ACCURACY = a_metric("match/accuracy")
ERROR = a_metric("risk_scorer/brier_score")


def test_a_share_lies_between_nothing_and_all() -> None:
    assert bars([an_estimate(value=0.8, lower=0.7, upper=0.9)], ["t"]) == (Bar(0.8, 0.7, 0.9, heat=0.8),)


def test_of_an_error_the_lower_is_the_better() -> None:
    small, large = (an_estimate(metric=ERROR, value=v, lower=None, upper=None) for v in (0.1, 0.3))
    found = bars([small, large], ["t", "t"])
    assert [bar and bar.heat for bar in found] == [0.9, 0.7]
    assert [bar and bar.is_best for bar in found] == [True, False]


def test_the_best_is_marked_within_each_task_and_not_where_all_are_equal() -> None:
    rows = [an_estimate(value=value) for value in (0.5, 0.9, 0.4, 0.4)]
    found = bars(rows, ["a", "a", "b", "b"])
    assert [bar and bar.is_best for bar in found] == [False, True, False, False]


def test_without_a_range_the_scale_is_what_values_and_intervals_span() -> None:
    metric = replace(ACCURACY, lowest=None, highest=None)
    rows = [an_estimate(metric=metric, value=v, lower=v - 1, upper=v + 1) for v in (1.0, 3.0)]
    assert [bar and (bar.lower, bar.value, bar.upper) for bar in bars(rows, ["t", "t"])] == [
        (0, 0.25, 0.5),
        (0.5, 0.75, 1),
    ]


def test_what_has_no_value_or_one_outside_its_range_has_no_bar() -> None:
    rows = [None, an_estimate(value=None), an_estimate(value=1.5), an_estimate(value=0.5)]
    assert [bar is not None for bar in bars(rows, ["t"] * 4)] == [False, False, False, True]


def test_a_metric_without_a_direction_has_neither_heat_nor_best() -> None:
    metric = replace(ACCURACY, better=None)
    found = bars([an_estimate(metric=metric, value=v) for v in (0.1, 0.9)], ["t", "t"])
    assert [bar and (bar.heat, bar.is_best) for bar in found] == [(None, False)] * 2
