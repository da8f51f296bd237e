"""Where a log is, and what the ending of its name says of how to read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath


class Format(Enum):
    """The formats that evaluations are read from, by the ending of the file's name."""

    EVAL = ".eval"
    """A log of Inspect, as a zip archive."""
    JSON = ".json"
    """A log of Inspect, as one text."""
    PARQUET = ".parquet"
    CSV = ".csv"

    @property
    def is_frame(self) -> bool:
        """Whether a file of the format is a data frame, with an evaluation in each row."""
        return self in (Format.PARQUET, Format.CSV)

    @property
    def is_text(self) -> bool:
        """Whether a file of the format is text, whose lines may end otherwise on another machine."""
        return self in (Format.JSON, Format.CSV)


LOGS = tuple(each.value for each in Format if not each.is_frame)
FRAMES = tuple(each.value for each in Format if each.is_frame)
"""The endings of logs, and those of data frames."""


def format_of(name: str) -> Format | None:
    """The format of a file of this name, path or URL; None where its ending is none of a log or frame.

    Of a URL like `zip://a.eval::s3://bucket/logs.zip` the archive's name has an ending of its own.
    """
    ending = PurePosixPath(name).suffix.lower()
    if ending in (*LOGS, *FRAMES):
        return Format(ending)
    member, _, _ = name.rpartition("::")
    return format_of(member) if member else None


@dataclass(frozen=True, order=True)
class Location:
    """A log's file, or a row of a data frame.

    `file` is relative to the experiment's folder ('/'-separated), or absolute where it lies elsewhere, or a
    URL. `row` is counted from 1; None for a log of its own.
    """

    file: str
    row: int | None = None

    def __str__(self) -> str:
        return self.file if self.row is None else f"{self.file}#{self.row}"

    @property
    def is_url(self) -> bool:
        return "://" in self.file
