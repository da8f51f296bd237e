"""`vizspec schema`: the JSON Schemas of both files."""

from __future__ import annotations

from pathlib import Path

import click

from vizspec.cli.console import to_stderr, to_stdout
from vizspec.errors import UserError


@click.command("schema")
@click.argument("name", type=click.Choice(["analysis", "experiment_summary"]), default="analysis")
@click.option("--write", is_flag=True, help="Write both schemas into a folder instead of printing one.")
@click.option(
    "--out", default=Path("schemas"), type=click.Path(path_type=Path, file_okay=False), help="That folder."
)
def command(name: str, write: bool, out: Path) -> int:
    """Print the JSON Schema of analysis.yaml (or of experiment_summary.yaml), or write both."""
    from vizspec.output.folder import Folder
    from vizspec.spec.schema import schemas

    texts = schemas()
    if not write:
        to_stdout(texts[f"{name}.schema.json"].rstrip("\n"))
        return 0
    try:
        for file, text in texts.items():
            Folder(out).write(file, text.encode())
            to_stderr(f"wrote {out / file}")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"'{out}' cannot be written: {reason}", "name another folder with --out") from error
    return 0
