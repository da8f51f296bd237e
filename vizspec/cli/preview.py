"""`vizspec preview`: the index in a browser, made anew while the spec is written."""

from __future__ import annotations

from pathlib import Path

import click

from vizspec.cli import arguments
from vizspec.cli.console import to_stderr, to_stdout


@click.command("preview")
@click.argument("path", default=Path(), type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Another port than any free one.")
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@arguments.untrusted
@click.option("--jobs", type=click.IntRange(1), help="How many processes read samples; default: the cores.")
def command(path: Path, port: int, opens: bool, untrusted: bool, jobs: int | None) -> int:
    """Show the index while the spec is written, and make it anew with every change.

    PATH is a spec or a folder that holds an analysis.yaml. What changes in it, in the design, in its texts
    and in the logs is on the page a moment later; what is wrong stands over the last good page. Pages
    alone are made, in a folder that goes with the preview: `vizspec render` makes the outputs. Ctrl-C
    ends it.
    """
    from vizspec.cli.boundary import Exit
    from vizspec.preview.session import keep_up, served
    from vizspec.render.result import Options
    from vizspec.spec.open import spec_file

    spec_file(path)
    try:
        with served(port) as session:
            to_stdout(session.address)
            to_stderr("this address is for this machine alone; Ctrl-C ends the preview")
            if opens:
                click.launch(session.address)
            keep_up(path, session, Options(jobs=jobs, is_trusted=not untrusted))
    except KeyboardInterrupt:
        to_stderr("the preview has ended; its pages are gone, and the outputs are as they were")
    return Exit.INTERRUPTED
