"""What the terminal shows: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from vizspec.errors import Problem, Problems, UserError, format_problem, path_text
from vizspec.text.messages import counted
from vizspec.text.terminal import harmless, harmless_json, in_one_line

if TYPE_CHECKING:
    from vizspec.gather.options import StepProgress


def to_stdout(text: str) -> None:
    """A result; a program gets what it says, a terminal nothing that would steer it."""
    click.echo(harmless(text))


def to_stderr(text: str) -> None:
    """A message."""
    click.echo(harmless(text), err=True)


def show_problems(problems: Sequence[Problem]) -> None:
    """Every problem in the compilers' form, then their count."""
    for problem in problems:
        to_stderr(format_problem(problem))
    counts = [
        (sum(problem.severity == severity for problem in problems), severity)
        for severity in ("error", "warning")
    ]
    to_stderr(", ".join(counted(n, name) for n, name in counts if n) or "no problems")


def show_warnings(warnings: Iterable[str]) -> None:
    """What of the inputs is missing or doubtful, each once."""
    for warning in dict.fromkeys(warnings):
        to_stderr(f"warning: {warning}")


def show_user_error(error: UserError) -> None:
    """What went wrong, and the next step."""
    to_stderr(f"vizspec: {error.message}")
    if error.hint:
        to_stderr(f"    {error.hint}")


def explain(error: Problems | UserError) -> None:
    """What was wrong with an input, in its own form."""
    if isinstance(error, UserError):
        show_user_error(error)
    else:
        show_problems(error.problems)


def problems_in(error: Problems | UserError, file: str) -> tuple[Problem, ...]:
    """What was wrong with an input, as problems of `file`."""
    if isinstance(error, Problems):
        return error.problems
    return (Problem((), error.message, error.hint, file=file),)


def listen() -> list[str]:
    """What vizspec's modules warn of from now on, as it comes."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger = logging.getLogger("vizspec")
    logger.handlers = [Listener(logging.WARNING)]
    return heard


def show_json(value: Any) -> None:
    """A result for programs."""
    to_stdout(harmless_json(json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)))


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """A problem for programs."""
    return {
        "file": problem.file,
        "line": problem.mark.line if problem.mark else None,
        "column": problem.mark.column if problem.mark else None,
        "severity": problem.severity,
        "path": path_text(problem.loc),
        "message": problem.message,
        "hint": problem.hint,
    }


def show_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on standard output: drawn on a terminal, tab-separated lines elsewhere."""
    if not sys.stdout.isatty():
        for row in rows:
            to_stdout("\t".join(map(in_one_line, row)))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*headers, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(in_one_line(cell)) for cell in row))
    Console().print(table)


@contextmanager
def progress_bars(quiet: bool) -> Iterator[StepProgress]:
    """Bars on a terminal, nothing where output is piped or `quiet`."""
    if quiet or not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield show
