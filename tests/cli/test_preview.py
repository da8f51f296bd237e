"""`vizspec preview`: it serves until Ctrl-C, and leaves nothing running."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.conftest import Ran
from tests.disk import write_spec
from tests.rendering import environment

INTERRUPTIBLE = """
import signal, sys
from vizspec.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in a shell's background ignores it
main(sys.argv[1:])
"""


def test_a_spec_that_is_not_there_is_told_before_anything_is_served(vizspec: Callable[..., Ran]) -> None:
    ran = vizspec("preview", "none.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert "none.yaml" in ran.err


@pytest.mark.slow
def test_ctrl_c_leaves_nothing_running_and_nothing_behind(tmp_path: Path) -> None:
    experiment, scratch = tmp_path / "experiment", tmp_path / "scratch"
    experiment.mkdir()
    scratch.mkdir()
    write_spec(experiment)
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "preview", str(experiment)],
        env={**environment(), "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = urlsplit(process.stdout.readline().strip())
    assert address.hostname == "127.0.0.1"
    process.send_signal(signal.SIGINT)
    _, error_text = process.communicate(timeout=60)
    assert process.returncode == 130
    assert error_text.splitlines()[-1] == (
        "the preview has ended; its pages are gone, and the outputs are as they were"
    )
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", address.port or 0), timeout=60)
    assert list(scratch.iterdir()) == []
