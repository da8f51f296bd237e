"""`vizspec validate`: every mistake at once, before any log exists."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from vizspec.cli import arguments
from vizspec.cli.console import explain, problem_as_json, problems_in, show_json, show_problems, to_stderr
from vizspec.errors import Problem, Problems, UserError


@click.command("validate")
@arguments.paths
@arguments.changed
@arguments.untrusted
@arguments.strict
@arguments.as_json
@arguments.quiet
def command(
    paths: tuple[Path, ...], changed: bool, untrusted: bool, strict: bool, as_json: bool, quiet: bool
) -> int:
    """Check specs against their experiments, before any log exists.

    PATHS are specs or folders that hold an analysis.yaml; by default the current folder. Several are
    checked one after another.

    \b
    Exit code 0: all is well; 1: with --strict, there are warnings; 2: a spec is wrong.
    """
    targets = arguments.targets_of_changed(paths) if changed else arguments.targets(paths)
    is_quiet = quiet and not strict
    verdicts = [_verdict(path, not as_json, is_quiet, not untrusted) for path in targets]
    problems = [problem for verdict in verdicts for problem in verdict.problems]
    is_valid = all(verdict.is_valid for verdict in verdicts)
    if as_json:
        show_json({"problems": [problem_as_json(problem) for problem in problems], "valid": is_valid})
    return int(strict and bool(problems)) if is_valid else 2


class _Verdict(NamedTuple):
    is_valid: bool
    problems: tuple[Problem, ...]


def _verdict(path: Path, show: bool, quiet: bool, is_trusted: bool) -> _Verdict:
    from vizspec.spec.open import open_spec, shown_path
    from vizspec.spec.own_schema import refresh

    try:
        opened = open_spec(path, is_trusted=is_trusted)
    except (Problems, UserError) as error:
        if show:
            explain(error)
        return _Verdict(False, problems_in(error, shown_path(path)))
    if is_trusted:
        refresh(opened.path.parent, opened.spec, opened.experiment)
    problems = (*opened.warnings, *opened.in_texts)
    is_valid = all(problem.severity != "error" for problem in problems)
    if show and not (quiet and is_valid):
        if problems:
            show_problems(problems)
        if is_valid:
            to_stderr(f"{opened.shown_path} is valid")
    return _Verdict(is_valid, problems)
