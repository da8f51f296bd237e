"""`vizspec demo`: an example experiment, evaluated for real, and its render."""

from __future__ import annotations

from pathlib import Path

import click

from vizspec.cli import arguments
from vizspec.cli.console import progress_bars, to_stderr


@click.command("demo")
@click.argument("folder", default=Path("vizspec-demo"), type=click.Path(path_type=Path, file_okay=False))
@click.option("--kind", default="demo", metavar="KIND", help="Another example; a wrong one lists them.")
@click.option("--no-render", is_flag=True, help="Make the experiment only.")
@arguments.quiet
def command(folder: Path, kind: str, no_render: bool, quiet: bool) -> int:
    """Make an example experiment in FOLDER (new or empty), then init and render it.

    The spec compares and claims what the example's hypothesis says.

    Real Inspect evaluations of real classifiers on a real data set, in under a minute, without a network.
    """
    from vizspec.demo import make_experiment
    from vizspec.demo.kinds import KINDS
    from vizspec.init.initialize import initialize
    from vizspec.init.suggest import Stated

    with progress_bars(quiet) as progress:
        make_experiment(
            folder, kind, progress=lambda done, total, what: progress("running evaluations", done, total)
        )
    if not quiet:
        to_stderr(f"made an experiment in {folder}")
    if no_render:
        return 0
    design = KINDS[kind]()
    initialize(folder, stated=Stated(design.comparisons, design.claims))
    return _render(folder, quiet)


def _render(folder: Path, quiet: bool) -> int:
    from vizspec.cli.render import render_one
    from vizspec.render.result import Options

    code = render_one(folder, Options(), quiet=quiet)
    if not quiet:
        to_stderr(f"look at {folder / 'analysis' / 'index.html'} and {folder / 'analysis' / 'report.md'}")
    return code
