"""A process that is held to a folder writes nowhere else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vizspec.limits.landlock import can_hold, writing_only_in

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_hold(), reason="this system has no Landlock"),
    pytest.mark.usefixtures("unmeasured"),
]

WRITE = "import sys\nfor name in sys.argv[1:]:\n    open(name, 'w').write('text')\n"


def written(*names: Path, into: Path, files: tuple[Path, ...] = ()) -> str:
    """The last line of what a held process that writes these files says; nothing where it could."""
    with writing_only_in([into], files) as hold:
        done = subprocess.run(
            [sys.executable, "-c", WRITE, *map(str, names)],
            preexec_fn=hold,
            capture_output=True,
            text=True,
            check=False,
        )
    return done.stderr.strip().rpartition("\n")[2]


def test_it_writes_in_its_folder_and_in_named_files_alone(tmp_path: Path) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    own.mkdir()
    other.mkdir()
    (other / "there").write_text("before")
    assert written(own / "a.png", Path("/dev/null"), into=own, files=(Path("/dev/null"),)) == ""
    for name in (other / "new", other / "there", own / ".." / "up"):
        assert "Permission denied" in written(name, into=own)
    assert (other / "there").read_text() == "before"
    assert not (other / "new").exists()


def test_this_process_goes_on_as_it_was(tmp_path: Path) -> None:
    with writing_only_in([tmp_path]):
        pass
    (tmp_path.parent / "free").write_text("text")
