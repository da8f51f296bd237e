"""`vizspec interpret`: a draft of the interpretation, from the results."""

from __future__ import annotations

from pathlib import Path

import click

from vizspec.cli import arguments
from vizspec.cli.console import listen, progress_bars, show_warnings, to_stderr


@click.command("interpret")
@click.argument("path", default=Path(), type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over an interpretation that is there.")
@arguments.untrusted
@arguments.quiet
def command(path: Path, force: bool, untrusted: bool, quiet: bool) -> int:
    """Draft the interpretation from the results: key findings, surprises, next steps.

    PATH is a spec or a folder that holds an analysis.yaml; by default the current folder. The draft is
    written into the file that report.interpretation names, else into interpretation.md. Edit it: as long as
    nobody has, the report says that it is drafted and not yet reviewed.

    \b
    Exit code 0: all is well; 2: a spec or the call is wrong, or there is an interpretation already.
    """
    from vizspec.gather.options import Reading
    from vizspec.render.interpret import DEFAULT_FILE, interpret
    from vizspec.spec.open import open_spec

    complaints = listen()
    opened = open_spec(path, is_trusted=not untrusted)
    with progress_bars(quiet) as progress:
        drafted = interpret(opened, Reading(progress), force)
    if not quiet:
        show_warnings(complaints)
        to_stderr(f"wrote {drafted.path}")
        if not drafted.is_named:
            to_stderr(f"name it in {opened.shown_path}: report: {{interpretation: {DEFAULT_FILE}}}")
        to_stderr("next: make it your own, then vizspec render")
    return 0
