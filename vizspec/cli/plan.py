"""`vizspec plan`: what a render would make, without making it."""

from __future__ import annotations

from pathlib import Path

import click

from vizspec.cli import arguments
from vizspec.cli.console import progress_bars, show_json, show_problems, show_table, to_stderr


@click.command("plan")
@arguments.paths
@arguments.only
@arguments.strict
@arguments.as_json
@arguments.quiet
def command(paths: tuple[Path, ...], only: tuple[str, ...], strict: bool, as_json: bool, quiet: bool) -> int:
    """Show every output with its file names, to be rendered or skipped with the reason.

    PATHS are specs or folders that hold an analysis.yaml; by default the current folder.
    """
    from vizspec.gather import Reading
    from vizspec.opening import open_spec
    from vizspec.pipeline import make_plan
    from vizspec.plan import Plan, Step

    plans: list[tuple[str, Plan]] = []
    for path in arguments.targets(paths):
        opened = open_spec(path)
        if opened.warnings and not quiet:
            show_problems(opened.warnings)
        with progress_bars(quiet) as progress:
            plans.append((opened.shown_path, make_plan(opened, Reading(progress), only)[1]))
    if as_json:
        show_json({name: [output_as_json(output) for output in plan.outputs] for name, plan in plans})
    else:
        for name, plan in plans:
            if len(plans) > 1:
                to_stderr(name)
            rows = [
                (o.id, "render", ", ".join(o.files)) if isinstance(o, Step) else (o.id, "skip", o.reason)
                for o in plan.outputs
            ]
            show_table(("Output", "Action", "Files or reason"), rows)
    return int(strict and any(plan.skips for _, plan in plans))


def output_as_json(output: object) -> dict[str, object]:
    """A planned output for programs."""
    from vizspec.plan import Step

    fields = ("id", "view", "metric", "files", "title", "caption", "notes", "reason")
    told = {name: getattr(output, name) for name in fields if hasattr(output, name)}
    return {"action": "render" if isinstance(output, Step) else "skip", **told}
