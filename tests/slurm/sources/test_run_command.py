"""Running programs: their endings, their time limits, and their absence."""

from pathlib import Path
from typing import Any

import pytest

from vizspec.slurm.sources.run_command import Completed, run_command


def test_a_program_that_prints_is_done(programs: Any) -> None:
    programs.prints("seff", "Job ID: 7\n")
    assert programs.run(["seff", "7"], timeout=10) == Completed("done", "Job ID: 7\n", "")


def test_a_program_that_fails_keeps_its_complaint(programs: Any) -> None:
    programs.add("seff", "echo partly; echo 'Job not found.' >&2; exit 2")
    assert programs.run(["seff", "7"], timeout=10) == Completed("failed", "partly\n", "Job not found.\n")


def test_a_program_that_is_not_there_is_missing(programs: Any) -> None:
    assert programs.run(["seff", "7"], timeout=10).ending == "missing"


@pytest.mark.parametrize("mode", [0o644, 0o755])
def test_a_program_that_does_not_start_is_missing(programs: Any, mode: int) -> None:
    script = programs.folder / "seff"
    script.write_text("#!/nowhere/sh\n" if mode == 0o755 else "echo hello\n")
    script.chmod(mode)
    assert programs.run(["seff", "7"], timeout=10).ending == "missing"


def test_a_program_that_hangs_is_killed_with_its_children(programs: Any) -> None:
    programs.add("seff", "/bin/sleep 3000 & /bin/sleep 3000")  # a child that lived on would be waited for
    assert programs.run(["seff", "7"], timeout=0.3) == Completed("timed out")


def test_no_shell_sees_the_arguments(programs: Any, tmp_path: Path) -> None:
    programs.add("seff", 'printf %s "$1"')
    target = tmp_path / "target"
    assert programs.run(["seff", f"7; touch {target}"], timeout=10).stdout == f"7; touch {target}"
    assert not target.exists()


def test_bytes_that_are_no_text_are_replaced(programs: Any) -> None:
    programs.add("seff", r"printf '\377\000ok'")
    assert programs.run(["seff"], timeout=10).stdout == "\ufffd\0ok"


def test_a_program_reads_nothing_and_speaks_english(programs: Any) -> None:
    programs.add("seff", 'read line; echo "$LC_ALL $TERM $line"')
    assert programs.run(["seff"], timeout=10).stdout == "C dumb \n"


def test_the_default_environment_is_that_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIZSPEC_TEST_VALUE", "here")
    assert run_command(["/bin/sh", "-c", "echo $VIZSPEC_TEST_VALUE"], timeout=10).stdout == "here\n"
