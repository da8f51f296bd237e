"""`vizspec check`: which outputs are not what a render would make now."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from vizspec.cli import arguments
from vizspec.cli.console import (
    explain,
    progress_bars,
    show_json,
    show_table,
    to_stderr,
)
from vizspec.errors import Problems, UserError


@click.command("check")
@arguments.paths
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Another output folder.")
@arguments.changed
@arguments.as_json
@arguments.quiet
def command(paths: tuple[Path, ...], out: Path | None, changed: bool, as_json: bool, quiet: bool) -> int:
    """Tell which outputs are stale, missing, edited by hand or orphaned, and why; nothing is drawn.

    PATHS are specs or folders that hold an analysis.yaml; by default the current folder. With --changed
    a spec that was never rendered is passed over.

    \b
    Exit code 0: everything is as a render would make it; 1: something is not.
    """
    from vizspec.opening import open_spec
    from vizspec.pipeline import NeverRenderedError, examine
    from vizspec.reading import Reading

    codes: list[int] = []
    told: list[dict[str, Any]] = []
    for path in arguments.targets(paths, changed):
        try:
            with progress_bars(quiet or as_json) as progress:
                opened = open_spec(path)
                found = examine(opened, Reading(progress), out)
        except (Problems, UserError) as error:
            if changed and isinstance(error, NeverRenderedError):
                continue
            explain(error)
            codes.append(2)
            continue
        codes.append(int(bool(found)))
        told += [{"spec": opened.shown_path, **asdict(finding)} for finding in found]
        if not as_json:
            show_table(("Output", "State", "Why"), [(f.name, f.state.value, f.reason) for f in found])
            if found:
                again = f"vizspec render {opened.shown_path}"
                to_stderr(f"{opened.shown_path}: {len(found)} found; to make them anew: {again}")
            elif not quiet:
                to_stderr(f"{opened.shown_path}: every output is as a render would make it")
    if as_json:
        show_json(told)
    return max(codes, default=0)
