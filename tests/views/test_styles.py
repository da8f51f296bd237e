"""A model looks alike in every figure of an experiment, and no two of a chart share a colour."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.make import a_cell, a_log, a_run, a_selection, an_experiment
from tests.views.test_views import THREE_TASKS, drawn
from vizspec.draw.palette import DASHES, OKABE_ITO, PALETTE, VIRIDIS
from vizspec.views._styles import colours, model_colours, styles

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_a_model_without_a_value_leaves_the_others_their_colours() -> None:
    logs = (
        a_log("a", "hf/1B", accuracy=None),
        a_log("b", "hf/3B"),
        a_log("c", "hf/8B"),
    )
    assert ranges({"view": "scores_by_task"}, *logs) == [list(OKABE_ITO[1:3])]


def test_an_entry_with_a_condition_of_its_own_leaves_the_models_their_colours() -> None:
    entry = {"view": "scores_by_task", "where": "model == '3B'"}
    assert ranges(entry, *THREE_TASKS) == [[OKABE_ITO[1]]]


@pytest.mark.parametrize("view", ["scores_radar_by_task", "scores_by_task"])
def test_bars_and_radars_have_the_colours_of_the_risk_figures(view: str) -> None:
    assert ranges({"view": view}, *THREE_TASKS) == [list(OKABE_ITO[:2])]


def test_the_user_s_own_colour_scheme_stays() -> None:
    entry = {"view": "scores_by_task", "options": {"color_scheme": "dark2"}}
    assert "colorRange" not in json.dumps(drawn(entry, *THREE_TASKS))


@pytest.mark.parametrize("variables", [{}, {"rank": list(range(3))}])
def test_no_two_of_many_models_share_a_colour_in_a_chart(variables: dict[str, Any]) -> None:
    runs = [a_run(f"r{number:02}", rank=number % 3) for number in range(40)]
    cells = [a_cell(run.name, f"hf/{run.name}", columns={"rank": 1}) for run in runs]
    found = colours(a_selection(cells, experiment=an_experiment(runs, variables=variables)))
    assert len(set(found.values())) == len(found) == 40


def test_a_model_keeps_its_colour_however_many_others_there_are() -> None:
    cells = [a_cell(f"r{number:02}", f"hf/m{number:02}") for number in range(45)]
    found = list(model_colours(a_selection(cells)).values())
    assert found[:20] == list(PALETTE)
    assert found[20:40] == found[:20]


def test_base_models_that_have_every_rank_have_a_colour_each_and_a_shade_a_rank() -> None:
    names = [(base, rank) for base in ("1B", "3B", "8B", "9B") for rank in (4, 16, 64)]
    runs = [a_run(f"{base}_r{rank}", rank=rank) for base, rank in names]
    cells = [a_cell(f"{base}_r{rank}", f"hf/{base}", columns={"rank": rank}) for base, rank in names]
    experiment = an_experiment(runs, variables={"rank": [4, 16, 64]})
    found = list(model_colours(a_selection(cells, experiment=experiment)).values())
    assert len(set(found)) == 12


def test_models_of_one_rank_have_shades_of_its_colour() -> None:
    runs = [a_run(f"r{number}", rank=number // 2) for number in range(6)]
    cells = [a_cell(run.name, f"hf/{run.name}", columns={"rank": at // 2}) for at, run in enumerate(runs)]
    experiment = an_experiment(runs, variables={"rank": [0, 1, 2]})
    found = list(model_colours(a_selection(cells, experiment=experiment)).values())
    assert len(set(found)) == 6
    assert (found[0], found[4]) == (VIRIDIS[0], VIRIDIS[-1])


def test_conditions_of_one_task_have_the_colour_of_their_model_and_differ_in_their_dash() -> None:
    cells = [a_cell(run, f"hf/{run}", vis_label=label) for run in "ab" for label in ("calm", "loud")]
    selection = a_selection(cells)
    found = styles(selection)
    assert [found[cell].colour for cell in cells] == [OKABE_ITO[place] for place in (0, 0, 1, 1)]
    assert [found[cell].dash for cell in cells] == [DASHES[0], DASHES[1]] * 2
    assert colours(selection) == {"a": OKABE_ITO[0], "b": OKABE_ITO[1]}


def test_a_model_that_many_others_stand_beside_has_one_colour_in_charts_and_risk_figures() -> None:
    cells = [a_cell(f"r{number:02}", f"hf/m{number:02}") for number in range(20)]
    selection = a_selection(cells)
    found = styles(selection)
    assert colours(selection) == {cell.columns["model"]: found[cell].colour for cell in cells}


def test_a_model_of_several_runs_that_one_label_names_has_one_colour_whatever_a_view_shows() -> None:
    cells = [
        a_cell("other", "hf/8B", "capitals"),
        a_cell("first", "hf/1B", "capitals"),
        a_cell("second", "hf/1B", "rivers"),
    ]
    whole = a_selection(cells)
    part = replace(whole, cells=(cells[2],), everyone=tuple(cells))
    turned = replace(whole, cells=tuple(reversed(cells)), everyone=tuple(cells))
    assert styles(whole)[cells[1]].colour == styles(whole)[cells[2]].colour == OKABE_ITO[1]
    assert colours(part) == {"1B": OKABE_ITO[1]}
    assert colours(turned) == colours(whole)


def test_a_figure_of_one_condition_keeps_the_styles_of_the_whole() -> None:
    cells = [
        a_cell(run, f"hf/{run}", task, vis_label=task) for run in "ab" for task in ("capitals", "rivers")
    ]
    whole = a_selection(cells)
    part = replace(whole, cells=tuple(cells[1::2]), everyone=tuple(cells))
    assert styles(part) == styles(whole)
    assert colours(part) == colours(whole)


def test_models_that_only_a_column_of_the_identity_tells_apart_have_colours_of_their_own() -> None:
    cells = [
        replace(a_cell("a", columns={"seed": seed}, location=str(seed)), identity=("model", "seed"))
        for seed in (1, 2)
    ]
    cells = [replace(cell, columns={**cell.columns, "seed": seed}) for seed, cell in enumerate(cells)]
    assert len(set(colours(a_selection(cells)).values())) == 2


def ranges(entry: dict[str, Any], *logs: Any) -> list[list[str]]:
    """The colours of the one chart of an entry, in the order of its models."""
    text = json.dumps(drawn(entry, *logs))
    decoder = json.JSONDecoder()
    mark = '"colorRange": '
    return [decoder.raw_decode(rest)[0] for rest in text.split(mark)[1:]]
