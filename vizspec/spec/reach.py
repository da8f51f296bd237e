"""What a spec names outside of its own repository: told in a plan, refused of a spec that is not trusted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from vizspec.errors import Loc, Problem
from vizspec.experiment.load import EXPERIMENT_FILE, RUN_LOGS
from vizspec.logs.globs import starting_place
from vizspec.spec.model import OwnSection, ReportSpec
from vizspec.spec.texts import interpretation_file

if TYPE_CHECKING:
    from vizspec.spec.model import Spec

HOW_TO_TRUST = "keep it in the repository, or leave out --untrusted for a spec that you trust"

WRITTEN_LOG = "logs/analyze-experiment.log"
"""The log of the experiment's folder in which each run says what it did."""


def home_of(spec: Path) -> Path:
    """The repository in which a spec lies; without one, the spec's folder."""
    folder = Path(os.path.abspath(spec)).parent  # noqa: PTH100 - a link lies where it stands
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder)


def leads_out(path: Path, home: Path) -> bool:
    """Whether a path, its links followed, is not in the folder `home`."""
    try:
        real = os.path.realpath(path)
    except ValueError:  # a zero byte: it leads nowhere
        return False
    return not Path(real).is_relative_to(os.path.realpath(home))


def all_leading_out(base: Path, places: Iterable[str], home: Path) -> Iterator[str]:
    """Those of many places below `base` that `leads_out` of `home`; each folder is asked once."""
    inside: dict[str, bool] = {}
    for place in places:
        path = os.path.join(base, place)  # noqa: PTH118 - thousands are joined, and a Path takes long
        folder = os.path.dirname(path)  # noqa: PTH120 - as above
        if folder not in inside:
            inside[folder] = not leads_out(Path(folder), home)
        may_lead_out = not inside[folder] or os.path.islink(path)  # noqa: PTH114 - as above
        if may_lead_out and leads_out(Path(path), home):
            yield place


def outside(spec: Spec, folder: Path, base: Path, home: Path) -> tuple[Problem, ...]:
    """Each thing that the spec names outside of `home`: files that are read, folders that are written, URLs.

    Paths of the spec start from `folder`, those of logs from `base`.
    """
    named = (*_files(spec), (("output", "directory"), spec.output.directory))
    found = [_problem(loc, name, home) for loc, name in named if leads_out(folder / name, home)]
    found += [
        _problem(("data", "logs", place), pattern, home)
        for place, pattern in enumerate(spec.data.logs)
        if _pattern_leads_out(pattern, base, home)
    ]
    beside = (*chain.from_iterable(RUN_LOGS.values()), WRITTEN_LOG)
    found += [_problem(("experiment",), name, home) for name in beside if leads_out(base / name, home)]
    return tuple(found)


def _files(spec: Spec) -> Iterator[tuple[Loc, str]]:
    if spec.experiment is not None:
        yield ("experiment",), spec.experiment
        yield ("experiment",), f"{spec.experiment}/{EXPERIMENT_FILE}"
    yield from files_of_views(spec)
    report = spec.report
    if not isinstance(report, ReportSpec):
        return
    file = interpretation_file(report)
    if file is not None:
        yield ("report", "interpretation"), file
    if report.template is not None:
        yield ("report", "template"), report.template
    for place, section in enumerate(report.sections):
        if isinstance(section, OwnSection) and section.file is not None:
            yield ("report", "sections", place, "file"), section.file


def files_of_views(spec: Spec) -> Iterator[tuple[Loc, str]]:
    """The files that entries of `views` name by `from`, `data` and `run`, relative to the spec."""
    for place, entry in enumerate(spec.views):
        if entry.jobs_file is not None:
            yield ("views", place, "from"), entry.jobs_file
        if entry.own_file is not None:
            yield ("views", place, "data"), entry.own_file
        if entry.program is not None:
            yield ("views", place, "run"), entry.program


def _pattern_leads_out(pattern: str, base: Path, home: Path) -> bool:
    if pattern.startswith("file://"):
        pattern = unquote(urlsplit(pattern).path)
    if "://" in pattern:
        return True
    try:
        return ".." in Path(pattern).parts or leads_out(starting_place(pattern, base), home)
    except (ValueError, RuntimeError):  # no path, or `~` of nobody
        return False


def _problem(loc: Loc, name: str, home: Path) -> Problem:
    what = f"'{name}' is an address" if "://" in name else f"'{name}' leads out of the folder '{home}'"
    return Problem(loc, what, HOW_TO_TRUST)
