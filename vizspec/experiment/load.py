"""The design as it is read from its file, and what else an experiment's folder has in a place of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from vizspec.errors import Problem
from vizspec.experiment.model import Experiment
from vizspec.experiment.names_as_written import names_as_written
from vizspec.experiment.parse import design_of
from vizspec.parsing.yaml_file import locate, read_yaml
from vizspec.parsing.yaml_source import YamlDocument

EXPERIMENT_FILE = "experiment_summary.yaml"
"""The design, in the experiment's folder."""

RUN_LOGS: Mapping[Literal["finetune", "eval"], tuple[str, str]] = {
    "finetune": ("logs/run-torchtune.log", "run-torchtune.log"),
    "eval": ("logs/run-inspect.log", "run-inspect.log"),
}
"""Where an experiment's folder has the file that names its jobs of a kind, and where older ones have it."""

_NO_EXPERIMENT = (
    "run the design step of the experiment first: it writes this file; "
    "to work from logs alone, leave `experiment:` out of the spec"
)


class LoadedExperiment(NamedTuple):
    """An experiment, the document it was read from, and the problems of it, each at its line."""

    experiment: Experiment
    yaml: YamlDocument
    problems: tuple[Problem, ...]


def load_experiment(path: Path) -> LoadedExperiment:
    """The experiment that the file at `path` describes; its name is the folder's where the file gives none.

    Raises `UserError` where there is no such file or it cannot be read, `Problems` where it is no YAML
    mapping; whatever else is wrong with it is among the problems, most of it as warnings.
    """
    yaml = read_yaml(path, one_dialect=False, if_missing=_NO_EXPERIMENT)
    data = names_as_written(yaml.data, yaml.written)
    experiment, problems = design_of(data, name=path.resolve().parent.name)
    return LoadedExperiment(experiment, yaml, locate(problems, yaml, str(path)))
