"""The run logs that name the jobs of an experiment: `run-torchtune.log` and `run-inspect.log`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from vizspec.slurm.model.jobs import JobKind, Submission, valid_job_id

ACTIONS: dict[JobKind, str] = {"finetune": "SUBMIT_JOB", "eval": "SUBMIT_EVAL"}
"""How an entry begins that submits a job of each kind."""

_KINDS = {action: kind for kind, action in ACTIONS.items()}

_RETRY = "OOM_RETRY"
"""A job that ran out of memory was submitted anew under the same name, with a smaller batch."""

_CLOCK = "|".join(
    (
        r"[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9]{2}:[0-9]{2}[0-9:.,+Z]*",
        r"[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4},? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?",
        r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?",
    )
)
"""Times as people and programs write them: with the date first, last, or none."""

_TIME = rf"\[([^\]\n]*)\]|({_CLOCK}):?(?=[ \t])"
_LEVEL = r"(?:[-|][ \t]+)?(?:(?:DEBUG|INFO|WARNING)\b[ \t:|-]*)?"
_BULLET = r"(?:[-*][ \t]+)?"
_ENTRY = re.compile(
    rf"^[ \t]*{_BULLET}(?:(?:{_TIME})[ \t]*{_LEVEL}|(?=SUBMIT_|OOM_))"
    r"([A-Z][A-Z_]*)(?::[ \t]*(.*?))?[ \t]*$"
)
_ID_LINE = re.compile(rf"^[ \t]*{_BULLET}" r"(?:(?:Result|Details):.*?)?\bJob ID:?[ \t]+(\S+)", re.IGNORECASE)
_BATCH_LINE = re.compile(r"\b(?:Submitted batch|resubmitted as) job (\S+)", re.IGNORECASE)
_ID_AFTER_NAME = re.compile(
    r"(?:^|[ \t])[^\w/]{0,9}(?:\bJob ID:?[ \t]+|\b(?:Submitted batch|resubmitted as) job )(\S+).*",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"(?:(.+)_)?epoch_?([0-9]{1,6})")


def parse_run_log(text: str, runs: Iterable[str] = ()) -> tuple[Submission, ...]:
    """The submissions of a run log in its order: SUBMIT_JOB, SUBMIT_EVAL, and what OOM_RETRY submitted anew.

    An id belongs to an entry only if it stands on the entry's own line or between it and the next entry.
    `runs` are the names of the experiment's runs, needed where a run's name holds a slash.
    """
    known = tuple(runs)
    submissions: list[Submission] = []
    is_open = False
    for line in text.splitlines():
        if entry := _ENTRY.match(line):
            begun = _submission(entry, known, submissions)
            submissions += [begun] if begun else []
            is_open = begun is not None and begun.job_id is None
        elif is_open and (found := _ID_LINE.match(line) or _BATCH_LINE.search(line)):
            submissions[-1] = replace(submissions[-1], job_id=_told_id(found[1]))
            is_open = False
    return tuple(submissions)


def _submission(entry: re.Match[str], runs: Sequence[str], before: Sequence[Submission]) -> Submission | None:
    """What an entry submits, None if it submits nothing."""
    name, job_id = _name_and_id(entry[4] or "")
    kind = _KINDS.get(entry[3])
    if entry[3] == _RETRY:
        retried = next((each for each in reversed(before) if f"{name} ".startswith(f"{each.name} ")), None)
        kind, name = ("finetune", name) if retried is None else (retried.kind, retried.name)
    if kind is None or not name:
        return None
    time = (entry[1] or entry[2] or "").strip()
    return replace(parse_name(kind, name, runs), submitted=time or None, job_id=job_id)


def _name_and_id(text: str) -> tuple[str, str | None]:
    """What stands on an entry's own line: `r4`, `r4 (Job ID: 12)`, `r4 - Submitted batch job 12`."""
    found = _ID_AFTER_NAME.search(text)
    return (text[: found.start()].strip(), _told_id(found[1])) if found else (text, None)


def _told_id(text: str) -> str | None:
    return valid_job_id(text.rstrip(".,)]"))


def parse_name(kind: JobKind, name: str, runs: Sequence[str] = ()) -> Submission:
    """A name as the run logs have them: `run`, `run/task`, `run/task/epoch0` or `run/task_epoch0`."""
    run = next((run for run in sorted(runs, key=len, reverse=True) if f"{name}/".startswith(f"{run}/")), None)
    if run is None:
        run = name if kind == "finetune" else name.partition("/")[0]
    parts = [part for part in name[len(run) :].split("/") if part]
    epoch = None
    if parts and (match := _EPOCH.fullmatch(parts[-1])):
        epoch = int(match[2])
        parts[-1:] = [match[1]] if match[1] else []
    return Submission(kind, name, run, "/".join(parts) or None, epoch)
