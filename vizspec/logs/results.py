"""From a log's header to the `Log` record: status, time, counts and scores, nothing read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from vizspec.logs.header import Header, Results
from vizspec.logs.location import Location
from vizspec.logs.record import Log, Status
from vizspec.logs.scores import declared_headline, scores_of
from vizspec.logs.setup import setup_of
from vizspec.text.messages import cut
from vizspec.text.registry_names import without_package

STATUS = {
    "success": Status.SUCCESS,
    "error": Status.ERROR,
    "cancelled": Status.CANCELLED,
    "started": Status.UNFINISHED,
}


def log_of(header: Header, location: str, run: str | None = None, sha256: str | None = None) -> Log:
    """The record of a log. A status that this version does not know counts as unfinished, with the reason."""
    spec, results = header.eval, header.results
    epochs = max(spec.config.epochs or 1, 1)
    samples = _samples(header, epochs)
    status = STATUS.get(header.status, Status.UNFINISHED)
    metadata = spec.metadata if header.metadata is None else header.metadata
    scores = scores_of(header, samples, epochs)
    return Log(
        place=Location(location),
        status=status,
        reason=_reason(status, header),
        created=instant(spec.created),
        eval_id=spec.eval_id or None,
        task=without_package(spec.task),  # without its package, as `evals_df` names tasks
        task_args=spec.task_args,
        model=spec.model,
        metadata=metadata or {},
        samples=samples,
        completed=results.completed_samples if results else None,
        stopped=_stopped(results),
        invalidated=header.invalidated,
        invalid=header.logged.invalid if header.invalidated and header.logged else None,
        epochs=epochs,
        scores=scores,
        headline=declared_headline(header, scores),
        version=_text(spec.packages.get("inspect_ai")),
        run=run,
        sha256=sha256,
        setup=setup_of(header),
        tokens=_tokens(header),
        seconds=_seconds(header),
    )


def _tokens(header: Header) -> int | None:
    """What the evaluated model read and wrote: models that grade are no part of the evaluation's own cost."""
    usage = _part(header.stats, "model_usage")
    tokens = _part(_part(usage, header.eval.model), "total_tokens")
    return tokens if isinstance(tokens, int) and not isinstance(tokens, bool) and tokens > 0 else None


def _seconds(header: Header) -> float | None:
    begun, ended = (_part(header.stats, name) for name in ("started_at", "completed_at"))
    if not isinstance(begun, str) or not isinstance(ended, str):
        return None
    start, end = instant(begun), instant(ended)
    passed = (end - start).total_seconds() if start and end else 0.0
    return passed if passed > 0 else None


def _part(value: object, name: str | None) -> object:
    return value.get(name) if isinstance(value, dict) else None


def instant(text: str) -> datetime | None:
    """A log's time, with its zone; one without is UTC, as Inspect reads it. None for no time."""
    try:
        return in_zone(datetime.fromisoformat(text.strip()))
    except ValueError:
        return None


def in_zone(moment: datetime) -> datetime | None:
    """The moment, in UTC where it names no zone; None where its year in UTC would be none that is counted."""
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        known.astimezone(UTC)
    except OverflowError:
        return None
    return known


def first_line(message: str) -> str:
    """What an error says first, cut at 200 characters."""
    line = message.strip().splitlines()[0].strip()
    return cut(line)


def _reason(status: Status, header: Header) -> str | None:
    if status is Status.SUCCESS:
        return None
    if status is Status.CANCELLED:
        return "the evaluation was cancelled"
    if status is Status.ERROR:
        message = header.error.message if header.error else ""
        return "the evaluation failed" + (f": {first_line(message)}" if message.strip() else "")
    if header.status not in STATUS:
        return f"its status is {cut(header.status)!r}, which this version does not know"
    logged = "" if header.logged_samples is None else f" ({header.logged_samples} samples were logged)"
    return f"the evaluation did not finish{logged}"


def _samples(header: Header, epochs: int) -> int | None:
    """Samples as evaluated, each once: by the results, else by the list of their ids."""
    total = header.results.total_samples if header.results else None
    if total and total % epochs == 0:
        return total // epochs
    ids = header.eval.dataset.sample_ids
    if ids is not None:
        return len(ids)
    return header.logged.samples if header.logged else None


def _stopped(results: Results | None) -> int:
    """The samples that a rule for stopping early left out, each once a repeat."""
    early = results.early_stopping if results else None
    stops = early.get("early_stops") if isinstance(early, dict) else None
    return len(stops) if isinstance(stops, list) else 0


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
