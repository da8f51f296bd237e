"""What a render keeps of earlier ones: orphans, entries that were left alone, and what their pages load."""

from __future__ import annotations

from collections.abc import Container, Iterable

from vizspec.manifest import Manifest, StoredAsset


def with_history(now: Manifest, before: Manifest | None, left_alone: Container[str] = ()) -> Manifest:
    """The manifest with what earlier renders made: as orphans, or kept where a step was left alone.

    `left_alone` are the ids of steps that this render was told not to make: their old entries stand.
    """
    if before is None:
        return now
    old = {output.id: output for output in before.outputs}
    outputs = tuple(old.get(o.id, o) if o.id in left_alone else o for o in now.outputs)
    kept = now.model_copy(update={"outputs": outputs})
    # A failed file's last good one stays; one that is left out is of another page than the one beside it.
    named = {file.name for output in outputs for file in output.files if file.status != "skipped"}
    assets = {asset.name for asset in before.assets}
    orphans = {*before.files, *before.orphans} - set(kept.files) - named - assets
    whole = kept.model_copy(update={"assets": _with_earlier(kept, before)})
    return with_orphans(whole, orphans)


def with_orphans(manifest: Manifest, orphans: Iterable[str]) -> Manifest:
    """The manifest with these orphans, and with what pages load that stand then."""
    orphans = tuple(sorted(orphans))
    standing = {*orphans, *(file.name for output in manifest.outputs for file in output.files)}
    standing.update(file.name for file in manifest.documents)
    kept = ((asset, tuple(page for page in asset.pages if page in standing)) for asset in manifest.assets)
    assets = tuple(asset.model_copy(update={"pages": pages}) for asset, pages in kept if pages)
    return manifest.model_copy(update={"orphans": orphans, "assets": assets})


def idle_assets(before: Manifest | None, now: Manifest) -> tuple[tuple[str, str | None], ...]:
    """The files that pages have loaded, and no page that is still there does: names and SHA-256."""
    loaded = {asset.name for asset in now.assets}
    known = before.assets if before is not None else ()
    return tuple((asset.name, asset.sha256) for asset in known if asset.name not in loaded)


def _with_earlier(now: Manifest, before: Manifest) -> tuple[StoredAsset, ...]:
    """What pages load, those pages included that are still as the earlier render left them."""
    old, new = before.hashes(), now.hashes()
    found = {asset.name: asset for asset in now.assets}
    for asset in before.assets:
        known = found.get(asset.name, asset.model_copy(update={"pages": ()}))
        pages = {page for page in asset.pages if new.get(page, old.get(page)) == old.get(page)}
        found[asset.name] = known.model_copy(update={"pages": tuple(sorted(pages.union(known.pages)))})
    return tuple(found[name] for name in sorted(found))
