"""What the report needs beside the facts: texts, places, versions and hashes, gathered by others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from vizspec.manifest.inputs import InputFile

DATE = "SOURCE_DATE_EPOCH"
"""The variable that fixes the date of everything built: seconds since 1970."""

NO_TEXTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class ProseFiles:
    """The files of prose that the spec names, by their names in it.

    `read` has their texts, `missing` the sentence on each that could not be read.
    """

    read: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    missing: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)


@dataclass(frozen=True)
class Attachments:
    """Everything that is neither in the spec nor in the facts.

    `places` has the place of each entry of `views` in the spec's file (`analysis.yaml:12`), as far as known.
    `files` are the files whose hashes the provenance tells, `versions` the names and versions of programs.
    `date` is shown as the report's where the build's environment fixes one. `index` is the page that holds
    all figures. `logs` are the paths to list instead of the facts' own, `folder` says what they start from.
    """

    texts: ProseFiles = field(default_factory=ProseFiles)
    places: tuple[str, ...] = ()
    files: tuple[InputFile, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    date: datetime | None = None
    index: str | None = None
    logs: tuple[str, ...] | None = None
    folder: str = "the experiment's folder"
    warnings: tuple[str, ...] = ()
    """Sentences that stand beside the facts' own warnings."""
    is_draft: bool = False
    """Whether the interpretation is a draft that nobody has changed."""
    no_interpretation: str | None = None
    """What to say where none was written, for reports that have no spec to name a key of."""


def date_of(environment: Mapping[str, str]) -> datetime | None:
    """The date that `SOURCE_DATE_EPOCH` (seconds since 1970) fixes for everything built; None without it.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    seconds = environment.get(DATE, "").strip()
    if not (seconds.isascii() and seconds.isdecimal()):
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (OverflowError, OSError, ValueError):
        return None
