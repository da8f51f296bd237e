"""`experiment_summary.yaml` of a design, in the keys of the layout's time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from vizspec.demo.design import DemoDesign, DemoRow, DemoRun, Scorer
from vizspec.demo.layout import FolderLayout

LINE = 100
PROJECT = "vizspec-examples"


def summary_text(design: DemoDesign, layout: FolderLayout, rows: int) -> str:
    """The whole file. `rows` is the number of rows of the data set."""
    sections = _sections(design, layout, rows)
    return "\n".join(_yaml({name: section}) for name, section in sections.items())


class _Readable(yaml.SafeDumper):
    """YAML as people write it: lists indented under their key, lists of plain values on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_list(dumper: yaml.SafeDumper, values: list[Any]) -> yaml.Node:
    plain = not any(isinstance(value, (list, dict)) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=plain)


_Readable.add_representer(list, _represent_list)


def _yaml(section: Mapping[str, Any]) -> str:
    return yaml.dump(section, Dumper=_Readable, sort_keys=False, width=LINE, allow_unicode=True)


def _sections(design: DemoDesign, layout: FolderLayout, rows: int) -> dict[str, Any]:
    return {
        "experiment": _experiment(design, layout),
        "tools": {"preparation": "torchtune", "evaluation": "inspect-ai"},
        "variables": _variables(design, layout),
        "controls": dict(design.controls) | {"prompt": "{input}", "system_prompt": ""},
        "models": {
            "base": [
                {"name": model.name, "path": f"models/{model.name}", "size_gb": 0.01}
                for model in design.models
            ]
        },
        "data": {"training": _training_data(design, layout, rows)},
        "output": {
            "base_directory": "output" if layout.name == "older" else ".",
            "checkpoint_pattern": str(layout.artifacts("{run_name}") / "epoch_{N}"),
            "wandb_project": PROJECT,
        },
        "runs": [_run(run) for run in design.runs],
        "evaluation": _evaluation(design, layout),
    }


def _experiment(design: DemoDesign, layout: FolderLayout) -> dict[str, Any]:
    """The folder named is where the jobs ran, which is seldom where the analysis runs."""
    return {
        "name": design.name,
        "project": PROJECT,
        "question": design.question,
        "hypothesis": design.hypothesis,
        "purpose": design.purpose,
        "date": design.date,
        "directory" if layout.name == "older" else "dir": f"/scratch/{PROJECT}/{design.name}",
    }


def _variables(design: DemoDesign, layout: FolderLayout) -> dict[str, Any]:
    if layout.name == "older":
        return {
            "independent": [
                {"name": name, "values": list(values)} for name, values in design.variables.items()
            ]
        }
    return {name: list(values) for name, values in design.variables.items()}


def _training_data(design: DemoDesign, layout: FolderLayout, rows: int) -> dict[str, Any]:
    return {
        "path": f"data/{design.dataset}.json",
        "label" if layout.name == "older" else "dataset_label": design.dataset,
        "format": "json",
        "splits": {"train": rows - design.samples, "validation": 0, "test": design.samples},
    }


def _run(run: DemoRun) -> dict[str, Any]:
    return {"name": run.name, "type": run.type, "model": run.model, "parameters": dict(run.parameters)}


def _evaluation(design: DemoDesign, layout: FolderLayout) -> dict[str, Any]:
    return {
        "system_prompt": "",
        "temperature": 0.0,
        "scorer" if layout.name == "older" else "scorers": [_scorer(scorer) for scorer in design.scorers],
        "tasks": [
            {"name": task.name, "script": f"tasks/{task.name}.py", "description": task.description}
            for task in design.tasks
        ],
        "matrix": [_row(row) for row in design.matrix],
    }


def _scorer(scorer: Scorer) -> dict[str, Any]:
    params = {key: list(value) if isinstance(value, tuple) else value for key, value in scorer.params.items()}
    return {"name": scorer.name, "params": params} if params else {"name": scorer.name}


def _row(row: DemoRow) -> dict[str, Any]:
    fields: dict[str, Any] = {"run": row.run}
    if row.vis_label is not None:
        fields["vis_label"] = row.vis_label
    epochs = None if row.epochs is None else list(row.epochs)
    return fields | {"tasks": list(row.tasks), "epochs": epochs}
