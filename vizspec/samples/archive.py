"""The zip that an `.eval` file is: opened, its members decoded, and one error for all that can be wrong."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

from vizspec.limits.archives import Refused, open_archive, read_member
from vizspec.logs.header import HEADER, inflate_errors
from vizspec.samples.decode import decode
from vizspec.text.messages import cut

T = TypeVar("T")

UNFINISHED = f"is unfinished: it has no {HEADER}"
"""The header is written last."""


class Damaged(Exception):
    """The file, or a member of it, cannot be read; the message follows the log's name.

    `is_passing`: a disk, a network or a right kept it back, and another reading may get it.
    """

    def __init__(self, reason: str, *, is_passing: bool = False) -> None:
        super().__init__(cut(reason))
        self.is_passing = is_passing


def not_successful(status: str) -> str:
    """Why a log that ended so has nothing to tell; the message follows its name."""
    return f"did not succeed: its status is {cut(status)!r}"


def sample_members(names: Iterable[str]) -> list[str]:
    """The members that hold one sample each, in the order of their names."""
    return sorted(name for name in names if name.startswith("samples/") and name.endswith(".json"))


@contextmanager
def opened(path: Path | str | IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """The archive at `path`; Damaged where there is none or it is no whole zip (a log cut off has no end)."""
    try:
        with open_archive(path) as archive:
            yield archive
    except Refused as error:
        raise Damaged(f"cannot be read: {error}", is_passing=True) from None
    except zipfile.BadZipFile:
        raise Damaged("is cut off or damaged: it is no whole zip file") from None
    except OSError as error:
        raise Damaged(f"cannot be read: {error.strerror or error}", is_passing=True) from None
    except (ValueError, RuntimeError, struct.error) as error:
        raise Damaged(f"is damaged ({error})") from None


def decoded(archive: zipfile.ZipFile, name: str, form: type[T]) -> T:
    """The member `name` as `form`; Damaged where it cannot be unpacked or has another shape."""
    try:
        return decode(read_member(archive, name), form)
    except _unpacking_errors() as error:
        raise Damaged(f"is damaged: {name} cannot be unpacked ({error})") from error
    except (ValueError, RecursionError) as error:
        raise Damaged(f"is damaged: {name} is not what Inspect writes ({error})") from error


def _unpacking_errors() -> tuple[type[Exception], ...]:
    return (zipfile.BadZipFile, *inflate_errors())
