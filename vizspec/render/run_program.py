"""Runs the programs of users: in a folder of their own, with an end to time and space."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from vizspec.draw.pictures.png import css_width
from vizspec.limits.landlock import writing_only_in
from vizspec.render.canvas import Failure
from vizspec.report.attachments import DATE
from vizspec.views.program import Program, ProgramTable

MOST_BYTES = 200_000_000
"""That a program may write, in all."""
LOOK_SECONDS = 0.1
"""How often it is looked at what a program wrote."""
MOST_TOLD = 4000
"""Of what a program prints, the last characters that the run log keeps."""
SETTLED = {"MPLBACKEND": "Agg", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
"""So that a figure does not differ from one run to the next, and nothing is left behind."""
MATPLOTLIBRC = "svg.hashsalt: vizspec\n"
"""Without it matplotlib's SVGs have ids by chance."""
SVG_START = 10_000
"""Bytes within which an SVG begins, after what stands before it."""
DEVICES = (Path("/dev/null"), Path("/dev/shm"))


def run_program(
    program: Program, environ: Mapping[str, str] = os.environ, most_bytes: int = MOST_BYTES
) -> Mapping[str, bytes | Failure]:
    """The files that it made, by name, or why one is not there; nothing is raised for what it does.

    It is called with the folder of the frames, `NAME.parquet` each, and starts in the folder that it writes
    into. Where the system can hold it to that (Landlock), it writes nowhere else.
    """
    with tempfile.TemporaryDirectory(prefix="vizspec-", ignore_cleanup_errors=True) as top:
        folders = {name: Path(top) / name for name in ("frames", "made", "own")}
        for folder in folders.values():
            folder.mkdir()
        for table in program.tables:
            _write(table, folders["frames"])
        failure = _run(program, folders, environ, most_bytes)
        if failure is not None:
            return dict.fromkeys(program.makes, failure)
        return {name: _made(folders["made"], name, program.name) for name in program.makes}


def _write(table: ProgramTable, folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: list(values) for name, values in table.columns}
    pq.write_table(pa.table(columns), folder / f"{table.name}.parquet")


def _run(
    program: Program, folders: Mapping[str, Path], environ: Mapping[str, str], most_bytes: int
) -> Failure | None:
    """Why it made nothing that is to be taken; None where it ended well."""
    path = program.file.path
    command = [sys.executable, str(path)] if path.suffix == ".py" else [str(path)]
    printed = folders["own"] / "printed"
    (folders["own"] / "matplotlibrc").write_text(MATPLOTLIBRC)
    settled = {
        **SETTLED,
        DATE: environ.get(DATE, "0"),
        "MATPLOTLIBRC": str(folders["own"] / "matplotlibrc"),
        "TMPDIR": str(folders["own"]),
    }
    devices = [device for device in DEVICES if device.exists()]
    with (
        printed.open("wb") as output,
        writing_only_in([folders["made"], folders["own"]], devices) as hold,
    ):
        try:
            process = subprocess.Popen(
                [*command, str(folders["frames"])],
                cwd=folders["made"],
                env={**environ, **settled},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_bounded(hold, most_bytes),
            )
        except OSError as error:
            return Failure(f"{program.name} cannot be run: {error.strerror or error}")
        with _ended(process):
            reason = _watched(process, program.seconds, folders, most_bytes)
    printed_text = printed.read_bytes()[-MOST_TOLD:].decode("utf-8", "replace").strip()
    if reason is not None:
        return Failure(f"{program.name} {reason}", traceback=printed_text or None)
    if process.returncode != 0:
        last = printed_text.splitlines()[-1] if printed_text else "it said nothing"
        how = f"code {process.returncode}" if process.returncode > 0 else _signal(-process.returncode)
        return Failure(f"{program.name} failed ({how}): {last}", traceback=printed_text or None)
    return None


def _bounded(hold: Callable[[], None], most_bytes: int) -> Callable[[], None]:
    """What the new process does before the program begins."""

    def begin() -> None:
        for kind, most in ((resource.RLIMIT_FSIZE, most_bytes), (resource.RLIMIT_CORE, 0)):
            with suppress(ValueError, OSError):  # a narrower limit is in force
                resource.setrlimit(kind, (most, most))
        hold()

    return begin


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Whatever the program started ends with it."""
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _watched(
    process: subprocess.Popen[bytes], seconds: float, folders: Mapping[str, Path], most_bytes: int
) -> str | None:
    """Waits for the end; why it was not waited for any longer, or None."""
    end = time.monotonic() + seconds
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_SECONDS)
        if sum(_size(folders[name]) for name in ("made", "own")) >= most_bytes:
            return f"wrote {most_bytes / 1_000_000:g} MB or more"
        if process.returncode is not None:
            return None
        if time.monotonic() > end:
            return f"took more than {seconds:g} s"


def _size(folder: Path) -> int:
    """The bytes of the files below a folder, as far as they are still there."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 - as os.walk gives it
            except FileNotFoundError:
                continue
    return total


def _made(folder: Path, name: str, program: str) -> bytes | Failure:
    try:
        found = os.lstat(folder / name)
    except FileNotFoundError:
        others = sorted(path.name for path in folder.iterdir())
        wrote = f"; it wrote {', '.join(others[:3])}" if others else ""
        return Failure(f"{program} did not write '{name}'{wrote}")
    if not stat.S_ISREG(found.st_mode):
        return Failure(f"{program} made '{name}' a link or a folder, not a file")
    content = (folder / name).read_bytes()
    if not content or not _is_right(Path(name).suffix, content):
        return Failure(f"what {program} wrote into '{name}' is no {Path(name).suffix[1:].upper()} file")
    return content


def _is_right(suffix: str, content: bytes) -> bool:
    """Whether the file begins as one of this kind does."""
    if suffix == ".png":
        return css_width(content, 1) is not None
    if suffix == ".svg":
        return b"<svg" in content[:SVG_START]
    return suffix != ".pdf" or content.startswith(b"%PDF")


def _signal(number: int) -> str:
    known = {each.value for each in signal.Signals}
    return f"signal {signal.Signals(number).name if number in known else number}"
