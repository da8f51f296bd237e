"""`vizspec schema`: the JSON Schemas of both files."""

from __future__ import annotations

from pathlib import Path

import click

from vizspec.cli import arguments
from vizspec.cli.console import to_stderr, to_stdout
from vizspec.errors import UserError


@click.command("schema")
@click.argument("name", type=click.Choice(["analysis", "experiment_summary"]), default="analysis")
@click.option("--write", is_flag=True, help="Write both schemas into a folder instead of printing one.")
@click.option(
    "--out", default=Path("schemas"), type=click.Path(path_type=Path, file_okay=False), help="That folder."
)
@click.option(
    "--for",
    "path",
    type=click.Path(path_type=Path),
    help="Print the schema for this spec or its folder: it knows the experiment's metrics, columns, runs, …",
)
@arguments.untrusted
def command(name: str, write: bool, out: Path, path: Path | None, untrusted: bool) -> int:
    """Print the JSON Schema of analysis.yaml (or of experiment_summary.yaml), or write both.

    An editor takes the schema of one experiment from .vizspec/analysis.schema.json, which `init` writes and
    `validate` and `render` keep up to date.
    """
    from vizspec.output.folder import Folder
    from vizspec.spec.schema import schemas

    if path is not None:
        if write or name != "analysis":
            raise click.UsageError("--for prints the schema of one analysis.yaml, and goes with nothing else")
        to_stdout(_of_one(path, is_trusted=not untrusted).rstrip("\n"))
        return 0
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


def _of_one(path: Path, *, is_trusted: bool) -> str:
    """The schema of the spec at `path`, with what the one beside it keeps of the logs."""
    from vizspec.output.folder import Folder
    from vizspec.spec.open import open_spec
    from vizspec.spec.own_schema import SCHEMA_FILE, found_in, schema_for

    opened = open_spec(path, is_trusted=is_trusted)
    beside = Folder(opened.path.parent).read(SCHEMA_FILE) or b""
    return schema_for(opened.spec, opened.experiment, found_in(beside.decode("utf-8", "replace")))
