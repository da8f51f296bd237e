"""`python -m vizspec` is the `vizspec` command."""

from vizspec.cli import main

main()
