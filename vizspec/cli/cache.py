"""`vizspec cache`: what was read of logs, kept for the next time."""

from __future__ import annotations

import click

from vizspec.cli import arguments
from vizspec.cli.console import to_stderr, to_stdout


@click.group("cache", cls=arguments.Subcommands)
def command() -> None:
    """What was read of logs and asked about jobs, kept for the next time."""


@command.command("info")
def info() -> int:
    """Tell where the cache is and how much it holds."""
    from vizspec.cache import JOBS, LOG_CACHES, Cache, default_folder
    from vizspec.slurm.sources.answers_cache import size_of_jobs

    folder = default_folder()
    for kind in LOG_CACHES:
        to_stdout(f"{folder / kind}\t{Cache(folder / kind).size_bytes():,} bytes of {kind}")
    to_stdout(f"{folder / JOBS}\t{size_of_jobs(folder / JOBS):,} bytes of answers about jobs")
    return 0


@command.command("clear")
def clear() -> int:
    """Remove what was kept of logs and jobs; the next render reads it anew."""
    from vizspec.cache import JOBS, LOG_CACHES, Cache, default_folder
    from vizspec.slurm.sources.answers_cache import clear_jobs

    cleared = {kind: Cache(default_folder() / kind).clear() for kind in LOG_CACHES}
    jobs = clear_jobs(default_folder() / JOBS)
    to_stderr(
        f"removed what was read of {cleared['samples'].entries} logs ({cleared['samples'].bytes:,} bytes) "
        f"and worked out of them, and the answers about {jobs} jobs"
    )
    return 0
