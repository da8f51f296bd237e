"""A chart's state: only its own tables and params, under names that every process gives."""

from __future__ import annotations

import io
import json
import re

import pytest
from inspect_viz import Component

from tests.draw.conftest import MakeChart, small_frame
from vizspec.draw.pages import state as states
from vizspec.draw.pages.parts import ChartPage
from vizspec.draw.pages.state import ChartState, chart_state, stable_state
from vizspec.errors import UserError

RANDOM = re.compile(r"[2-9A-HJ-NP-Za-km-z]{22}")


def _arrow(**columns: list[object]) -> bytes:
    import pyarrow as pa

    sink = io.BytesIO()
    table = pa.table(columns)
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def state_of(chart: ChartPage, stem: str) -> ChartState:
    assert isinstance(chart.component, Component)
    return chart_state(chart.component, stem)


def test_two_charts_of_equal_data_have_equal_states(make_chart: MakeChart) -> None:
    first = state_of(make_chart(), "one")
    second = state_of(make_chart(), "one")
    assert first == second


def test_no_random_name_is_left_in_any_view(make_chart: MakeChart) -> None:
    for kind in ("scores_by_task", "scores_heatmap", "scores_by_factor", "scores_radar_by_task"):
        state = state_of(make_chart(kind), kind)
        assert RANDOM.findall(state.spec_json) == []


def test_a_chart_holds_its_own_table_and_params_only(make_chart: MakeChart) -> None:
    make_chart("scores_heatmap", frame=small_frame(("another",)))
    state = state_of(make_chart(), "one")
    assert len(state.tables) == 1
    spec = json.loads(state.spec_json)
    body = json.dumps({key: value for key, value in spec.items() if key != "params"})
    assert spec["params"]
    assert all(f"${name}" in body for name in spec["params"])


def test_two_stems_share_a_table_but_no_selection(make_chart: MakeChart) -> None:
    chart = make_chart()
    one, other = state_of(chart, "one"), state_of(chart, "other")
    assert one.tables == other.tables
    names = set(json.loads(one.spec_json)["params"]) & set(json.loads(other.spec_json)["params"])
    assert names == set()


def test_params_that_a_kept_param_refers_to_are_kept() -> None:
    spec = {
        "plot": [{"filterBy": "$selection_a"}],
        "params": {"selection_a": {"include": "$selection_b"}, "selection_b": {}, "selection_c": {}},
    }
    state = stable_state(json.dumps(spec), {}, "stem")
    assert len(json.loads(state.spec_json)["params"]) == 2


def test_a_table_is_named_by_its_content_not_by_what_wrote_it() -> None:
    import pyarrow as pa

    plain = _arrow(x=[1, 2])
    table = pa.ipc.open_stream(plain).read_all().replace_schema_metadata({"pandas": "2.1"})
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    one = stable_state('{"from":"Hx6g7TRekh"}', {"Hx6g7TRekh": plain}, "s")
    other = stable_state('{"from":"JAJAhdKYUW"}', {"JAJAhdKYUW": sink.getvalue()}, "s")
    assert one == other


def test_a_page_form_that_is_not_known_is_told_with_what_helps(
    make_chart: MakeChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "STATE", re.compile("never so"))
    with pytest.raises(UserError, match="does not know") as caught:
        state_of(make_chart(), "one")
    assert caught.value.hint is not None
