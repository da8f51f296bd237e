"""`vizspec check`: which outputs are not what a render would make now."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vizspec.cli import arguments
from vizspec.cli.console import (
    explain,
    progress_bars,
    show_json,
    show_table,
    to_stderr,
)
from vizspec.errors import NeverRendered, Problems, UserError

if TYPE_CHECKING:
    from vizspec.manifest.staleness import Finding


@click.command("check")
@arguments.paths
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Another output folder.")
@arguments.changed
@arguments.untrusted
@arguments.as_json
@arguments.quiet
def command(
    paths: tuple[Path, ...], out: Path | None, changed: bool, untrusted: bool, as_json: bool, quiet: bool
) -> int:
    """Tell which outputs are stale, missing, edited by hand or orphaned, and why; nothing is drawn.

    PATHS are specs or folders that hold an analysis.yaml; by default the current folder. With --changed
    a spec that was never rendered is passed over.

    \b
    Exit code 0: everything is as a render would make it; 1: something is not.
    """
    from vizspec.gather.options import Reading
    from vizspec.render.check_outputs import check_outputs
    from vizspec.spec.open import open_spec

    codes: list[int] = []
    findings: list[dict[str, Any]] = []
    for path in arguments.targets_of_changed(paths) if changed else arguments.targets(paths):
        try:
            with progress_bars(quiet or as_json) as progress:
                opened = open_spec(path, is_trusted=not untrusted)
                found = check_outputs(opened, Reading(progress), out)
        except NeverRendered as error:
            if not changed:
                explain(error)
                codes.append(2)
            continue
        except (Problems, UserError) as error:
            explain(error)
            codes.append(2)
            continue
        codes.append(int(bool(found)))
        findings += [{"spec": opened.shown_path, **asdict(finding)} for finding in found]
        if not as_json:
            _show(opened.shown_path, found, out, quiet)
    if as_json:
        show_json(findings)
    return max(codes, default=0)


def _show(spec: str, found: Sequence[Finding], out: Path | None, quiet: bool) -> None:
    """What was found, and what mends it."""
    show_table(("Output", "State", "Why"), [(f.name, f.state.value, f.reason) for f in found])
    if found:
        to_stderr(f"{spec}: {len(found)} found; what mends it: {_remedy(spec, found, out)}")
    elif not quiet:
        to_stderr(f"{spec}: every output is as a render would make it")


def _remedy(spec: str, found: Sequence[Finding], out: Path | None) -> str:
    """The render that leaves nothing to find."""
    is_orphaned = any(finding.state == "orphaned" for finding in found)
    words = [
        "vizspec",
        "render",
        spec,
        *(["--out", str(out)] if out else []),
        *(["--clean"] if is_orphaned else []),
    ]
    return shlex.join(words)
