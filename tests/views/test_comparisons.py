"""Differences on the same samples, as a forest plot: every number is decided in the plan."""

from __future__ import annotations

from typing import Any

import pytest

from tests.comparisons.make import ACCURACY, a_comparison
from tests.make import a_cell, a_metric, a_selection
from vizspec.comparisons.questions import Asked
from vizspec.comparisons.record import Comparison, Comparisons, ComparisonTable, SamplePairing
from vizspec.statistics.intervals import Interval
from vizspec.views._drawn_forest import ALIKE, APART, BETTER, UNJUDGED, WORSE
from vizspec.views.base import Chart, Draft, Skip
from vizspec.views.comparisons import KIND, ComparisonsEntry, verdict_of
from vizspec.views.selection import Selection

PAIRED = SamplePairing(100, matched_by="id")


def an_entry(**named: Any) -> ComparisonsEntry:
    return ComparisonsEntry(view="comparisons", **named)


def a_room(*rows: Comparison, asked: Asked | None = None, left_out: tuple[str, ...] = ()) -> Selection:
    table = ComparisonTable(
        asked or an_entry(compare="run").asked("match/accuracy", 0.95), ACCURACY, rows, (), left_out
    )
    return a_selection([a_cell("r4"), a_cell("r8")], comparisons=Comparisons((table,)))


def planned(selection: Selection, entry: ComparisonsEntry | None = None) -> Draft[Any] | Skip:
    (found,) = KIND.plan(entry or an_entry(compare="run"), selection)
    return found


def test_every_comparison_is_a_row_with_its_interval() -> None:
    row = a_comparison(samples=PAIRED, together=Interval(0.01, 0.19), p_adjusted=0.02)
    found = planned(a_room(row))
    assert isinstance(found, Draft)
    (drawn,) = found.content.rows
    assert (drawn.label, drawn.difference, drawn.lower, drawn.upper) == (
        "capitals: r4 \N{MINUS SIGN} r8",
        0.1,
        0.02,
        0.18,
    )
    assert (drawn.lower_together, drawn.verdict) == (0.01, BETTER)
    assert drawn.text == "0.100 (0.020 to 0.180), p = 0.020"
    assert found.title == "Differences in Match Accuracy by run"
    assert found.caption == (
        "On the same samples; intervals: 95% CI (tango); thin lines hold "
        "for all comparisons of a group at once (Bonferroni), verdicts are Holm's."
    )


def test_an_empty_caption_is_none_and_no_default_takes_its_place() -> None:
    found = planned(a_room(a_comparison(samples=PAIRED)), an_entry(compare="run", caption=""))
    assert isinstance(found, Draft)
    assert found.caption == ""


@pytest.mark.parametrize(
    ("named", "verdict"),
    [
        ({}, BETTER),
        ({"difference": -0.1}, WORSE),
        ({"p": 0.2}, ALIKE),
        ({"p": 0.01, "p_adjusted": 0.2}, ALIKE),
        ({"no_verdict": "only 3 clusters"}, UNJUDGED),
    ],
)
def test_what_a_comparison_decides(named: dict[str, Any], verdict: str) -> None:
    assert verdict_of(a_comparison(**named)) == verdict


def test_a_metric_without_a_better_direction_only_differs() -> None:
    assert verdict_of(a_comparison(metric=a_metric("risk_scorer/mean_risk_score"))) == APART


@pytest.mark.parametrize(
    ("sort", "differences"),
    [
        (None, [0.1, -0.3, 0.2]),
        ("descending", [0.2, 0.1, -0.3]),
        ("ascending", [-0.3, 0.1, 0.2]),
        ("name", [-0.3, 0.2, 0.1]),
    ],
)
def test_comparisons_stand_in_the_order_that_is_asked_for(sort: str | None, differences: list[float]) -> None:
    rows = [
        a_comparison(name, difference=difference)
        for name, difference in (("r9", 0.1), ("r1", -0.3), ("r2", 0.2))
    ]
    found = planned(a_room(*rows), an_entry(compare="run", sort=sort))
    assert isinstance(found, Draft)
    assert [row.difference for row in found.content.rows] == differences


def test_the_largest_differences_alone_are_shown_and_the_caption_names_the_others() -> None:
    rows = [a_comparison(f"r{n}", difference=d) for n, d in ((4, 0.1), (5, -0.3), (6, 0.2))]
    found = planned(a_room(*rows), an_entry(compare="run", top=2))
    assert isinstance(found, Draft)
    assert [row.difference for row in found.content.rows] == [-0.3, 0.2]
    assert found.caption.endswith(
        "; the 2 largest of 3 comparisons by their difference; left out: capitals: r4 \N{MINUS SIGN} r8."
    )


def test_different_samples_are_not_called_the_same() -> None:
    found = planned(a_room(a_comparison(samples=SamplePairing())))
    assert isinstance(found, Draft)
    assert "same samples" not in found.caption


def test_what_is_lost_and_not_judged_is_noted() -> None:
    row = a_comparison(note="38 of 40 samples paired", no_verdict="only 3 clusters")
    found = planned(a_room(row, left_out=("rivers: no evaluation is the baseline",)))
    assert isinstance(found, Draft)
    assert found.notes == (
        "rivers: no evaluation is the baseline",
        "only 3 clusters: capitals: r4 \N{MINUS SIGN} r8",
        "38 of 40 samples paired: capitals: r4 \N{MINUS SIGN} r8",
    )


def test_without_a_difference_it_is_skipped_with_the_reason() -> None:
    row = a_comparison(difference=None, no_verdict="r4/a.eval holds no samples")
    assert planned(a_room(row)) == Skip("r4/a.eval holds no samples", ACCURACY)
    assert planned(a_room(left_out=("no two evaluations differ in run",))) == Skip(
        "no two evaluations differ in run", ACCURACY
    )


def test_without_a_column_the_comparisons_of_the_spec_are_drawn() -> None:
    asked = Asked("match/accuracy", ("model",), id="models")
    found = planned(a_room(a_comparison(), asked=asked), an_entry())
    assert isinstance(found, Draft)
    assert found.parts == (("view", "comparisons_models"),)


def test_a_chart_is_drawn_of_intervals_that_are_known_and_not() -> None:
    rows = (
        a_comparison(together=Interval(0.01, 0.19)),
        a_comparison("r16", lower=None, upper=None, p=None, no_verdict="one sample"),
    )
    entry = an_entry(compare="run", margin=0.05)
    found = planned(a_room(*rows, asked=entry.asked("match/accuracy", 0.95)), entry)
    assert isinstance(found, Draft)
    picture = KIND.draw(found.content)
    assert isinstance(picture, Chart)
    plot = picture.component.config["hconcat"][0]
    marks = [mark["mark"] for mark in plot["plot"]]
    assert [mark for mark in marks if mark != "text"] == ["ruleX", "ruleX", "ruleX", "ruleY", "ruleY", "dot"]
    assert plot["yDomain"] == [row.label for row in found.content.rows]
