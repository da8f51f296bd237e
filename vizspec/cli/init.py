"""`vizspec init`: a default spec from the experiment's design, and from its logs where there are any."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from vizspec.cli import arguments
from vizspec.cli.console import to_stderr
from vizspec.text.messages import counted


@click.command("init")
@click.argument("folder", default=Path(), type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over a spec that is there.")
@click.option(
    "--logs", multiple=True, metavar="PATTERN", help="Where the logs are, if not in the usual folders."
)
@arguments.quiet
def command(folder: Path, force: bool, logs: tuple[str, ...], quiet: bool) -> int:
    """Write a default analysis.yaml into FOLDER (by default the current one).

    The views are chosen by the experiment's design (experiment_summary.yaml), and by its logs where there
    are any. A spec that is there already is kept, unless --force is given.
    """
    from vizspec.init.initialize import initialize

    written = initialize(folder, logs, force)
    if not quiet:
        for note in written.notes:
            to_stderr(note)
        to_stderr(f"wrote {written.path} ({counted(written.views, 'view')})")
        beside = Path(written.path).parent
        named = "" if beside == Path() else f" {shlex.quote(str(beside))}"
        to_stderr(f"next: vizspec validate{named}, then vizspec render{named}")
    return 0
