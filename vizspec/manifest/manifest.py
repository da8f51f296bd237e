"""`manifest.json`: what a render was made of, and what became of each output. No clock, no absolute path.

`vizspec check`, the next render and `--clean` work from it, so it is read with suspicion.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from vizspec.manifest.inputs import Inputs, Stored
from vizspec.plan.outcomes import Earlier, FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Step

NAME = "manifest.json"
LONGEST_NAME_BYTES = 255

HowEnded = Literal["made", "skipped", "failed"]
"""How an output or file ended; one that was left as it was counts as made."""


def _is_inside(name: str) -> str:
    path = PurePosixPath(name)
    is_long = any(len(part.encode("utf-8", "replace")) > LONGEST_NAME_BYTES for part in path.parts)
    is_odd = "\0" in name or "\\" in name or is_long
    if path.is_absolute() or ".." in path.parts or not path.parts or is_odd:
        raise ValueError(f"'{name}' is no file inside the output folder")
    return name


InsideName = Annotated[str, AfterValidator(_is_inside)]
"""The name of a file inside the output folder."""


class StoredFile(Stored):
    """A file inside the output folder: the hash of what stands there, the reason why that is not what
    should, and a note on a file that would be made otherwise elsewhere.
    """

    name: InsideName
    status: HowEnded
    sha256: str | None = None
    size: int | None = None
    reason: str | None = None
    note: str | None = None


class StoredAsset(StoredFile):
    """A file that pages load, with the names of those pages."""

    pages: tuple[str, ...]


class StoredOutput(Stored):
    """A planned output or a skip: what it is, the entry of `views` it is of, and how it ended.

    `fingerprint` identifies what was drawn; None for a skip.
    """

    id: str
    entry: int
    view: str
    metric: str | None = None
    status: HowEnded
    reason: str | None = None
    title: str | None = None
    fingerprint: str | None = None
    files: tuple[StoredFile, ...] = ()
    notes: tuple[str, ...] = ()


class Manifest(Stored):
    """One render. `documents` are the files that belong to no entry: report, results, index."""

    manifest: Literal[1] = 1
    """The version of this form."""
    experiment: str
    inputs: Inputs = Field(default_factory=Inputs)
    outputs: tuple[StoredOutput, ...] = ()
    documents: tuple[StoredFile, ...] = ()
    assets: tuple[StoredAsset, ...] = ()
    """What pages load, those of earlier renders included that are still there."""
    warnings: tuple[str, ...] = ()
    evaluations: int | None = None
    """How many evaluations it showed; None where they were not counted."""
    claims: Mapping[str, int] | None = None
    """How many logs an earlier render had that did not know a claim as it stands, by the claim's hash; None
    where the render did not tell.
    """
    index: str | None = None
    """What identifies the index: everything it shows, before it is drawn."""
    orphans: tuple[InsideName, ...] = ()
    """Files of earlier renders that this one did not make and that are still there."""
    orphan_hashes: Mapping[str, str] = Field(default_factory=dict)
    """The SHA-256 of orphans as they were made, by name."""

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files that the render made or kept, sorted; what pages load too."""
        return tuple(sorted({file.name for file in self._all() if file.status == "made"}))

    def hashes(self) -> Mapping[str, str]:
        """The SHA-256 of each file as it was made, by name; of orphans too."""
        known = {file.name: file.sha256 for file in self._all() if file.sha256 is not None}
        return {**self.orphan_hashes, **known}

    def loaded_by(self, pages: Iterable[str]) -> Mapping[str, str]:
        """The SHA-256 of each file that any of these pages loads, by name."""
        asked = frozenset(pages)
        found = (asset for asset in self.assets if asked.intersection(asset.pages))
        return {asset.name: asset.sha256 for asset in found if asset.sha256 is not None}

    def _all(self) -> list[StoredFile]:
        of_outputs = [file for output in self.outputs for file in output.files]
        return [*of_outputs, *self.documents, *self.assets]

    def earlier(self) -> Mapping[str, Earlier]:
        """What the next render may leave as it is: the outputs of which no file failed, by step id."""
        return {
            output.id: Earlier(
                output.fingerprint,
                {file.name: file.sha256 for file in output.files if file.sha256},
                self.loaded_by({file.name for file in output.files}),
                {file.name: file.note for file in output.files if file.note},
            )
            for output in self.outputs
            if output.fingerprint and output.files and all(f.status != "failed" for f in output.files)
        }


def manifest_of(
    experiment: str,
    inputs: Inputs,
    outcomes: Iterable[Outcome],
    fingerprints: Mapping[str, str],
    documents: Sequence[FileOutcome] = (),
    warnings: Sequence[str] = (),
    index: str | None = None,
    loads: Mapping[str, Sequence[FileOutcome]] | None = None,
    evaluations: int | None = None,
    claims: Mapping[str, int] | None = None,
) -> Manifest:
    """The manifest of a render.

    `fingerprints` are by step id, `loads` what a page loads by its name, `claims` how many logs came before
    each by its hash.
    """
    return Manifest(
        experiment=experiment,
        inputs=inputs,
        outputs=tuple(_output(outcome, fingerprints) for outcome in outcomes),
        documents=tuple(sorted((_file(each) for each in documents), key=lambda file: file.name)),
        assets=_assets(loads or {}),
        warnings=tuple(warnings),
        index=index,
        evaluations=evaluations,
        claims=claims,
    )


def manifest_text(manifest: Manifest) -> str:
    """The manifest as JSON with sorted keys: equal renders give equal bytes."""
    data = manifest.model_dump(mode="json")
    text = json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "replace").decode() + "\n"


def read(text: str | bytes) -> Manifest | None:
    """The manifest that a text holds; None for what is damaged, foreign, or of another form's version."""
    try:
        return Manifest.model_validate_json(text)
    except ValidationError:
        return None


def _output(outcome: Outcome, fingerprints: Mapping[str, str]) -> StoredOutput:
    step = outcome.step
    drawn = step if isinstance(step, Step) else None
    return StoredOutput(
        id=step.id,
        entry=step.entry,
        view=step.view,
        metric=step.metric,
        status=_ended(outcome.status),
        reason=outcome.reason,
        title=drawn.title if drawn else None,
        fingerprint=fingerprints.get(step.id) if drawn else None,
        files=tuple(sorted((_file(each) for each in outcome.files), key=lambda file: file.name)),
        notes=drawn.notes if drawn else (),
    )


def _file(file: FileOutcome) -> StoredFile:
    return StoredFile(
        name=file.name,
        status=_ended(file.status),
        sha256=file.sha256,
        size=file.size,
        reason=file.reason,
        note=file.note,
    )


def _assets(loads: Mapping[str, Sequence[FileOutcome]]) -> tuple[StoredAsset, ...]:
    files = {file.name: file for loaded in loads.values() for file in loaded}
    pages: dict[str, set[str]] = {name: set() for name in files}
    for page, loaded in loads.items():
        for file in loaded:
            pages[file.name].add(page)
    return tuple(
        StoredAsset(**_file(files[name]).model_dump(), pages=tuple(sorted(pages[name])))
        for name in sorted(files)
    )


def _ended(status: OutputStatus) -> HowEnded:
    if status is OutputStatus.FAILED:
        return "failed"
    return "skipped" if status is OutputStatus.SKIPPED else "made"
