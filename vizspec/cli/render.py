"""`vizspec render`: make the views, the report and the results."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vizspec.cli import arguments
from vizspec.cli.console import (
    progress_bars,
    show_json,
    show_problems,
    show_table,
    show_user_error,
    to_stderr,
)
from vizspec.errors import Problems, UserError

if TYPE_CHECKING:
    from vizspec.pipeline import Options, Rendered


@click.command("render")
@arguments.paths
@arguments.only
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Another output folder.")
@arguments.strict
@click.option("--force", is_flag=True, help="Make everything anew, changed or not.")
@click.option("--clean", is_flag=True, help="Remove what earlier renders made and this one does not.")
@click.option("--jobs", type=click.IntRange(1), help="How many processes read samples; default: the cores.")
@click.option("--scheduler", metavar="ADDRESS", help="Read samples on this Dask cluster (tcp://…) instead.")
@click.option("--no-cache", is_flag=True, help="Read everything from the logs themselves.")
@arguments.as_json
@arguments.quiet
def command(
    paths: tuple[Path, ...],
    only: tuple[str, ...],
    out: Path | None,
    strict: bool,
    force: bool,
    clean: bool,
    jobs: int | None,
    scheduler: str | None,
    no_cache: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Make the views, the report and the results of specs.

    PATHS are specs or folders that hold an analysis.yaml; by default the current folder. Several are
    rendered one after another, and one that fails never stops the next.

    \b
    Exit code 0: all is well; 1: an output failed, or with --strict one was skipped;
    2: a spec or the call is wrong; 3: a bug of vizspec.
    """
    from vizspec.pipeline import Options

    if out is not None and len(arguments.targets(paths)) > 1:
        raise click.UsageError("--out takes one spec: several would write into one folder")
    options = Options(only, out, strict, force, clean, jobs, scheduler, not no_cache)
    codes: list[int] = []
    results: list[dict[str, Any]] = []
    for path in arguments.targets(paths):
        code, result = _render(path, options, quiet or as_json)
        codes.append(code)
        results.append(result)
        if not as_json and not quiet:
            _show(result["rendered"])
    if as_json:
        show_json([_as_json(result) for result in results])
    return max(codes)


def render_one(path: Path, options: Options, quiet: bool) -> int:
    """Render one spec and show its table; returns the exit code."""
    code, result = _render(path, options, quiet)
    if not quiet:
        _show(result["rendered"])
    return code


def _render(path: Path, options: Options, quiet: bool) -> tuple[int, dict[str, Any]]:
    from vizspec.opening import open_spec, shown_path
    from vizspec.pipeline import render

    logging.getLogger("vizspec").addHandler(logging.NullHandler())
    try:
        opened = open_spec(path)
        if opened.warnings and not quiet:
            show_problems(opened.warnings)
        with progress_bars(quiet) as progress:
            rendered = render(opened, options, progress)
    except Problems as found:
        show_problems(found.problems)
        return 2, {"path": shown_path(path), "rendered": None}
    except UserError as error:
        show_user_error(error)
        return 2, {"path": shown_path(path), "rendered": None}
    for warning in rendered.warnings:
        to_stderr(f"warning: {warning}")
    found_warnings = bool(opened.warnings)
    return rendered.exit_code(options.strict, found_warnings), {
        "path": shown_path(path),
        "rendered": rendered,
    }


def _show(rendered: Rendered | None) -> None:
    if rendered is None:
        return
    show_table(("Output", "Status", "Files or reason"), _rows(rendered))
    counts = Counter(outcome.status.value for outcome in rendered.outcomes)
    told = ", ".join(f"{number} {status}" for status, number in sorted(counts.items())) or "nothing to draw"
    to_stderr(f"{told}; in {rendered.shown_folder}")


def _rows(rendered: Rendered) -> Iterator[tuple[str, str, str]]:
    for outcome in rendered.outcomes:
        told = ", ".join(outcome.written)
        if outcome.reason:
            told = f"{told} ({outcome.reason})" if told else outcome.reason
        yield outcome.step.id, outcome.status.value, told


def _as_json(result: dict[str, Any]) -> dict[str, Any]:
    rendered: Rendered | None = result["rendered"]
    if rendered is None:
        return {"path": result["path"], "outcomes": None}
    return {
        "path": result["path"],
        "folder": rendered.shown_folder,
        "report": rendered.report,
        "warnings": list(rendered.warnings),
        "outcomes": [
            {
                "id": outcome.step.id,
                "status": outcome.status.value,
                "files": list(outcome.written),
                "reason": outcome.reason,
            }
            for outcome in rendered.outcomes
        ],
    }
