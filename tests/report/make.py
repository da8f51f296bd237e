"""Builders of what a report is made of beside the facts: outcomes, and a report of few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.make import some_facts
from vizspec.logs.record import Log
from vizspec.manifest.inputs import InputFile, inputs_of
from vizspec.manifest.manifest import Manifest, manifest_of
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Skipped, Step
from vizspec.report.attachments import Attachments
from vizspec.report.material import Material
from vizspec.spec.model import Spec

SHA = "0" * 64


def a_spec(**sections: Any) -> Spec:
    return Spec.model_validate({"vizspec": 1, **sections})


def a_step(name: str = "scores_by_task_ranks_match", **given: Any) -> Step:
    """A chart in HTML and PNG, of the first entry."""
    parts: dict[str, Any] = {
        "id": "scores_by_task:match/accuracy",
        "entry": 0,
        "view": "scores_by_task",
        "metric": "match/accuracy",
        "files": (f"{name}.html", f"{name}.png"),
        "title": "Match Accuracy by task",
        "caption": "Match Accuracy of each model on each task.",
        "content": None,
        **given,
    }
    return Step(**parts)


def made(step: Step | None = None, without: Mapping[str, str] | None = None) -> Outcome:
    """The outcome of a step all of whose files were made, but for those that are missing for a reason."""
    reasons = without or {}
    drawn = step or a_step()
    return Outcome(drawn, tuple(_file(name, reasons.get(name)) for name in drawn.files))


def failed(step: Step, reason: str) -> Outcome:
    return Outcome(step, (FileOutcome(step.files[0], OutputStatus.FAILED, reason),))


def skipped(identity: str, reason: str, entry: int = 0) -> Outcome:
    return Outcome(Skipped(identity, entry, identity, None, reason))


def a_manifest(
    *outcomes: Outcome, documents: Sequence[FileOutcome] = (), **loads: Sequence[FileOutcome]
) -> Manifest:
    """The manifest of these outcomes; `loads` are what pages load, by their stems."""
    inputs = inputs_of(
        a_spec(),
        spec_file=InputFile(name="analysis.yaml", sha256=SHA),
        versions=(("vizspec", "0.1.0"),),
    )
    prints = {outcome.step.id: f"print of {outcome.step.id}" for outcome in outcomes}
    pages = {f"{stem}.html": files for stem, files in loads.items()}
    return manifest_of("ranks", inputs, outcomes, prints, documents, ("odd",), loads=pages)


def some_material(
    logs: Iterable[Log] = (),
    experiment: Any = None,
    outcomes: Sequence[Outcome] = (),
    attachments: Attachments | None = None,
    spec: Spec | None = None,
    **named: Any,
) -> Material:
    """What sections are made of, for these logs."""
    facts = some_facts(logs, experiment, **named)
    return Material(spec or a_spec(), facts, tuple(outcomes), attachments or Attachments())


def _file(name: str, reason: str | None) -> FileOutcome:
    if reason is not None:
        return FileOutcome(name, OutputStatus.SKIPPED, reason)
    return FileOutcome(name, OutputStatus.MADE, sha256="0" * 64, size=10)
