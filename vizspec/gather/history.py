"""Since when a spec's claims say what they say: as git has the spec, else as earlier renders knew it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from vizspec.claims.model import Claim
from vizspec.claims.record import Verdict
from vizspec.claims.words import claim_sha256
from vizspec.slurm.sources.run_command import RunCommand, run_command
from vizspec.text.messages import counted

TIMEOUT_SECONDS = 10.0
MOST_COMMITS = 50
"""Commits of the spec that are looked at, the newest first."""

SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
"""Nothing that a repository's own settings name is run."""


def with_history(
    verdicts: Sequence[Verdict],
    spec: Path | None,
    first_log: datetime | None,
    logs_before: Mapping[str, int],
    run: RunCommand = run_command,
) -> tuple[Verdict, ...]:
    """The verdicts, with a sentence on claims that stand as they do only since after the first log.

    `spec` is None where git must not be asked. `logs_before` is how many logs a render had that did not know
    the claim as it stands, by the claim's hash: it tells where the spec is not in git, or no log says when
    it began.
    """
    since = stated_since(spec, run) if verdicts and spec is not None and first_log is not None else None
    if since is None or first_log is None:
        return tuple(replace(one, changed=late_text(logs_before.get(one.sha256, 0))) for one in verdicts)
    return tuple(replace(one, changed=changed_text(since.get(one.sha256), first_log)) for one in verdicts)


def late_text(logs: int) -> str | None:
    """What to tell of a claim that a render of so many logs did not know; None where there were none."""
    return f"Written, or changed, after a render that had {counted(logs, 'log')}." if logs else None


def changed_text(since: datetime | None, first_log: datetime) -> str | None:
    """What to tell of a claim that was written at `since`; None where that was before the first log."""
    first = first_log.date().isoformat()
    if since is None:
        return f"Not committed as it stands, though there are logs since {first}."
    if since <= first_log:
        return None
    return f"Committed as it stands on {since.date().isoformat()}, after the first log ({first})."


def stated_since(spec: Path, run: RunCommand = run_command) -> Mapping[str, datetime] | None:
    """For each claim of the spec as it was committed last, when it was committed so, by its hash.

    None where the spec is not in git.
    """
    folder, name = spec.resolve().parent, spec.name
    listed = _git(run, folder, "log", "--format=%H %cI", f"-{MOST_COMMITS}", "--", name)
    if not listed:
        return None
    since: dict[str, datetime] = {}
    present: set[str] | None = None
    for line in listed.splitlines():
        commit, _, time = line.partition(" ")
        held = claims_of(_git(run, folder, "show", f"{commit}:./{name}") or "")
        present = held if present is None else present & held
        if not present:
            break
        since |= dict.fromkeys(present, datetime.fromisoformat(time))
    return since


def claims_of(text: str) -> set[str]:
    """The hashes of the claims of a spec's text; what is no claim is passed over."""
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError):
        return set()
    section = data.get("claims") if isinstance(data, dict) else None
    entries = section.get("list") if isinstance(section, dict) else section
    return set(_hashes(entries if isinstance(entries, list) else ()))


def _hashes(entries: Iterable[Any]) -> Iterable[str]:
    for entry in entries:
        try:
            yield claim_sha256(Claim.model_validate(entry))
        except ValidationError:
            continue


def _git(run: RunCommand, folder: Path, *arguments: str) -> str | None:
    """What git prints; None where it fails, or is not there."""
    done = run(["git", "-C", str(folder), *SAFE, *arguments], TIMEOUT_SECONDS)
    return done.stdout if done.ending == "done" else None
