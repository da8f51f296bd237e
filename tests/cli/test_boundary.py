"""Whatever happens, the user gets a message and an exit code, and never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import click
import pytest

import vizspec.cli.app as app
from tests.cli.conftest import Ran
from tests.stopping import go_on, stopped
from vizspec.cli.boundary import Exit, run
from vizspec.errors import Problem, Problems, UserError

Run = Callable[..., Ran]
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def command_that(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Makes `vizspec fail` a command that raises this."""

    def fails_with(error: BaseException) -> None:
        @click.command("fail")
        def command() -> None:
            raise error

        monkeypatch.setitem(app.COMMANDS, "fail", "Fail.")
        monkeypatch.setattr(app.Commands, "get_command", lambda self, context, name: command)

    return fails_with


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (UserError("no logs", "run them"), Exit.WRONG, "vizspec: no logs\n    run them\n"),
        (
            Problems([Problem((), "is empty", file="a.yaml")]),
            Exit.WRONG,
            "a.yaml: error: is empty\n1 error\n",
        ),
        (
            KeyboardInterrupt(),
            Exit.INTERRUPTED,
            "\ninterrupted; the outputs are those of the last render that came to its end\n",
        ),
    ],
)
def test_what_is_expected_to_happen_is_a_message(
    vizspec: Run, command_that: Any, error: BaseException, code: int, message: str
) -> None:
    command_that(error)
    assert vizspec("fail") == (code, "", message)


def test_what_the_system_refuses_is_no_bug(vizspec: Run, command_that: Any) -> None:
    command_that(PermissionError(13, "Permission denied", "/etc/x"))
    assert vizspec("fail") == (
        Exit.WRONG,
        "",
        "vizspec: '/etc/x' cannot be written or read: Permission denied\n"
        "    make room, or see to its permissions\n",
    )


def test_a_bug_is_one_line_and_a_file_with_the_traceback(
    vizspec: Run, command_that: Any, tmp_path: Path
) -> None:
    command_that(RuntimeError("out of cheese"))
    ran = vizspec("fail", reports=tmp_path)
    (report,) = tmp_path.glob("vizspec-bug-*.log")
    assert ran.code == Exit.BUG
    assert ran.err == (
        "vizspec met a bug of its own (RuntimeError: out of cheese)\n"
        f"please report it with the file {report}\n"
    )
    assert "RuntimeError: out of cheese" in report.read_text()
    assert "Traceback" in report.read_text()


def test_a_bug_on_a_full_disk_is_told_all_the_same(vizspec: Run, command_that: Any, tmp_path: Path) -> None:
    command_that(RuntimeError("out of cheese"))
    ran = vizspec("fail", reports=tmp_path / "none")
    assert ran.code == Exit.BUG
    assert "could not be kept" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["vlidate"], "No such command 'vlidate'; did you mean 'validate'?"),
        (["pie"], "No such command 'pie'"),
        (["validate", "--strct"], "No such option"),
        (["render", "--jobs", "0"], "Invalid value for '--jobs'"),
        (["schema", "report"], "Invalid value"),
    ],
)
def test_a_wrong_call_is_exit_code_2(vizspec: Run, arguments: list[str], message: str) -> None:
    ran = vizspec(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_help_and_version_are_well(vizspec: Run) -> None:
    assert vizspec("--version").code == 0
    ran = vizspec("--help")
    assert ran.code == 0
    assert all(f"  {name} " in ran.out for name in app.COMMANDS)


@pytest.mark.parametrize("command", app.COMMANDS)
def test_every_command_has_help(vizspec: Run, command: str) -> None:
    ran = vizspec(command, "--help")
    assert ran.code == 0
    assert "Usage: vizspec" in ran.out


def test_the_help_tells_how_to_complete_in_the_shell(vizspec: Run) -> None:
    assert 'eval "$(_VIZSPEC_COMPLETE=bash_source vizspec)"' in vizspec("--help").out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shells_get_their_completion_script(
    vizspec: Run, shell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_VIZSPEC_COMPLETE", f"{shell}_source")
    ran = vizspec()
    assert ran.code == 0
    assert "_vizspec_completion" in ran.out


def test_commands_and_options_are_completed(vizspec: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_VIZSPEC_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_CWORD", "1")
    monkeypatch.setenv("COMP_WORDS", "vizspec va")
    assert vizspec().out == "plain,validate\n"
    monkeypatch.setenv("COMP_CWORD", "2")
    monkeypatch.setenv("COMP_WORDS", "vizspec render --str")
    assert vizspec().out == "plain,--strict\nplain,--strict-claims\n"


def process(
    *arguments: str, cwd: Path, stdout: int | IO[str] = subprocess.PIPE, **named: Any
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "vizspec", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        **named,
    )


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = process("schema", cwd=tmp_path, stdout=writer)
    os.close(writer)
    assert done.communicate()[1] == ""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_output_to_a_full_device_is_a_message(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = process("schema", cwd=tmp_path, stdout=full)
        error_text = done.communicate()[1]
    assert (done.returncode, error_text) == (
        Exit.WRONG,
        "vizspec: the output cannot be written or read: No space left on device\n"
        "    make room, or see to its permissions\n",
    )


@pytest.mark.slow
def test_control_c_ends_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "analysis.yaml").write_text("vizspec: 1\n")
    started = stopped("*analysis.yaml", 1, "validate", cwd=tmp_path)
    out, err = go_on(started, signal.SIGINT)
    assert (started.returncode, out) == (Exit.INTERRUPTED, "")
    assert "interrupted" in err
    assert "Traceback" not in err


def test_the_module_is_the_command(tmp_path: Path) -> None:
    started = process("--version", cwd=tmp_path)
    out, _ = started.communicate()
    assert (started.returncode, out.startswith("vizspec, version ")) == (0, True)


def test_run_gives_the_code_of_the_command() -> None:
    assert run(["--version"]) == Exit.WELL


@pytest.mark.parametrize("command", ["validate", "plan", "check", "init"])
def test_a_working_directory_that_is_gone_is_told(
    vizspec: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    ran = vizspec(command)
    assert ran.code == Exit.WRONG
    assert ran.err == "vizspec: the folder that you are in is gone\n    go to one that is there, with cd\n"
