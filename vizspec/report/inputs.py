"""What the report needs beside the facts: texts, places, versions and hashes, gathered by others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from vizspec.report.table import ComputeSection

NO_TEXTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class SourceFile:
    """A file that the results depend on: its name, relative to the experiment, and its SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Texts:
    """The texts that the spec names as files. `missing` has the reason for each that could not be read."""

    interpretation: str | None = None
    sections: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    """File as the spec names it -> its text."""
    missing: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    """File as the spec names it -> why there is no text of it."""


@dataclass(frozen=True)
class Inputs:
    """Everything that is neither in the spec nor in the facts.

    `places` has the place of each entry of `views` in the spec's file (`analysis.yaml:12`), as far as known.
    `files` are the files whose hashes the provenance tells, `versions` the names and versions of programs.
    `date` is shown as the report's where the build's environment fixes one. `index` is the page that holds
    all figures. `compute` is the section on compute; None leaves it out.
    """

    texts: Texts = field(default_factory=Texts)
    places: tuple[str, ...] = ()
    files: tuple[SourceFile, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    date: datetime | None = None
    index: str | None = None
    compute: ComputeSection | None = None
    warnings: tuple[str, ...] = ()
    """Sentences that stand beside the facts' own warnings."""
