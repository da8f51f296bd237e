"""A process that outlives a render which is killed, and puts the folder right in its place.

Nothing can be done by a process that gets SIGKILL. The guard does nothing but read from a pipe whose other
end the render alone holds: its end says that the render is no more. It runs without the packages of the
installation, so that starting it costs next to nothing.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCRIPT = Path(__file__).with_name("guard_script.py")
PACKAGES = Path(__file__).parents[2]
"""Where the package lies."""


@contextmanager
def guarded(folder: Path, lock: int) -> Iterator[None]:
    """Should this process be killed within the block, the folder is put right by another one.

    `lock` is the descriptor of the file of the lock that this process holds; the guard holds it, too, for as
    long as it needs. Where no process can be started there is no guard, and what a killed render leaves waits
    for the next one.
    """
    try:
        guard = subprocess.Popen(
            [sys.executable, "-I", "-S", str(SCRIPT), str(PACKAGES), str(folder.resolve()), str(lock)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(lock,),
            start_new_session=True,  # what is sent to all of a terminal's processes is not for the guard
            cwd="/",
            env={},
        )
    except OSError:
        yield
        return
    try:
        yield
    finally:
        guard.kill()  # before its pipe is closed, which would tell it to act
        guard.communicate()
