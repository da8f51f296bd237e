"""`vizspec runtime`: the JavaScript with which pages draw without a network."""

from __future__ import annotations

import click

from vizspec.cli import arguments
from vizspec.cli.console import to_stderr, to_stdout
from vizspec.errors import UserError


@click.group("runtime", cls=arguments.Subcommands)
def command() -> None:
    """The JavaScript with which pages draw without a network."""


@command.command("status")
def status() -> int:
    """Tell whether the runtime is there, and fits the installed inspect-viz."""
    from vizspec.runtime import NoRuntime, find_runtime

    found = find_runtime()
    if isinstance(found, NoRuntime):
        to_stderr(f"{found.reason}\n    {found.hint}")
        return 1
    for name, version in sorted(found.modules.items()):
        to_stdout(f"{name}\t{version}")
    return 0


@command.command("build")
def build() -> int:
    """Build the runtime from its pinned npm packages; needs a network, once."""
    from vizspec.runtime.build import BuildError
    from vizspec.runtime.build import build as build_runtime

    try:
        folder = build_runtime()
    except BuildError as error:
        raise UserError(str(error), "build it where the npm registry can be reached") from error
    to_stderr(f"the runtime is in {folder}")
    return 0
