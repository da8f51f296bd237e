"""What a render would lose: evaluations that were shown or are to be, whose logs are not to be had. Pure."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from vizspec.errors import UserError
from vizspec.manifest.inputs import Inputs, LogInput
from vizspec.manifest.manifest import Manifest
from vizspec.text.messages import agreeing, counted, listed

NAMED = 3
"""How many logs a sentence names."""
LEFT_ALONE = "its outputs are left as they are"
BRING_BACK = (
    "bring the logs back (is a disk mounted, are you logged in?), or render without them: "
    "vizspec render --force"
)


def refuse_losses(
    before: Manifest | None, evaluations: int, logs: Mapping[str, str], away: Mapping[str, str]
) -> None:
    """Keep outputs that could not be made again, and make none of nothing: a disk may not be mounted, an
    address not be reached.

    `evaluations` is how many can be shown now, `logs` has the hash of each log that was found, `away` the
    reason for each whose content could not be had.

    Raises:
        UserError: no evaluation is left of those that the last render showed, or logs that it read could
            not be read now, or no log can be had; says which.
    """
    known = {log.name: log.sha256 for log in before.inputs.logs} if before is not None else {}
    lost = [name for name in away if name in known and known[name] != logs.get(name)]
    had_some = before is not None and had_evaluations(before)
    if lost:
        loss = f"{counted(len(lost), 'log')} of the last render cannot be read now: {_reasons(lost, away)}"
    elif evaluations or not (away or had_some):
        return
    else:
        rest = _reasons(list(away), away) if away else gone_logs(before, logs)
        loss = f"there is no evaluation to show{' now, and the last render showed some' if had_some else ''}"
        loss += f": {rest}" if rest else ""
    raise UserError(f"{loss}{f'; {LEFT_ALONE}' if before is not None else ''}", BRING_BACK)


def refuse_gone(before: Manifest | None, now: Inputs) -> None:
    """Keep the evaluations that the last render showed and whose logs are gone: those of a run, say, whose
    disk is not mounted, or that was purged.

    Where the design or the spec's `data` changed since, other evaluations may be asked for, and none is
    missed; neither is one whose log only got another name.

    Raises:
        UserError: an evaluation is shown no more, as its log is gone; says which.
    """
    if before is None or _asks_for_others(before.inputs, now):
        return
    shown = {evaluation for log in now.logs for evaluation in log.evaluations}
    contents = {log.sha256 for log in now.logs}
    gone = [
        log for log in _gone(before, {log.name for log in now.logs}) if not shown.issuperset(log.evaluations)
    ]
    lost = [log.name for log in gone if log.sha256 not in contents]
    if lost:
        number = f"{counted(len(lost), 'log')} of evaluations that the last render showed"
        raise UserError(f"{number} {_are_gone(lost)}; {LEFT_ALONE}", BRING_BACK)


def _asks_for_others(before: Inputs, now: Inputs) -> bool:
    was, is_now = ((one.settings.get("data"), one.experiment) for one in (before, now))
    return was != is_now


def had_evaluations(manifest: Manifest) -> bool:
    """Whether the render showed any evaluation; one that did not count them did where it read logs."""
    return bool(manifest.inputs.logs if manifest.evaluations is None else manifest.evaluations)


def gone_logs(before: Manifest | None, logs: Mapping[str, str]) -> str | None:
    """A sentence on the logs of the last render that are not found any more; None where all are."""
    gone = [log.name for log in _gone(before, logs)] if before is not None else []
    return f"{counted(len(gone), 'log')} of the last render {_are_gone(gone)}" if gone else None


def _gone(before: Manifest, logs: Container[str]) -> list[LogInput]:
    return [log for log in before.inputs.logs if log.name not in logs]


def _are_gone(names: Sequence[str]) -> str:
    named = listed([f"'{name}'" for name in names], NAMED)
    return f"{agreeing(len(names), 'is', 'are')} gone: {named}"


def _reasons(names: Sequence[str], reasons: Mapping[str, str]) -> str:
    return listed([f"'{name}': {reasons[name]}" for name in names], NAMED, "; ")
