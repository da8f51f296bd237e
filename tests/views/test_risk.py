"""What the risk views call their tasks, and what they say of the areas' intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.make import RISK, a_catalogue, a_cell, a_score, a_selection, some_estimates
from tests.risk.make import log_risk
from vizspec.cells.cell import Cell
from vizspec.estimates.from_samples import recompute
from vizspec.risk.record import LogRisk
from vizspec.risk.statistics import risk_estimates
from vizspec.views import KINDS
from vizspec.views._risk import RiskFigure
from vizspec.views.base import Chart, Draft
from vizspec.views.selection import Selection

OVERLAPPING = log_risk((0, 0, 1, 1, 0, 1), (0.1, 0.6, 0.7, 0.4, 0.2, 0.9))
APART = log_risk((0, 0, 1, 1), (0.1, 0.2, 0.8, 0.9))
CONSTANT = log_risk((0, 1, 1), (0.5, 0.5, 0.5))

DELONG = "AUC with 95% CI (DeLong, logit scale)."
NEWCOMBE = "AUC with 95% CI (Newcombe, method 5)."
BOTH = "AUC with 95% CI (Newcombe, method 5; DeLong, logit scale)."
WITHOUT = "AUC without intervals."


def a_risk_cell(run: str, task: str = "income", vis_label: str | None = None) -> Cell:
    return a_cell(run, f"hf/{run}", task, vis_label, scores=[a_score("risk_scorer", metrics=RISK)])


def selected(risks: Mapping[Cell, LogRisk], **named: Any) -> Selection:
    metrics = a_catalogue(risks)
    found = {cell: risk_estimates(risk) for cell, risk in risks.items()}
    estimates = recompute(some_estimates(list(risks)), metrics, risks, found).estimates
    return replace(a_selection(list(risks), **named), estimates=estimates, risk=risks)


def drafts(selection: Selection, **entry: Any) -> list[Draft[Any]]:
    kind = KINDS["roc_curves"]
    planned = kind.plan(kind.entry.model_validate({"view": "roc_curves", **entry}), selection)
    return [one for one in planned if isinstance(one, Draft)]


def headings(*cells: Cell, **named: Any) -> list[tuple[str, str]]:
    """The title of each figure with the task of its file's name."""
    made = drafts(selected(dict.fromkeys(cells, OVERLAPPING), **named))
    return [(draft.title, dict(draft.parts)["task"]) for draft in made]


@pytest.mark.parametrize(
    ("risks", "caption"),
    [
        ([OVERLAPPING], DELONG),
        ([APART], NEWCOMBE),
        ([APART, OVERLAPPING, APART], BOTH),
        ([OVERLAPPING, CONSTANT], DELONG),
        ([CONSTANT], WITHOUT),
    ],
)
def test_the_caption_of_roc_curves_names_the_methods_of_the_shown_intervals(
    risks: Sequence[LogRisk], caption: str
) -> None:
    (draft,) = drafts(selected({a_risk_cell(f"r{place}"): risk for place, risk in enumerate(risks)}))
    assert draft.caption == caption


def test_roc_curves_without_the_area_say_nothing_of_its_interval() -> None:
    whole = selected({a_risk_cell("r4"): OVERLAPPING})
    (draft,) = drafts(replace(whole, estimates=replace(whole.estimates, rows=())))
    assert draft.caption == "No AUC is known."


def test_a_task_is_called_in_headings_as_in_tables_and_by_its_own_name_in_files() -> None:
    cells = a_risk_cell("r4", "tumour_size"), a_risk_cell("r4", "income", "Income of adults")
    assert headings(*cells, labels={"task": {"tumour_size": "Size"}}) == [
        ("ROC curves: Size", "tumour_size"),
        ("ROC curves: Income of adults", "income"),
    ]


def test_a_task_of_several_conditions_has_its_name_as_the_labels_rename_it() -> None:
    cells = (
        a_risk_cell("r4", "income", "short"),
        a_risk_cell("r4", "income", "long"),
        a_risk_cell("r4", "rivers"),
    )
    assert [title for title, _ in headings(*cells)] == ["ROC curves: income", "ROC curves: rivers"]
    renamed = headings(*cells, labels={"task": {"income": "Income"}})
    assert renamed[0] == ("ROC curves: Income", "income")


def test_two_tasks_that_would_be_called_alike_keep_their_own_names() -> None:
    cells = a_risk_cell("r4", "income", "balanced"), a_risk_cell("r8", "rivers", "balanced")
    assert [title for title, _ in headings(*cells)] == ["ROC curves: income", "ROC curves: rivers"]


def test_the_pages_of_a_figure_share_a_title_and_are_counted() -> None:
    cells = [a_risk_cell(f"r{number}") for number in range(13)]
    made = drafts(selected(dict.fromkeys(cells, OVERLAPPING)))
    assert [(draft.title, draft.page) for draft in made] == [("ROC curves", (1, 2)), ("ROC curves", (2, 2))]
    (single,) = drafts(selected({cells[0]: OVERLAPPING}))
    assert single.page is None


def test_a_page_holds_its_own_models_and_those_behind_them_while_they_are_few() -> None:
    def content(models: int) -> list[RiskFigure[Any]]:
        cells = [a_risk_cell(f"r{number}") for number in range(models)]
        return [draft.content for draft in drafts(selected(dict.fromkeys(cells, OVERLAPPING)))]

    assert [(len(page.models), page.in_panels, len(page.behind)) for page in content(6)] == [(6, False, 0)]
    assert [(len(page.models), page.in_panels, len(page.behind)) for page in content(13)] == [
        (7, True, 13),
        (6, True, 13),
    ]
    assert {len(page.behind) for page in content(31)} == {0}


@pytest.mark.parametrize(
    ("entry", "style"),
    [
        ({}, "corp"),
        ({"bins": 10}, "bins"),
        ({"strategy": "quantile"}, "bins"),
        ({"bins": 5, "style": "corp"}, "corp"),
    ],
)
def test_calibration_needs_no_bins_unless_they_are_asked_for(entry: dict[str, Any], style: str) -> None:
    kind = KINDS["calibration_curves"]
    given = kind.entry.model_validate({"view": "calibration_curves", **entry})
    (draft,) = kind.plan(given, selected({a_risk_cell("r4"): OVERLAPPING}))
    assert isinstance(draft, Draft)
    assert draft.content.entry.style == style
    assert ("isotonic" in draft.caption) == (style == "corp")


def test_more_than_two_calibration_curves_have_a_panel_each() -> None:
    kind = KINDS["calibration_curves"]
    entry = kind.entry.model_validate({"view": "calibration_curves"})
    drafts_of = [
        list(kind.plan(entry, selected({a_risk_cell(f"r{n}"): OVERLAPPING for n in range(count)})))
        for count in (2, 3)
    ]
    assert [one.content.in_panels for (one,) in drafts_of if isinstance(one, Draft)] == [False, True]


@pytest.mark.parametrize("view", ["roc_curves", "calibration_curves", "prediction_histogram"])
def test_the_page_and_the_picture_of_a_risk_figure_are_of_the_same_shapes(view: str) -> None:
    kind = KINDS[view]
    (draft,) = kind.plan(
        kind.entry.model_validate({"view": view}), selected({a_risk_cell("r4"): OVERLAPPING})
    )
    assert isinstance(draft, Draft)
    assert kind.shapes is not None
    assert kind.shapes(draft.content).panels
    assert isinstance(kind.draw(draft.content), Chart)
    assert {"html", "png", "svg", "pdf"} == set(kind.formats)


def of_models(count: int, **entry: Any) -> list[Draft[Any]]:
    """Figures of so many models: of m0 the ranking is right, of each further one a little less."""
    y_true = (0,) * count + (1,) * count
    risks = {}
    for place in range(count):
        scores = [float(n) for n in range(2 * count)]
        scores[0], scores[count + place] = float(count + place), 0.0
        risks[a_risk_cell(f"m{count - place}")] = log_risk(y_true, tuple(s / (2 * count) for s in scores))
    return drafts(selected(risks), **entry)


def test_models_in_panels_are_on_pages_with_a_note() -> None:
    found = of_models(13)
    assert [len(draft.content.models) for draft in found] == [7, 6]
    assert found[0].notes == ("more models than one picture has room for: 2 pages",)
    assert [len(draft.content.models) for draft in of_models(8, limit=3)] == [3, 3, 2]
    assert all(draft.content.in_panels for draft in of_models(4, limit=3))


def test_the_top_by_the_area_is_shown_and_the_caption_names_what_is_left_out() -> None:
    (draft,) = of_models(4, top=3)
    best = sorted(of_models(4)[0].content.models, key=lambda model: -model.area)
    assert {model.label for model in draft.content.models} == {model.label for model in best[:3]}
    assert f"the 3 best of 4 models by their AUC; left out: {best[3].label}" in draft.caption
    assert "left out" not in of_models(4, top=4)[0].caption


@pytest.mark.parametrize(
    ("sort", "models"),
    [
        (None, ["r1", "r2", "r3"]),
        ("descending", ["r2", "r1", "r3"]),
        ("ascending", ["r1", "r2", "r3"]),
        ("name", ["r1", "r2", "r3"]),
    ],
)
@pytest.mark.parametrize("view", ["roc_curves", "calibration_curves", "prediction_histogram"])
def test_models_stand_in_the_order_of_their_areas_or_names(
    view: str, sort: str | None, models: list[str]
) -> None:
    risks = {a_risk_cell("r1"): OVERLAPPING, a_risk_cell("r2"): APART, a_risk_cell("r3"): APART}
    whole = selected(risks)
    known = [row for row in whole.estimates.rows if row.cell.run != "r3"]
    kind = KINDS[view]
    entry = kind.entry.model_validate({"view": view, "sort": sort})
    (draft,) = kind.plan(entry, replace(whole, estimates=replace(whole.estimates, rows=tuple(known))))
    assert isinstance(draft, Draft)
    assert [model.label for model in draft.content.models] == models
