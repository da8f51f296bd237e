"""What is said of values that are not what they seem."""

from __future__ import annotations

from tests.make import a_cell, a_score
from vizspec.estimates.remarks import limited, out_of_range
from vizspec.estimates.table import estimate
from vizspec.metrics.catalogue import Definition, catalogue
from vizspec.metrics.score import Score
from vizspec.samples.scored import SampleScores


def remarks_of(*scores: Score, define: dict[str, Definition] | None = None) -> list[str]:
    cells = [a_cell(f"r{at}", scores=[score], location=f"{at}.eval") for at, score in enumerate(scores)]
    found = catalogue([score for cell in cells for score in cell.log.scores], define=define)
    return list(out_of_range(estimate(cells, found, 0.95), found))


def test_an_accuracy_above_one_may_be_in_percent() -> None:
    assert remarks_of(a_score(accuracy=82.5), a_score(accuracy=0.8)) == [
        "match/accuracy is 82.50 in '0.eval': is it in percent, or on another scale? Nothing is ranked by "
        "it until metrics.define tells its range, as in {match/accuracy: {range: [0, 100]}}"
    ]


def test_a_negative_accuracy_is_no_share() -> None:
    assert remarks_of(a_score(accuracy=-0.3)) == [
        "match/accuracy is -0.300 in '0.eval': it is not a share between 0 and 1. Nothing is ranked by it "
        "until metrics.define tells its range, as in {match/accuracy: {range: [null, null]}}"
    ]


def test_what_floating_point_sums_are_off_is_no_reason_to_doubt_a_share() -> None:
    assert remarks_of(a_score(accuracy=-1e-17), a_score(accuracy=1 + 1e-15)) == []
    (sentence,) = remarks_of(a_score(accuracy=-1e-17), a_score(accuracy=64.0))
    assert "is 64.00 in '1.eval': is it in percent" in sentence
    assert "range: [0, 100]" in sentence


def test_an_accuracy_of_one_that_varies_is_no_share() -> None:
    (sentence,) = remarks_of(a_score(accuracy=1.0, stderr=0.3))
    assert "has a standard error above 0 where its mean is 0 or 1" in sentence


def test_a_value_outside_a_known_range_is_not_ranked() -> None:
    assert remarks_of(a_score("risk", metrics={"auc_score": 1.2})) == [
        "risk/auc_score is 1.200 in '0.eval', outside its range (0 to 1), and so not ranked: if it can be "
        "that, say its range in metrics.define, as in {risk/auc_score: {range: [null, null]}}"
    ]


def test_where_the_range_is_told_nothing_is_said() -> None:
    assert remarks_of(a_score(accuracy=82.5), define={"match/accuracy": Definition(range=(0, 100))}) == []
    assert remarks_of(a_score()) == []


def test_samples_that_a_limit_ended_are_counted() -> None:
    cell = a_cell("r4", location="a.eval")
    found = SampleScores(("1", "1", "2", "3"), (1, 2, 1, 1), limit=("token", "token", "time", None))
    assert list(limited({cell: found})) == [
        "2 of 3 samples of 'a.eval' were ended by a limit (token 1, time 1)"
    ]
    assert list(limited({cell: SampleScores(("1",), (1,))})) == []
