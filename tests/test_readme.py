"""The README names what there is: commands, options, views, files, functions."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest

import vizspec
from vizspec.cli.app import COMMANDS
from vizspec.cli.boundary import Exit, run
from vizspec.demo.experiment_summary import summary_text
from vizspec.demo.kinds import demo
from vizspec.demo.layout import layout_named
from vizspec.draw.pictures.browser import BROWSER_VARIABLE
from vizspec.spec.open import open_spec
from vizspec.statistics.method import Method
from vizspec.views import KINDS
from vizspec.views.conditions import CONDITIONS
from vizspec.views.selection import FACTS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [(language, text) for language, text in re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)]
SHELL = "".join(text for language, text in BLOCKS if language == "sh")
SPEC = next(text for language, text in BLOCKS if language == "yaml" and "vizspec: 1" in text)


def test_the_table_of_views_says_what_each_kind_says_of_itself() -> None:
    rows = {_code(row[0]): row[1:] for row in _table("View")}
    said = {
        name: [(kind.entry.__doc__ or "").partition(";")[0].rstrip("."), kind.skips]
        for name, kind in KINDS.items()
    }
    assert rows == said


_OTHER_LIMITS = {"scores_by_limit": {"limit"}}
"""Keys that choose something else: what a sample may use."""


def test_the_table_of_many_models_says_what_each_kind_says_of_itself() -> None:
    rows = {_code(name): (shown, set(_codes(keys))) for name, shown, keys in _table("Many models")}
    to_choose = {"limit", "page", "top", "sort"}
    assert rows == {
        name: (kind.many, to_choose & kind.entry.model_fields.keys() - _OTHER_LIMITS.get(name, set()))
        for name, kind in KINDS.items()
        if kind.many
    }


def test_the_table_of_facts_is_that_of_the_program() -> None:
    assert {_code(name): meaning for name, meaning in _table("Fact")} == FACTS


def test_the_table_of_named_conditions_is_that_of_the_program() -> None:
    rows = {_code(name): meaning for name, meaning in _table("Condition")}
    assert rows == {name: condition.meaning for name, condition in CONDITIONS.items()}


def test_the_table_of_commands_lists_every_command_with_all_its_options() -> None:
    rows = {_code(row[0]).removeprefix("vizspec "): set(_codes(row[2])) for row in _table("Command")}
    assert rows == {name: _options(_command(name)) for name in COMMANDS}


def test_groups_of_commands_are_told_with_all_their_commands() -> None:
    rows = {_code(row[0]).removeprefix("vizspec "): _codes(row[1]) for row in _table("Command")}
    groups = {name: command for name in COMMANDS if isinstance(command := _command(name), click.Group)}
    assert {name: rows[name] for name in groups} == {
        name: list(group.commands) for name, group in groups.items()
    }


def test_every_command_line_names_a_command_and_its_options() -> None:
    lines = re.findall(r"^vizspec ([a-z]+)([^\n#]*)", SHELL, re.MULTILINE)
    lines += re.findall(r"`vizspec ([a-z]+)([^`\n]*)`", README)
    assert len(lines) > 10
    for name, rest in lines:
        command = _command(name)
        assert set(re.findall(r"--[a-z-]+", rest)) <= _options(command), f"vizspec {name}{rest}"
        if isinstance(command, click.Group) and rest.strip():
            assert rest.split()[0] in command.commands


def test_the_table_of_exit_codes_is_complete() -> None:
    assert [int(row[0]) for row in _table("Code")] == [code.value for code in Exit]


def test_every_method_of_an_interval_is_explained() -> None:
    named = {name for row in _table("What is estimated") for name in _codes(row[2])}
    assert named == {method.value for method in Method}


def test_every_public_function_is_listed() -> None:
    listed = {name for row in _table("For") for name in _codes(row[1])}
    assert listed == set(vizspec.__all__) - {"__version__"}


def test_the_spec_fits_the_example_experiment(tmp_path: Path) -> None:
    summary = summary_text(demo(), layout_named("current"), rows=569)
    (tmp_path / "experiment_summary.yaml").write_text(summary, encoding="utf-8")
    (tmp_path / "analysis.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "interpretation.md").write_text("It works.", encoding="utf-8")
    assert open_spec(tmp_path).warnings == ()


def test_the_example_of_a_mistake_is_what_the_program_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = summary_text(demo(), layout_named("current"), rows=569)
    (tmp_path / "experiment_summary.yaml").write_text(summary, encoding="utf-8")
    spec = (
        "vizspec: 1\nexperiment: experiment_summary.yaml\nviews:\n  - {view: scores_by_task, metrics: mach}\n"
    )
    (tmp_path / "analysis.yaml").write_text(spec, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["validate"]) == Exit.WRONG
    example = next(text for language, text in BLOCKS if language == "text")
    assert example in capsys.readouterr().err


def test_every_make_target_is_one_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


def test_every_extra_can_be_installed() -> None:
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    extras = set(re.findall(r"\[([a-z]+)\][`\"]", README))
    assert extras >= {"png", "dask"}
    for extra in extras:
        assert re.search(rf"^{extra} = \[", declared, re.MULTILINE)


def test_every_environment_variable_is_read_somewhere() -> None:
    named = set(re.findall(r"\bVIZSPEC_[A-Z]+\b", README))
    sources = [*(ROOT / "vizspec").rglob("*.py"), ROOT / "hatch_build.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert BROWSER_VARIABLE in named
    # The variable of shell completion is click's, made of the program's name.
    assert [name for name in sorted(named) if name not in text and name != "VIZSPEC_COMPLETE"] == []


def test_every_hook_is_one_of_pre_commit_s() -> None:
    offered = re.findall(r"id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert re.findall(r"- id: (\S+)", README) == offered


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", README)
    assert len(links) > 15
    headings = {_anchor(heading) for heading in re.findall(r"^#+ (.+)$", README, re.MULTILINE)}
    for link in links:
        parts = urlsplit(link)
        if parts.scheme:
            assert parts.scheme == "https"
        elif parts.path:
            assert (ROOT / parts.path).exists(), link
        else:
            assert parts.fragment in headings, link


def test_every_section_is_in_the_table_of_contents() -> None:
    sections = re.findall(r"^## (.+)$", README, re.MULTILINE)
    listed = re.findall(r"^- \[(.+)\]\(#", README, re.MULTILINE)
    assert listed == sections


def _table(first_header: str) -> list[list[str]]:
    """The rows of the table whose first column is headed so."""
    lines = README.split(f"\n| {first_header} |", 1)[1].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def _code(cell: str) -> str:
    return cell.strip("`")


def _codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def _command(name: str) -> click.Command:
    command: click.Command = import_module(f"vizspec.cli.{name}").command
    return command


def _options(command: click.Command) -> set[str]:
    options = (parameter for parameter in command.params if isinstance(parameter, click.Option))
    return {name for option in options for name in option.opts if name.startswith("--")}


def _anchor(heading: str) -> str:
    """As code hosts make it: lower case, spaces to hyphens, other signs dropped."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
