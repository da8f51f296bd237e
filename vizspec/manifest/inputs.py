"""What outputs are made of, by hash: files, settings and versions, and what changed between two renders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from vizspec.spec.entries import entry_ids
from vizspec.spec.model import Spec


class Stored(BaseModel):
    """The base of what a manifest holds: frozen, and tolerant of keys that a later version adds."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class InputFile(Stored):
    """A file that outputs depend on. `name` is relative to the spec's folder, or an address."""

    name: str
    sha256: str

    @field_validator("name")
    @classmethod
    def _is_portable(cls, name: str) -> str:
        if name.startswith("/"):
            raise ValueError("an absolute path means nothing elsewhere")
        return name


class LogInput(InputFile):
    """A log, with what identifies the evaluations that it was shown as."""

    evaluations: tuple[str, ...] = ()


class EntryInput(Stored):
    """An entry of `views`: its place, its name, and the hash of all it says."""

    place: int
    id: str
    sha256: str


class Inputs(Stored):
    """Everything that outputs depend on.

    `settings` has a hash for each section of the spec but `views`. `versions` are those of the programs.
    """

    name: str | None = None
    """What the analysis is called, in titles and names of files."""
    is_name_of_folder: bool = False
    """Whether nothing but the folder gives the name: another checkout may have another one."""
    spec: InputFile | None = None
    experiment: InputFile | None = None
    logs: tuple[LogInput, ...] = ()
    texts: tuple[InputFile, ...] = ()
    """The files of the interpretation, own sections and the template, and those that plots show."""
    settings: Mapping[str, str] = Field(default_factory=dict)
    entries: tuple[EntryInput, ...] = ()
    versions: Mapping[str, str] = Field(default_factory=dict)

    @property
    def files(self) -> tuple[InputFile, ...]:
        """The spec, the experiment, the texts and the logs, as far as there are any."""
        single = tuple(file for file in (self.spec, self.experiment) if file is not None)
        return (*single, *self.texts, *self.logs)


def inputs_of(
    spec: Spec,
    *,
    name: str | None = None,
    is_name_of_folder: bool = False,
    spec_file: InputFile | None = None,
    experiment_file: InputFile | None = None,
    logs: tuple[LogInput, ...] = (),
    texts: tuple[InputFile, ...] = (),
    versions: tuple[tuple[str, str], ...] = (),
) -> Inputs:
    """The inputs of a render, the files sorted by name."""
    data = spec.model_dump(mode="json")
    ids = entry_ids(spec.views)
    return Inputs(
        name=name,
        is_name_of_folder=is_name_of_folder,
        spec=spec_file,
        experiment=experiment_file,
        logs=tuple(sorted(logs, key=lambda file: file.name)),
        texts=tuple(sorted(texts, key=lambda file: file.name)),
        settings={
            name: json_sha256(section) for name, section in data.items() if name not in ("name", "views")
        },
        entries=tuple(
            EntryInput(place=place, id=ids[place], sha256=json_sha256(entry.model_dump(mode="json")))
            for place, entry in enumerate(spec.views)
        ),
        versions=dict(versions),
    )


def json_sha256(data: Any) -> str:
    """The SHA-256 of JSON data, whatever the order of its keys."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
