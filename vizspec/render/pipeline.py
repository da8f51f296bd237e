"""THE MAIN PATH: what `plan` and `render` do, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from vizspec.comparisons.in_texts import InText
from vizspec.errors import Problems, UserError
from vizspec.gather.facts import Facts
from vizspec.gather.found_names import found_of
from vizspec.gather.gather import Gather, gather
from vizspec.gather.history import with_history
from vizspec.gather.log_readers import cache_of
from vizspec.gather.options import Reading, StepProgress
from vizspec.manifest import manifest
from vizspec.manifest.carry_over import settle
from vizspec.manifest.claims import logs_before
from vizspec.manifest.inputs import Inputs
from vizspec.manifest.losses import gone_logs, refuse_gone, refuse_losses
from vizspec.manifest.provenance import context_of, inputs_of_render
from vizspec.output.folder import Files, Folder
from vizspec.output.transaction import Transaction
from vizspec.plan.outcomes import Earlier
from vizspec.plan.plan import Plan, plan
from vizspec.prose.texts import differences_in, sentence_of, with_titles
from vizspec.render.canvas import BrowserCanvas, Canvas
from vizspec.render.execute import NOT_ASKED_FOR, Executed, execute
from vizspec.render.known_documents import keep_documents, key_of, known_documents
from vizspec.render.result import Documents, Options, Rendered
from vizspec.render.run_log import RUN_LOG, RunLog, RunLogEntries
from vizspec.render.run_program import run_program
from vizspec.report.attachments import ProseFiles
from vizspec.report.text_files import read_texts
from vizspec.samples.workers import see_over
from vizspec.spec.entries import entry_ids
from vizspec.spec.model import ReportSpec
from vizspec.spec.open import Opened, shown_path
from vizspec.spec.own_schema import refresh


def make_plan(
    opened: Opened, reading: Reading, only: Sequence[str] = (), facts_of: Gather = gather
) -> tuple[Facts, Plan]:
    """The facts of the experiment, as `facts_of` gathers them, and what is to be made of them.

    Raises:
        Problems: the plan cannot be made; every reason at its line of the spec.
        UserError: there are no logs, or `only` names no entry.
    """
    _check_only(opened, only)
    if not opened.is_trusted:
        reading = replace(reading, home=opened.home)
    try:
        where = (opened.base, opened.name, reading, opened.path.parent)
        facts = facts_of(opened.spec, opened.experiment, *where, _differences_in_texts(opened))
        spec, unknown = with_titles(opened.spec, facts)
        sentences = tuple(map(sentence_of, opened.located(unknown)))
        facts = replace(facts, warnings=(*facts.warnings, *sentences))
        return facts, plan(spec, facts, only)
    except Problems as found:
        raise Problems(opened.located(found.problems)) from None


def _differences_in_texts(opened: Opened) -> tuple[InText, ...]:
    """The differences that titles, captions and the report's texts ask for."""
    report = opened.spec.report
    texts = read_texts(report, opened.path.parent) if isinstance(report, ReportSpec) else ProseFiles()
    return differences_in(opened.spec, texts)


def _with_history(opened: Opened, facts: Facts, claims: Mapping[str, int]) -> Facts:
    """The facts with what git, else earlier renders, tell of claims that came after the first log; git is not
    asked where a spec is not trusted.
    """
    began = (use.log.created for use in facts.selected.uses if use.log.created is not None)
    spec = opened.path if opened.is_trusted else None
    return replace(facts, verdicts=with_history(facts.verdicts, spec, min(began, default=None), claims))


def warnings_of(facts: Facts) -> tuple[str, ...]:
    """What of the inputs is missing or doubtful; what is missing of the jobs' use has its own section in the
    report.
    """
    of_compute = (warning for compute in facts.compute.values() for warning in compute.warnings)
    return (*facts.warnings, *of_compute)


def render(
    opened: Opened,
    options: Options,
    progress: StepProgress = lambda what, done, total: None,
    *,
    canvas: Canvas | None = None,
    facts_of: Gather = gather,
    now: Callable[[], datetime] = datetime.now,
) -> Rendered:
    """Make what the spec lists: the outputs, then the documents that tell of them, then the manifest.

    `facts_of` gathers the facts.

    Raises:
        Problems, UserError: as `make_plan`; or the output folder cannot be written, and nothing is made.
    """
    _check_only(opened, options.only)
    folder = Folder(options.out or opened.path.parent / opened.spec.output.directory)
    entries = RunLogEntries(RunLog(opened.base / RUN_LOG, now))
    try:
        folder.prepare()
    except UserError as error:
        entries.refused(f"{error.message}; {error.hint}")
        raise
    canvas = canvas or BrowserCanvas(opened.spec.output)
    reading = Reading(progress, options.jobs, options.scheduler, options.use_cache)
    with folder.locked(), closing(canvas):
        entries.opened(opened)
        if options.scheduler is not None:
            see_over(options.scheduler)
        facts, planned = make_plan(opened, reading, facts_of=facts_of)
        entries.planned(facts, planned)
        before = manifest.read(folder.read(manifest.NAME) or b"")
        claims = logs_before(before, (verdict.sha256 for verdict in facts.verdicts))
        facts = _with_history(opened, facts, claims)
        inputs = inputs_of_render(opened, facts)
        if not options.force:
            refuse_losses_of(before, facts, inputs)
            if not options.index_alone:  # a preview is nobody's only copy
                refuse_gone(before, inputs)
        edited: list[str] = []
        made = {**before.hashes(), manifest.NAME: folder.sha256(manifest.NAME) or ""} if before else {}
        with Transaction(folder, made, edited.append) as files:
            chosen = _chosen(opened, options.only)
            executed = execute(
                planned,
                files,
                canvas,
                context_of(opened.spec.output),
                earlier=_kept(before, planned, chosen, options.force),
                only=chosen,
                progress=progress,
                jobs=options.jobs,
                scheduler=options.scheduler,
                run=run_program if options.allow_scripts and opened.is_trusted else None,
            )
            documents = _documents(opened, facts, inputs, executed, files, before, canvas, options)
            left_alone = {o.step.id for o in executed.outcomes if o.reason == NOT_ASKED_FOR}
            after = _manifest(facts, inputs, executed, documents, claims)
            settled = settle(after, before, files.sha256, left_alone, clean=options.clean)
            written = manifest.manifest_text(settled.manifest).encode()
            if files.read(manifest.NAME) != written:
                files.save(manifest.NAME, written)
            removed = files.commit(without=(*settled.cleaned, *settled.idle))
        rendered = Rendered(
            executed.outcomes,
            folder.path,
            documents.report,
            (
                *warnings_of(facts),
                *documents.warnings,
                *_of_another(before, settled.manifest),
                *_of_gone_logs(before, inputs),
            ),
            tuple(name for name in removed if name in settled.cleaned),
            settled.manifest.orphans,
            shown_path(opened.base / RUN_LOG),
            facts.verdicts,
            options.strict_claims or opened.spec.fails_on_violation,
            has_evaluations=bool(facts.cells),
            notes=documents.notes,
            errors=documents.errors,
        )
        if opened.is_trusted:
            refresh(opened.path.parent, opened.spec, opened.experiment, found_of(facts))
        entries.finished(rendered)
    problem = entries.problem
    return _warned(rendered, *edited, *([problem] if problem is not None else []))


def _documents(
    opened: Opened,
    facts: Facts,
    inputs: Inputs,
    executed: Executed,
    files: Files,
    before: manifest.Manifest | None,
    canvas: Canvas,
    options: Options,
) -> Documents:
    """The documents: those that stand where they would be made alike, else written anew."""
    cache = cache_of("documents", Reading(use_cache=options.use_cache and not options.index_alone))
    key = key_of(opened, facts, inputs, executed, files) if cache is not None else ""
    if cache is not None and not options.force and not executed.components:
        known = known_documents(cache, key, files, before)
        if known is not None:
            return known
    from vizspec.render.documents import write_documents

    documents = write_documents(
        opened, facts, executed, files, before, canvas, index_alone=options.index_alone
    )
    if cache is not None:
        keep_documents(cache, key, documents)
    return documents


def _check_only(opened: Opened, only: Sequence[str]) -> None:
    ids = entry_ids(opened.spec.views)
    known = dict.fromkeys((*ids, *(entry.view for entry in opened.spec.views)))
    for name in only:
        if name not in known:
            raise UserError(f"--only {name}: no entry has this id or view", f"there are: {', '.join(known)}")


def _chosen(opened: Opened, only: Sequence[str]) -> frozenset[int] | None:
    """The places of the entries that `only` names; None for all."""
    if not only:
        return None
    ids = entry_ids(opened.spec.views)
    return frozenset(
        place for place, entry in enumerate(opened.spec.views) if {ids[place], entry.view} & set(only)
    )


def _kept(
    before: manifest.Manifest | None, planned: Plan, chosen: frozenset[int] | None, force: bool
) -> Mapping[str, Earlier]:
    """What may be left as it is: with `force` nothing of the entries that are to be made."""
    earlier = before.earlier() if before is not None else {}
    if not force:
        return earlier
    forced = {step.id for step in planned.steps if chosen is None or step.entry in chosen}
    return {name: known for name, known in earlier.items() if name not in forced}


def refuse_losses_of(before: manifest.Manifest | None, facts: Facts, inputs: Inputs) -> None:
    """Keep what a render of these facts could not make again.

    Raises:
        UserError: as `refuse_losses`.
    """
    logs = (use.log for use in facts.selected.uses)
    away = {log.location: log.reason or "" for log in logs if not log.is_here}
    refuse_losses(before, len(facts.cells), _hashes(inputs), away)


def _hashes(inputs: Inputs) -> Mapping[str, str]:
    return {log.name: log.sha256 for log in inputs.logs}


def _manifest(
    facts: Facts, inputs: Inputs, executed: Executed, documents: Documents, claims: Mapping[str, int]
) -> manifest.Manifest:
    return manifest.manifest_of(
        facts.name,
        inputs,
        executed.outcomes,
        executed.fingerprints,
        documents.files,
        facts.warnings,
        documents.index,
        loads={**executed.loads, **documents.loads},
        evaluations=len(facts.cells),
        claims=claims,
    )


def _of_gone_logs(before: manifest.Manifest | None, inputs: Inputs) -> tuple[str, ...]:
    """A warning where logs of the last render are not found any more."""
    gone = gone_logs(before, _hashes(inputs))
    return () if gone is None else (gone,)


def _of_another(before: manifest.Manifest | None, now: manifest.Manifest) -> tuple[str, ...]:
    """A warning where the folder held the render of another spec."""
    if before is None or before.inputs.spec is None or now.inputs.spec is None:
        return ()
    was, is_now = ((one.experiment, one.inputs.spec.name) for one in (before, now) if one.inputs.spec)
    if was == is_now:
        return ()
    return (
        f"the output folder held a render of '{was[1]}' of the experiment '{was[0]}', whose report and index "
        "are replaced: render each spec to a folder of its own (output.directory, or --out)",
    )


def _warned(rendered: Rendered, *warnings: str) -> Rendered:
    return replace(rendered, warnings=(*rendered.warnings, *warnings))
