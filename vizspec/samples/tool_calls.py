"""Which tools the model called in each sample, message by message: read from the samples' own files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from typing import Any

import msgspec

from vizspec.limits.files import LOG_MB, read_whole
from vizspec.logs.files import described, file_errors
from vizspec.logs.header import HEADER
from vizspec.logs.location import Format, format_of
from vizspec.samples.archive import UNFINISHED, Damaged, decoded, opened, sample_members
from vizspec.samples.decode import RepeatNumber, decode
from vizspec.samples.open_log import absolute, open_log
from vizspec.samples.parallel import Progress, SerialExecutor, run_all
from vizspec.samples.raw_scores import limit_kind
from vizspec.samples.scored import NoScores, ToolCalls


class RawCall(msgspec.Struct, frozen=True, gc=False):
    """One call of a tool."""

    function: Any = None


class RawMessage(msgspec.Struct, frozen=True, gc=False):
    """One message, of which only the calls are wanted."""

    tool_calls: list[RawCall] | None = None


class RawTalk(msgspec.Struct, frozen=True):
    """One repeat of one sample with its messages."""

    id: int | str
    epoch: RepeatNumber = 1
    limit: Any = None
    messages: list[RawMessage] | None = None


class RawTalks(msgspec.Struct, frozen=True):
    """A log that is one text of JSON."""

    samples: list[RawTalk] | None = None


def read_calls(
    locations: Sequence[str], *, executor: Executor | None = None, progress: Progress | None = None
) -> list[ToolCalls | NoScores]:
    """The calls of the logs at `locations` (paths or URLs), in their order."""
    return run_all(
        executor or SerialExecutor(),
        read_log_calls,
        [absolute(location) for location in locations],
        progress,
        lambda found: isinstance(found, NoScores),
    )


def read_log_calls(location: str) -> ToolCalls | NoScores:
    """The calls of one log; without any where no tool was called."""
    try:
        with open_log(location) as file:
            if format_of(location) is Format.JSON:
                return calls_of(decode(read_whole(file, LOG_MB), RawTalks).samples or ())
            with opened(file) as archive:
                return _of_archive(archive)
    except Damaged as damaged:
        return NoScores(str(damaged), damaged.is_passing)
    except file_errors() as error:
        return NoScores(f"cannot be read: {described(error)}", is_passing=True)


def calls_of(talks: Iterable[RawTalk]) -> ToolCalls:
    """The calls of the samples, in the order of their messages."""
    rows = [row for talk in talks for row in _rows(talk)]
    sample, message, tool, limit = zip(*rows, strict=True) if rows else ((), (), (), ())
    return ToolCalls(sample, message, tool, limit)


def _of_archive(archive: zipfile.ZipFile) -> ToolCalls | NoScores:
    names = set(archive.namelist())
    if HEADER not in names:
        return NoScores(UNFINISHED)
    return calls_of(decoded(archive, name, RawTalk) for name in sample_members(names))


def _rows(talk: RawTalk) -> Iterator[tuple[str, int, str, str | None]]:
    name = str(talk.id) if talk.epoch == 1 else f"{talk.id} (repeat {talk.epoch})"
    limit = limit_kind(talk.limit)
    for place, message in enumerate(talk.messages or ()):
        for call in message.tool_calls or ():
            if isinstance(call.function, str):
                yield name, place, call.function, limit
