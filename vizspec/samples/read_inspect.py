"""Predictions through inspect-ai itself: of logs in one JSON file."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

from vizspec.logs.contents import CONTENTS
from vizspec.logs.read import NOT_A_LOG
from vizspec.samples.archive import not_successful
from vizspec.samples.collector import Collector
from vizspec.samples.decode import RepeatNumber
from vizspec.samples.raw_risk import RawMetadata, RawRiskScore
from vizspec.samples.record import LogSamples, Member, NoSamples, source_of
from vizspec.text.messages import cut

if TYPE_CHECKING:
    from inspect_ai.scorer import Score


_ONE_AT_A_TIME = Lock()
"""inspect-ai runs an event loop to read a log."""


def read_inspect(location: str) -> LogSamples | NoSamples:
    """The predictions of the log at `location`, a path or a URL that fsspec knows; it is held whole."""
    from inspect_ai.log import read_eval_log

    CONTENTS.read_otherwise([location])
    try:
        with _ONE_AT_A_TIME:
            log = read_eval_log(location)
        source = source_of(log.eval.model, log.eval.task, log.eval.task_args, log.eval.metadata)
        if log.status != "success":
            return NoSamples(not_successful(log.status), source)
        collector = Collector()
        repeats = msgspec.convert(log.eval.config.epochs, RepeatNumber | None)
        for sample in log.samples or ():
            collector.add(sample.id, msgspec.convert(sample.epoch, RepeatNumber), _raw_scores(sample.scores))
    except (OSError, ImportError, *NOT_A_LOG) as error:
        return NoSamples(f"cannot be read: {_first_line(error)}", is_passing=True)
    return collector.result(source, repeats, Member.INSPECT)


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


def _first_line(error: Exception) -> str:
    return cut((str(error).strip().splitlines() or [type(error).__name__])[0])
