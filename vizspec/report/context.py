"""The report's content: spec, facts and outcomes become the frozen texts that a template prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vizspec.gather.facts import Facts
from vizspec.plan.outcomes import Outcome
from vizspec.report.attachments import Attachments
from vizspec.report.claims import claims
from vizspec.report.comparisons import comparisons
from vizspec.report.compute import compute
from vizspec.report.coverage import coverage, warnings
from vizspec.report.material import Material
from vizspec.report.metric_tables import comparison, families
from vizspec.report.model import Report, ReportSection
from vizspec.report.per_task import per_task
from vizspec.report.prose import interpretation, interpretation_warning, own
from vizspec.report.provenance import provenance
from vizspec.report.research_question import research_question
from vizspec.report.summary import summary
from vizspec.report.visualizations import visualizations
from vizspec.spec.model import OwnSection, Spec

SECTIONS: dict[str, Callable[[Material], Sequence[ReportSection]]] = {
    "summary": summary,
    "claims": claims,
    "research_question": research_question,
    "model_comparison": comparison,
    "comparisons": comparisons,
    "calibration": families,
    "per_task": per_task,
    "visualizations": visualizations,
    "interpretation": interpretation,
    "compute": compute,
    "coverage": coverage,
    "provenance": provenance,
}
"""The maker of each section of the spec: it yields none where there is nothing to say."""

_WARNINGS_BEFORE = ("coverage", "provenance")
"""Warnings stand before the first of these, else at the end: no choice of sections hides them."""


def build(
    spec: Spec, facts: Facts, outcomes: Sequence[Outcome] = (), attachments: Attachments | None = None
) -> Report:
    """The whole report. Its `warnings` and `notes` are for the terminal: an interpretation that is not there
    is a warning where the spec names one, else a note.

    Raises:
        UserError: two logs would be shown as one.
    """
    material = Material(spec, facts, tuple(outcomes), attachments or Attachments())
    title = material.report.title or facts.name
    warning = interpretation_warning(material)
    sentences = (warning,) if warning else ()
    is_asked_for = material.report.interpretation is not None
    warnings, notes = (sentences, ()) if is_asked_for else ((), sentences)
    return Report(title, tuple(_sections(material)), warnings, notes)


def _sections(material: Material) -> list[ReportSection]:
    sections: list[ReportSection] = []
    for wanted in material.report.sections:
        sections += (own(material, wanted),) if isinstance(wanted, OwnSection) else SECTIONS[wanted](material)
    names = [section.name for section in sections]
    place = min((names.index(name) for name in _WARNINGS_BEFORE if name in names), default=len(sections))
    sections[place:place] = warnings(material)
    return sections
