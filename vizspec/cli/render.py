"""`vizspec render`: make the views, the report and the results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vizspec.cli import arguments
from vizspec.cli.console import (
    explain,
    listen,
    problem_as_json,
    problems_in,
    progress_bars,
    show_json,
    show_problems,
    show_table,
    show_warnings,
    to_stderr,
)
from vizspec.errors import Problem, Problems, UserError
from vizspec.plan.outcomes import Outcome, OutputStatus
from vizspec.text.messages import counted, listed

if TYPE_CHECKING:
    from vizspec.render.result import Options, Rendered

NAMED = 3
"""How many files a message names."""


@dataclass(frozen=True)
class Result:
    """What became of one spec: its render, or the problems for which there is none."""

    path: str
    code: int
    rendered: Rendered | None = None
    problems: tuple[Problem, ...] = ()


@click.command("render")
@arguments.paths
@arguments.only
@arguments.untrusted
@arguments.allow_scripts
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Another output folder.")
@arguments.strict
@click.option("--strict-claims", is_flag=True, help="Exit with 1 where a claim is violated.")
@click.option("--force", is_flag=True, help="Make everything anew, changed or not.")
@click.option("--clean", is_flag=True, help="Remove what earlier renders made and this one does not.")
@click.option("--jobs", type=click.IntRange(1), help="How many processes read samples; default: the cores.")
@click.option(
    "--scheduler", metavar="ADDRESS", help="Read samples and draw figures on this Dask cluster (tcp://…)."
)
@click.option("--no-cache", is_flag=True, help="Read everything from the logs themselves.")
@arguments.as_json
@arguments.quiet
def command(
    paths: tuple[Path, ...],
    only: tuple[str, ...],
    untrusted: bool,
    allow_scripts: bool,
    out: Path | None,
    strict: bool,
    strict_claims: bool,
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
    from vizspec.render.result import Options

    targets = arguments.targets(paths)
    if out is not None and len(targets) > 1:
        raise click.UsageError("--out takes one spec: several would write into one folder")
    options = Options(
        only=only,
        out=out,
        strict=strict,
        strict_claims=strict_claims,
        force=force,
        clean=clean,
        jobs=jobs,
        scheduler=scheduler,
        use_cache=not no_cache,
        is_trusted=not untrusted,
        allow_scripts=allow_scripts and not untrusted,
    )
    results = []
    for path in targets:
        results.append(_render(path, options, quiet or as_json))
        if not as_json:
            _show(results[-1].rendered, quiet)
    if as_json:
        show_json([_as_json(result) for result in results])
    return max(result.code for result in results)


def render_one(path: Path, options: Options, quiet: bool) -> int:
    """Render one spec and show its table; returns the exit code."""
    result = _render(path, options, quiet)
    _show(result.rendered, quiet)
    return result.code


def _render(path: Path, options: Options, quiet: bool) -> Result:
    from vizspec.render.pipeline import render
    from vizspec.spec.open import open_spec, shown_path

    complaints = listen()
    try:
        opened = open_spec(path, is_trusted=options.is_trusted)
        if opened.warnings and (not quiet or options.strict):
            show_problems(opened.warnings)
        with progress_bars(quiet) as progress:
            rendered = render(opened, options, progress)
    except (Problems, UserError) as error:
        explain(error)
        return Result(shown_path(path), 2, problems=problems_in(error, shown_path(path)))
    if not quiet or options.strict:
        show_warnings((*rendered.warnings, *complaints))
    if not quiet:
        for note in rendered.notes:
            to_stderr(f"note: {note}")
    for sentence in _errors(rendered, quiet):
        to_stderr(f"error: {sentence}")
    code = rendered.exit_code(options.strict, bool(opened.warnings))
    if quiet and options.strict and (found := _strictly(rendered, len(opened.warnings))):
        to_stderr(f"{opened.shown_path}: found by --strict: {found}")
    return Result(opened.shown_path, code, rendered, opened.warnings)


def _errors(rendered: Rendered, quiet: bool) -> Iterator[str]:
    """What is wrong besides outputs that failed; what the table of outputs ends with only where `quiet`."""
    yield from rendered.errors
    if quiet and rendered.fails_on_violation and rendered.violated:
        yield f"violated claims: {', '.join(rendered.violated)}"


def _strictly(rendered: Rendered, of_spec: int) -> str:
    """What `--strict` finds, counted; nothing where it finds nothing."""
    counts = ((rendered.skipped, "skipped output"), (len(rendered.warnings) + of_spec, "warning"))
    return ", ".join(counted(number, noun) for number, noun in counts if number)


def _show(rendered: Rendered | None, quiet: bool) -> None:
    """The table of outputs and what else to know; only the failures where `quiet`."""
    if rendered is None:
        return
    failed = [outcome for outcome in rendered.outcomes if outcome.status is OutputStatus.FAILED]
    if quiet:
        for outcome in failed:
            to_stderr(f"error: {outcome.step.id} failed: {outcome.reason}")
        return
    show_table(("Output", "Status", "Files or reason"), _rows(rendered))
    counts = Counter(outcome.status.value for outcome in rendered.outcomes)
    statuses = (
        ", ".join(f"{number} {status}" for status, number in sorted(counts.items())) or "nothing to draw"
    )
    to_stderr(f"{statuses}; in {rendered.shown_folder}")
    for reason, number in _left_out(rendered).items():
        to_stderr(f"{counted(number, 'file')} left out: {reason}")
    for note, number in _noted(rendered).items():
        to_stderr(f"{counted(number, 'file')} {note}")
    for verdict in _verdicts(rendered):
        to_stderr(verdict)
    if failed:
        to_stderr(f"what failed is in the run log, {rendered.run_log}")
    if rendered.removed:
        to_stderr(f"removed what earlier renders made: {_named(rendered.removed)}")
    if rendered.orphans:
        how = "; --clean removes what is not made now" if rendered.has_evaluations else ""
        to_stderr(f"earlier renders made {_named(rendered.orphans)} too{how}")


def _verdicts(rendered: Rendered) -> Iterator[str]:
    """The claims by what they came to; those that are violated make the render fail where that is wanted."""
    names: dict[str, list[str]] = {}
    for verdict in rendered.verdicts:
        names.setdefault(verdict.outcome.value, []).append(verdict.id)
    if names:
        yield "claims: " + "; ".join(f"{outcome}: {', '.join(ids)}" for outcome, ids in names.items())


def _left_out(rendered: Rendered) -> Counter[str]:
    """Why files of outputs that were made are not there, and how many."""
    made = [outcome for outcome in rendered.outcomes if outcome.written]
    files = (file for outcome in made for file in outcome.files)
    return Counter(file.reason or "" for file in files if file.status is OutputStatus.SKIPPED)


def _noted(rendered: Rendered) -> Counter[str]:
    """What is to be known of files that are there, and of how many."""
    files = (file for outcome in rendered.outcomes for file in outcome.files)
    return Counter(file.note for file in files if file.note)


def _named(files: Sequence[str]) -> str:
    return listed(files, NAMED)


def _rows(rendered: Rendered) -> Iterator[tuple[str, str, str]]:
    for outcome in rendered.outcomes:
        yield outcome.step.id, outcome.status.value, _files_or_reason(outcome)


def _files_or_reason(outcome: Outcome) -> str:
    """The files that are there; of those that are not, the reason, unless it is told once for all below."""
    if not outcome.written:
        return outcome.reason or ""
    files = ", ".join(outcome.written)
    if not outcome.reason:
        return files
    without = f"without {', '.join(_lacking(outcome))}"
    return (
        f"{files} ({without}: {outcome.reason})"
        if outcome.status is OutputStatus.FAILED
        else f"{files} ({without})"
    )


def _lacking(outcome: Outcome) -> list[str]:
    return [file.name for file in outcome.files if file.name not in outcome.written]


def _as_json(result: Result) -> dict[str, Any]:
    result_fields = {
        "path": result.path,
        "exit_code": result.code,
        "problems": [problem_as_json(problem) for problem in result.problems],
    }
    rendered = result.rendered
    if rendered is None:
        return {**result_fields, "outcomes": None}
    from vizspec.claims.results import claim_rows

    return {
        **result_fields,
        "folder": rendered.shown_folder,
        "report": rendered.report,
        "warnings": list(rendered.warnings),
        "notes": list(rendered.notes),
        "errors": list(rendered.errors),
        "claims": [asdict(row) for row in claim_rows(rendered.verdicts)],
        "removed": list(rendered.removed),
        "orphans": list(rendered.orphans),
        "outcomes": [
            {
                "id": outcome.step.id,
                "status": outcome.status.value,
                "files": list(outcome.written),
                "reason": outcome.reason,
                "notes": list(outcome.notes),
            }
            for outcome in rendered.outcomes
        ],
    }
