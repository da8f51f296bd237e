"""`vizspec plan`: what a render would make, without making it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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

if TYPE_CHECKING:
    from vizspec.plan.plan import Plan, Skipped, Step


@click.command("plan")
@arguments.paths
@arguments.only
@arguments.untrusted
@arguments.strict
@arguments.as_json
@arguments.quiet
def command(
    paths: tuple[Path, ...],
    only: tuple[str, ...],
    untrusted: bool,
    strict: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Show every output with its file names, to be rendered or skipped with the reason.

    PATHS are specs or folders that hold an analysis.yaml; by default the current folder. Several are
    planned one after another, and one that fails never stops the next.

    \b
    Exit code 0: all is well; 1: with --strict, an output is skipped or there are warnings;
    2: a spec or the call is wrong.
    """
    targets = arguments.targets(paths)
    results = [_planned(path, only, quiet or as_json, strict, not untrusted) for path in targets]
    if as_json:
        show_json([_as_json(result) for result in results])
    else:
        for result in results:
            _show(result, is_named=len(targets) > 1 and not quiet)
            if not quiet:
                _show_notes(result)
    if any(result.plan is None or _is_wrong(result.problems) for result in results):
        return 2
    return int(strict and any(result.is_doubtful for result in results))


class _SpecPlan(NamedTuple):
    """A spec's plan, or None where it cannot be made; what is wrong with the spec, and with its inputs."""

    path: str
    plan: Plan | None
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    """What is read or written outside of the spec's repository."""

    @property
    def is_doubtful(self) -> bool:
        """Whether something is warned of, or skipped by more than the spec's own `skip_if`."""
        is_skipped = self.plan is not None and any(not skip.is_chosen for skip in self.plan.skips)
        return bool(self.problems or self.warnings or is_skipped)


def _planned(path: Path, only: tuple[str, ...], quiet: bool, strict: bool, is_trusted: bool) -> _SpecPlan:
    from vizspec.gather.options import Reading
    from vizspec.render.pipeline import make_plan, warnings_of
    from vizspec.render.plan_remarks import problems_of_texts, reach_of, said_of_pictures
    from vizspec.spec.open import open_spec, shown_path

    complaints = listen()
    try:
        opened = open_spec(path, is_trusted=is_trusted)
        if opened.warnings and (not quiet or strict):
            show_problems(opened.warnings)
        with progress_bars(quiet) as progress:
            facts, plan = make_plan(opened, Reading(progress), only)
    except (Problems, UserError) as error:
        explain(error)
        return _SpecPlan(shown_path(path), None, problems_in(error, shown_path(path)))
    in_texts = problems_of_texts(opened, facts, plan) if not only else ()
    if in_texts and (not quiet or strict or _is_wrong(in_texts)):
        show_problems(in_texts)
    warnings = tuple(dict.fromkeys((*warnings_of(facts), *complaints)))
    if not quiet or strict:
        show_warnings(warnings)
    outside = reach_of(opened, facts)
    if not quiet:
        for name in dict.fromkeys(entry.program for entry in opened.spec.views if entry.program is not None):
            to_stderr(f"a render with --allow-scripts runs {name}")
        for said in said_of_pictures(opened, plan):
            to_stderr(said)
        for sentence in outside:
            to_stderr(f"outside: {sentence}")
    return _SpecPlan(opened.shown_path, plan, (*opened.warnings, *in_texts), warnings, outside)


def _is_wrong(problems: tuple[Problem, ...]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _show(result: _SpecPlan, is_named: bool) -> None:
    from vizspec.plan.plan import Step

    if result.plan is None:
        return
    if is_named:
        to_stderr(result.path)
    rows = [
        (o.id, "render", ", ".join(o.files)) if isinstance(o, Step) else (o.id, "skip", o.reason)
        for o in result.plan.outputs
    ]
    show_table(("Output", "Action", "Files or reason"), rows)


def _show_notes(result: _SpecPlan) -> None:
    """What each output would leave out, or show in another form."""
    from vizspec.plan.plan import Step

    for output in result.plan.outputs if result.plan is not None else ():
        for note in output.notes if isinstance(output, Step) else ():
            to_stderr(f"note: {output.id}: {note}")


def _as_json(result: _SpecPlan) -> dict[str, Any]:
    outputs = result.plan.outputs if result.plan is not None else None
    return {
        "path": result.path,
        "outputs": None if outputs is None else [output_as_json(output) for output in outputs],
        "problems": [problem_as_json(problem) for problem in result.problems],
        "warnings": list(result.warnings),
        "outside": list(result.outside),
    }


def output_as_json(output: Step | Skipped) -> dict[str, Any]:
    """A planned output for programs."""
    from vizspec.plan.plan import Step

    known: dict[str, Any] = {"id": output.id, "view": output.view, "metric": output.metric}
    if isinstance(output, Step):
        texts = {"title": output.title, "caption": output.caption, "notes": output.notes}
        return {"action": "render", **known, "files": output.files, **texts}
    return {"action": "skip", **known, "reason": output.reason}
