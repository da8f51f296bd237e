"""Who is best, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

from tests.make import a_cell, a_metric, an_estimate
from vizspec.cells.labels import Labelled
from vizspec.report.material import Scored
from vizspec.report.ranking import rank, why_unranked


def scored(name: str, value: float, lower: float | None = None, upper: float | None = None) -> Scored:
    cell = a_cell(name)
    return Scored(
        Labelled(cell, name, "task"), an_estimate(cell, value=value, lower=lower, upper=upper), value
    )


def names(cells: tuple[Scored, ...]) -> list[str]:
    return [one.labelled.model for one in cells]


def test_nobody_is_the_best_of_none() -> None:
    assert rank([], "higher") is None


def test_the_best_is_the_highest_or_the_lowest() -> None:
    cells = [scored("a", 0.1), scored("b", 0.9)]
    higher, lower = rank(cells, "higher"), rank(cells, "lower")
    assert higher
    assert lower
    assert (names(higher.best), names(lower.best)) == (["b"], ["a"])


def test_equal_values_tie() -> None:
    ranking = rank([scored("a", 0.3), scored("b", 0.1 + 0.2)], "higher")
    assert ranking
    assert ranking.is_tie
    assert names(ranking.best) == ["a", "b"]


def test_the_others_overlap_are_clear_or_unknown() -> None:
    best = scored("best", 0.9, 0.8, 0.95)
    near, touching = scored("near", 0.85, 0.75, 0.9), scored("touching", 0.7, 0.6, 0.8)
    far, unknown = scored("far", 0.5, 0.4, 0.6), scored("unknown", 0.89)
    ranking = rank([far, near, unknown, best, touching], "higher")
    assert ranking
    assert names(ranking.overlapping) == ["near", "touching"]
    assert names(ranking.clear) == ["far"]
    assert names(ranking.unknown) == ["unknown"]


def test_without_an_interval_of_the_best_nothing_is_clear() -> None:
    ranking = rank([scored("best", 0.9), scored("other", 0.1, 0.05, 0.2)], "higher")
    assert ranking
    assert names(ranking.unknown) == ["other"]


def test_a_value_outside_its_range_has_no_place() -> None:
    ranking = rank([scored("percent", 82.5), scored("share", 0.9)], "higher")
    assert ranking
    assert names(ranking.best) == ["share"]
    assert rank([scored("percent", 82.5)], "higher") is None


def test_why_nothing_is_best_depends_on_what_is_known_of_the_metric() -> None:
    assert why_unranked(a_metric("risk/mean_risk_score")) == (
        "neither direction is better, so there is no best"
    )
    assert why_unranked(a_metric("judge/cost")) == (
        "vizspec does not know which direction is better: say it in metrics.define, for judge/cost"
    )
    assert "no shares between 0 and 1" in why_unranked(replace(a_metric(), is_doubtful=True, better=None))
