"""The group of commands."""

from __future__ import annotations

import click
import pytest

from vizspec.cli.app import COMMANDS, cli


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_loaded_by_its_name(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name


def test_the_one_line_helps_are_those_of_the_commands() -> None:
    assert all(line.endswith(".") for line in COMMANDS.values())
    assert cli.get_command(click.Context(cli), "none") is None
