"""The command line: arguments in, exit code out; the only part that prints and exits."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> None:
    """Run the `vizspec` command and exit with its code."""
    from vizspec.cli.boundary import run
    from vizspec.cli.streams import let_go, open_closed, use_utf8

    open_closed()
    use_utf8()
    # Slurm ends a job by SIGTERM: what Ctrl-C cleans up is cleaned up then too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = run(argv)
    let_go()
    sys.exit(code)
