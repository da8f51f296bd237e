"""The answers to a spec's comparisons and claims: those of the last time where all they are made of is alike.

What they are made of is known by digests of the logs, so that no sample is read to find that nothing changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vizspec.cells.log_use import SelectedLogs
from vizspec.gather.claims import judge_claims
from vizspec.gather.comparisons import gather_comparisons, questions_of
from vizspec.gather.log_readers import cache_of
from vizspec.gather.packed_answers import Answers, packed, unpacked
from vizspec.gather.pool import Pool
from vizspec.logs.record import content_id
from vizspec.risk.record import NoRisk
from vizspec.samples.scored import NoScores
from vizspec.spec.model import ReportSpec
from vizspec.versions import own_version
from vizspec.views.comparisons import ComparisonsEntry
from vizspec.views.scores_by_factor import ScoresByFactor

if TYPE_CHECKING:
    from vizspec.comparisons.in_texts import InText
    from vizspec.experiment.model import Experiment
    from vizspec.gather.options import Reading
    from vizspec.logs.record import Log
    from vizspec.spec.model import Spec

FORMAT = "comparisons-1"
"""Part of every cache key. Another number whenever packing gives something else for the same answers."""


def gather_answers(
    spec: Spec,
    experiment: Experiment | None,
    pool: Pool,
    base: Path,
    reading: Reading,
    in_texts: Sequence[InText] = (),
) -> Answers:
    """What comparisons and claims came to; samples are read where that is not known of the last time.

    Raises:
        Problems: a `where` cannot be worked out.
        UserError: the processes or the cluster that should read the logs failed.
    """
    cells = tuple(dict.fromkeys((*pool.shown, *pool.every_checkpoint)))
    asked = [(question.asked, question.metric) for question in questions_of(spec, pool.catalogue)]
    cache = cache_of("comparisons", reading)
    key = key_of(spec, experiment, pool.selected, in_texts)
    kept = cache.get(key) if cache is not None else None
    if kept is not None:
        with suppress(msgspec.MsgspecError):
            return unpacked(kept, asked, cells, pool.catalogue.metrics)
    comparisons, ready = gather_comparisons(spec, experiment, pool, base, reading, in_texts)
    verdicts, ready = judge_claims(spec, experiment, ready, base, reading)
    data = packed(Answers(comparisons, verdicts), cells)
    if cache is not None and _was_read(ready):
        cache.put(key, data)
    # What was worked out now is in no way another than what the next time will find.
    return unpacked(data, asked, cells, pool.catalogue.metrics)


def key_of(
    spec: Spec, experiment: Experiment | None, selected: SelectedLogs, in_texts: Sequence[InText] = ()
) -> str:
    """A digest of all that the answers are made of, and of what works them out."""
    parts = (
        (FORMAT, own_version(), version("scipy"), version("numpy")),
        (spec.data, spec.metrics, spec.comparisons, spec.stated_claims, spec.levels()),
        [view for view in spec.views if isinstance(view, ComparisonsEntry)],
        [*dict.fromkeys(view.checkpoints for view in spec.views if view.checkpoints is not None)],
        [view.factor for view in spec.views if isinstance(view, ScoresByFactor)],
        isinstance(spec.report, ReportSpec),
        experiment,
        tuple(in_texts),
        [_content(use.log) for use in selected.uses],
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _content(log: Log) -> tuple[str | None, ...]:
    """All that tells a log; the mark of one behind a URL, of whose samples the header tells nothing."""
    mark = log.mark if log.sha256 is None else None
    return log.location, log.run, log.named_beside, content_id(log), mark


def _was_read(pool: Pool) -> bool:
    """Whether everything could be read that was to be: what a network or a disk kept back may come yet."""
    unread = (
        (cell, found)
        for found_of in (pool.scores, pool.risk)
        for cell, found in found_of.items()
        if isinstance(found, NoScores | NoRisk)
    )
    return not any(cell.log.place.is_url or found.is_passing for cell, found in unread)
