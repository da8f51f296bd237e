"""What the outputs of a render depend on, by hash and version."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.inputs import InputFile, Inputs, inputs_of
from vizspec.logs.record import Log
from vizspec.versions import versions

if TYPE_CHECKING:
    from vizspec.facts import Facts
    from vizspec.opening import Opened
    from vizspec.spec import OutputSpec


def context_of(output: OutputSpec) -> tuple[str, ...]:
    """What every drawing depends on besides its own content: versions, and how pages are made."""
    told = [f"{name} {version}" for name, version in versions() if name != "Python"]
    return (*told, output.html, str(output.scale), _runtime())


def inputs_of_render(opened: Opened, facts: Facts, texts: Sequence[InputFile]) -> Inputs:
    """The inputs as the manifest keeps them; names are relative to the spec's folder."""
    experiment = opened.experiment_path
    return inputs_of(
        opened.spec,
        spec_file=file_input(opened.path.name, opened.path),
        experiment_file=file_input(opened.spec.experiment or "", experiment) if experiment else None,
        logs=_logs([fated.log for fated in facts.sorting.fates]),
        texts=tuple(texts),
        versions=versions(),
    )


def file_input(name: str, path: Path) -> InputFile:
    """A local file with its hash."""
    return InputFile(name=name, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def _logs(logs: Sequence[Log]) -> tuple[InputFile, ...]:
    """The logs by location; one that is not a local file is known by what was read of it."""
    found = {
        log.location.partition("#")[0]: log.sha256 or hashlib.sha256(repr(log).encode()).hexdigest()
        for log in logs
        if not log.location.startswith("/")
    }
    return tuple(InputFile(name=name, sha256=digest) for name, digest in found.items())


def _runtime() -> str:
    from vizspec.runtime.build import source_key

    return source_key()
