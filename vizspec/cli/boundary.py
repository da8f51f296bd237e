"""The one place where whatever went wrong becomes a message and an exit code."""

from __future__ import annotations

import errno
import platform
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import suppress
from enum import IntEnum
from pathlib import Path

import click

from vizspec import __version__
from vizspec.cli.app import cli
from vizspec.cli.console import explain, to_stderr
from vizspec.errors import Problems, UserError

REFUSALS = frozenset({errno.EACCES, errno.EDQUOT, errno.EIO, errno.ENOSPC, errno.EPERM, errno.EROFS})
"""What the system says of disks that are full or broken, and of what the user may not touch."""


class Exit(IntEnum):
    """The exit codes."""

    WELL = 0
    FOUND = 1
    WRONG = 2
    BUG = 3
    INTERRUPTED = 130


def run(argv: Sequence[str] | None = None, reports: Path | None = None) -> int:
    """Run the command line; returns the exit code, whatever happens.

    `reports` is the folder for a bug's traceback; by default the one for temporary files.
    """
    try:
        result = cli.main(
            args=None if argv is None else list(argv), prog_name="vizspec", standalone_mode=False
        )
        return int(result or 0)
    except SystemExit as stop:  # click's own ends: a completion script was printed, or its reader has gone
        return stop.code if isinstance(stop.code, int) else Exit.WELL
    except click.ClickException as error:
        error.show()
        return Exit.WRONG
    except (KeyboardInterrupt, click.Abort):
        to_stderr("interrupted; the outputs are those of the last render that came to its end")
        return Exit.INTERRUPTED
    except (Problems, UserError) as error:
        explain(error)
        return Exit.WRONG
    except Exception as error:  # a bug: the user gets one line, the traceback goes into a file
        if isinstance(error, OSError) and error.errno in REFUSALS:
            return _refused(error)
        if isinstance(error, FileNotFoundError) and not _is_somewhere():
            to_stderr("vizspec: the folder that you are in is gone")
            to_stderr("    go to one that is there, with cd")
            return Exit.WRONG
        to_stderr(f"vizspec met a bug of its own ({type(error).__name__}: {error})")
        to_stderr(_how_to_report(reports))
        return Exit.BUG


def _is_somewhere() -> bool:
    """Whether the working directory is still there."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return False
    return True


def _refused(error: OSError) -> Exit:
    """What the system would not do; not even told where standard error is what cannot be written."""
    what = f"'{error.filename}'" if error.filename else "the output"
    with suppress(OSError):
        to_stderr(f"vizspec: {what} cannot be written or read: {error.strerror}")
        to_stderr("    make room, or see to its permissions")
    return Exit.WRONG


def _how_to_report(folder: Path | None) -> str:
    try:
        return f"please report it with the file {_bug_report(folder)}"
    except OSError as error:
        return f"its traceback could not be kept ({error.strerror}); please report it all the same"


def _bug_report(folder: Path | None) -> str:
    versions = f"vizspec {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
    with tempfile.NamedTemporaryFile(
        "w", prefix="vizspec-bug-", suffix=".log", dir=folder, delete=False, encoding="utf-8"
    ) as file:
        file.write(versions + traceback.format_exc())
    return file.name
