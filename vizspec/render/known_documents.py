"""Documents that would be made as they stand: known by all that they are made of, so that none has to be.

Making results, report and index takes as long as all else of a render in which nothing changed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

import msgspec

from vizspec.estimates.table import Estimate
from vizspec.gather.packed_answers import Answers, packed
from vizspec.manifest.provenance import context_of, page_mode, text_inputs
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Step
from vizspec.render.result import INDEX, Documents
from vizspec.report.attachments import DATE
from vizspec.risk.record import NoRisk

if TYPE_CHECKING:
    from vizspec.cache import Cache
    from vizspec.gather.facts import Facts
    from vizspec.manifest.inputs import Inputs
    from vizspec.manifest.manifest import Manifest
    from vizspec.output.folder import Files
    from vizspec.render.execute import Executed
    from vizspec.spec.open import Opened

FORMAT = "documents-1"
"""Part of every cache key. Another number whenever other documents are made of the same."""

BY_INPUTS = frozenset(
    {"level", "selected", "catalogue", "estimates", "ledger", "experiment", "answers", "samples", "calls"}
    | {"files", "programs", "further"}
)
"""The facts that the hashes of the inputs tell, but for what could not be read."""

TOLD = frozenset({"name", "risk", "compute", "warnings", "comparisons", "verdicts", "releases"})
"""The facts that stand in the key themselves: what else the machine, its network and git tell."""


class _KnownDocuments(msgspec.Struct, frozen=True):
    """What came of documents: their names, hashes and sizes, and what to tell the user of them."""

    files: tuple[tuple[str, str, int], ...]
    report: str | None
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    errors: tuple[str, ...]
    index: str | None


_OF_ROWS = tuple(field.name for field in fields(Estimate) if field.name not in ("cell", "metric"))
_DECODER = msgspec.msgpack.Decoder(_KnownDocuments)


def key_of(
    opened: Opened,
    facts: Facts,
    inputs: Inputs,
    executed: Executed,
    folder: Files,
    environ: Mapping[str, str] = os.environ,
) -> str:
    """A digest of all that the documents of a render are made of, and of what makes them."""
    cells = tuple(dict.fromkeys((*facts.cells, *facts.selected.every_checkpoint)))
    uses = facts.selected.uses
    shown = (opened.shown_path, opened.path.parent, opened.warnings, opened.in_texts, opened.outside)
    parts = (
        FORMAT,
        context_of(opened.spec.output),
        page_mode(opened.spec.output),
        environ.get(DATE),
        shown,
        inputs,
        text_inputs(opened),
        (facts.name, facts.warnings, facts.compute),
        packed(Answers(facts.comparisons, facts.verdicts), cells),
        [(cell.log.location, release) for cell, release in facts.releases.items()],
        [(cell.log.location, one.reason) for cell, one in facts.risk.items() if isinstance(one, NoRisk)],
        [(use.log.location, use.log.run, use.log.named_beside, use.fate, use.reason) for use in uses],
        [
            [getattr(row, name) for name in _OF_ROWS]
            for table in facts.estimates.values()
            for row in table.rows
        ],
        [_outcome(outcome, executed.fingerprints, folder) for outcome in executed.outcomes],
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


def known_documents(cache: Cache, key: str, folder: Files, before: Manifest | None) -> Documents | None:
    """The documents that stand, and what making them told; None where one is not as it was made."""
    data = cache.get(key)
    if data is None or before is None:
        return None
    try:
        kept = _DECODER.decode(data)
    except msgspec.MsgspecError:
        return None
    loaded = before.loaded_by({INDEX})
    standing = {**{name: digest for name, digest, _ in kept.files}, **loaded}
    if before.index != kept.index or any(folder.sha256(name) != one for name, one in standing.items()):
        return None
    files = tuple(
        FileOutcome(name, OutputStatus.UNCHANGED, None, digest, size) for name, digest, size in kept.files
    )
    return Documents(files, kept.report, kept.warnings, kept.notes, kept.errors, kept.index)


def keep_documents(cache: Cache, key: str, documents: Documents) -> None:
    """Keeps what came of the documents, where every one of them stands."""
    files = tuple(
        (file.name, file.sha256, file.size)
        for file in documents.files
        if file.sha256 is not None and file.size is not None
    )
    if len(files) < len(documents.files):
        return
    kept = _KnownDocuments(
        files, documents.report, documents.warnings, documents.notes, documents.errors, documents.index
    )
    cache.put(key, msgspec.msgpack.encode(kept))


def _outcome(outcome: Outcome, fingerprints: Mapping[str, str], folder: Files) -> tuple[object, ...]:
    """What became of an output, made now or before alike; and which files of it stand though unmade."""
    step = outcome.step
    if not isinstance(step, Step):
        return (step,)
    left = [name for name in step.files if name not in outcome.written and folder.read(name) is not None]
    words = (step.title, step.caption, step.notes, step.grid, step.facets)
    return (step.id, fingerprints.get(step.id), words, tuple(_files(outcome)), left)


def _files(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    for file in outcome.files:
        status = OutputStatus.MADE if file.status is OutputStatus.UNCHANGED else file.status
        yield (file.name, status, file.reason, file.sha256, file.note)
