"""Which outputs are not what a render would make now, and why. Pure: hashes and plans are handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vizspec.manifest.changes import Change, Subject, changes, place_text, worded
from vizspec.manifest.inputs import Inputs
from vizspec.manifest.manifest import Manifest, StoredFile, StoredOutput


class OutputState(StrEnum):
    """What is the matter with an output."""

    STALE = "stale"
    MISSING = "missing"
    EDITED = "edited"
    ORPHANED = "orphaned"


@dataclass(frozen=True)
class Finding:
    """One file or output that is not as a render would leave it, with the reason."""

    name: str
    state: OutputState
    reason: str


@dataclass(frozen=True)
class Now:
    """What a render would be made of now.

    `fingerprints` are those of the planned outputs by id, `skipped` the ids of planned skips, `places` the
    line of each entry of `views`, `sha256` tells the hash of a file of the output folder (None: not there).
    `by_programs` are the ids of outputs that programs of the user's make, where a render allows it.
    `can_take_pictures`: a render would make pictures of charts here, and with a browser if it `has_browser`.
    """

    inputs: Inputs
    fingerprints: Mapping[str, str]
    skipped: frozenset[str]
    places: Sequence[str]
    sha256: Callable[[str], str | None]
    can_take_pictures: bool = False
    has_browser: bool = False
    has_evaluations: bool = True
    by_programs: frozenset[str] = frozenset()


def findings(before: Manifest, now: Now) -> tuple[Finding, ...]:
    """Everything that is not as the render of `before` left it, or would be made otherwise now."""
    of_outputs = (
        *(found for output in before.outputs for found in _output(output, before, now)),
        *_unmade(before, now),
    )
    named = {finding.name for finding in of_outputs}
    return (
        *of_outputs,
        *_documents(before, now, shows_others=_are_made_anew(of_outputs, before)),
        *_assets(before, now),
        *(_orphan(name) for name in _orphans(before, now) if name not in named),
    )


def _output(output: StoredOutput, before: Manifest, now: Now) -> Iterator[Finding]:
    made = [file for file in output.files if file.status == "made"]
    if output.id not in now.fingerprints:
        is_skip = output.id in now.skipped
        why = "it would be skipped now" if is_skip else "the spec does not list it any more"
        yield from (
            Finding(f.name, OutputState.ORPHANED, why) for f in made if now.sha256(f.name) is not None
        )
        return
    if output.fingerprint != now.fingerprints[output.id]:
        yield Finding(output.id, OutputState.STALE, _why_stale(output, before, now))
    yield from (found for file in made for found in _file(file, now))
    if now.can_take_pictures and output.status == "made":
        yield from (
            Finding(file.name, OutputState.MISSING, f"it was left out: {file.reason}")
            for file in output.files
            if file.status == "skipped"
        )
    if now.has_browser:
        yield from (Finding(file.name, OutputState.STALE, file.note) for file in made if file.note)


def _file(file: StoredFile, now: Now) -> Iterator[Finding]:
    found = now.sha256(file.name)
    if found is None:
        yield Finding(file.name, OutputState.MISSING, "it was made, and is not there")
    elif found != file.sha256:
        yield Finding(file.name, OutputState.EDITED, "it is not as the last render wrote it")


def _why_stale(output: StoredOutput, before: Manifest, now: Now) -> str:
    """The change of its own entry where there is one, else whatever changed around it."""
    found = changes(before.inputs, now.inputs)
    own = next((entry.id for entry in before.inputs.entries if entry.place == output.entry), None)
    reasons = [
        f"its entry changed ({place_text(change.place, now.places)})"
        for change in found
        if change.subject is Subject.ENTRY and change.name == own and change.place is not None
    ]
    reasons += worded(change for change in found if not change.is_of_views)
    return "; ".join(reasons) or "what it shows has changed"


def _unmade(before: Manifest, now: Now) -> Iterator[Finding]:
    known = {output.id: output for output in before.outputs}
    for name in now.fingerprints:
        output = known.get(name)
        if output is None:
            yield Finding(name, OutputState.MISSING, "it was never rendered")
        elif output.status == "skipped" and name in now.by_programs:
            continue  # nothing says that a render would be allowed to run it
        elif output.status != "made" and output.fingerprint is not None:
            how = "failed" if output.status == "failed" else "was left out"
            yield Finding(name, OutputState.MISSING, f"it {how}: {output.reason}")


def _are_made_anew(found: Iterable[Finding], before: Manifest) -> bool:
    """Whether an output would be another than the one that was made, or be there at all."""
    made = {file.name for output in before.outputs for file in output.files if file.status == "made"}
    return any(
        one.state is OutputState.STALE or (one.state is OutputState.MISSING and one.name not in made)
        for one in found
    )


def _documents(before: Manifest, now: Now, shows_others: bool) -> Iterator[Finding]:
    found = changes(before.inputs, now.inputs)
    for file in before.documents:
        of_file = list(_file(file, now))
        yield from of_file
        changed = list(worded((change for change in found if _bears_on(file, change)), now.places))
        if not changed and _is_report(file) and before.inputs.spec != now.inputs.spec:
            changed = ["it names the spec by its hash, and the spec's text changed"]
        if not changed and shows_others and not _holds_results(file):
            changed = ["outputs that it shows would be made anew"]
        if changed and not of_file:
            yield Finding(file.name, OutputState.STALE, "; ".join(changed))


def _assets(before: Manifest, now: Now) -> Iterator[Finding]:
    """What pages load; what only an orphan does goes with it."""
    for asset in before.assets:
        if not set(before.orphans).issuperset(asset.pages):
            yield from _file(asset, now)


def _bears_on(file: StoredFile, change: Change) -> bool:
    """Whether a change can alter the file: the results know no views and no report."""
    return not (_holds_results(file) and change.is_of_display)


def _holds_results(file: StoredFile) -> bool:
    return file.name == "results.json" or file.name.endswith(".csv")


def _is_report(file: StoredFile) -> bool:
    return not _holds_results(file) and file.name != "index.html"


def _orphans(before: Manifest, now: Now) -> Iterator[str]:
    """Where there are no evaluations, what shows some may be all that is left of them: nothing to remove."""
    if now.has_evaluations:
        yield from (name for name in before.orphans if now.sha256(name) is not None)


def _orphan(name: str) -> Finding:
    return Finding(
        name, OutputState.ORPHANED, "an earlier render made it; `vizspec render --clean` removes it"
    )
