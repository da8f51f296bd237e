"""Who is best, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

from tests.make import a_cell, a_metric, an_estimate
from vizspec.cells.labelled import Labelled
from vizspec.comparisons.leads import Basis, Lead
from vizspec.report.material import Scored
from vizspec.report.ranking import Rival, bases, rank, why_unranked


def scored(name: str, value: float) -> Scored:
    cell = a_cell(name)
    return Scored(Labelled(cell, name, "task"), an_estimate(cell, value=value), value)


def by_value(best: Scored, other: Scored) -> Lead | None:
    """A lead of more than 0.1 is sure; nothing is known of `unknown`."""
    if other.labelled.model == "unknown":
        return None
    value = abs(best.value - other.value)
    return Lead(value, value - 0.1, value + 0.1, Basis.SAME_SAMPLES)


def names(cells: tuple[Scored | Rival, ...]) -> list[str]:
    return [(one.scored if isinstance(one, Rival) else one).labelled.model for one in cells]


def test_nobody_is_the_best_of_none() -> None:
    assert rank([], "higher", by_value) is None


def test_the_best_is_the_highest_or_the_lowest() -> None:
    cells = [scored("a", 0.1), scored("b", 0.9)]
    higher, lower = rank(cells, "higher", by_value), rank(cells, "lower", by_value)
    assert higher
    assert lower
    assert (names(higher.best), names(lower.best)) == (["b"], ["a"])
    assert higher.is_sure


def test_equal_values_tie() -> None:
    ranking = rank([scored("a", 0.3), scored("b", 0.1 + 0.2)], "higher", by_value)
    assert ranking
    assert ranking.is_tie
    assert names(ranking.best) == ["a", "b"]
    assert not ranking.is_sure


def test_the_others_are_beaten_level_or_unknown_the_nearest_first() -> None:
    cells = [("far", 0.2), ("near", 0.85), ("unknown", 0.89), ("best", 0.9), ("nearer", 0.86), ("mid", 0.5)]
    ranking = rank([scored(name, value) for name, value in cells], "higher", by_value)
    assert ranking
    assert names(ranking.level) == ["nearer", "near"]
    assert names(ranking.beaten) == ["mid", "far"]
    assert names(ranking.unknown) == ["unknown"]
    assert names(ranking.leaders) == ["best", "nearer", "near"]
    assert not ranking.is_sure
    assert bases(ranking) == (Basis.SAME_SAMPLES,)


def test_one_alone_is_the_best_of_nothing() -> None:
    ranking = rank([scored("a", 0.3)], "higher", by_value)
    assert ranking
    assert ranking.is_alone
    assert not ranking.is_sure


def test_a_value_outside_its_range_has_no_place() -> None:
    ranking = rank([scored("percent", 82.5), scored("share", 0.9)], "higher", by_value)
    assert ranking
    assert names(ranking.best) == ["share"]
    assert rank([scored("percent", 82.5)], "higher", by_value) is None


def test_why_nothing_is_best_depends_on_what_is_known_of_the_metric() -> None:
    assert why_unranked(a_metric("risk/mean_risk_score")) == (
        "neither direction is better, so there is no best"
    )
    assert why_unranked(a_metric("judge/cost")) == (
        "vizspec does not know which direction is better: say it in metrics.define, for judge/cost"
    )
    assert "not shares between 0 and 1" in why_unranked(replace(a_metric(), is_doubtful=True, better=None))
