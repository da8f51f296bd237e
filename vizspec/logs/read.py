"""Found logs become `Log` records: fast where it can, by inspect-ai's reader where it must, without a raise.

A log that cannot be read is a record too, with `Status.UNREADABLE` and the reason.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING
from zipfile import BadZipFile

import msgspec

from vizspec.cache import Cache
from vizspec.limits.files import LOG_MB, MEGABYTE, read_whole
from vizspec.logs.contents import CONTENTS
from vizspec.logs.files import (
    content_key,
    described,
    file_errors,
    mark_of_file,
    mark_of_version,
    open_file,
    unreachable_errors,
    version_of,
)
from vizspec.logs.find import FoundLog
from vizspec.logs.header import (
    Elsewhere,
    Header,
    NotALog,
    OtherFormat,
    decode_header,
    inflate_errors,
    read_zip_header,
    refuse_pointer,
    with_short_integers,
)
from vizspec.logs.known_logs import KnownLogs
from vizspec.logs.location import Format, Location, format_of
from vizspec.logs.record import Log, Status
from vizspec.logs.results import log_of
from vizspec.logs.sample_counts import Sample, SampleScore, counts_of, logged_of
from vizspec.logs.settings_beside import task_named_beside
from vizspec.text.digests import content_sha256
from vizspec.text.messages import cut

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog

THREADS = 16
"""Logs behind URLs that are read at once, since waiting is all they cost; local ones gain nothing by it."""

OLD_MB = 60
"""Of a JSON log that inspect-ai has to read whole, which takes many times its memory."""

LONGEST_NAME = 1000
"""Characters of a name that outputs repeat hundreds of times."""

MOST_METRICS = 2000
"""In one log: each is a chart and a row in every table."""
TOO_MANY_METRICS = f"it has more than {MOST_METRICS:,} metrics"

NOT_A_LOG = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    EOFError,
    RecursionError,
    BadZipFile,
)
"""What inspect-ai's reader raises of files that hold no log, but for errors of files."""

FORMAT = "header-3"
"""Part of every cache key. Another number whenever reading gives something else for the same log."""

_KEPT = msgspec.msgpack.Decoder(Header)

_INSPECT = Lock()
"""inspect-ai runs an event loop to read a log: one at a time."""


def read_logs(
    found: Sequence[FoundLog], progress: Callable[[], None] | None = None, cache: Cache | None = None
) -> tuple[Log, ...]:
    """The records of all logs found, in their order; a data frame gives one for each row.

    `progress` is called once for each file that was read. `cache` keeps their headers for the next time.
    """
    records: list[Log] = []
    here = [each.path for each in found if isinstance(each.path, Path) and not each.is_frame]
    known = KnownLogs(cache, here) if cache is not None and here else None
    with ThreadPoolExecutor(THREADS) as pool:
        waiting = {each: pool.submit(_read, each, cache) for each in found if isinstance(each.path, str)}
        for each in found:
            records += waiting[each].result() if each in waiting else _read(each, known=known)
            if progress:
                progress()
    if known is not None:
        known.save()
    return tuple(records)


def read_log(found: FoundLog, cache: Cache | None = None, known: KnownLogs | None = None) -> Log:
    """The record of one log; one behind a URL from `cache`, one on a disk from what is `known`, if it is."""
    sha256 = mark = None
    before = known.find(found.path) if known is not None and isinstance(found.path, Path) else None
    try:
        if before is not None:
            sha256, mark, header = before
        elif isinstance(found.path, Path):
            with open_file(found.path) as file:
                status = os.fstat(file.fileno())
                mark = mark_of_file(status)
                if status.st_size <= LOG_MB * MEGABYTE:
                    sha256 = _sha256(file, found.location)
                header = _header(found, file)
                if sha256 is None:  # a large file that is no log need not be read whole to be refused
                    file.seek(0)
                    sha256 = _sha256(file, found.location)
            if known is not None:
                known.keep(found.path, status, sha256, header)
        else:
            mark = mark_of_version(version_of(found.path))
            header = _header_behind(found, found.path, cache)
    except NotALog as error:
        return unreadable(found, str(error), sha256, is_here=not isinstance(error, Elsewhere))
    except IsADirectoryError:
        return unreadable(found, "it is a folder, not a log")
    except file_errors() as error:
        is_here = not isinstance(error, unreachable_errors())
        return unreadable(found, f"it cannot be opened ({described(error)})", sha256, is_here)
    if header.results and sum(len(score.metrics) for score in header.results.scores) > MOST_METRICS:
        return unreadable(found, TOO_MANY_METRICS, sha256)
    log = log_of(header, found.location, found.run, sha256)
    beside = task_named_beside(found.path) if isinstance(found.path, Path) else None
    return _with_sensible_names(found, replace(log, named_beside=beside, mark=mark))


def unreadable(found: FoundLog, reason: str, sha256: str | None = None, is_here: bool = True) -> Log:
    """The record of a file that holds no log that can be read, with the reason in one sentence."""
    return Log(
        Location(found.location),
        Status.UNREADABLE,
        cut(reason),
        run=found.run,
        sha256=sha256,
        is_here=is_here,
    )


def _read(found: FoundLog, cache: Cache | None = None, known: KnownLogs | None = None) -> tuple[Log, ...]:
    return _read_frame(found) if found.is_frame else (read_log(found, cache, known),)


def _header_behind(found: FoundLog, url: str, cache: Cache | None) -> Header:
    """The header of a log behind a URL, from the cache where its content is that of the last time."""
    key = content_key(url) if cache is not None else None
    kept = cache.get(f"{FORMAT}-{key}") if cache is not None and key is not None else None
    if kept is not None:
        with suppress(msgspec.MsgspecError):
            return _KEPT.decode(kept)
    with open_file(url) as file:
        header = _header(found, file)
    if cache is not None and key is not None:
        with suppress(OverflowError):  # a number in it that no other program would read either
            cache.put(f"{FORMAT}-{key}", msgspec.msgpack.encode(header))
    return header


def _read_frame(found: FoundLog) -> tuple[Log, ...]:
    """The records of a frame's rows; a row that tells no run has the one whose folder holds the frame."""
    from vizspec.logs.frame_file import EmptyFrame, TooMuch
    from vizspec.logs.read_frame import NoEvaluations, read_frame

    sha256 = None
    try:
        with open_file(found.path) as file:
            sha256 = _sha256(file, found.location) if isinstance(found.path, Path) else None
            refuse_pointer(file)
            logs = read_frame(file, found.location)
    except (NoEvaluations, EmptyFrame, TooMuch, Elsewhere) as error:
        return (unreadable(found, str(error), sha256, is_here=not isinstance(error, Elsewhere)),)
    except UnicodeDecodeError:
        return (unreadable(found, "it is not UTF-8 text: save it as CSV in UTF-8", sha256),)
    except file_errors() as error:
        is_here = not isinstance(error, unreachable_errors())
        return (unreadable(found, f"it cannot be read ({described(error)})", sha256, is_here),)
    named = (_with_sensible_names(found, _with_few_metrics(found, log)) for log in logs)
    return tuple(replace(log, run=log.run or found.run, sha256=sha256) for log in named)


def _with_few_metrics(found: FoundLog, log: Log) -> Log:
    """The row; an unreadable one where it has more metrics than anyone can look at."""
    if sum(len(score.metrics) for score in log.scores) <= MOST_METRICS:
        return log
    return replace(unreadable(found, TOO_MANY_METRICS, log.sha256), place=log.place)


def _with_sensible_names(found: FoundLog, log: Log) -> Log:
    """The log; an unreadable one where a name in it would fill every output."""
    setup = log.setup
    settings = (log.task_args, log.metadata, setup.solver_args, setup.model_args, setup.generate)
    of_settings = (name for given in (*settings, setup.model_roles) for name in given)
    source = log.metadata.get("source_model")
    names = {"task": log.task, "model": log.model, "label": log.vis_label, "run": log.run}
    names |= {"source model": source if isinstance(source, str) else None}
    names |= {"scorer": max((score.scorer for score in log.scores), key=len, default="")}
    names |= {"metric": max((name for score in log.scores for name in score.metrics), key=len, default="")}
    names |= {"setting": max(of_settings, key=len, default=""), "writer": log.version}
    long = next((what for what, name in names.items() if name and len(name) > LONGEST_NAME), None)
    if long is None:
        return log
    reason = f"the name of its {long} has more than {LONGEST_NAME:,} characters"
    return replace(unreadable(found, reason, log.sha256), place=log.place)


def _header(found: FoundLog, file: IO[bytes]) -> Header:
    """The header, by inspect-ai's reader where the log is not of the format that is read fast."""
    refuse_pointer(file)
    try:
        text = format_of(found.location) is Format.JSON
        header = decode_header(read_whole(file, LOG_MB)) if text else read_zip_header(file)
        header.logged = counts_of(file, header, text)
        return header
    except OtherFormat:
        with _INSPECT:
            return _header_by_inspect(found)


def _header_by_inspect(found: FoundLog) -> Header:
    """What inspect-ai makes of a log; raises `NotALog` where it cannot make a log of it either."""
    from inspect_ai.log import read_eval_log
    from pydantic import ValidationError

    if isinstance(found.path, str):
        CONTENTS.read_otherwise([found.path])
    # inspect-ai reads the header alone of current `.json` logs only
    whole = format_of(found.location) is Format.JSON
    if whole and isinstance(found.path, Path) and found.path.stat().st_size > OLD_MB * MEGABYTE:
        raise NotALog(f"it is of an old format, or none, and larger than {OLD_MB} MB")
    try:
        log = read_eval_log(str(found.path), header_only=not whole)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise NotALog(f"it is not an Inspect log ({place}: {first['msg']})") from error
    except NOT_A_LOG as error:
        raise NotALog("it is not an Inspect log") from error
    except inflate_errors() as error:
        raise NotALog(f"the archive is damaged ({error})") from error
    try:
        return _as_header(log)
    except msgspec.ValidationError as error:
        raise NotALog(f"it is not an Inspect log ({error})") from error


def _as_header(log: EvalLog) -> Header:
    needed = log.model_dump(mode="json", include=set(Header.__struct_fields__))
    header = with_short_integers(msgspec.convert(needed, Header))
    if header.results and header.results.total_samples == 0:
        # what inspect-ai puts where an old log has no counts
        header.results.total_samples = header.results.completed_samples = None
    scores = [(sample.id, sample.scores or {}) for sample in log.samples or ()]
    samples = [Sample(one, {by: SampleScore(score.value) for by, score in of.items()}) for one, of in scores]
    header.logged = logged_of(samples, header)
    return header


def _sha256(file: IO[bytes], location: str) -> str:
    form = format_of(location)
    if form is not None and form.is_text:
        digest = content_sha256(read_whole(file, LOG_MB))
        file.seek(0)
        return digest
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # IO[bytes] is readable
    file.seek(0)
    return digest
