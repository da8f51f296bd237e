"""`init`: a commented spec suggested from what the design, or the logs, tell of an experiment. Pure."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizspec.metrics import RISK_METRICS
from vizspec.names import shown
from vizspec.variables import Kind, make_variable

if TYPE_CHECKING:
    from vizspec.cells import Cell
    from vizspec.experiment import Experiment
    from vizspec.facts import Facts

RISK_SCORERS = ("risk_scorer", "numeric_risk_scorer")
REGRESSION_SCORERS = ("continuous_scorer",)


@dataclass(frozen=True)
class Shape:
    """What decides which views an experiment wants."""

    models: int
    tasks: int
    factors: tuple[str, ...] = ()
    has_accuracy: bool = True
    has_supplementary: bool = False
    has_risk: bool = False
    has_compute: bool = False


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


def shape_of_design(experiment: Experiment, has_compute: bool) -> Shape:
    """What the design tells."""
    cells = experiment.expected_cells()
    scorers = set(experiment.scorers)
    special = scorers & {*RISK_SCORERS, *REGRESSION_SCORERS}
    return Shape(
        models=len(experiment.runs),
        tasks=len({cell.vis_label or cell.task for cell in cells} or set(experiment.tasks)),
        factors=tuple(v.name for v in experiment.variables if v.kind == "binary"),
        has_accuracy=not scorers or bool(scorers - set(REGRESSION_SCORERS)),
        has_supplementary=bool(special),
        has_risk=bool(scorers & set(RISK_SCORERS)),
        has_compute=has_compute,
    )


def shape_of_facts(facts: Facts, has_compute: bool) -> Shape:
    """What the logs tell, with the factors of the design; logs that are still to come count as planned."""
    experiment = facts.experiment
    planned = shape_of_design(experiment, has_compute) if experiment is not None else Shape(0, 0)
    return Shape(
        models=max(planned.models, len({(cell.run, cell.model) for cell in facts.cells})),
        tasks=max(planned.tasks, len({cell.task_name for cell in facts.cells})),
        factors=planned.factors if experiment is not None else _told_factors(facts.cells),
        has_accuracy=bool(facts.catalogue.accuracy),
        has_supplementary=bool(facts.catalogue.supplementary),
        has_risk=any(metric.name in RISK_METRICS for metric in facts.catalogue.metrics),
        has_compute=has_compute,
    )


def _told_factors(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The task arguments that are true of some evaluations and false of others, where no design tells."""
    names = dict.fromkeys(name for cell in cells for name in cell.columns if name.startswith("task_args."))
    levels = {name: [cell.columns[name] for cell in cells if name in cell.columns] for name in names}
    return tuple(name for name, values in levels.items() if make_variable(name, values).kind is Kind.BINARY)


def suggest(shape: Shape) -> tuple[Suggestion, ...]:
    """The views that suit the shape, in the report's order."""
    return (*_charts(shape), *_risk(shape), *_compute(shape))


def starter(
    suggestions: Sequence[Suggestion], *, experiment: str | None, logs: Sequence[str] | None, schema: str
) -> str:
    """The text of the spec; `logs` are the patterns where they are not the default ones."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("vizspec"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["flow"] = flow
    template = environment.get_template("analysis.yaml.j2")
    return template.render(suggestions=suggestions, experiment=experiment, logs=logs, schema=schema)


def flow(value: Any) -> str:
    """A value in YAML's flow style, on one line; texts that could be read as something else are quoted."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _TWO_FACED:
        return value
    import yaml

    style = '"' if isinstance(value, str) else None
    text = yaml.safe_dump(value, default_style=style, allow_unicode=True, width=sys.maxsize)
    return text.removesuffix("\n").removesuffix("\n...")


_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TWO_FACED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def _charts(shape: Shape) -> Iterator[Suggestion]:
    metrics = "accuracy" if shape.has_accuracy else "all"
    matrix = f"{_count(shape.models, 'model')} × {_count(shape.tasks, 'task')}"
    yield _suggest(matrix, "scores_by_task", metrics=metrics)
    if shape.has_accuracy and shape.has_supplementary:
        yield _suggest("the other metrics", "scores_by_task", id="supplementary", metrics="supplementary")
    if shape.models > 1 and shape.tasks > 1:
        why = f"{matrix}; left out where no two models share a task"
        yield _suggest(why, "scores_heatmap", metrics=metrics, orientation="vertical", skip_if="diagonal")
    if shape.tasks == 1 and shape.models > 1:
        yield _suggest("one task: the models ranked", "scores_by_model", metrics=metrics)
    if shape.tasks > 2:
        yield _suggest(f"{shape.tasks} tasks as axes", "scores_radar_by_task", metrics=metrics)
    for factor in shape.factors:
        yield _suggest(
            f"the factor {shown(factor)} has two levels", "scores_by_factor", factor=factor, metrics=metrics
        )


def _risk(shape: Shape) -> Iterator[Suggestion]:
    if shape.has_risk:
        yield _suggest("a risk scorer: how well the risk ranks the samples", "roc_curves")
        yield _suggest("a risk scorer: whether the risks are true to size", "calibration_curves", bins=10)
        yield _suggest("a risk scorer: the risks of both classes", "prediction_histogram", bins=30)


def _compute(shape: Shape) -> Iterator[Suggestion]:
    if shape.has_compute:
        yield _suggest("run logs name the jobs", "compute_utilization")


def _suggest(why: str, view: str, **fields: Any) -> Suggestion:
    return Suggestion(why, (("view", view), *fields.items()))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
