"""`init`: the views that suit an experiment of some shape, each with its reason. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vizspec.init.flow_style import flow
from vizspec.init.shape import Shape
from vizspec.text.messages import counted, shown


@dataclass(frozen=True)
class Stated:
    """Entries that the author of an experiment asks for, as they stand in its spec."""

    comparisons: tuple[Mapping[str, Any], ...] = ()
    claims: tuple[Mapping[str, Any], ...] = ()


NOTHING_STATED = Stated()


@dataclass(frozen=True)
class Suggestion:
    """One entry of `views`, with why it is there."""

    why: str
    fields: tuple[tuple[str, Any], ...]

    @property
    def view(self) -> str:
        """The kind of view."""
        return str(self.fields[0][1])

    @property
    def line(self) -> str:
        """The entry as one YAML flow mapping."""
        return "{" + ", ".join(f"{name}: {flow(value)}" for name, value in self.fields) + "}"


def suggest(shape: Shape, stated: Stated = NOTHING_STATED) -> tuple[Suggestion, ...]:
    """The views that suit the shape, in the report's order."""
    return (*_charts(shape), *_comparisons(stated), *_risk(shape), *_compute(shape))


def _charts(shape: Shape) -> Iterator[Suggestion]:
    metrics = "accuracy" if shape.has_accuracy else "all"
    matrix = _matrix(shape)
    yield _suggest(matrix, "scores_by_task", metrics=metrics)
    if shape.has_accuracy and shape.has_supplementary:
        yield _suggest("the other metrics", "scores_by_task", id="supplementary", metrics="supplementary")
    yield from _curves(shape, metrics)
    if shape.release_dates > 1:
        yield _suggest(
            "the days are known on which the models were released", "scores_timeline", metrics=metrics
        )
    if shape.has_agents:
        yield from _agents(shape, metrics)
    if shape.models > 1 and shape.tasks > 1:
        why = f"{matrix}; left out where no two models share a task"
        yield _suggest(why, "scores_heatmap", metrics=metrics, orientation="vertical", skip_if="diagonal")
    if shape.tasks == 1 and shape.models > 1:
        yield _suggest("one task: the models ranked", "scores_by_model", metrics=metrics)
    if shape.models > 1 and shape.tasks > 2 and shape.has_whole_model:
        yield _suggest(
            f"{counted(shape.tasks, _noun(shape))} as axes", "scores_radar_by_task", metrics=metrics
        )
    for factor in shape.factors:
        why = f"the factor {shown(factor)} has two levels"
        labels = {"labels": _labels(factor)} if factor in shape.switches else {}
        yield _suggest(why, "scores_by_factor", factor=factor, **labels, metrics=metrics)


def _agents(shape: Shape, metrics: str) -> Iterator[Suggestion]:
    if shape.has_accuracy:
        yield _suggest(
            "agents: success by the tokens that a sample may use", "scores_by_limit", metrics=metrics
        )
    yield _suggest("agents: skipped where no tool was called", "sample_tool_calls")
    if shape.models > 1 and shape.has_accuracy:
        why = "agents: the samples that some models have right and others wrong"
        yield _suggest(why, "sample_heatmap", metrics=metrics, differing=True)


def _curves(shape: Shape, metrics: str) -> Iterator[Suggestion]:
    if shape.has_checkpoints:
        fields = {"id": "learning_curve", "x": "epoch", "epochs": "all", "metrics": metrics}
        yield _suggest("several checkpoints: what training does", "scores_by_variable", **fields)
    for name in shape.sweeps:
        scale = {"scale": "log"} if name in shape.wide_sweeps else {}
        yield _suggest(f"a sweep over {shown(name)}", "scores_by_variable", x=name, **scale, metrics=metrics)
    if len(shape.sweeps) > 1:
        rows, columns, *_ = shape.sweeps
        why = f"a sweep over {shown(rows)} and {shown(columns)}"
        yield _suggest(why, "scores_heatmap", id="sweep", rows=rows, columns=columns, metrics=metrics)


def _matrix(shape: Shape) -> str:
    if not shape.models or not shape.tasks:
        return "the scores of each model in each task"
    models = counted(shape.base_models or shape.models, "model")
    is_varied = 0 < shape.base_models < shape.models
    variants = f" in {counted(shape.models, 'variant')}" if is_varied else ""
    return f"{models}{variants} × {counted(shape.tasks, _noun(shape))}"


def _noun(shape: Shape) -> str:
    return "condition" if shape.has_conditions else "task"


def _labels(factor: str) -> list[str]:
    """What people read for false and true."""
    name = factor.rpartition(".")[2].replace("_", " ").removeprefix("is ")
    return [f"not {name}", name]


def _comparisons(stated: Stated) -> Iterator[Suggestion]:
    if stated.comparisons:
        yield _suggest("the differences that are asked for below", "comparisons")
        why = "the samples that one side of them has right and the other wrong"
        yield _suggest(why, "table", id="flips", data="disagreements")


def _risk(shape: Shape) -> Iterator[Suggestion]:
    if shape.has_risk:
        yield _suggest("a risk scorer: how well the risk ranks the samples", "roc_curves")
        yield _suggest(
            "a risk scorer: whether the risks are true to size", "calibration_curves", style="corp"
        )
        yield _suggest("a risk scorer: the risks of both classes", "prediction_histogram", bins=30)


def _compute(shape: Shape) -> Iterator[Suggestion]:
    if shape.has_compute:
        yield _suggest("run logs name the jobs", "compute_utilization")


def _suggest(why: str, view: str, **fields: Any) -> Suggestion:
    return Suggestion(why, (("view", view), *fields.items()))
