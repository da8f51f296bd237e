"""Programs of users run in a folder of their own and come to an end; what they made as asked is taken."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from vizspec.limits.landlock import can_hold
from vizspec.render.canvas import Failure
from vizspec.render.run_program import run_program
from vizspec.views.frame import Frame
from vizspec.views.program import Program, ProgramFile, ProgramTable, table_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("unmeasured")]

HEADER = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x07\0\0\0\x05\x08\0\0\0\0...."
PNG = repr(HEADER)
WHOLE = f"open('a.png', 'wb').write({PNG})\n"


def program(
    folder: Path, text: str, *makes: str, tables: tuple[ProgramTable, ...] = (), seconds: float = 20
) -> Program:
    path = folder / "figure.py"
    path.write_text(text)
    return Program("figure.py", ProgramFile(path, "0"), tables, makes or ("a.png",), seconds)


def result(folder: Path, text: str, seconds: float = 20, most_bytes: int = 1_000_000) -> bytes | Failure:
    return run_program(program(folder, text, seconds=seconds), most_bytes=most_bytes)["a.png"]


def reason(folder: Path, text: str, seconds: float = 20, most_bytes: int = 1_000_000) -> str:
    found = result(folder, text, seconds, most_bytes)
    assert isinstance(found, Failure)
    assert not found.is_skip
    return found.reason


def test_what_it_writes_into_the_folder_that_it_starts_in_is_taken(tmp_path: Path) -> None:
    assert result(tmp_path, WHOLE) == HEADER


def test_it_reads_the_frames_as_parquet(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    frame = Frame(("model", "value"), ({"model": "1B", "value": 0.5}, {"model": "3B", "value": None}))
    copy = "import shutil, sys\nshutil.copy(sys.argv[1] + '/estimates.parquet', 'copy.json')\n"
    one = program(tmp_path, copy, "copy.json", tables=(table_of("estimates", frame),))
    made = run_program(one)["copy.json"]
    assert isinstance(made, bytes)
    assert pq.read_table(io.BytesIO(made)).to_pydict() == {"model": ["1B", "3B"], "value": [0.5, None]}


def test_one_that_fails_says_its_last_line_and_keeps_what_it_printed(tmp_path: Path) -> None:
    found = result(tmp_path, "print('begin')\nraise ValueError('no such column')\n")
    assert isinstance(found, Failure)
    assert found.reason == "figure.py failed (code 1): ValueError: no such column"
    assert "begin" in (found.traceback or "")


def test_one_that_hangs_is_ended(tmp_path: Path) -> None:
    assert reason(tmp_path, "import time\ntime.sleep(3000)", seconds=1) == "figure.py took more than 1 s"


def test_what_it_started_ends_with_it(tmp_path: Path) -> None:
    text = (
        "import subprocess\n"
        "child = subprocess.Popen(['sleep', '3000'])\n"
        "open('a.csv', 'w').write(str(child.pid))\n"
    )
    pid = run_program(program(tmp_path, text, "a.csv"))["a.csv"]
    assert isinstance(pid, bytes)
    until_gone(int(pid))


def until_gone(pid: int) -> None:
    """Waits until a process that was killed has ended; one that was not would never."""
    while is_running(pid):
        time.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rpartition(")")[2].split()[0] not in "ZX"


def test_one_that_writes_nothing_says_what_is_missing(tmp_path: Path) -> None:
    assert reason(tmp_path, "") == "figure.py did not write 'a.png'"
    assert reason(tmp_path, "open('b.png', 'w')") == "figure.py did not write 'a.png'; it wrote b.png"


@pytest.mark.skipif(not can_hold(), reason="this system has no Landlock")
def test_one_that_writes_outside_its_folder_cannot(tmp_path: Path) -> None:
    there = tmp_path / "results.csv"
    there.write_text("before")
    assert "Permission denied" in reason(tmp_path, f"open({str(there)!r}, 'w').write('after')")
    assert "Permission denied" in reason(tmp_path, f"open({str(tmp_path / 'new')!r}, 'w')")
    assert there.read_text() == "before"


def test_one_that_writes_too_much_is_ended(tmp_path: Path) -> None:
    one = "open('a.png', 'wb').write(b'0' * 100_000_000)"
    many = "for n in range(100): open(f'{n}', 'wb').write(b'0' * 900_000)"
    printed = "while True: print('0' * 1000)"
    for text in (one, many, printed):
        assert reason(tmp_path, text) in (
            "figure.py wrote 1 MB or more",
            "figure.py failed (code 1): OSError: [Errno 27] File too large",
        )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import os; os.symlink('/etc/passwd', 'a.png')", "made 'a.png' a link or a folder, not a file"),
        ("import os; os.mkdir('a.png')", "made 'a.png' a link or a folder, not a file"),
        ("open('a.png', 'w').write('text')", "what figure.py wrote into 'a.png' is no PNG file"),
        (
            "open('a.png', 'wb').write(b'\\x89PNG\\r\\n\\x1a\\n')",
            "what figure.py wrote into 'a.png' is no PNG file",
        ),
        ("open('a.png', 'w')", "what figure.py wrote into 'a.png' is no PNG file"),
    ],
)
def test_what_is_no_image_is_not_taken(tmp_path: Path, text: str, expected: str) -> None:
    assert reason(tmp_path, text).endswith(expected)


def test_one_that_cannot_be_executed_says_so(tmp_path: Path) -> None:
    path = tmp_path / "figure.sh"
    path.write_text("#!/bin/sh\n")
    one = Program("figure.sh", ProgramFile(path, "0"), (), ("a.png",), 10)
    found = run_program(one)["a.png"]
    assert isinstance(found, Failure)
    assert found.reason == "figure.sh cannot be run: Permission denied"
    path.write_text("#!/bin/sh\nprintf '%%PDF-1.4' > a.pdf\n")
    path.chmod(0o755)
    two = Program("figure.sh", ProgramFile(path, "0"), (), ("a.pdf",), 10)
    assert run_program(two) == {"a.pdf": b"%PDF-1.4"}


def test_nothing_of_it_is_left(tmp_path: Path) -> None:
    one = program(tmp_path, "import os\nopen('a.csv', 'w').write(os.getcwd())", "a.csv")
    folder = run_program(one)["a.csv"]
    assert isinstance(folder, bytes)
    assert not Path(folder.decode()).parent.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["figure.py"]


def test_one_that_is_ended_by_a_signal_without_a_name_fails_with_its_number(tmp_path: Path) -> None:
    assert reason(tmp_path, "import os\nos.kill(os.getpid(), 40)\n") == (
        "figure.py failed (signal 40): it said nothing"
    )
