"""The header of a log, read fast: only the fields that vizspec needs, of `header.json` or of a `.json` log.

Reads the format that Inspect AI writes since `version` 2. Anything else raises, so that the caller can
turn to inspect-ai's own, slower reader.
"""

from __future__ import annotations

import os
import struct
import sys
import zipfile
import zlib
from typing import IO, Annotated, Any

import msgspec

from vizspec.limits.archives import Refused, open_archive, read_member
from vizspec.limits.json_text import decoded, without_long_integers

HEADER = "header.json"
START = "_journal/start.json"
_POINTER = b"version https://git-lfs"
_LONGEST_POINTER = 1024
"""A pointer is smaller than that, as Git LFS promises; of what is larger the start need not be fetched."""


class NotALog(Exception):
    """The file holds no log that anyone can read; the message says why, as the end of a sentence."""


class Elsewhere(NotALog):
    """The file stands for a log whose content is not here."""


class OtherFormat(Exception):
    """It may be a log, but of a format that only inspect-ai's own reader knows."""


SampleCount = Annotated[int, msgspec.Meta(ge=0)]
"""How many samples there are of a kind."""


class EvalMetric(msgspec.Struct):
    """`EvalMetric`: its options were called `options` before they were called `params`."""

    name: str = ""
    group: Any = None
    """The metric's own name, where it gives several numbers."""
    value: Any = None
    params: dict[str, Any] | None = None
    options: dict[str, Any] | None = None


class ScoreEntry(msgspec.Struct):
    """`EvalScore`: one scorer (or one key of a scorer's dict), one reducer."""

    name: str
    scorer: str | None = None
    reducer: str | None = None
    scored_samples: SampleCount | None = None
    unscored_samples: SampleCount | None = None
    metrics: dict[str, EvalMetric] = {}
    params: Any = None


class Results(msgspec.Struct):
    """`EvalResults`."""

    total_samples: SampleCount | None = None
    completed_samples: SampleCount | None = None
    scores: list[ScoreEntry] = []
    early_stopping: Any = None
    scorer: Any = None
    """Held the only score in version 1."""


class EvalDataset(msgspec.Struct):
    """`EvalDataset`; its `samples` counts the samples before any limit."""

    name: Any = None
    location: Any = None
    samples: Any = None
    sample_ids: list[Any] | None = None


class Config(msgspec.Struct):
    """`EvalConfig`: how often each sample is repeated, and what limits an evaluation."""

    epochs: int | None = None
    epochs_reducer: Any = None
    limit: Any = None
    sample_id: Any = None
    message_limit: Any = None
    token_limit: Any = None
    time_limit: Any = None
    turn_limit: Any = None
    working_limit: Any = None
    cost_limit: Any = None


class EvalPlanStep(msgspec.Struct):
    """`EvalPlanStep`: one solver of a chain."""

    solver: Any = None
    params: Any = None
    params_passed: Any = None
    """Those of `params` that were given, the others being the solver's defaults; older logs do not tell."""


class EvalPlan(msgspec.Struct):
    """`EvalPlan`: the solvers that ran, and the generate config that the task and the caller gave."""

    steps: list[EvalPlanStep] = []
    config: Any = None


class EvalSpec(msgspec.Struct):
    """`EvalSpec`."""

    created: str
    task: str
    model: str
    eval_id: str | None = None
    task_args: dict[str, Any] = {}
    task_args_passed: Any = None
    task_registry_name: Any = None
    task_file: Any = None
    task_version: Any = None
    solver: Any = None
    solver_args: Any = None
    model_args: Any = None
    model_generate_config: Any = None
    model_roles: Any = None
    tags: Any = None
    metadata: dict[str, Any] | None = None
    dataset: EvalDataset = msgspec.field(default_factory=EvalDataset)
    config: Config = msgspec.field(default_factory=Config)
    packages: dict[str, Any] = {}
    headline_metric: Any = None
    """The metric that the task declares to stand for it: any of `scorer`, `score`, `metric` and `reducer`."""
    scorers: Any = None
    """The scorers as declared, with their metrics' registry names and options."""


class EvalError(msgspec.Struct):
    """`EvalError`."""

    message: str = ""


class Logged(msgspec.Struct):
    """How many samples a log holds, each once, how many were invalidated, and how many each entry scored."""

    samples: int
    invalid: int
    scored: list[int]


class Header(msgspec.Struct):
    """`EvalLog` without its samples."""

    eval: EvalSpec
    version: int = 1
    status: str = "started"
    plan: EvalPlan | None = None
    results: Results | None = None
    error: EvalError | None = None
    stats: Any = None
    """`EvalStats`, read part by part: no log is another format for what it counts."""
    metadata: dict[str, Any] | None = None
    """The metadata with the edits made after the evaluation, in logs that know edits."""
    invalidated: bool = False
    """Whether somebody has declared samples of the log invalid."""
    logged_samples: int | None = None
    """How many samples the log holds; counted for logs without a header only."""
    logged: Logged | None = None
    """Counted in the samples, where the header wants it."""


_DECODER = msgspec.json.Decoder(Header)
"""Made once, on import: msgspec crashes where two threads work out the fields of a struct at once."""


def read_zip_header(file: IO[bytes]) -> Header:
    """The header of an `.eval` log; of one without a header, what its journal tells.

    Raises `NotALog`, `OtherFormat`, or what reading the file raises.
    """
    try:
        with open_archive(file) as archive:
            return _header_of(archive)
    except Refused as error:
        raise NotALog(str(error)) from error
    except zipfile.BadZipFile as error:
        raise NotALog(_what_is_wrong(file, error)) from error
    except inflate_errors() as error:
        raise NotALog(f"the archive is damaged ({error})") from error


def refuse_pointer(file: IO[bytes]) -> None:
    """Raises `Elsewhere` where a file begins as what Git LFS leaves in the place of a file."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    start = file.read(len(_POINTER)) if size < _LONGEST_POINTER else b""
    file.seek(0)
    if start == _POINTER:
        raise Elsewhere("it is a Git LFS pointer, not the log itself: git lfs pull")


def decode_header(text: bytes) -> Header:
    """The header in a JSON text; raises `NotALog` for what is not JSON, `OtherFormat` for another shape."""
    try:
        header = with_short_integers(decoded(_DECODER, text))
    except msgspec.ValidationError as error:
        raise OtherFormat(str(error)) from error
    except RecursionError as error:
        raise NotALog("it is not valid JSON (nested too deeply)") from error
    except ValueError as error:
        raise NotALog(f"it is not valid JSON ({error})") from error
    if header.version != 2 or (header.results and header.results.scorer is not None):
        raise OtherFormat(f"version {header.version}")
    return header


def _header_of(archive: zipfile.ZipFile) -> Header:
    names = archive.namelist()
    if HEADER in names:
        return decode_header(read_member(archive, HEADER))
    if START in names:
        header = decode_header(read_member(archive, START))
        header.logged_samples = len({name for name in names if name.startswith("samples/")})
        return header
    raise OtherFormat(f"a zip archive without {HEADER}")


def with_short_integers(header: Header) -> Header:
    """The header with texts for integers that 64 bits do not hold, which msgpack cannot write.

    Raises:
        msgspec.ValidationError: such an integer stands for a count.
    """
    try:
        msgspec.msgpack.encode(header)
    except OverflowError:
        return msgspec.convert(without_long_integers(msgspec.to_builtins(header)), Header)
    except ValueError:  # half a character, which is no number
        return header
    return header


def _what_is_wrong(file: IO[bytes], error: zipfile.BadZipFile) -> str:
    file.seek(0)
    start = file.read(4)
    if not start:
        return "the file is empty"
    if start != b"PK\x03\x04":
        return "it is not a zip archive, as an .eval log is"
    if "not a zip file" in str(error):
        return "it is cut off: the archive has no directory at its end"
    return f"the archive is damaged ({error})"


def inflate_errors() -> tuple[type[Exception], ...]:
    """What reading a member raises where its bytes are damaged, locked, or packed by an unknown method."""
    if sys.version_info < (3, 14):
        from zstandard import ZstdError
    else:
        from compression.zstd import ZstdError
    return (zlib.error, ZstdError, struct.error, EOFError, NotImplementedError, RuntimeError)
