"""The one place where whatever went wrong becomes a message and an exit code."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence
from enum import IntEnum

import click

from vizspec import __version__
from vizspec.cli.app import cli
from vizspec.cli.console import show_problems, show_user_error, to_stderr
from vizspec.errors import Problems, UserError


class Exit(IntEnum):
    """The exit codes."""

    WELL = 0
    FOUND = 1
    WRONG = 2
    BUG = 3
    INTERRUPTED = 130


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code, whatever happens."""
    try:
        result = cli.main(
            args=None if argv is None else list(argv), prog_name="vizspec", standalone_mode=False
        )
        return int(result or 0)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return Exit.WRONG
    except (KeyboardInterrupt, click.Abort):
        to_stderr("interrupted; what was there before stays as it was")
        return Exit.INTERRUPTED
    except Problems as found:
        show_problems(found.problems)
        return Exit.WRONG
    except UserError as error:
        show_user_error(error)
        return Exit.WRONG
    except BrokenPipeError:
        # Whoever read our output has gone (`vizspec plan | head`): flushing it at exit must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.WELL
    except Exception as error:  # a bug: the user gets one line, the traceback goes into a file
        to_stderr(f"vizspec met a bug of its own ({type(error).__name__}: {error})")
        to_stderr(f"please report it with the file {_bug_report()}")
        return Exit.BUG


def _bug_report() -> str:
    versions = f"vizspec {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
    with tempfile.NamedTemporaryFile(
        "w", prefix="vizspec-bug-", suffix=".log", delete=False, encoding="utf-8"
    ) as file:
        file.write(versions + traceback.format_exc())
    return file.name
