"""`vizspec validate`: every mistake at once, before any log exists."""

from __future__ import annotations

from pathlib import Path

import click

from vizspec.cli import arguments
from vizspec.cli.console import problem_as_json, show_json, show_problems, show_user_error, to_stderr
from vizspec.errors import Problem, Problems, UserError


@click.command("validate")
@arguments.paths
@arguments.strict
@arguments.as_json
@arguments.quiet
def command(paths: tuple[Path, ...], strict: bool, as_json: bool, quiet: bool) -> int:
    """Check specs against their experiments, before any log exists.

    PATHS are specs or folders that hold an analysis.yaml; by default the current folder.
    Exit code 2 where something is wrong; with --strict, 1 where there are warnings.
    """
    from vizspec.opening import open_spec, shown_path, spec_file

    code = 0
    reported: list[Problem] = []
    for path in arguments.targets(paths):
        try:
            problems: tuple[Problem, ...] = open_spec(path).warnings
        except Problems as found:
            problems, code = found.problems, 2
        except UserError as error:
            code = 2
            reported.append(Problem((), error.message, error.hint, file=shown_path(path)))
            if not as_json:
                show_user_error(error)
            continue
        reported += problems
        if not as_json:
            _show(shown_path(spec_file(path)), problems, quiet)
    if as_json:
        show_json({"problems": [problem_as_json(problem) for problem in reported], "valid": code == 0})
    return code or int(strict and bool(reported))


def _show(name: str, problems: tuple[Problem, ...], quiet: bool) -> None:
    shown = tuple(p for p in problems if not quiet or p.severity == "error")
    if shown:
        show_problems(shown)
    if not quiet and not any(problem.severity == "error" for problem in problems):
        to_stderr(f"{name} is valid")
