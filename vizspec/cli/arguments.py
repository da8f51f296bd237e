"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
quiet = click.option("-q", "--quiet", is_flag=True, help="Only errors and results.")
as_json = click.option("--json", "as_json", is_flag=True, help="The result as JSON on standard output.")
changed = click.option(
    "--changed",
    is_flag=True,
    help="PATHS are changed files, as pre-commit names them: the specs of the folders that they lie in.",
)
untrusted = click.option(
    "--untrusted",
    is_flag=True,
    envvar="VIZSPEC_UNTRUSTED",
    help="The spec may be a stranger's: refuse what lies outside of its repository, and addresses.",
)
allow_scripts = click.option(
    "--allow-scripts",
    is_flag=True,
    envvar="VIZSPEC_ALLOW_SCRIPTS",
    help="Run the programs that the spec names (view: script), as you; never with --untrusted.",
)
strict = click.option(
    "--strict",
    is_flag=True,
    help="Warnings and skipped outputs, but for those of skip_if, count as found (exit 1).",
)
only = click.option(
    "--only", multiple=True, metavar="NAME", help="Only these entries: an id or a view; may be given again."
)


class Subcommands(click.Group):
    """A group whose help tells of each command in a whole sentence."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click does it, without cutting anything short."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help or "") for name, command in self.commands.items()])


def targets(given: tuple[Path, ...]) -> tuple[Path, ...]:
    """The specs that were named; the current folder where none was."""
    return given or (Path(),)


def targets_of_changed(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """The specs of the folders that these files lie in."""
    from vizspec.spec.open import specs_above

    if not files:
        raise click.UsageError("--changed needs the files that changed, as in: git diff --name-only")
    return specs_above(files)
