"""What a render keeps of earlier ones: orphans, entries that were left alone, and what their pages load."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass

from vizspec.manifest.inputs import Inputs
from vizspec.manifest.manifest import Manifest, StoredAsset, StoredOutput


@dataclass(frozen=True)
class Settled:
    """The manifest of a render beside what stands there; what goes: orphans that are cleaned away, and `idle`
    files that no page loads any more.
    """

    manifest: Manifest
    cleaned: tuple[str, ...]
    idle: tuple[str, ...]


def settle(
    now: Manifest,
    before: Manifest | None,
    sha256: Callable[[str], str | None],
    left_alone: Container[str] = (),
    *,
    clean: bool = False,
) -> Settled:
    """What becomes of the files of earlier renders. `sha256` tells the hash of a file that is there.

    What somebody edited is never idle, but an orphan.
    """
    whole = with_history(now, before, left_alone)
    orphans = tuple(name for name in whole.orphans if sha256(name) is not None)
    kept = with_orphans(whole, () if clean else orphans)
    unloaded = unloaded_assets(before, kept)
    idle = tuple(name for name, digest in unloaded.items() if sha256(name) == digest)
    edited = [name for name in unloaded if name not in idle and sha256(name) is not None]
    return Settled(with_orphans(kept, (*kept.orphans, *edited)), orphans if clean else (), idle)


def with_history(now: Manifest, before: Manifest | None, left_alone: Container[str] = ()) -> Manifest:
    """The manifest with what earlier renders made: as orphans, or kept where a step was left alone.

    `left_alone` are the ids of steps that this render was told not to make: their old entries stand.
    """
    if before is None:
        return now
    old = {output.id: output for output in before.outputs}
    known = before.hashes()
    outputs = tuple(
        _left_alone(o, old) if o.id in left_alone else _with_last_good(o, known) for o in now.outputs
    )
    ids = {entry.place: entry.id for entry in now.inputs.entries}
    inputs = _inputs(
        now.inputs,
        before.inputs,
        {ids.get(output.entry, output.id) for output in now.outputs if output.id in left_alone},
    )
    kept = now.model_copy(update={"outputs": outputs, "inputs": inputs})
    # A failed file's last good one stays; one that is left out is of another page than the one beside it.
    named = {file.name for output in outputs for file in output.files if file.status != "skipped"}
    assets = {asset.name for asset in before.assets}
    orphans = {*before.hashes(), *before.orphans} - set(kept.files) - named - assets
    whole = kept.model_copy(update={"assets": _with_earlier(kept, before), "orphan_hashes": known})
    return with_orphans(whole, orphans)


def with_orphans(manifest: Manifest, orphans: Iterable[str]) -> Manifest:
    """The manifest with these orphans, and with what pages load that stand then."""
    orphans = tuple(sorted(orphans))
    standing = {*orphans, *(file.name for output in manifest.outputs for file in output.files)}
    standing.update(file.name for file in manifest.documents)
    kept = ((asset, tuple(page for page in asset.pages if page in standing)) for asset in manifest.assets)
    assets = tuple(asset.model_copy(update={"pages": pages}) for asset, pages in kept if pages)
    hashes = {name: digest for name, digest in manifest.orphan_hashes.items() if name in orphans}
    return manifest.model_copy(update={"orphans": orphans, "orphan_hashes": hashes, "assets": assets})


def unloaded_assets(before: Manifest | None, now: Manifest) -> dict[str, str | None]:
    """The SHA-256 of each file that pages have loaded, and no page does that is still there, by name."""
    loaded = {asset.name for asset in now.assets}
    known = before.assets if before is not None else ()
    return {asset.name: asset.sha256 for asset in known if asset.name not in loaded}


def _left_alone(output: StoredOutput, old: Mapping[str, StoredOutput]) -> StoredOutput:
    """What the last render made of it, at the place where its entry stands now."""
    return old.get(output.id, output).model_copy(update={"entry": output.entry})


def _inputs(now: Inputs, before: Inputs, left_alone: Container[str]) -> Inputs:
    """The inputs, with the entries of `left_alone` as their outputs were made of them."""
    old = {entry.id: entry.sha256 for entry in before.entries}
    entries = tuple(
        entry.model_copy(update={"sha256": old[entry.id]})
        if entry.id in left_alone and entry.id in old
        else entry
        for entry in now.entries
    )
    return now.model_copy(update={"entries": entries})


def _with_last_good(output: StoredOutput, known: Mapping[str, str]) -> StoredOutput:
    """The output, of whose failed files the last good ones that stand there are still known."""
    files = tuple(
        file.model_copy(update={"sha256": known.get(file.name)}) if file.status == "failed" else file
        for file in output.files
    )
    return output.model_copy(update={"files": files})


def _with_earlier(now: Manifest, before: Manifest) -> tuple[StoredAsset, ...]:
    """What pages load, those pages included that are still as the earlier render left them."""
    old = before.hashes()
    new = {name: digest for name, digest in now.hashes().items() if name not in now.orphan_hashes}
    found = {asset.name: asset for asset in now.assets}
    for asset in before.assets:
        known = found.get(asset.name, asset.model_copy(update={"pages": ()}))
        pages = {page for page in asset.pages if new.get(page, old.get(page)) == old.get(page)}
        found[asset.name] = known.model_copy(update={"pages": tuple(sorted(pages.union(known.pages)))})
    return tuple(found[name] for name in sorted(found))
