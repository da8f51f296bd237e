"""The command line: arguments in, exit code out; the only part that prints and exits."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> None:
    """Run the `vizspec` command and exit with its code."""
    from vizspec.cli.boundary import run

    sys.exit(run(argv))
