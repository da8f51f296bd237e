"""The samples of many logs: each from the cache if its content was read before, else from the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import partial

from vizspec.cache import Cache
from vizspec.logs.files import described, file_errors
from vizspec.logs.location import Format, format_of
from vizspec.samples.kept import NO_CONTENTS, KeptEntry, Shelf, kept_or_read
from vizspec.samples.open_log import absolute, open_log
from vizspec.samples.parallel import Progress, SerialExecutor, run_unknown
from vizspec.samples.read_eval import read_eval
from vizspec.samples.read_inspect import read_inspect
from vizspec.samples.record import LogSamples, NoSamples

_SHELF = Shelf("samples-2", KeptEntry[LogSamples, NoSamples], NoSamples)


def read_samples(
    locations: Sequence[str],
    *,
    executor: Executor | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
    contents: Mapping[str, str] = NO_CONTENTS,
) -> list[LogSamples | NoSamples]:
    """The samples of the logs at `locations` (paths or URLs), in their order.

    Without an executor the logs are read one after the other in this process. `contents` has the hash of the
    content of some, by location: what was kept of it is taken without reading the log.
    """
    named = {absolute(location): content for location, content in contents.items()}
    return run_unknown(
        executor or SerialExecutor(),
        lambda location: _SHELF.known(cache, named.get(location)),
        partial(read_log, cache=cache),
        [absolute(location) for location in locations],
        progress,
        lambda found: isinstance(found, NoSamples),
    )


def read_log(location: str, cache: Cache | None = None) -> LogSamples | NoSamples:
    """The samples of one log. What it gave is kept in the cache under the name of its content."""
    return kept_or_read(location, cache, _SHELF, _read)


def _read(location: str) -> LogSamples | NoSamples:
    if format_of(location) is Format.JSON:
        return read_inspect(location)
    try:
        with open_log(location) as file:
            return read_eval(file)
    except file_errors() as error:
        return NoSamples(f"cannot be read: {described(error)}", is_passing=True)
