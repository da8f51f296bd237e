"""The forms that `experiment_summary.yaml` has had, as tolerant models: keys that are not known are ignored.

The forms are those of the cruijff_kit toolkit's experiments; older spellings of a key stand beside newer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from vizspec.text.values import as_number


def as_text(value: object) -> object:
    """A scalar as its author wrote it, where YAML made a number, a truth value or a date of it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) else value


def as_whole(value: object) -> object:
    """A number that YAML read as text as a number; anything else, and truth values as text, unchanged."""
    number = as_number(value)
    return as_text(value) if number is None else number


def as_list(value: object) -> object:
    """One thing as the list of it."""
    return value if isinstance(value, list) or value is None else [value]


def as_named(value: object) -> object:
    """`match`, `{name: match}` and `{match: {…}}` as a mapping with a name."""
    if isinstance(value, Mapping):
        if "name" in value or "run_name" in value or len(value) != 1:
            return value
        return {"name": next(iter(value))}
    return {"name": value} if isinstance(value, str | int | float) else value


def as_named_list(value: object) -> object:
    """A list of named things, one of them, or a mapping from names to settings."""
    if isinstance(value, Mapping) and "name" not in value:
        return [{"name": name} for name in value]
    return as_list(value)


def as_base_models(value: object) -> object:
    """A plain list of models as the section's `base`."""
    return {"base": value} if isinstance(value, list | str) else value


def as_experiment(value: object) -> object:
    """A bare name as the section."""
    return {"name": value} if isinstance(value, str | int | float) else value


def as_datasets(value: object) -> object:
    """One data set, a list of them, or a mapping from labels to them."""
    if isinstance(value, str):
        return [{"label": value}]
    if isinstance(value, Mapping) and set(value) - {"splits"}:
        parts = value.values()
        if all(isinstance(part, Mapping) for part in parts):
            return [{"label": label, **part} for label, part in value.items()]
    return as_list(value)


Text = Annotated[str, BeforeValidator(as_text, json_schema_input_type=str | float | bool)]
WholeOrText = Annotated[int, BeforeValidator(as_whole, json_schema_input_type=int | str)]
OpenSettings = dict[Text, Any]


def _open(schema: dict[str, Any]) -> None:
    """A schema that says nothing of further keys, which are allowed."""
    schema.pop("additionalProperties", None)


class Section(BaseModel):
    """A part of the file. Keys that are not known are kept apart, so that misspelt ones can be told."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True, json_schema_extra=_open)

    @model_validator(mode="before")
    @classmethod
    def _with_text_keys(cls, value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        return {key: held for key, held in value.items() if isinstance(key, str)}


class ExperimentSection(Section):
    """What the experiment is about."""

    name: Text | None = None
    """The experiment's name; else the folder's."""
    question: Text | None = None
    """The research question."""
    research_question: Text | None = None
    """The research question, under another name."""
    scientific_question: Text | None = None
    """The research question, under another name."""
    hypothesis: Text | None = None
    """What was expected to come out."""
    type: Text | None = None
    """The kind of experiment, such as sample_size or balanced; else the names of its variables."""
    experiment_type: Text | None = None
    """The kind of experiment, under another name."""
    purpose: Text | None = None
    """Why the experiment matters."""
    date: Text | None = None
    """When it was designed, as YYYY-MM-DD."""
    dir: Text | None = None
    """Where it was made; recorded, not followed."""
    directory: Text | None = None
    """The older spelling of `dir`."""


class NamedEntry(Section):
    """Something with a name: a model, a scorer, a task."""

    name: Text
    """The name."""


class TaskEntry(NamedEntry):
    """A task, and where it comes from."""

    script: Text | None = None
    """Its file, and its function there, as in `tasks/words.py@words`."""
    dataset: Text | None = None
    """The file or the name of the data it is evaluated on."""
    args: OpenSettings | None = None
    """The arguments that it is given."""


NamedOrText = Annotated[
    NamedEntry, BeforeValidator(as_named, json_schema_input_type=str | NamedEntry | dict[str, Any])
]
NamedList = Annotated[
    tuple[NamedOrText | None, ...],
    BeforeValidator(as_named_list, json_schema_input_type=NamedOrText | list[NamedOrText] | dict[str, Any]),
]


TaskList = Annotated[
    tuple[
        Annotated[
            TaskEntry, BeforeValidator(as_named, json_schema_input_type=str | TaskEntry | dict[str, Any])
        ]
        | None,
        ...,
    ],
    BeforeValidator(as_named_list, json_schema_input_type=list[Any] | dict[str, Any] | str),
]


class ModelsSection(Section):
    """The models that the runs begin with."""

    base: NamedList = ()
    """The base models."""


class SplitSizes(Section):
    """Numbers of samples."""

    train: WholeOrText | None = None
    """Samples to train on."""
    validation: WholeOrText | None = None
    """Samples to validate on."""
    test: WholeOrText | None = None
    """Samples to test on."""


class TrainingData(Section):
    """One training data set."""

    dataset_label: Text | None = None
    """Its label."""
    label: Text | None = None
    """The older spelling of `dataset_label`."""
    path: Text | None = None
    """Its file or folder."""
    splits: SplitSizes | None = None
    """How many samples each split has."""


class DataSection(Section):
    """The data."""

    training: Annotated[
        tuple[TrainingData | None, ...],
        BeforeValidator(
            as_datasets,
            json_schema_input_type=TrainingData | list[TrainingData] | dict[str, TrainingData] | str,
        ),
    ] = ()
    """The training data set, or several."""
    data_generation: OpenSettings | None = None
    """How the training data were made: the tool, its source, its seed and so on."""


class RunEntry(Section):
    """One run."""

    model_config = ConfigDict(json_schema_extra=None)

    name: Text
    """The run's name, which is also its folder's."""
    type: Text | None = None
    """fine-tuned, control or eval-only."""
    model: Text | None = None
    """The base model's name."""
    dataset: Text | None = None
    """The label of its training data."""
    parameters: OpenSettings | None = None
    """What is set for this run."""


class MatrixEntry(Section):
    """One row of the evaluation matrix."""

    run: Text
    """The run that is evaluated."""
    vis_label: Text | None = None
    """Its label in figures and tables."""
    tasks: Annotated[
        tuple[Text | None, ...] | None,
        BeforeValidator(as_list, json_schema_input_type=list[Text] | Text | None),
    ] = None
    """The tasks; else all of them."""
    epochs: Annotated[
        tuple[WholeOrText | None, ...] | None,
        BeforeValidator(as_list, json_schema_input_type=list[WholeOrText] | WholeOrText | None),
    ] = None
    """The training epochs whose checkpoints are evaluated, from 0; null for runs without checkpoints."""


class EvaluationSection(Section):
    """What is evaluated, and how."""

    scorers: NamedList = ()
    """The scorers: names, or mappings with a name."""
    scorer: NamedList = ()
    """The older spelling of `scorers`."""
    tasks: TaskList = ()
    """The tasks: names, or mappings with a name."""
    matrix: tuple[MatrixEntry | None, ...] = ()
    """Which run is evaluated on which tasks at which epochs."""


class OutputSection(Section):
    """Where training wrote to."""

    base_directory: Text | None = None
    """The folder of all checkpoints."""
    dir: Text | None = None
    """The same, under another name."""
    directory: Text | None = None
    """The same, under another name."""
    checkpoint_pattern: Text | None = None
    """Checkpoint folders below it, with `{run_name}` and `{N}`."""


class ExperimentFile(Section):
    """An experiment's design: `experiment_summary.yaml`."""

    experiment: Annotated[
        ExperimentSection, BeforeValidator(as_experiment, json_schema_input_type=ExperimentSection | str)
    ] = Field(default_factory=ExperimentSection)
    """The experiment's name, its question and what was expected."""
    models: Annotated[
        ModelsSection, BeforeValidator(as_base_models, json_schema_input_type=ModelsSection | NamedList)
    ] = Field(default_factory=ModelsSection)
    """The base models, with their names."""
    data: DataSection = Field(default_factory=DataSection)
    """The data that the runs were trained on."""
    variables: Annotated[Any, Field(json_schema_extra={"type": ["object", "array", "null"]})] = None
    """What varies: `{lora_rank: [4, 8]}`, or `{independent: [{name: lora_rank, values: [4, 8]}]}`."""
    controls: OpenSettings = {}
    """What all runs share."""
    runs: tuple[RunEntry | None, ...] = ()
    """The runs."""
    evaluation: EvaluationSection = Field(default_factory=EvaluationSection)
    """The scorers, the tasks, and which run is evaluated on which of them."""
    output: OutputSection = Field(default_factory=OutputSection)
    """The folders that training wrote to."""
