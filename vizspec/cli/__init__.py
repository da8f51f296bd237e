"""The command line: arguments in, exit code out; the only part that prints and exits."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence

MADE_BETWEEN_COLLECTIONS = 50_000
"""Objects made before rubbish is looked for. Python's own number, 700, suits programs that throw away more
than they keep: here a tenth of the start went into looking through classes that all stay.
"""


def main(argv: Sequence[str] | None = None) -> None:
    """Run the `vizspec` command and exit with its code."""
    gc.set_threshold(MADE_BETWEEN_COLLECTIONS)
    # Nobody's plugins have a say in our models, and looking for some takes time at every start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from vizspec.cli.boundary import run
    from vizspec.cli.streams import let_go, open_closed, use_utf8

    open_closed()
    use_utf8()
    # Slurm ends a job by SIGTERM: what Ctrl-C cleans up is cleaned up then too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = run(argv)
    let_go()
    sys.exit(code)
