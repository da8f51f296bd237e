"""The group of commands. Each command's module is loaded when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from vizspec import __version__

COMMANDS: dict[str, str] = {
    "init": "Write a default analysis.yaml from the experiment's design and logs.",
    "validate": "Check a spec against its experiment, before any log exists.",
    "plan": "Show what a render would make, without making it.",
    "render": "Make the views, the report and the results.",
    "preview": "Show the index in a browser while the spec is written.",
    "interpret": "Draft the interpretation of the results.",
    "check": "Tell which outputs are stale, missing, edited or orphaned.",
    "schema": "Print or write the JSON Schemas that editors use.",
    "demo": "Make an example experiment, and render it.",
    "doctor": "Tell what is installed, and what each thing is for.",
    "cache": "What was read of logs, kept for the next time.",
    "runtime": "The JavaScript with which pages draw without a network.",
}
"""Every command with its one line of help; its module is `vizspec.cli.NAME`."""


class Commands(click.Group):
    """A group that knows its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"vizspec.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with the command that may have been meant."""
        from vizspec.text.messages import did_you_mean

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            meant = did_you_mean(args[0], COMMANDS)
            ctx.fail(f"No such command '{args[0]}'" + (f"; {meant}" if meant else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from their one-line helps: nothing is imported for `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


COMPLETION = """\b
Completion of commands and options in the shell:
  bash:  eval "$(_VIZSPEC_COMPLETE=bash_source vizspec)"   in ~/.bashrc
  zsh:   eval "$(_VIZSPEC_COMPLETE=zsh_source vizspec)"    in ~/.zshrc
  fish:  _VIZSPEC_COMPLETE=fish_source vizspec | source    in ~/.config/fish/config.fish
"""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=COMPLETION)
@click.version_option(__version__, prog_name="vizspec")
def cli() -> None:
    """Views, risk plots, tables and a report of an Inspect AI experiment, from one analysis.yaml."""
