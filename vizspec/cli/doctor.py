"""`vizspec doctor`: what is installed, what is not, and what each thing is for."""

from __future__ import annotations

from dataclasses import asdict

import click

from vizspec.cli import arguments
from vizspec.cli.console import show_json, show_table


@click.command("doctor")
@arguments.as_json
def command(as_json: bool) -> int:
    """Tell what is installed, what is not, and what each thing is for.

    Exit code 1 where something is missing that renders would miss.
    """
    from vizspec.cli.examination import examine

    findings = list(examine())
    if as_json:
        show_json([asdict(finding) for finding in findings])
    else:
        rows = [(finding.name, finding.found or "not found", finding.purpose) for finding in findings]
        show_table(("What", "Found", "What it is for"), rows)
    return int(any(finding.is_needed and finding.found is None for finding in findings))
