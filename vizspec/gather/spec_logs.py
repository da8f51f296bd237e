"""The logs that a spec means: found, kept to what may be read, and read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from vizspec.errors import UserError
from vizspec.experiment.load import RUN_LOGS
from vizspec.gather.log_readers import cache_of
from vizspec.gather.options import Reading
from vizspec.logs.find import DEFAULT_PATTERNS, Found, find_logs
from vizspec.logs.read import read_logs
from vizspec.logs.record import Log
from vizspec.spec.reach import HOW_TO_TRUST, WRITTEN_LOG, leads_out
from vizspec.text.messages import counted
from vizspec.views import KINDS

MOST_NAMED = 3
"""How many files that are no logs an error names."""

NO_EVALUATIONS = frozenset(chain([WRITTEN_LOG], *RUN_LOGS.values()))
"""What lies in `logs/` by right, and is no log of an evaluation, whatever pattern meets it."""

if TYPE_CHECKING:
    from vizspec.experiment.model import Experiment
    from vizspec.spec.model import Spec


def find(spec: Spec, experiment: Experiment | None, base: Path) -> Found:
    """The logs that the spec's patterns match.

    Raises:
        UserError: a place cannot be listed; or there are none, and no view does without: names the patterns
            that were tried and the runs without logs.
    """
    runs = tuple(run.name for run in experiment.runs) if experiment is not None else ()
    tasks = experiment.every_task if experiment is not None else ()
    found = find_logs(spec.data.logs, base, runs or None, tasks)
    if found.unlisted:
        places = "; ".join(f"'{place.location}': {place.reason}" for place in found.unlisted)
        raise UserError(
            f"nobody can tell which logs there are: {places}",
            "see to the network, the credentials, the mount or the permissions, "
            "or take the place out of data.logs",
        )
    if not found.files and not _needs_no_logs(spec):
        tried = ", ".join(f"'{pattern}'{_absent(found, pattern)}" for pattern in spec.data.logs)
        without = f"; runs without logs: {', '.join(runs)}" if runs else ""
        seen = "".join(f"; '{one.location}': {one.reason}" for one in found.skipped[:MOST_NAMED])
        raise UserError(
            f"no logs were found below '{base}': tried {tried}{seen}{without}",
            _where_to_look(spec, base),
        )
    return found


def refuse_outside(found: Found, home: Path | None) -> None:
    """UserError: a log is not in the only folder that may be read from."""
    if home is None:
        return
    out = [log.location for log in found.files if not isinstance(log.path, Path) or leads_out(log.path, home)]
    if out:
        many = f" ({counted(len(out), 'log')} do)" if len(out) > 1 else ""
        raise UserError(f"the log '{out[0]}' leads out of the folder '{home}'{many}", HOW_TO_TRUST)


def _where_to_look(spec: Spec, base: Path) -> str:
    """What to do where no log was found: logs of JSON in the same places need patterns of their own."""
    other = [p.replace(".eval", ".json") for p in spec.data.logs if p.endswith(".eval") and "://" not in p]
    found = [pattern for pattern in other if find_logs([pattern], base).files]
    if found:
        listed = ", ".join(f'"{pattern}"' for pattern in found)
        return f"there are logs of JSON: write under data, logs: [{listed}]"
    return "run the evaluations first, or say in data.logs where their logs are"


def _needs_no_logs(spec: Spec) -> bool:
    """Whether some entry has something to show before the first evaluation."""
    return any(KINDS[entry.view].needs_no_cells for entry in spec.views)


def read_found(found: Found, reading: Reading) -> tuple[Log, ...]:
    """The records of the logs, in their order, with its progress told."""
    total = len(found.files)
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        reading.progress("reading logs", done, total)

    return read_logs(found.files, one_more, cache_of("headers", reading))


def _absent(found: Found, pattern: str) -> str:
    place = found.absent.get(pattern)
    return "" if place is None else " (not there)" if place == pattern else f" (there is no '{place}')"


def notes_on(found: Found) -> Iterator[str]:
    """Sentences on patterns that match nothing, and on files that are no logs."""
    for pattern in found.patterns_without_match:
        if pattern not in DEFAULT_PATTERNS:
            yield f"no log matches the pattern '{pattern}'{_absent(found, pattern)}"
    for skipped in found.skipped:
        if skipped.location in NO_EVALUATIONS:
            continue
        yield f"'{skipped.location}' is not read as a log: {skipped.reason}"
