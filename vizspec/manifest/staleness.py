"""Which outputs are not what a render would make now, and why. Pure: hashes and plans are handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vizspec.manifest.inputs import InputFile, Inputs
from vizspec.manifest.manifest import Manifest, StoredFile, StoredOutput

MOST_NAMED = 2
"""As many files are named one by one where they changed alike."""


class State(StrEnum):
    """What is the matter with an output."""

    STALE = "stale"
    MISSING = "missing"
    EDITED = "edited"
    ORPHANED = "orphaned"


@dataclass(frozen=True)
class Finding:
    """One file or output that is not as a render would leave it, with the reason."""

    name: str
    state: State
    reason: str


@dataclass(frozen=True)
class Now:
    """What a render would be made of now.

    `fingerprints` are those of the planned outputs by id, `skipped` the ids of planned skips, `places` the
    line of each entry of `views`, `sha256` tells the hash of a file of the output folder (None: not there).
    `can_take_pictures`: a render would make pictures of charts here.
    """

    inputs: Inputs
    fingerprints: Mapping[str, str]
    skipped: frozenset[str]
    places: Sequence[str]
    sha256: Callable[[str], str | None]
    can_take_pictures: bool = False
    has_evaluations: bool = True


def findings(before: Manifest, now: Now) -> tuple[Finding, ...]:
    """Everything that is not as the render of `before` left it, or would be made otherwise now."""
    of_outputs = (
        *(found for output in before.outputs for found in _output(output, before, now)),
        *_unmade(before, now),
    )
    told = {finding.name for finding in of_outputs}
    return (
        *of_outputs,
        *_documents(before, now, shows_others=_are_made_anew(of_outputs, before)),
        *_assets(before, now),
        *(_orphan(name) for name in _orphans(before, now) if name not in told),
    )


def changes(before: Inputs, now: Inputs, places: Sequence[str] = ()) -> tuple[str, ...]:
    """What changed between two renders, in sentences: spec, experiment, logs, texts, versions."""
    return tuple(_changes(before, now, places))


def _output(output: StoredOutput, before: Manifest, now: Now) -> Iterator[Finding]:
    made = [file for file in output.files if file.status == "made"]
    if output.id not in now.fingerprints:
        is_skip = output.id in now.skipped
        why = "it would be skipped now" if is_skip else "the spec does not list it any more"
        yield from (Finding(f.name, State.ORPHANED, why) for f in made if now.sha256(f.name) is not None)
        return
    if output.fingerprint != now.fingerprints[output.id]:
        yield Finding(output.id, State.STALE, _why_stale(output, before, now))
    yield from (found for file in made for found in _file(file, now))
    if now.can_take_pictures and output.status == "made":
        yield from (
            Finding(file.name, State.MISSING, f"it was left out: {file.reason}")
            for file in output.files
            if file.status == "skipped"
        )


def _file(file: StoredFile, now: Now) -> Iterator[Finding]:
    found = now.sha256(file.name)
    if found is None:
        yield Finding(file.name, State.MISSING, "it was made, and is not there")
    elif found != file.sha256:
        yield Finding(file.name, State.EDITED, "it is not as the last render wrote it")


def _why_stale(output: StoredOutput, before: Manifest, now: Now) -> str:
    """The change of its own entry where there is one, else whatever changed around it."""
    told = [
        f"its entry changed ({_place(entry.place, now.places)})"
        for entry in now.inputs.entries
        if output.id.split(":")[0] == entry.id
        and entry.sha256 not in {old.sha256 for old in before.inputs.entries if old.id == entry.id}
    ]
    told += [change for change in changes(before.inputs, now.inputs) if not change.startswith("views")]
    return "; ".join(told) or "what it shows has changed"


def _unmade(before: Manifest, now: Now) -> Iterator[Finding]:
    known = {output.id: output for output in before.outputs}
    for name in now.fingerprints:
        output = known.get(name)
        if output is None:
            yield Finding(name, State.MISSING, "it was never rendered")
        elif output.status != "made" and output.fingerprint is not None:
            how = "failed" if output.status == "failed" else "was left out"
            yield Finding(name, State.MISSING, f"it {how}: {output.reason}")


def _are_made_anew(found: Iterable[Finding], before: Manifest) -> bool:
    """Whether an output would be another than the one that was made, or be there at all."""
    made = {file.name for output in before.outputs for file in output.files if file.status == "made"}
    return any(
        one.state is State.STALE or (one.state is State.MISSING and one.name not in made) for one in found
    )


def _documents(before: Manifest, now: Now, shows_others: bool) -> Iterator[Finding]:
    for file in before.documents:
        found = list(_file(file, now))
        yield from found
        changed = [
            change for change in changes(before.inputs, now.inputs, now.places) if _bears_on(file, change)
        ]
        if not changed and _is_report(file) and before.inputs.spec != now.inputs.spec:
            changed = ["it names the spec by its hash, and the spec's text changed"]
        if not changed and shows_others and not file.name.startswith("results."):
            changed = ["outputs that it shows would be made anew"]
        if changed and not found:
            yield Finding(file.name, State.STALE, "; ".join(changed))


def _assets(before: Manifest, now: Now) -> Iterator[Finding]:
    """What pages load; what only an orphan does goes with it."""
    for asset in before.assets:
        if not set(before.orphans).issuperset(asset.pages):
            yield from _file(asset, now)


def _bears_on(document: StoredFile, change: str) -> bool:
    """Whether a change can alter the document: the results know no views and no report."""
    is_of_display = change.startswith(("views", "'report'", "'output'", "the text"))
    return not (document.name.startswith("results.") and is_of_display)


def _is_report(document: StoredFile) -> bool:
    return not document.name.startswith("results.") and document.name != "index.html"


def _orphans(before: Manifest, now: Now) -> Iterator[str]:
    """Where there are no evaluations, what shows some may be all that is left of them: nothing to remove."""
    if now.has_evaluations:
        yield from (name for name in before.orphans if now.sha256(name) is not None)


def _orphan(name: str) -> Finding:
    return Finding(name, State.ORPHANED, "an earlier render made it; `vizspec render --clean` removes it")


def _changes(before: Inputs, now: Inputs, places: Sequence[str]) -> Iterator[str]:
    for section in sorted({*before.settings, *now.settings}):
        if before.settings.get(section) != now.settings.get(section):
            yield f"'{section}' of the spec changed"
    old = {entry.id: entry.sha256 for entry in before.entries}
    for entry in now.entries:
        if old.get(entry.id) != entry.sha256:
            yield f"views: '{entry.id}' is {'new' if entry.id not in old else 'changed'} at " + _place(
                entry.place, places
            )
    for gone in sorted(old.keys() - {entry.id for entry in now.entries}):
        yield f"views: '{gone}' is gone"
    ids = [entry.id for entry in now.entries if entry.id in old]
    if ids != [entry.id for entry in before.entries if entry.id in ids]:
        yield "views: their order changed"
    single = (before.experiment,) if before.experiment else (), (now.experiment,) if now.experiment else ()
    yield from _files("the experiment", *single)
    yield from _files("the text", before.texts, now.texts)
    yield from _files("the log", before.logs, now.logs)
    for name in sorted({*before.versions, *now.versions}):
        was, is_now = before.versions.get(name, "not there"), now.versions.get(name, "not there")
        if was != is_now:
            yield f"{name} {was} became {is_now}"


def _files(what: str, before: Sequence[InputFile], now: Sequence[InputFile]) -> Iterator[str]:
    old = {file.name: file.sha256 for file in before}
    new = {file.name: file.sha256 for file in now}
    yield from _several(what, sorted(new.keys() - old.keys()), "is new", "are new")
    yield from _several(what, sorted(old.keys() - new.keys()), "is gone", "are gone")
    replaced = sorted(name for name in new if name in old and new[name] != old[name])
    yield from _several(what, replaced, "was replaced", "were replaced")


def _several(what: str, names: Sequence[str], is_so: str, are_so: str) -> Iterator[str]:
    """A sentence for each of a few files, one for many."""
    if len(names) > MOST_NAMED:
        yield f"{what}s {are_so}: {len(names)}, such as '{names[0]}'"
    else:
        yield from (f"{what} '{name}' {is_so}" for name in names)


def _place(entry: int, places: Sequence[str]) -> str:
    return places[entry] if entry < len(places) else f"views[{entry}]"
