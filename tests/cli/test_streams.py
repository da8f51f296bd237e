"""The command writes and reads UTF-8, whatever the locale of its shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PROBE = """
import sys
from pathlib import Path
from vizspec.cli.streams import let_go, use_utf8
use_utf8()
print(Path("text").open().read())
print(sys.stdout.encoding, file=sys.stderr)
let_go()
"""


def test_texts_are_utf8_in_a_locale_without_it(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("→ ä", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "LC_ALL": "C", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert (done.stdout.decode(), done.stderr.decode()) == ("→ ä\n", "utf-8\n")


def test_what_is_printed_to_a_closed_stream_goes_nowhere(tmp_path: Path) -> None:
    """A file that is opened later does not take the place of the stream."""
    probe = "from vizspec.cli.streams import *; open_closed(); file = open('a', 'w'); print('lost'); let_go()"
    words = ["sh", "-c", '"$0" -c "$1" <&- >&-', sys.executable, probe]
    done = subprocess.run(
        words, cwd=tmp_path, env={"PYTHONPATH": str(REPOSITORY)}, stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "a").read_text() == ""
