"""Predictions through inspect-ai itself: logs in one JSON file, and logs on no disk of this machine."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

from vizspec.logs.contents import CONTENTS
from vizspec.logs.location import Format, format_of
from vizspec.samples.archive import not_successful
from vizspec.samples.collect import Collector
from vizspec.samples.raw import RawMetadata, RawRiskScore
from vizspec.samples.record import LogSamples, Member, NoSamples, Source

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog, EvalSample, EvalSampleSummary
    from inspect_ai.scorer import Score


_ONE_AT_A_TIME = Lock()
"""inspect-ai runs an event loop to read a log."""


def read_inspect(location: str) -> LogSamples | NoSamples:
    """The predictions of the log at `location`, a path or a URL that fsspec knows.

    A JSON log is one piece and is held whole; an `.eval` elsewhere is read by its summaries, and sample by
    sample where those dropped what is needed.
    """
    from inspect_ai.log import read_eval_log

    whole = format_of(location) is Format.JSON
    CONTENTS.read_otherwise([location])
    try:
        with _ONE_AT_A_TIME:
            log = read_eval_log(location, header_only=not whole)
        if log.status != "success":
            return NoSamples(not_successful(log.status), _source(log))
        samples = (log.samples or ()) if whole else _samples_elsewhere(location)
        collector = Collector()
        for sample in samples:
            collector.add(sample.id, sample.epoch, _raw_scores(sample.scores))
    except (OSError, ValueError, ImportError, KeyError) as error:
        return NoSamples(f"cannot be read: {_first_line(error)}")
    return collector.result(_source(log), log.eval.config.epochs, Member.INSPECT)


def _samples_elsewhere(location: str) -> Iterable[EvalSampleSummary] | Iterable[EvalSample]:
    from inspect_ai.log import read_eval_log_sample_summaries, read_eval_log_samples

    summaries = read_eval_log_sample_summaries(location)
    scores = [score for summary in summaries for score in (summary.scores or {}).values()]
    dropped = any(isinstance((score.metadata or {}).get("option_probs"), str) for score in scores)
    has_probabilities = any("option_probs" in (score.metadata or {}) for score in scores)
    if has_probabilities and not dropped:
        return summaries
    return read_eval_log_samples(location, all_samples_required=False)


def _raw_scores(scores: dict[str, Score] | None) -> dict[str, RawRiskScore]:
    return {name: _raw_score(score) for name, score in (scores or {}).items()}


def _raw_score(score: Score) -> RawRiskScore:
    def field(name: str, default: Any) -> Any:
        return (score.metadata or {}).get(name, default)

    return RawRiskScore(
        score.value,
        RawMetadata(
            field("risk_score", msgspec.UNSET), field("option_probs", msgspec.UNSET), field("target", None)
        ),
    )


def _source(log: EvalLog) -> Source:
    vis_label = log.eval.task_args.get("vis_label")
    checkpoint = (log.eval.metadata or {}).get("epoch")
    return Source(
        model=log.eval.model,
        task=log.eval.task,
        vis_label=None if vis_label in (None, "") else str(vis_label),
        checkpoint=None if checkpoint is None else str(checkpoint),
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
