"""The report as frozen values: everything is decided, numbers are texts, a template only prints.

Every section has a `name` (that of its template, `templates/sections/{name}.md.j2`) and a `title`. Texts are
plain, and escaped where they are printed, but for the Markdown of `Own.markdown` and
`Interpretation.markdown`, which is the user's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from vizspec.report.table import TableLike, TextTable


@dataclass(frozen=True)
class Headline:
    """The best result: `lead` ("Best Match Accuracy"), who has it, and the number in words.

    `certainty` says how sure it is, in sentences.
    """

    lead: str
    names: tuple[str, ...]
    detail: str
    certainty: tuple[str, ...] = ()


@dataclass(frozen=True)
class Count:
    """A number of things with its noun, and a remark."""

    name: str
    text: str


@dataclass(frozen=True)
class Summary:
    """The executive summary; where there are several tasks, each has a headline of its own."""

    headlines: tuple[Headline, ...]
    remarks: tuple[str, ...]
    counts: tuple[Count, ...]
    notable: tuple[str, ...] = ()
    title: str = "Executive Summary"
    name: Literal["summary"] = field(default="summary", init=False)


@dataclass(frozen=True)
class ResearchQuestion:
    """What the experiment asks and why, what it varies, and what its models were trained on.

    `purpose`, `variables`, `training` (the data sets) and `generation` (how they were made) are None where
    the design tells nothing of them.
    """

    question: str
    hypothesis: str
    variables: TextTable | None = None
    purpose: str | None = None
    training: TextTable | None = None
    generation: TextTable | None = None
    title: str = "Research Question"
    name: Literal["research_question"] = field(default="research_question", init=False)


@dataclass(frozen=True)
class Tables:
    """A section of sentences and the tables that follow them: most say what they have to say in this form.

    `name` is the section's in the spec.
    """

    name: str
    title: str
    tables: tuple[TextTable, ...]
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComparisonPart:
    """The answer to one question: a table with a row a comparison, and sentences that stand before it."""

    title: str
    table: TextTable | None
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComparisonSection:
    """Evaluations compared with each other, a part for each question."""

    parts: tuple[ComparisonPart, ...]
    title: str = "Comparisons"
    name: Literal["comparisons"] = field(default="comparisons", init=False)


@dataclass(frozen=True)
class ClaimText:
    """One claim: its name, the sentence that it is, its outcome, the numbers behind it, and remarks."""

    id: str
    sentence: str
    outcome: str
    detail: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claims:
    """The verdicts on the claims; `table` has every combination of those that have several."""

    claims: tuple[ClaimText, ...]
    sentences: tuple[str, ...]
    table: TextTable | None
    title: str = "Claims"
    name: Literal["claims"] = field(default="claims", init=False)


@dataclass(frozen=True)
class File:
    """A file beside the report: its path as seen from the report, and what to call it."""

    path: str
    label: str


@dataclass(frozen=True)
class ReportFigure:
    """One output of this run. `image` is embedded, with `alt` as its text; `files` are linked.

    `view` is what its kind of view is called: figures of one stand together.
    """

    title: str
    alt: str
    caption: str
    image: File | None
    files: tuple[File, ...]
    notes: tuple[str, ...]
    table: TextTable | None = None
    view: str = ""


@dataclass(frozen=True)
class NotDrawn:
    """An output, or a file of one, that is not there: what, why, and where the spec asks for it."""

    what: str
    reason: str
    place: str


@dataclass(frozen=True)
class Visualizations:
    """The figures of this run, what was not drawn, and `files` of data, which are no figures."""

    figures: tuple[ReportFigure, ...]
    not_drawn: tuple[NotDrawn, ...]
    index: File | None = None
    files: tuple[ReportFigure, ...] = ()
    title: str = "Visualizations"
    name: Literal["visualizations"] = field(default="visualizations", init=False)


@dataclass(frozen=True)
class Interpretation:
    """The user's interpretation, or the sentence that stands there instead; `note` stands before it."""

    markdown: str | None
    missing: str | None
    note: str | None = None
    folder: str = ""
    """The report's own, from which relative links start."""
    title: str = "Analysis & Interpretation"
    name: Literal["interpretation"] = field(default="interpretation", init=False)


@dataclass(frozen=True)
class Advice:
    """What is recommended for some runs or jobs, whose names stand in one text; a sentence each."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ComputeUsage:
    """What some jobs used: a table of the jobs, the sums by run, and what is not known or recommended.

    `work` is what they did with it: losses, steps, tokens.
    """

    table: TableLike | None = None
    totals: TableLike | None = None
    recommendations: tuple[Advice, ...] = ()
    remarks: tuple[str, ...] = ()
    work: TableLike | None = None


@dataclass(frozen=True)
class Compute:
    """What the jobs used, a part for each source that was asked."""

    parts: tuple[ComputeUsage, ...]
    title: str = "Compute Utilization"
    name: Literal["compute"] = field(default="compute", init=False)


@dataclass(frozen=True)
class LogNote:
    """A log that is not shown: its path and what became of it."""

    location: str
    fate: str
    reason: str


@dataclass(frozen=True)
class Coverage:
    """What was planned and what is shown.

    `missing` has the planned evaluations without a usable log, `left_out` those that the spec leaves out,
    `unplanned` those that the design does not have, `logs` every log that is not shown, `shown` the paths of
    the others from `folder`.
    """

    sentences: tuple[str, ...]
    missing: TextTable | None
    left_out: TextTable | None
    unplanned: TextTable | None
    logs: tuple[LogNote, ...]
    logs_summary: str
    shown: tuple[str, ...] = ()
    folder: str = ""
    title: str = "Coverage"
    name: Literal["coverage"] = field(default="coverage", init=False)


@dataclass(frozen=True)
class Warnings:
    """What a reader must know of the inputs."""

    sentences: tuple[str, ...]
    title: str = "Warnings"
    name: Literal["warnings"] = field(default="warnings", init=False)


@dataclass(frozen=True)
class Provenance:
    """Where everything comes from. `facts` are names with texts, `command` opens the logs in `folder`.

    `logs` are those that no other section lists.
    """

    facts: tuple[Count, ...]
    hashes: tuple[Count, ...]
    command: str | None
    logs: tuple[str, ...]
    folder: str
    title: str = "Provenance"
    name: Literal["provenance"] = field(default="provenance", init=False)


@dataclass(frozen=True)
class Own:
    """A section of the user's own; `missing` stands there where its file could not be read."""

    title: str
    markdown: str | None
    missing: str | None = None
    folder: str = ""
    name: Literal["own"] = field(default="own", init=False)


ReportSection = (
    Summary
    | ResearchQuestion
    | Tables
    | ComparisonSection
    | Claims
    | Visualizations
    | Interpretation
    | Compute
    | Coverage
    | Warnings
    | Provenance
    | Own
)


@dataclass(frozen=True)
class Report:
    """A whole report. `warnings` and `notes` are sentences for the terminal, on the report itself."""

    title: str
    sections: tuple[ReportSection, ...]
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
