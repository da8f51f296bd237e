"""The guard of a render, run as a script: `guard_script.py PACKAGES FOLDER LOCK`.

It waits for the end of its standard input, which the end of the render is, and puts the folder right then.
Until then it loads next to nothing.
"""

from __future__ import annotations

import os
import signal
import sys


def main(packages: str, folder: str, lock: str) -> None:
    """Wait, then undo and remove what the render left; `lock` is the descriptor of its lock."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.read(0, 1)
    sys.path.insert(0, packages)
    from pathlib import Path

    from vizspec.output.folder import Folder

    Folder(Path(folder)).put_right(int(lock))


if __name__ == "__main__":
    main(*sys.argv[1:])
