"""Lines over a variable: which evaluation is a point of which line, what is skipped, and what is drawn."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.make import a_log, a_run, an_experiment, some_facts
from tests.views.test_views import drawn, planned, reason
from vizspec.draw.palette import OKABE_ITO, sequential
from vizspec.draw.shapes.model import Points
from vizspec.experiment.model import Experiment
from vizspec.plan.plan import Skipped, Step, plan
from vizspec.spec.model import Spec
from vizspec.views import KINDS

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

OVER_EPOCHS = {"view": "scores_by_variable", "x": "epoch"}


def trained(run: str = "r4", task: str = "capitals", epochs: int = 3, **named: Any) -> list[Any]:
    return [
        a_log(run, "hf/1B", task, epoch=at, accuracy=(at + 1) / 4, stderr=0.04, **named)
        for at in range(epochs)
    ]


def only(entry: dict[str, Any], *logs: Any) -> Step:
    (step,) = planned(entry, *logs)
    assert isinstance(step, Step), step
    return step


def lines(step: Step) -> dict[tuple[str, str], list[Any]]:
    """The places of each line, by its name and panel."""
    found: dict[tuple[str, str], list[Any]] = {}
    for point in step.content.points:
        found.setdefault((point.series, point.panel), []).append(point.x)
    return found


def with_design(entry: dict[str, Any], design: Experiment, *logs: Any, epochs: Any = "all") -> Step:
    spec = Spec.model_validate({"vizspec": 1, "data": {"epochs": "all"}, "views": [entry]})
    (step,) = plan(spec, some_facts(logs, design, epochs=epochs)).outputs
    assert isinstance(step, Step), step
    return step


def test_a_learning_curve_has_a_point_for_each_checkpoint_with_its_own_interval() -> None:
    content = only(OVER_EPOCHS, *trained()).content
    assert [(point.x, point.value) for point in content.points] == [(0, 0.25), (1, 0.5), (2, 0.75)]
    assert all(point.lower < point.value < point.upper for point in content.points)


def test_the_lines_of_one_model_are_told_apart_by_run() -> None:
    step = only(OVER_EPOCHS, *trained("r4"), *trained("r8", epochs=2))
    assert lines(step) == {("1B (r4)", ""): [0, 1, 2], ("1B (r8)", ""): [0, 1]}


def test_what_the_experiment_varies_tells_lines_apart_before_the_run_does() -> None:
    runs = [a_run(f"{size}s{seed}", size=size, seed=seed) for size in (10, 20) for seed in ("a", "b")]
    design = an_experiment(runs, variables={"size": [10, 20], "seed": ["a", "b"]})
    logs = [a_log(run.name, "hf/1B") for run in runs]
    step = with_design({"view": "scores_by_variable", "x": "size"}, design, *logs)
    assert lines(step) == {("1B (seed a)", ""): [10, 20], ("1B (seed b)", ""): [10, 20]}


def test_a_column_of_one_s_own_makes_the_lines() -> None:
    logs = [a_log(f"r{n}{kind}", "hf/1B", metadata={"n": n, "kind": kind}) for n in (1, 2) for kind in "ba"]
    step = only({"view": "scores_by_variable", "x": "metadata.n", "series": "metadata.kind"}, *logs)
    assert lines(step) == {("b", ""): [1, 2], ("a", ""): [1, 2]}


def test_two_evaluations_of_one_place_are_two_lines_and_never_one() -> None:
    logs = [a_log(f"r{n}{seed}", "hf/1B", metadata={"n": n, "kind": "k"}) for n in (1, 2) for seed in "xy"]
    step = only({"view": "scores_by_variable", "x": "metadata.n", "series": "metadata.kind"}, *logs)
    assert len(step.content.points) == 4
    assert all(name.startswith("k (") for name in step.content.series)


def test_each_task_has_a_panel_unless_the_entry_wants_none() -> None:
    logs = (*trained(task="capitals"), *trained(task="rivers"))
    assert only(OVER_EPOCHS, *logs).content.panels == ("capitals", "rivers")
    one = only({**OVER_EPOCHS, "facet": False}, *logs)
    assert one.content.panels == ("",)
    assert one.content.series == ("1B (capitals)", "1B (rivers)")


def test_conditions_that_the_axis_shows_make_no_panels() -> None:
    logs = [a_log(f"n{n}", "hf/1B", "t", str(n), metadata={"n": n}) for n in (10, 20, 40)]
    assert only({"view": "scores_by_variable", "x": "metadata.n"}, *logs).content.panels == ("",)


def test_more_lines_than_can_be_told_apart_go_on_further_pages() -> None:
    logs = [log for at in range(30) for log in trained(f"r{at:02}", epochs=2)]
    steps = [step for step in planned(OVER_EPOCHS, *logs) if isinstance(step, Step)]
    assert [len(step.content.series) for step in steps] == [10, 10, 10]
    assert all(len(set(step.content.colours)) == 10 for step in steps)
    assert {point.series for point in steps[1].content.points} == set(steps[1].content.series)


def test_the_top_lines_are_the_best_by_their_mean() -> None:
    logs = [*trained("r4", epochs=1), *trained("r8", epochs=2), *trained("r16", epochs=3)]
    step = only({**OVER_EPOCHS, "top": 1}, *logs)
    assert step.content.series == ("1B (r16)",)
    assert "the 1 best of 3 lines by their mean Match Accuracy; left out: 1B (r8), 1B (r4)" in step.caption


def test_more_panels_than_fit_go_on_further_pages() -> None:
    logs = [log for at in range(8) for log in trained(task=f"t{at}", epochs=2)]
    steps = planned(OVER_EPOCHS, *logs)
    assert [len(step.content.panels) for step in steps if isinstance(step, Step)] == [4, 4]
    assert [step.title[-8:] for step in steps if isinstance(step, Step)] == ["(1 of 2)", "(2 of 2)"]


def test_a_control_without_the_variable_is_a_line_across() -> None:
    design = an_experiment([a_run("r4"), a_run("base", kind="control")])
    step = with_design(OVER_EPOCHS, design, *trained(), a_log("base", "hf/1B", accuracy=0.125))
    assert [(one.name, one.value) for one in step.content.references] == [("1B (base)", 0.125)]
    assert step.caption.endswith("; dashed: 1B (base).")


def test_the_base_and_chance_can_be_named() -> None:
    entry = {**OVER_EPOCHS, "base": {"run": "base"}, "chance": 0.25}
    step = only(entry, *trained(), a_log("base", "hf/3B", accuracy=0.125))
    assert [(one.name, one.value) for one in step.content.references] == [("3B", 0.125), ("chance", 0.25)]


def test_an_evaluation_without_the_variable_is_told_of() -> None:
    step = only(OVER_EPOCHS, *trained(), a_log("other", "hf/3B"))
    assert "no value of 'epoch': 3B · capitals" in step.notes


def test_categories_stand_in_the_design_s_order_and_sizes_in_theirs() -> None:
    design = an_experiment(
        [a_run("a", size="8B"), a_run("b", size="1B")], variables={"size": ["8B", "1B"], "mode": ["z", "a"]}
    )
    logs = [a_log("a", "hf/m"), a_log("b", "hf/m")]
    sizes = with_design({"view": "scores_by_variable", "x": "size"}, design, *logs).content
    assert (sizes.places, sizes.has_lines) == (("1B", "8B"), True)
    runs = [a_run("a", mode="a"), a_run("b", mode="z"), a_run("c", mode="m")]
    design = an_experiment(runs, variables={"mode": ["z", "a", "m"]})
    modes = with_design(
        {"view": "scores_by_variable", "x": "mode"}, design, *(a_log(r.name, "hf/m") for r in runs)
    ).content
    assert (modes.places, modes.has_lines) == (("z", "a", "m"), False)


def test_a_setting_of_generation_is_an_axis() -> None:
    logs = [a_log(f"t{at}", "hf/1B", generate={"temperature": at}) for at in (0.0, 0.5, 1.0)]
    step = only({"view": "scores_by_variable", "x": "generate.temperature"}, *logs)
    assert lines(step) == {("1B", ""): [0.0, 0.5, 1.0]}
    assert step.title == "Match Accuracy by temperature"


def test_checkpoints_that_the_spec_does_not_show_are_shown_by_the_curve_alone() -> None:
    both = {"view": "scores_by_task"}
    spec = Spec.model_validate({"vizspec": 1, "views": [both, {**OVER_EPOCHS, "epochs": [0, 2]}]})
    facts = some_facts(trained(), epochs="latest")
    facts = some_facts(trained(), epochs="latest", further=facts.selected.every_checkpoint[:2])
    bars, curve = plan(spec, facts).outputs
    assert isinstance(bars, Step)
    assert isinstance(curve, Step | Skipped)
    assert len(bars.content.rows) == 1


def test_one_value_is_no_axis() -> None:
    assert reason(OVER_EPOCHS, a_log("r4", epoch=1)) == "every evaluation has one value of 'epoch': 1"
    assert reason(OVER_EPOCHS, a_log("r4")) == "no evaluation has a value of 'epoch'"


def test_a_log_scale_has_no_place_for_zero_and_words() -> None:
    assert reason({**OVER_EPOCHS, "scale": "log"}, *trained()) == "a log scale has no place for 'epoch' = 0"
    logs = [a_log(f"r{kind}", metadata={"kind": kind}) for kind in ("low", "high")]
    entry = {"view": "scores_by_variable", "x": "metadata.kind", "scale": "log"}
    assert reason(entry, *logs) == "a log scale has no place for 'metadata.kind' = low"


def test_a_line_of_one_run_has_the_run_s_colour_in_every_figure() -> None:
    design = an_experiment(
        [a_run("r4", rank=4), a_run("r8", rank=8)], variables={"rank": [4, 8]}, epochs=(0, 1)
    )
    step = with_design(OVER_EPOCHS, design, *trained("r8", epochs=2), *trained("r4", epochs=2))
    assert step.content.colours == (sequential(0, 2), sequential(1, 2))
    logs = [a_log(f"r{n}", "hf/1B", metadata={"n": n}) for n in (1, 2)]
    swept = only({"view": "scores_by_variable", "x": "metadata.n"}, *logs)
    assert swept.content.colours == OKABE_ITO[:1]


def test_the_axis_has_a_tick_for_each_value_where_there_is_room() -> None:
    text = json.dumps(drawn(OVER_EPOCHS, *trained()))
    assert '"xTicks": [0, 1, 2]' in text
    many = [a_log(f"r{n}", "hf/1B", metadata={"n": n}) for n in range(100)]
    assert "xTicks" not in json.dumps(drawn({"view": "scores_by_variable", "x": "metadata.n"}, *many))


def test_many_points_are_planned_as_they_are() -> None:
    logs = [
        a_log("r", "hf/1B", metadata={"n": n}, location=f"r/{n}.eval", task_args={"n": n}) for n in range(500)
    ]
    step = only({"view": "scores_by_variable", "x": "metadata.n", "facet": False}, *logs)
    assert len(step.content.points) == 500


def test_labels_stay_values_and_never_names_of_columns() -> None:
    logs = [a_log(f"r{n}", "hf/m", "t", "$x 'q\"", metadata={"n": n}) for n in (1, 2)]
    labels = {"model": {"m": "</script>$y"}}
    spec = Spec.model_validate(
        {
            "vizspec": 1,
            "data": {"labels": labels},
            "views": [{"view": "scores_by_variable", "x": "metadata.n"}],
        }
    )
    (step,) = plan(spec, some_facts(logs)).outputs
    assert isinstance(step, Step)
    assert step.content.series == ("</script>$y",)


def test_the_same_is_drawn_without_a_browser() -> None:
    design = an_experiment([a_run("r4"), a_run("base", kind="control")])
    logs = [*trained(), *trained(task="rivers", epochs=1), a_log("base", "hf/1B", accuracy=0.125)]
    content = with_design(OVER_EPOCHS, design, *logs).content
    shapes = KINDS["scores_by_variable"].shapes
    assert shapes is not None
    figure = shapes(content)
    assert [panel.title for panel in figure.panels] == ["capitals", "rivers"]
    first, second = (panel.marks for panel in figure.panels)
    assert [type(mark).__name__ for mark in first] == ["Band", "Rule", "TextMarks", "Line", "Points"]
    assert [type(mark).__name__ for mark in second] == ["Band", "Whiskers", "Line", "Points"]
    (points,) = (mark for mark in first if isinstance(mark, Points))
    assert (points.x, points.y) == ((0, 1, 2), (0.25, 0.5, 0.75))
    assert figure.panels[0].x.ticks == ((0, "0"), (1, "1"), (2, "2"))


def test_the_axis_without_a_browser_is_logarithmic_too_and_has_room_for_its_ends() -> None:
    logs = [a_log(f"n{n}", "hf/1B", metadata={"n": n}) for n in (10, 100, 1000)]
    content = only({"view": "scores_by_variable", "x": "metadata.n", "scale": "log"}, *logs).content
    shapes = KINDS["scores_by_variable"].shapes
    assert shapes is not None
    axis = shapes(content).panels[0].x
    assert axis.scale == "log"
    assert axis.domain is not None
    assert axis.domain[0] < 10 < 1000 < axis.domain[1]
