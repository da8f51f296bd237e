"""What `check` does: tell what of the last render is not as a render would make it now."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from vizspec.errors import NeverRendered, UserError
from vizspec.gather.options import Reading
from vizspec.manifest import manifest
from vizspec.manifest.losses import refuse_gone
from vizspec.manifest.provenance import context_of, inputs_of_render, places_of
from vizspec.manifest.staleness import Finding, Now, findings
from vizspec.output.folder import Folder
from vizspec.output.journal import is_halfway
from vizspec.render.canvas import BrowserCanvas
from vizspec.render.execute import fingerprint
from vizspec.render.pipeline import make_plan, refuse_losses_of
from vizspec.spec.open import Opened, shown_path
from vizspec.views import KINDS


def check_outputs(opened: Opened, reading: Reading, out: Path | None = None) -> tuple[Finding, ...]:
    """What of the last render is not as a render would make it now. Nothing is drawn or written, but what a
    killed render left half-done is undone.

    Raises:
        Problems, UserError: as `make_plan`.
        NeverRendered: nothing was rendered yet.
    """
    folder = Folder(out or opened.path.parent / opened.spec.output.directory)
    with suppress(UserError):  # what a killed render left stays where it cannot be undone here
        folder.recover()
    _last_manifest(folder, opened)
    facts, planned = make_plan(opened, reading)
    context = context_of(opened.spec.output)
    inputs = inputs_of_render(opened, facts)
    last = _last_manifest(folder, opened)
    refuse_losses_of(last, facts, inputs)
    refuse_gone(last, inputs)
    canvas = BrowserCanvas(opened.spec.output)
    now = Now(
        inputs,
        {step.id: fingerprint(step, context) for step in planned.steps},
        frozenset(skip.id for skip in planned.skips),
        places_of(opened),
        folder.sha256,
        can_take_pictures=canvas.draws_pictures or canvas.no_pictures is None,
        has_browser=not canvas.draws_pictures and canvas.no_pictures is None,
        has_evaluations=bool(facts.cells),
        by_programs=frozenset(step.id for step in planned.steps if KINDS[step.view].runs_program),
    )
    while True:
        before = _last_manifest(folder, opened)
        found = findings(before, now)
        # A render may have put other files in their places meanwhile.
        if _last_manifest(folder, opened) == before:
            return found


def _last_manifest(folder: Folder, opened: Opened) -> manifest.Manifest:
    again = f"vizspec render {opened.shown_path}"
    if is_halfway(folder.path):
        where = shown_path(folder.path)
        raise UserError(
            f"a render is putting its files into '{where}', or was killed then", f"again: {again}"
        )
    text = folder.read(manifest.NAME)
    if text is None:
        raise NeverRendered(
            f"'{shown_path(folder.path)}' has no manifest of a render", f"render first: {again}"
        )
    found = manifest.read(text)
    if found is None:
        place = shown_path(folder.path / manifest.NAME)
        raise UserError(f"'{place}' is damaged, or of another version of vizspec", f"render anew: {again}")
    return found
