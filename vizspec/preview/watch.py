"""What a page is made of, and whether it has changed since.

Editors' files are watched by the system, which tells of a change at once. Logs come from other machines over
a shared disk, which tells of nothing: they are looked for again and again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.logs.find import FoundLog, find_logs
from vizspec.spec.model import ReportSpec
from vizspec.spec.reach import files_of_views
from vizspec.spec.texts import prose_of

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.spec.model import Spec
    from vizspec.spec.open import Opened

DEBOUNCE_MILLISECONDS = 200
STEP_MILLISECONDS = 25
LOOK_MILLISECONDS = 2_000
"""So often logs are looked for, and files on disks that tell of no change."""
MOST_OF_THE_TIME = 10
"""Looking takes at most one part in so many of the time."""

NamedStamp = tuple[str, int, int]
"""A file's path, the time of its last change, and its size."""


@dataclass(frozen=True)
class Sources:
    """What a page is made of: files by name, and logs by patterns below a folder."""

    files: tuple[Path, ...]
    patterns: tuple[str, ...] = ()
    base: Path = Path()
    runs: tuple[str, ...] | None = None
    tasks: tuple[str, ...] = ()


def sources_of(opened: Opened) -> Sources:
    """The sources of a spec that could be read."""
    folder = opened.path.parent
    report = opened.spec.report
    texts = [one.file for one in prose_of(opened.spec) if one.file is not None]
    if isinstance(report, ReportSpec) and report.template is not None:
        texts.append(report.template)
    beside = (opened.experiment_path,) if opened.experiment_path is not None else ()
    files = (opened.path, *beside, *(folder / name for name in texts))
    numbers = sources_of_numbers(opened.spec, opened.experiment, opened.base, folder)
    return replace(numbers, files=(*(path.absolute() for path in files), *numbers.files))


def sources_of_numbers(spec: Spec, experiment: Experiment | None, base: Path, folder: Path) -> Sources:
    """What the numbers of a spec are made of: logs, and files that its views show or run.

    Of logs at addresses nobody can tell in time whether they changed: they are not among them.
    """
    files = tuple((folder / name).absolute() for _, name in files_of_views(spec))
    local = tuple(pattern for pattern in spec.data.logs if not is_address(pattern))
    runs = tuple(run.name for run in experiment.runs) if experiment is not None else ()
    tasks = experiment.every_task if experiment is not None else ()
    return Sources(files, local, base, runs or None, tasks)


def is_address(pattern: str) -> bool:
    """Whether a pattern is of logs elsewhere than on a disk."""
    return "://" in pattern


def _logs(sources: Sources) -> tuple[FoundLog, ...]:
    return find_logs(sources.patterns, sources.base, sources.runs, sources.tasks).files


def stamps(sources: Sources) -> frozenset[NamedStamp]:
    """How all sources are now; a file that is not there has no stamp."""
    logs = _logs(sources) if sources.patterns else ()
    places = (*sources.files, *(sources.base / found.location for found in logs))
    return frozenset(stamp for path in places if (stamp := _stamp(path)) is not None)


def wait_for_change(sources: Sources, before: frozenset[NamedStamp]) -> None:
    """Returns once the sources are no more as they were `before`.

    Raises:
        KeyboardInterrupt: the user ends it.
    """
    from watchfiles import watch

    wanted = {str(path) for path in sources.files} | {str(path.resolve()) for path in sources.files}
    look_again = 0.0
    if stamps(sources) != before:
        return
    for changes in watch(
        *_folders(sources.files),
        watch_filter=lambda _, path: path in wanted,
        debounce=DEBOUNCE_MILLISECONDS,
        step=STEP_MILLISECONDS,
        rust_timeout=LOOK_MILLISECONDS,
        yield_on_timeout=True,
        recursive=False,
    ):
        began = time.monotonic()
        if not changes and began < look_again:
            continue
        if stamps(sources) != before:
            return
        look_again = began + MOST_OF_THE_TIME * (time.monotonic() - began)


def _folders(files: Iterable[Path]) -> tuple[Path, ...]:
    """The folders that hold the files: editors put another file in a file's place."""
    folders = (folder for file in files for folder in (file.parent, file.resolve().parent))
    return tuple(folder for folder in dict.fromkeys(folders) if folder.is_dir())


def _stamp(path: Path) -> NamedStamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return str(path), found.st_mtime_ns, found.st_size
